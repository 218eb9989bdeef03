//! `inspect -o table` and `-o wide`: one row per certificate.

use comfy_table::{ContentArrangement, Table, presets};
use time::OffsetDateTime;

use crate::cert::{Certificate, Phase};
use crate::inspect::Subject;

use super::text_certificate::shown_name;
use crate::report::form::one_line;

/// Lists all certificates; `wide` adds names, serial numbers and dependents.
pub fn inspect_table(subjects: &[Subject], now: OffsetDateTime, wide: bool) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    // As in kubectl, rows are never wrapped.
    table.set_content_arrangement(ContentArrangement::Disabled);
    let mut header = vec!["NAME", "KEY", "EXPIRES", "DAYS", "USED", "STATUS", "ORIGIN"];
    if wide {
        header.extend(["ISSUER", "NAMES", "SERIAL", "ROUTES"]);
    }
    table.set_header(header);
    for subject in subjects {
        let routes: Vec<String> = subject
            .dependents
            .iter()
            .flat_map(|dependent| &dependent.routes)
            .map(|route| format!("{}/{}", route.object.namespace, route.object.name))
            .collect();
        for (position, certificate) in subject.chain.certificates().iter().enumerate() {
            let mut row = cells(certificate, now);
            row.push(if subject.chain.certificates().len() > 1 {
                format!("{} [{}]", subject.title(), position + 1)
            } else {
                subject.title()
            });
            if wide {
                let names: Vec<String> = certificate.alternative_names.all().collect();
                row.extend([
                    certificate.issuer.to_string(),
                    names.join(","),
                    certificate.serial.clone(),
                    routes.join(","),
                ]);
            }
            table.add_row(row.iter().map(|cell| one_line(cell)));
        }
    }
    let mut text: String =
        table.to_string().lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if text.is_empty() {
        text.push('\n');
    }
    text
}

fn cells(certificate: &Certificate, now: OffsetDateTime) -> Vec<String> {
    let name = shown_name(certificate);
    let key = certificate.key_kind().map_or("-".to_owned(), ToString::to_string);
    let Some(validity) = certificate.validity else {
        return vec![name, key, "-".into(), "-".into(), "-".into(), "unreadable".into()];
    };
    let status = match validity.phase(now) {
        Phase::Expired => "expired",
        Phase::NotYetValid => "not yet",
        Phase::Valid => "valid",
    };
    vec![
        name,
        key,
        validity.not_after.date().to_string(),
        validity.days_left(now).to_string(),
        format!("{:.0}%", validity.share_used(now) * 100.0),
        status.to_owned(),
    ]
}

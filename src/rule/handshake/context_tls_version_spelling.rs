//! TLS versions are spelled `v1.2`; other spellings are rejected, or ignored in bare files.

use crate::document::Change;
use crate::resource::RefusalReason;
use crate::source::Span;
use crate::world::World;

use crate::rule::shared::tell_refused;
use crate::rule::{Finding, Findings, rule};

rule! {
    id: "context-tls-version-spelling",
    severity: Error,
    summary: "a TLS version is spelled in a way that Ambassador does not recognise",
    rows: [31],
    finds: "A `min_tls_version` or `max_tls_version` other than `v1.0`, `v1.1`, `v1.2` or `v1.3`.",
    matters: "The schema rejects the whole object. Without a schema, as in the old file-system \
              configuration, the field is ignored.",
    remedy: "Write `v1.2` or `v1.3`.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::Schema(violations) = &refusal.reason else { continue };
        let versions = violations.iter().filter(|violation| {
            matches!(violation.place.name(), "min_tls_version" | "max_tls_version")
        });
        for violation in versions {
            let written = world.sources.text(violation.place.span).trim_matches(['"', '\'']);
            let finding = found
                .at(
                    &violation.place,
                    format!("`{}` accepts only v1.0, v1.1, v1.2 and v1.3", violation.place.name()),
                )
                .about_name(refusal.object.clone())
                .label("another spelling")
                .note(format!("the validator reports: {violation}"))
                .help("write `v1.2` or `v1.3`");
            let finding = respell(finding, written, violation.place.span);
            tell_refused(finding, world, refusal);
        }
    }
    for (_, context, resource) in world.tls_contexts() {
        let settings = &resource.settings;
        let versions = [
            (&settings.min_tls_version, context.min_version()),
            (&settings.max_tls_version, context.max_version()),
        ];
        for (field, known) in versions {
            if let (Some(field), None) = (field, known) {
                let finding = found
                    .at(field, format!("`{}` accepts only v1.0, v1.1, v1.2 and v1.3", field.name()))
                    .about(&resource.object)
                    .label("another spelling")
                    .note("nothing validates it here, and Ambassador ignores it")
                    .help("write `v1.2` or `v1.3`");
                respell(finding, field, field.span);
            }
        }
    }
}

/// Offers the version that other programs spell `TLSv1.2`, `tls1_2`, `1.2` or `V1.2`.
fn respell<'f>(finding: Finding<'f>, written: &str, at: Span) -> Finding<'f> {
    let lower = written.trim().to_ascii_lowercase();
    let bare = lower.trim_start_matches("tls").trim_start_matches(['v', '_', '-', ' ']);
    let minor = bare.strip_prefix('1').map(|rest| rest.trim_start_matches(['.', '_', '-']));
    match minor {
        Some(minor @ ("0" | "1" | "2" | "3")) => {
            let meant = format!("v1.{minor}");
            finding.fix(format!("write `{meant}`"), [Change::set(at, meant)])
        }
        _ => finding,
    }
}

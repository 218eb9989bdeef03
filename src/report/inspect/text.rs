//! `inspect -o text`: each chain drawn from the leaf up, with details for people.

use std::fmt::Write as _;

use owo_colors::{OwoColorize as _, Style};
use time::OffsetDateTime;

use crate::cert::Chain;
use crate::cert::StrictVerdict;
use crate::envoy::{EnvoyVerdict, EnvoyVersion};
use crate::inspect::{Dependent, Mounted, Subject};

use super::page::Page;
use super::text_certificate::{described_key, role, shown_name};
use crate::report::form::one_line;
use crate::report::form::{Look, severity_style};

/// Bundles above this size are listed with one line per certificate.
const MOST_DRAWN: usize = 12;
/// How many routes of each context are shown.
const MOST_ROUTES: usize = 8;

/// Draws the subjects, with dates compared with `now`.
pub fn inspect_text(
    subjects: &[Subject],
    now: OffsetDateTime,
    version: EnvoyVersion,
    look: Look,
) -> String {
    let mut page = Page { text: String::new(), now, version, look };
    for (index, subject) in subjects.iter().enumerate() {
        if index > 0 {
            page.text.push('\n');
        }
        page.subject(subject);
    }
    page.text
}

impl Page {
    fn subject(&mut self, subject: &Subject) {
        let heading = one_line(&subject.title());
        let bold = self.look.style(Style::new().bold());
        let _ = writeln!(self.text, "{}", heading.style(bold));
        let chain = &subject.chain;
        if chain.certificates().len() > MOST_DRAWN {
            self.listed(chain);
        } else if chain.is_bundle() {
            for (position, certificate) in chain.certificates().iter().enumerate() {
                self.certificate(2, position, role(chain, position), certificate, subject);
            }
        } else {
            self.tree(subject);
        }
        for key in subject.keys.iter().skip(usize::from(!chain.is_empty())) {
            self.field(2, "key", &described_key(key));
        }
        for crl in &subject.crls {
            let until = crl
                .next_update
                .map_or("no end".to_owned(), |next| format!("until {}", next.date()));
            let count = crl.revoked.len();
            self.field(2, "CRL", &format!("of {}, {until}, {count} revoked", crl.issuer));
        }
        for mounted in &subject.mounts {
            self.mounted(mounted);
        }
        for dependent in &subject.dependents {
            self.dependent(dependent);
        }
        self.verdicts(subject);
        for remark in &subject.remarks {
            let place = remark.certificate.filter(|_| chain.certificates().len() > 1);
            let place = place.map(|position| format!("certificate {}", position + 1));
            // A chain problem names its certificate itself.
            let text = match place.filter(|place| !remark.text.contains(place)) {
                Some(place) => format!("{place}: {}", remark.text),
                None => remark.text.clone(),
            };
            self.sentence(&remark.severity.to_string(), &text, severity_style(remark.severity));
        }
    }

    /// The chain as a tree: each certificate hangs below the one it was issued by, so it is drawn
    /// from the leaf on, with its issuer below it.
    fn tree(&mut self, subject: &Subject) {
        let chain = &subject.chain;
        let path = chain.path();
        let corner = if self.look.unicode { "└─ issued by " } else { "`- issued by " };
        let mut indent = 2;
        for (step, position) in path.iter().enumerate() {
            let certificate = &chain.certificates()[*position];
            if step > 0 {
                let _ = write!(self.text, "{:indent$}{corner}", "");
                indent += 3;
            }
            self.certificate_at(
                step > 0,
                indent,
                *position,
                role(chain, *position),
                certificate,
                subject,
            );
        }
        let last = path.last().map(|position| &chain.certificates()[*position]);
        if let Some(last) = last.filter(|last| last.fault.is_none() && !last.is_self_issued()) {
            let issuer = one_line(&last.issuer.to_string());
            let _ = writeln!(self.text, "{:indent$}{corner}{issuer} (not included)", "");
        }
        for (position, certificate) in chain.certificates().iter().enumerate() {
            if !path.contains(&position) {
                self.certificate(2, position, "not part of the chain", certificate, subject);
            }
        }
    }

    /// One line per certificate.
    fn listed(&mut self, chain: &Chain) {
        for (position, certificate) in chain.certificates().iter().enumerate() {
            let until = certificate.validity.map_or_else(
                || "unreadable".to_owned(),
                |validity| format!("until {}", validity.not_after.date()),
            );
            let _ = writeln!(
                self.text,
                "  [{}] {}, {until}",
                position + 1,
                one_line(&shown_name(certificate))
            );
        }
    }

    fn dependent(&mut self, dependent: &Dependent) {
        let context = &dependent.context;
        let object = format!("{} {}/{}", context.kind, context.namespace, context.name);
        let mut parts = Vec::new();
        if !dependent.routes.is_empty() {
            let shown: Vec<String> = dependent
                .routes
                .iter()
                .take(MOST_ROUTES)
                .map(|route| {
                    let host = route.host.as_deref().unwrap_or_default();
                    let prefix = route.prefix.as_deref().unwrap_or_default();
                    let place = format!("{host}{prefix}");
                    let name = format!("{} {}", route.object.kind, route.object.name);
                    if place.is_empty() { name } else { format!("{name} ({place})") }
                })
                .collect();
            let more = dependent.routes.len().saturating_sub(MOST_ROUTES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            parts.push(format!("{}{more}", shown.join(", ")));
        }
        if !dependent.hosts.is_empty() {
            parts.push(format!("terminates {}", dependent.hosts.join(", ")));
        }
        if parts.is_empty() {
            parts.push("nothing uses it".to_owned());
        }
        self.field(2, "used by", &format!("{object} as {}: {}", dependent.role, parts.join("; ")));
    }

    /// The file it becomes in the pod, and the steps from the mount to it.
    fn mounted(&mut self, mounted: &Mounted) {
        self.field(2, "mounted", &format!("as {}", mounted.path));
        for step in &mounted.steps {
            let place = format!("{}:{}:{}", step.file, step.line, step.column);
            self.field(4, step.name, &format!("{} ({place})", step.text));
        }
    }

    fn verdicts(&mut self, subject: &Subject) {
        // All other verdicts are among the remarks.
        if let Some(verdict @ EnvoyVerdict::Accepted) = &subject.verdict {
            let envoy = format!("Envoy {}", self.version);
            self.sentence(&envoy, &verdict.to_string(), Style::new().green());
        }
        if let Some(strict) = &subject.strict {
            let text = match strict {
                StrictVerdict::Accepted => "accepted".to_owned(),
                StrictVerdict::Refused { reason } => format!("rejected: {reason}"),
            };
            self.sentence("a strict client (WebPKI)", &text, Style::new());
        }
    }
}

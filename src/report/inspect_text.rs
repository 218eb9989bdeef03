//! `inspect -o text`: each chain drawn from the leaf up, with what a person wants to know.

use std::fmt::Write as _;

use owo_colors::{OwoColorize as _, Style};
use time::OffsetDateTime;

use crate::cert::webpki::StrictVerdict;
use crate::cert::{Certificate, Chain, EnvoyVersion, Phase};
use crate::diagnostic::Severity;
use crate::inspect::{Dependent, KeyFact, Mounted, Subject};

use super::style::{Look, severity_style};
use super::wrap::wrap;

/// Bundles above this size are listed with one line a certificate.
const MOST_DRAWN: usize = 12;
/// Routes shown of each context.
const MOST_ROUTES: usize = 8;

/// Draws the subjects, judged as of `now`.
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

struct Page {
    text: String,
    now: OffsetDateTime,
    version: EnvoyVersion,
    look: Look,
}

impl Page {
    /// A name and a value beside it; the value may take several lines.
    fn field(&mut self, indent: usize, name: &str, value: &str) {
        self.colored_field(indent, name, value, Style::new());
    }

    fn colored_field(&mut self, indent: usize, name: &str, value: &str, style: Style) {
        let column = indent + 10;
        let value = wrap(value, self.look.width.saturating_sub(column).max(30), column);
        let name = format!("{name:<9}");
        let name = name.style(self.look.style(Style::new().dimmed()));
        let _ = writeln!(self.text, "{:indent$}{name} {}", "", value.style(self.look.style(style)));
    }

    /// A word in colour and a sentence behind it.
    fn sentence(&mut self, word: &str, text: &str, style: Style) {
        let column = 4 + word.len();
        let text = wrap(text, self.look.width.saturating_sub(column).max(30), column);
        let _ = writeln!(self.text, "  {}: {text}", word.style(self.look.style(style)));
    }

    fn subject(&mut self, subject: &Subject) {
        let heading = subject.origin.to_string();
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
            let place = place.map(|position| format!("certificate {}: ", position + 1));
            let text = format!("{}{}", place.unwrap_or_default(), remark.text);
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
            let _ = writeln!(self.text, "{:indent$}{corner}{} (not included)", "", last.issuer);
        }
        for (position, certificate) in chain.certificates().iter().enumerate() {
            if !path.contains(&position) {
                self.certificate(2, position, "not part of the chain", certificate, subject);
            }
        }
    }

    fn certificate(
        &mut self,
        indent: usize,
        position: usize,
        role: &str,
        certificate: &Certificate,
        subject: &Subject,
    ) {
        self.certificate_at(false, indent, position, role, certificate, subject);
    }

    fn certificate_at(
        &mut self,
        continues: bool,
        indent: usize,
        position: usize,
        role: &str,
        certificate: &Certificate,
        subject: &Subject,
    ) {
        let name = shown_name(certificate);
        let title = format!(
            "{} [{}] {role}",
            name.style(self.look.style(Style::new().bold())),
            position + 1
        );
        if continues {
            let _ = writeln!(self.text, "{title}");
        } else {
            let _ = writeln!(self.text, "{:indent$}{title}", "");
        }
        let indent = indent + 2;
        if let Some(fault) = &certificate.fault {
            self.field(indent, "fault", fault);
            return;
        }
        self.validity(indent, certificate);
        let kind = certificate.key_kind().map_or("unknown".to_owned(), ToString::to_string);
        let own = (position == 0).then(|| subject.keys.first()).flatten();
        let key = match (own, subject.key_matches) {
            (Some(key), Some(true)) => format!("{kind}, matches {}", described_key(key)),
            (Some(key), Some(false)) => format!("{kind}, does not match {}", described_key(key)),
            (Some(key), None) => format!("{kind}; {}", described_key(key)),
            (None, _) => kind,
        };
        self.field(indent, "key", &key);
        let names: Vec<String> = certificate.alternative_names.all().collect();
        if !names.is_empty() {
            self.field(indent, "names", &names.join(", "));
        }
        if let Some(identity) = certificate.spiffe_id() {
            self.field(indent, "identity", &identity.to_string());
        }
        let usages: Vec<String> = [
            certificate.key_usage.as_ref().map(|usages| usages.join(", ")),
            certificate.extended_key_usage.as_ref().map(|usages| usages.join(", ")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !usages.is_empty() {
            self.field(indent, "usage", &usages.join("; "));
        }
        self.field(
            indent,
            "signed",
            &format!("{}, serial {}", certificate.signature_algorithm, certificate.serial),
        );
        self.field(indent, "sha256", &certificate.fingerprint());
    }

    fn validity(&mut self, indent: usize, certificate: &Certificate) {
        let Some(validity) = certificate.validity else { return };
        let (from, until) = (validity.not_before.date(), validity.not_after.date());
        let days = validity.days_left(self.now);
        let share = (validity.share_used(self.now) * 100.0).round();
        let (text, severity) = match validity.phase(self.now) {
            Phase::Expired => (format!("expired {} days ago", -days), Some(Severity::Error)),
            Phase::NotYetValid => ("not yet valid".to_owned(), Some(Severity::Error)),
            Phase::Valid => (format!("{days} days left, {share}% of its life used"), None),
        };
        let style = severity.map_or(Style::new(), severity_style);
        self.colored_field(indent, "valid", &format!("{from} to {until}, {text}"), style);
    }

    /// One line a certificate.
    fn listed(&mut self, chain: &Chain) {
        for (position, certificate) in chain.certificates().iter().enumerate() {
            let until = certificate.validity.map_or_else(
                || "unreadable".to_owned(),
                |validity| format!("until {}", validity.not_after.date()),
            );
            let _ =
                writeln!(self.text, "  [{}] {}, {until}", position + 1, shown_name(certificate));
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
            parts.push("nothing depends on it".to_owned());
        }
        self.field(2, "used by", &format!("{object} as {}: {}", dependent.role, parts.join("; ")));
    }

    /// The file that it is in the pod, and the steps that lead there.
    fn mounted(&mut self, mounted: &Mounted) {
        self.field(2, "mounted", &format!("as {}", mounted.path));
        for step in &mounted.steps {
            let place = format!("{}:{}:{}", step.file, step.line, step.column);
            self.field(4, step.name, &format!("{} ({place})", step.text));
        }
    }

    fn verdicts(&mut self, subject: &Subject) {
        if let Some(verdict) = &subject.verdict {
            let style = match verdict.result() {
                "accepted" => Style::new().green(),
                "unknown" => Style::new().yellow(),
                _ => Style::new().red(),
            };
            self.sentence(&format!("Envoy {}", self.version), &verdict.to_string(), style);
        }
        if let Some(strict) = &subject.strict {
            let text = match strict {
                StrictVerdict::Accepted => "accepted".to_owned(),
                StrictVerdict::Refused { reason } => format!("refused: {reason}"),
            };
            self.sentence("a strict client (WebPKI)", &text, Style::new());
        }
    }
}

fn role(chain: &Chain, position: usize) -> &'static str {
    let certificate = &chain.certificates()[position];
    match (certificate.is_ca(), certificate.is_self_issued()) {
        (_, true) if certificate.is_ca() || certificate.basic_constraints.is_none() => "root",
        (true, _) => "intermediate",
        (false, true) => "self-signed leaf",
        (false, false) => "leaf",
    }
}

/// The common name, else the first alternative name, else the whole subject.
pub(super) fn shown_name(certificate: &Certificate) -> String {
    if certificate.fault.is_some() {
        return "unreadable certificate".to_owned();
    }
    if let Some(name) = certificate.subject.common_name() {
        return name.to_owned();
    }
    let names = &certificate.alternative_names;
    let first = names.uri.first().or(names.dns.first());
    match first {
        Some(name) if certificate.subject.is_empty() => name.clone(),
        _ if certificate.subject.is_empty() => "(no name)".to_owned(),
        _ => certificate.subject.to_string(),
    }
}

fn described_key(fact: &KeyFact) -> String {
    match &fact.key {
        Ok(key) => format!("the {} {} key ({})", key.form(), key.kind(), fact.place),
        Err(error) => format!("{error} ({})", fact.place),
    }
}

//! `inspect -o text`: one certificate of a chain, its role, and what describes a key.

use std::fmt::Write as _;

use owo_colors::{OwoColorize as _, Style};

use crate::cert::{Certificate, Chain, Phase};
use crate::diagnostic::Severity;
use crate::inspect::{KeyFact, Subject};

use super::page::Page;
use crate::report::form::one_line;
use crate::report::form::severity_style;

impl Page {
    pub(crate) fn certificate(
        &mut self,
        indent: usize,
        position: usize,
        role: &str,
        certificate: &Certificate,
        subject: &Subject,
    ) {
        self.certificate_at(false, indent, position, role, certificate, subject);
    }

    pub(crate) fn certificate_at(
        &mut self,
        continues: bool,
        indent: usize,
        position: usize,
        role: &str,
        certificate: &Certificate,
        subject: &Subject,
    ) {
        let name = one_line(&shown_name(certificate));
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
}

/// A certificate's role in its chain.
pub(crate) fn role(chain: &Chain, position: usize) -> &'static str {
    let certificate = &chain.certificates()[position];
    match (certificate.is_ca(), certificate.is_self_issued()) {
        (_, true) if certificate.is_ca() || certificate.basic_constraints.is_none() => "root",
        (true, _) => "intermediate",
        (false, true) => "self-signed leaf",
        (false, false) => "leaf",
    }
}

/// The common name, else the first alternative name, else the whole subject.
pub(crate) fn shown_name(certificate: &Certificate) -> String {
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

/// A key in words, or why it cannot be used.
pub(crate) fn described_key(fact: &KeyFact) -> String {
    match &fact.key {
        Ok(key) => format!("the {} {} key ({})", key.form(), key.kind(), fact.place),
        Err(error) => format!("{error} ({})", fact.place),
    }
}

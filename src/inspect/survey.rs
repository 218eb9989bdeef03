//! Answers a question with verdicts and remarks.

use crate::cert::{ChainProblem, Crl, KeyError, Phase, PrivateKey, Validity};
use crate::diagnostic::Severity;
use crate::envoy::EnvoyVerdict;

use super::question::{Question, is_clients};
use super::subject::{Remark, Subject};
use super::verdict::{in_other_versions, strict, verdict};

/// Answers the question about one subject.
pub fn survey(subject: &mut Subject, question: &Question) {
    let mut remarks = std::mem::take(&mut subject.remarks);
    let mut say = |severity, text: String, certificate| {
        remarks.push(Remark { severity, text, certificate });
    };
    for fault in &subject.faults {
        say(Severity::Error, format!("line {}: {}", fault.line, fault.kind), None);
    }
    let nowhere: Vec<_> = subject
        .mounts
        .iter()
        .filter(|mounted| subject.is_empty() || mounted.result == "broken")
        .collect();
    for mounted in &nowhere {
        let severity = match mounted.result {
            "broken" => Severity::Error,
            _ => Severity::Warning,
        };
        say(severity, format!("{}: {}", mounted.path, mounted.end), None);
    }
    if subject.is_empty() && subject.faults.is_empty() && nowhere.is_empty() {
        say(Severity::Error, "no certificate, key or CRL found".to_owned(), None);
    }
    for (position, certificate) in subject.chain.certificates().iter().enumerate() {
        if let Some(validity) = &certificate.validity {
            expiry(validity, position, question, &mut say);
        }
        for broken in &certificate.broken_extensions {
            say(Severity::Warning, broken.clone(), Some(position));
        }
    }
    for problem in subject.chain.problems() {
        let severity = match &problem {
            ChainProblem::LeafNotFirst { .. }
            | ChainProblem::BadSignature { .. }
            | ChainProblem::Unreadable { .. } => Severity::Error,
            ChainProblem::OutOfOrder { .. } | ChainProblem::Stray { .. } => Severity::Warning,
            ChainProblem::Duplicate { .. } | ChainProblem::RootIncluded { .. } => Severity::Note,
        };
        say(severity, problem.to_string(), Some(problem.position()));
    }
    for key in &subject.keys {
        match &key.key {
            Ok(_) => {}
            Err(KeyError::Missing) => {
                say(Severity::Error, format!("no private key in {}", key.place), None);
            }
            Err(error) => say(Severity::Error, error.to_string(), None),
        }
    }
    for crl in &subject.crls {
        crl_remark(crl, question, &mut say);
    }
    subject.verdict = verdict(subject, question, question.version);
    subject.strict = strict(subject, question);
    // Envoy's verdict includes it.
    let is_told = subject.verdict.as_ref().and_then(EnvoyVerdict::reason);
    let is_told = is_told.is_some_and(|reason| reason.contains("KEY_VALUES_MISMATCH"));
    // The given key takes precedence over the subject's own, as in the verdict.
    let given = question.key.as_ref().and_then(|(_, bytes)| PrivateKey::from_pem(bytes).ok());
    let own = subject.keys.first().and_then(|fact| fact.key.as_ref().ok());
    let key = given.as_ref().or(own);
    if key.is_some_and(|key| subject.chain.lacks_leaf(key)) {
        let text = "the leaf is missing: the first certificate is a CA's, but the key is not. The \
                    key is fine; put the leaf first (`fullchain.pem` of certbot or acme.sh, not \
                    `chain.pem`)";
        say(Severity::Error, text.to_owned(), None);
    } else if subject.key_matches == Some(false) && !is_told {
        say(Severity::Error, "the private key does not belong to the certificate".to_owned(), None);
    }
    match &subject.verdict {
        Some(EnvoyVerdict::Refused { .. } | EnvoyVerdict::ConfigRejected { .. }) => {
            let verdict = subject.verdict.as_ref().map_or(String::new(), ToString::to_string);
            say(Severity::Error, format!("Envoy {}: {verdict}", question.version), None);
        }
        Some(EnvoyVerdict::Unknown { why }) => {
            say(Severity::Warning, format!("Envoy {}: unknown: {why}", question.version), None);
        }
        Some(EnvoyVerdict::Accepted) | None => {}
    }
    let is_judged = question.ca.is_some() || question.crl.is_some();
    if is_judged && question.purpose.is_none() && is_clients(subject) {
        let text = "checked as a client's certificate, since it is for clients only; use --as \
                    server to check it as a server's";
        say(Severity::Note, text.to_owned(), None);
    }
    for (severity, text) in in_other_versions(subject, question) {
        say(severity, text, None);
    }
    remarks.sort_by_key(|remark| std::cmp::Reverse(remark.severity));
    subject.remarks = remarks;
}

fn expiry(
    validity: &Validity,
    position: usize,
    question: &Question,
    say: &mut impl FnMut(Severity, String, Option<usize>),
) {
    let date = |moment: time::OffsetDateTime| moment.date().to_string();
    match validity.phase(question.now) {
        Phase::Expired => {
            let text = format!("it expired on {}", date(validity.not_after));
            say(Severity::Error, text, Some(position));
        }
        Phase::NotYetValid => {
            let text = format!("it is not valid before {}", date(validity.not_before));
            say(Severity::Error, text, Some(position));
        }
        Phase::Valid if validity.expires_within(question.margin, question.now) => {
            let severity = if question.near_is_error { Severity::Error } else { Severity::Warning };
            let days = validity.days_left(question.now);
            let text = format!("it expires on {} ({days} days left)", date(validity.not_after));
            say(severity, text, Some(position));
        }
        Phase::Valid => {}
    }
}

fn crl_remark(
    crl: &Crl,
    question: &Question,
    say: &mut impl FnMut(Severity, String, Option<usize>),
) {
    let issuer = &crl.issuer;
    if let Some(fault) = &crl.fault {
        say(Severity::Error, fault.clone(), None);
    } else if crl.is_expired(question.now) {
        let text =
            format!("the CRL of `{issuer}` has expired, so Envoy rejects all its certificates");
        say(Severity::Error, text, None);
    } else if crl.this_update.is_some_and(|moment| moment > question.now) {
        say(Severity::Error, format!("the CRL of `{issuer}` is not valid yet"), None);
    }
}

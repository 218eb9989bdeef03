//! Verdicts of Envoy, of other Envoy versions, and of a strict client.

use crate::cert::webpki::{StrictVerdict, judge};
use crate::cert::{Chain, Crl};
use crate::diagnostic::Severity;
use crate::envoy::{EnvoyVerdict, EnvoyVersion, PemSource, ValidationContext};
use crate::envoy::{Purpose, load_pair};
use crate::world::CredentialRole;

use super::question::Question;
use super::subject::Subject;

/// Envoy's verdict: on a server's chain if a CA was given, else on a pair, or on trust anchors and
/// CRLs that a context uses.
pub(super) fn verdict(
    subject: &Subject,
    question: &Question,
    version: EnvoyVersion,
) -> Option<EnvoyVerdict> {
    if question.ca.is_some() || question.crl.is_some() {
        let context = ValidationContext::load(
            question.ca.as_ref().map(|(name, bytes)| PemSource::new(name, bytes)),
            question.crl.as_ref().map(|(name, bytes)| PemSource::new(name, bytes)),
            version,
        );
        return Some(match context {
            Err(rejected) => rejected,
            Ok(context) => context
                .with_tls(question.tls.clone())
                .with_purpose(question.purpose_of(subject))
                .verify(&subject.chain, question.now),
        });
    }
    let name = subject.origin.to_string();
    let own = PemSource::new(&name, &subject.material.bytes);
    let key = question.key.as_ref().or(subject.material.key.as_ref());
    if let Some((key_name, key)) = key.filter(|_| question.key.is_some() || !own.bytes.is_empty()) {
        return Some(load_pair(Some(own), Some(PemSource::new(key_name, key)), version));
    }
    let used_as = |role| subject.dependents.iter().any(|dependent| dependent.role == role);
    if used_as(CredentialRole::TrustedCa) {
        return ValidationContext::load(Some(own), None, version).err();
    }
    None
}

/// A strict client's verdict on a server's chain.
pub(super) fn strict(subject: &Subject, question: &Question) -> Option<StrictVerdict> {
    let (_, ca) =
        question.ca.as_ref().filter(|_| question.purpose_of(subject) == Purpose::Server)?;
    let roots = Chain::from_pem(ca);
    let crls = question.crl.as_ref().map(|(_, bytes)| Crl::from_pem(bytes)).unwrap_or_default();
    let name = question.server_name.as_deref();
    Some(judge(&subject.chain, &roots, &crls, name, question.now))
}

/// Different verdicts of other Envoy versions: what works today may fail after an upgrade, and the
/// reverse. The nearest version on each side is reported.
pub(super) fn in_other_versions(subject: &Subject, question: &Question) -> Vec<(Severity, String)> {
    use EnvoyVerdict::{Accepted, Unknown};
    // Files that Envoy loads have no separate verdict.
    let own = subject.verdict.clone().unwrap_or(Accepted);
    if matches!(own, Unknown { .. }) {
        return Vec::new();
    }
    let differs = |version: &EnvoyVersion| {
        let other = verdict(subject, question, *version).unwrap_or(Accepted);
        let known = !matches!(other, Unknown { .. });
        (known && (other == Accepted) != (own == Accepted)).then_some((*version, other))
    };
    let now = question.version;
    let newer = EnvoyVersion::ALL.iter().filter(|version| **version > now).find_map(differs);
    let older = EnvoyVersion::ALL.iter().filter(|version| **version < now).rev().find_map(differs);
    let mut remarks = Vec::new();
    remarks.extend(newer.map(|(version, other)| match other {
        Accepted => (Severity::Note, format!("Envoy {version} accepts it")),
        refused => {
            let text =
                format!("it works now, but fails after the upgrade to Envoy {version}: {refused}");
            (Severity::Warning, text)
        }
    }));
    remarks.extend(older.map(|(version, other)| match other {
        Accepted => {
            let text = format!("Envoy {version} accepts it, so it works until the upgrade");
            (Severity::Note, text)
        }
        refused => (Severity::Note, format!("Envoy {version} does not accept it: {refused}")),
    }));
    remarks
}

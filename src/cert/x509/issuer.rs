//! Relations between two certificates, by the verifier's rules.

use super::key::Key;
use super::signature::{Signed, check};
use super::x509::X509;

/// Subject and issuer in the form that BoringSSL compares.
pub(crate) fn canonical_names(der: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let certificate = X509::parse(der).ok()?;
    Some((certificate.subject.canonical, certificate.issuer.canonical))
}

/// Whether `issuer` may have issued `subject`, by name and key identifier.
pub(crate) fn names_issuer(subject: &[u8], issuer: &[u8]) -> bool {
    match (X509::parse(subject), X509::parse(issuer)) {
        (Ok(subject), Ok(issuer)) => issuer.may_issue(&subject),
        _ => false,
    }
}

/// Whether `issuer`'s key signed `subject`.
pub(crate) fn is_signed_by(subject: &[u8], issuer: &[u8]) -> Option<bool> {
    let (Ok(subject), Ok(issuer)) = (X509::parse(subject), X509::parse(issuer)) else {
        return Some(false);
    };
    // BoringSSL verifies no DSA signatures; who made them is unknown.
    let key = issuer.key.as_ref().filter(|key| !matches!(key, Key::Dsa))?;
    match check(key, &subject.algorithm, subject.to_be_signed, subject.signature) {
        Signed::Valid => Some(true),
        Signed::Invalid => Some(false),
        Signed::Unjudged(_) => None,
    }
}

//! Why Envoy rejects the server's chain: the certificate in question, and one next step per cause.

use super::own;
use crate::cert::Certificate;
use crate::envoy::VerifyReason;
use crate::probe::verdict::ProbeOutcome;
use crate::probe::wire::Attempt;

/// The cause and the next step for BoringSSL's reason at a depth, if they can be more specific than
/// those of `explain`. A next step that cannot be is the same as there.
pub(crate) fn cause(
    outcome: &ProbeOutcome,
    attempt: &Attempt,
    depth: i32,
    reason: &str,
) -> Option<(String, String)> {
    let at = usize::try_from(depth).ok();
    let certificate = at.and_then(|at| attempt.chain.certificates().get(at));
    let name = certificate.map_or_else(
        || "a certificate of the CA file".to_owned(),
        |certificate| format!("`{}`", certificate.subject),
    );
    let (known, _) = VerifyReason::read(reason)?;
    let mut next = known.next("the server");
    let why = match known.name {
        "expired" => {
            let until =
                certificate.and_then(|one| one.validity).map(|one| own::date(one.not_after));
            if certificate.is_none() {
                next = "take it out of `ca_secret`, or put the renewed one in its place".to_owned();
            }
            format!(
                "{name} expired{}",
                until.map(|until| format!(" on {until}")).unwrap_or_default()
            )
        }
        "not-yet-valid" => {
            let from =
                certificate.and_then(|one| one.validity).map(|one| own::date(one.not_before));
            let before = from.map(|from| format!(" before {from}")).unwrap_or_default();
            format!("{name} is not valid{before}")
        }
        "no-local-issuer" => return Some(untrusted(outcome, attempt, certificate?)),
        "signature" => return mistaken(outcome, certificate?),
        "self-signed-in-chain" | "self-signed" => {
            next =
                format!("add it to `ca_secret`, if it is yours; it now has: {}", trusted(outcome));
            match known.name {
                "self-signed" => {
                    format!("{name} is self-signed and not among the trusted certificates")
                }
                _ => format!(
                    "{name}, which the server sends as its root, is not among the trusted certificates"
                ),
            }
        }
        "no-crl" => {
            let lists = outcome.target.trust.revokes_for().join("; ");
            next = "add the missing list to `crl_secret`".to_owned();
            match certificate.map(|one| one.issuer.to_string()) {
                Some(issuer) => format!(
                    "there is no revocation list of {issuer}, and Envoy needs one of every issuer in the \
                     chain; there are lists of: {lists}"
                ),
                None => format!(
                    "Envoy needs a revocation list of every issuer in the chain; there are lists of: {lists}"
                ),
            }
        }
        "crl-expired" => format!("the revocation list for {name} has expired"),
        "revoked" => format!("{name} is on a revocation list"),
        "name-constraints" => {
            format!("a CA above it has name constraints that a name of {name} violates")
        }
        "purpose" => format!("the extendedKeyUsage of {name} has no serverAuth"),
        _ => return None,
    };
    Some((why, next))
}

/// The certificate does not identify its issuer's key, so Envoy tries one of several CAs with that
/// name.
fn mistaken(outcome: &ProbeOutcome, certificate: &Certificate) -> Option<(String, String)> {
    let authorities = outcome.target.trust.authorities().certificates();
    let namesakes = authorities.iter().filter(|one| one.subject == certificate.issuer).count();
    if namesakes < 2 || certificate.authority_key_id.is_some() {
        return None;
    }
    let which = match outcome.target.trust.version().sorts_by_heap() {
        true => "the last in the file; from 1.38 on, the first",
        false => "the first in the file; up to 1.37, the last",
    };
    Some((
        format!(
            "`ca_secret` has {namesakes} CAs called `{}`, and `{}` has no authorityKeyIdentifier, so Envoy tries \
             one of them: {which}",
            certificate.issuer, certificate.subject
        ),
        "issue the server's certificate with an authorityKeyIdentifier; until then, place the CA that signed \
         it where Envoy looks"
            .to_owned(),
    ))
}

/// An issuer that is neither sent nor trusted, or trusted with the same name and another key.
fn untrusted(
    outcome: &ProbeOutcome,
    attempt: &Attempt,
    certificate: &Certificate,
) -> (String, String) {
    let issuer = &certificate.issuer;
    let authorities = outcome.target.trust.authorities().certificates();
    let renewed = authorities.iter().find(|one| one.subject == *issuer);
    if let Some(own) = renewed {
        let key = |id: &Option<String>| id.clone().unwrap_or_else(|| "none".to_owned());
        return (
            format!(
                "`{issuer}` is trusted with another key: the CA was renewed with the same name \
                 (key identifier {} in `ca_secret`, {} in the server's chain)",
                key(&own.subject_key_id),
                key(&certificate.authority_key_id)
            ),
            "add the renewed CA to `ca_secret`, next to the old one while both are in use"
                .to_owned(),
        );
    }
    let alone = attempt.chain.certificates().len() == 1;
    let why = format!("`{}` is issued by `{issuer}`, which is not trusted", certificate.subject);
    let next = match alone {
        true => format!(
            "if `{issuer}` is an intermediate, make the server send its certificate; otherwise \
             add it to `ca_secret`, which has: {}",
            trusted(outcome)
        ),
        false => format!("add `{issuer}` to `ca_secret`, which has: {}", trusted(outcome)),
    };
    (why, next)
}

/// The subjects in the CA file, as many as fit on a line.
fn trusted(outcome: &ProbeOutcome) -> String {
    const NAMES: usize = 4;
    let authorities = outcome.target.trust.authorities().certificates();
    let mut names: Vec<String> =
        authorities.iter().take(NAMES).map(|one| format!("`{}`", one.subject)).collect();
    if authorities.len() > NAMES {
        names.push(format!("{} more", authorities.len() - NAMES));
    }
    names.join(", ")
}

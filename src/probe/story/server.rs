//! The server's side: its chain, its key, its names.

use super::advice;
use super::own;
use super::reach::with;
use super::refusal;
use super::sentence::Check;
use crate::cert::{Certificate, ExpiryMargin, Phase};
use crate::envoy::VerifyReason;
use crate::envoy::log::meaning;
use crate::probe::hello::HelloAs;
use crate::probe::target::{Conduct, Opinion};
use crate::probe::verdict::ProbeOutcome;
use crate::probe::wire::Attempt;
use crate::probe::wire::SignatureCheck;

pub(crate) fn checks(outcome: &ProbeOutcome, conduct: &Conduct) -> Vec<Check> {
    let seen = outcome.attempts.iter().find(|attempt| !attempt.chain.is_empty());
    let Some(attempt) = seen else {
        return Vec::new();
    };
    let mut checks = vec![chain(outcome, attempt, conduct)];
    checks.extend(expires(attempt, conduct));
    checks.extend(key(attempt));
    checks.extend(name(outcome));
    checks.extend(spiffe(outcome, attempt));
    checks
}

fn chain(outcome: &ProbeOutcome, attempt: &Attempt, conduct: &Conduct) -> Check {
    let presented = attempt.chain.leaf().map(|leaf| presented(leaf, conduct));
    let check = match (&attempt.opinion, outcome.target.trust.verifies()) {
        (Some(Opinion::Accepted) | None, false) => advice::unverified(&outcome.target),
        (Some(Opinion::Accepted), _) => Check::ok(
            "server-chain",
            format!("{} accepts the server's certificate chain", who(outcome)),
        ),
        (Some(Opinion::Refused { depth, reason }), _) => {
            let whose = match depth {
                Some(0) => "the server's certificate",
                Some(_) => "a certificate of the server's chain",
                None => "the server's certificate",
            };
            let meaning = meaning::of_reason(reason)
                .or_else(|| meaning::of_reason("CERTIFICATE_VERIFY_FAILED"));
            let cause = depth.and_then(|depth| refusal::cause(outcome, attempt, depth, reason));
            let detail = match depth {
                Some(depth) => format!("{reason} (depth {depth})"),
                None => reason.clone(),
            };
            let check =
                Check::error("server-chain", format!("{} rejects {whose}: {detail}", who(outcome)));
            match cause {
                Some((why, next)) => check.because(why).hint(next),
                // The reason's own advice, the same as from `explain`.
                None => match VerifyReason::read(reason) {
                    Some((known, _)) => {
                        check.because(known.cause("the server")).hint(known.next("the server"))
                    }
                    None => with(check, meaning),
                },
            }
        }
        (Some(Opinion::Unknown(why)), _) => {
            Check::unknown("server-chain", "unknown: whether Envoy accepts the server's chain")
                .because(why.clone())
        }
        (None, _) => Check::unknown("server-chain", "the server's chain was not checked"),
    };
    match presented {
        Some(presented) => {
            let mut check = check;
            check.evidence.insert(0, format!("the server presents {presented}"));
            check
        }
        None => check,
    }
}

/// Subject, names, issuer and expiry of the server's certificate.
fn presented(leaf: &Certificate, conduct: &Conduct) -> String {
    const NAMES: usize = 4;
    let subject = name_of(leaf);
    let names: Vec<String> = leaf.alternative_names.all().collect();
    let mut parts = vec![subject.clone()];
    parts.extend(names.iter().filter(|name| !name.contains(&subject)).take(NAMES).cloned());
    if names.len() > NAMES {
        parts.push(format!("{} more names", names.len() - NAMES));
    }
    parts.push(format!("issued by {}", leaf.issuer));
    parts.extend(own::left(leaf, conduct.now));
    parts.join(", ")
}

/// The first certificate of the chain that expires soon; expired ones are reported with the chain.
fn expires(attempt: &Attempt, conduct: &Conduct) -> Option<Check> {
    let near = attempt.chain.certificates().iter().enumerate().find(|(_, certificate)| {
        certificate.validity.is_some_and(|validity| {
            validity.phase(conduct.now) == Phase::Valid
                && validity.expires_within(ExpiryMargin::default(), conduct.now)
        })
    });
    let (depth, certificate) = near?;
    let whose = match depth {
        0 => "the server's certificate".to_owned(),
        _ => format!("`{}` in the server's chain", certificate.subject),
    };
    let words = own::left(certificate, conduct.now)?;
    Some(
        Check::warning("server-certificate-expires", format!("{whose} is {words}"))
            .hint("renew it in time, and check that its issuer process is running"),
    )
}

fn key(attempt: &Attempt) -> Option<Check> {
    (attempt.signature == Some(SignatureCheck::Unknown)).then(|| {
        Check::unknown("server-key", "not checked: whether the server has its private key")
            .because("key below 2048 bits, or of a kind that this probe does not support")
            .hint("issue the server's certificate with RSA of 2048 bits or more, or P-256")
    })
}

fn name(outcome: &ProbeOutcome) -> Option<Check> {
    let host = &outcome.target.host;
    match &outcome.strict {
        Opinion::Unknown(_) => None,
        Opinion::Accepted => Some(Check::ok(
            "strict-client",
            format!("a strict client would accept the certificate for \"{host}\" as well"),
        )),
        Opinion::Refused { reason, .. } => Some(
            Check::warning(
                "strict-client",
                format!("a strict client would reject the certificate for \"{host}\""),
            )
            .because(reason.clone())
            .because("Envoy does not check names, nor everything that strict clients check"),
        ),
    }
}

fn spiffe(outcome: &ProbeOutcome, attempt: &Attempt) -> Option<Check> {
    let identity = attempt.chain.leaf().and_then(Certificate::spiffe_id);
    let found = identity.as_ref().map(|identity| &identity.uri);
    match (&outcome.target.expect_spiffe, found) {
        (None, None) => None,
        (None, Some(uri)) => Some(Check::ok("spiffe", format!("the server is {uri}"))),
        (Some(wanted), Some(uri)) if wanted.accepts(uri) => {
            Some(Check::ok("spiffe", format!("the server is {uri}, as expected")))
        }
        (Some(wanted), found) => Some(
            Check::error("spiffe", format!("the server is not {wanted}"))
                .because(match found {
                    Some(uri) => format!("it is {uri}"),
                    None => "its certificate has no SPIFFE identity".to_owned(),
                })
                .hint(
                    "Ambassador does not check identities; something else answers on this address",
                ),
        ),
    }
}

/// Whose rules the chain was verified by.
fn who(outcome: &ProbeOutcome) -> &'static str {
    match outcome.target.offer.profile {
        HelloAs::Envoy => "Envoy",
        HelloAs::Strict => "a strict client",
    }
}

/// The subject; for mesh certificates without one, the identity.
fn name_of(leaf: &Certificate) -> String {
    match (leaf.subject.is_empty(), leaf.spiffe_id(), &leaf.fault) {
        (_, _, Some(fault)) => format!("a certificate that cannot be read ({fault})"),
        (true, Some(identity), _) => identity.uri,
        (true, None, _) => "a certificate without a subject".to_owned(),
        (false, ..) => leaf.subject.to_string(),
    }
}

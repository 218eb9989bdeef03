//! The server's side: its chain, its key, its names.

use super::advice;
use super::reach::with;
use super::sentence::Check;
use crate::cert::Certificate;
use crate::envoy::log::meaning;
use crate::probe::hello::Profile;
use crate::probe::target::Opinion;
use crate::probe::verdict::Outcome;
use crate::probe::wire::Attempt;
use crate::probe::wire::Checked;

pub(crate) fn checks(outcome: &Outcome) -> Vec<Check> {
    let seen = outcome.attempts.iter().find(|attempt| !attempt.chain.is_empty());
    let Some(attempt) = seen else {
        return Vec::new();
    };
    let mut checks = vec![chain(outcome, attempt)];
    checks.extend(key(attempt));
    checks.extend(name(outcome));
    checks.extend(spiffe(outcome, attempt));
    checks
}

fn chain(outcome: &Outcome, attempt: &Attempt) -> Check {
    let shown =
        attempt.chain.leaf().map(|leaf| format!("{}, issued by {}", name_of(leaf), leaf.issuer));
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
            let detail = match depth {
                Some(depth) => format!("{reason} (depth {depth})"),
                None => reason.clone(),
            };
            with(
                Check::error("server-chain", format!("{} refuses {whose}: {detail}", who(outcome))),
                meaning,
            )
        }
        (Some(Opinion::Unknown(why)), _) => Check::unknown(
            "server-chain",
            "whether Envoy accepts the server's chain cannot be told",
        )
        .because(why.clone()),
        (None, _) => Check::unknown("server-chain", "the server's chain was not judged"),
    };
    match shown {
        Some(shown) => {
            let mut check = check;
            check.evidence.insert(0, format!("server shows: {shown}"));
            check
        }
        None => check,
    }
}

fn key(attempt: &Attempt) -> Option<Check> {
    (attempt.signature == Some(Checked::Unknown)).then(|| {
        Check::unknown("server-key", "whether the server holds its key could not be checked")
            .because("key below 2048 bits, or of a kind this probe has no algorithm for")
            .hint("issue the server's certificate with RSA from 2048 bits on, or P-256")
    })
}

fn name(outcome: &Outcome) -> Option<Check> {
    let host = &outcome.target.host;
    match &outcome.strict {
        Opinion::Unknown(_) => None,
        Opinion::Accepted => Some(Check::ok(
            "strict-client",
            format!("a strict client would accept the certificate for \"{host}\" too"),
        )),
        Opinion::Refused { reason, .. } => Some(
            Check::warning(
                "strict-client",
                format!("a strict client would refuse the certificate for \"{host}\""),
            )
            .because(reason.clone())
            .because("Envoy does not check names, nor all that strict clients check"),
        ),
    }
}

fn spiffe(outcome: &Outcome, attempt: &Attempt) -> Option<Check> {
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
                    None => "its certificate carries no SPIFFE identity".to_owned(),
                })
                .hint(
                    "Ambassador does not check identities; something else answers on this address",
                ),
        ),
    }
}

/// Whose rules the chain was judged by.
fn who(outcome: &Outcome) -> &'static str {
    match outcome.target.offer.profile {
        Profile::Envoy => "Envoy",
        Profile::Strict => "a strict client",
    }
}

/// The subject, or for mesh certificates without one, the identity.
fn name_of(leaf: &Certificate) -> String {
    match (leaf.subject.is_empty(), leaf.spiffe_id(), &leaf.fault) {
        (_, _, Some(fault)) => format!("a certificate that cannot be read ({fault})"),
        (true, Some(identity), _) => identity.uri,
        (true, None, _) => "a certificate without a subject".to_owned(),
        (false, ..) => leaf.subject.to_string(),
    }
}

//! The server's side: its chain, its key, its names.

use super::{Check, reach::with};
use crate::probe::attempt::Attempt;
use crate::probe::facts;
use crate::probe::meaning;
use crate::probe::outcome::Outcome;
use crate::probe::signature::Checked;
use crate::probe::trust::Opinion;

pub(super) fn checks(outcome: &Outcome) -> Vec<Check> {
    let seen = outcome
        .attempts
        .iter()
        .find(|attempt| !attempt.chain.is_empty());
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
    let shown = attempt
        .chain
        .first()
        .and_then(|leaf| Some((facts::subject(leaf)?, facts::issuer(leaf)?)))
        .map(|(subject, issuer)| {
            format!(
                "{}, issued by {}",
                facts::shown(&subject),
                facts::shown(&issuer)
            )
        });
    let check = match (&attempt.opinion, &outcome.target.trust.ca) {
        (_, None) => Check::warning(
            "server-chain",
            "Ambassador does not verify this server: the context names no CA",
        )
        .hint("set `ca_secret` or `cacert_chain_file` in the TLSContext"),
        (Some(Opinion::Accepted), _) => Check::ok(
            "server-chain",
            "Envoy accepts the server's certificate chain",
        ),
        (Some(Opinion::Refused(reason)), _) => with(
            Check::error(
                "server-chain",
                format!("Envoy refuses the server's chain at depth {reason}"),
            ),
            meaning::of_reason("CERTIFICATE_VERIFY_FAILED"),
        ),
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
        Check::unknown(
            "server-key",
            "whether the server holds its key could not be checked",
        )
        .because("key below 2048 bits, or of a kind this probe has no algorithm for")
        .hint("issue the server's certificate with RSA from 2048 bits on, or P-256")
    })
}

fn name(outcome: &Outcome) -> Option<Check> {
    let host = &outcome.target.host;
    match (&outcome.strict, &outcome.target.trust.ca) {
        (_, None) | (Opinion::Unknown(_), _) => None,
        (Opinion::Accepted, _) => Some(Check::ok(
            "strict-client",
            format!("a strict client would accept the certificate for \"{host}\" too"),
        )),
        (Opinion::Refused(reason), _) => Some(
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
    let uris: Vec<String> = attempt
        .chain
        .first()
        .map(|leaf| facts::uris(leaf))
        .unwrap_or_default();
    let found = uris.iter().find(|uri| uri.starts_with("spiffe://"));
    match (&outcome.target.expect_spiffe, found) {
        (None, None) => None,
        (None, Some(uri)) => Some(Check::ok("spiffe", format!("the server is {uri}"))),
        (Some(wanted), Some(uri)) if wanted.accepts(uri) => Some(Check::ok(
            "spiffe",
            format!("the server is {uri}, as expected"),
        )),
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

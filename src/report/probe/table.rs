//! Many probes in one table, one line each.

use crate::probe::{Attempt, EnvoyOutcome, Mutual, Opinion, Presented, ProbeOutcome, Story};
use crate::report::form::{Column, cut, draw, whole};
use crate::report::short_name;

const COLUMNS: [Column; 7] = [
    cut("MAPPING"),
    cut("SERVICE"),
    whole("MODE"),
    whole("ASKED"),
    whole("VERIFIED"),
    whole("ENDS"),
    cut("ENVOY"),
];

/// The text of an empty cell.
const NONE: &str = "-";

/// One line per target: what was negotiated, whether the server asks for a certificate, whether its
/// own was verified and when it expires, and Envoy's result. Complete, or fitted to a terminal.
pub fn table(outcomes: &[Story], fit: Option<usize>, unicode: bool) -> String {
    let rows = outcomes.iter().map(|outcome| {
        vec![
            name(outcome),
            format!("{}:{}", outcome.target.host, outcome.target.port),
            mode(outcome).to_owned(),
            asked(outcome).to_owned(),
            verified(outcome).to_owned(),
            ends(outcome).unwrap_or_else(|| NONE.to_owned()),
            envoy(outcome),
        ]
    });
    draw(&COLUMNS, rows, fit, unicode)
}

/// As in `resolve -o table`, with how many more use the same cluster.
fn name(outcome: &ProbeOutcome) -> String {
    let target = &outcome.target;
    match &target.origin {
        None => target.name.clone(),
        Some(origin) if origin.others == 0 => short_name(&origin.object),
        Some(origin) => format!("{} +{}", short_name(&origin.object), origin.others),
    }
}

/// As in `resolve -o table`, but the actual result.
fn mode(outcome: &ProbeOutcome) -> &'static str {
    let Some(attempt) = outcome.first().filter(|attempt| attempt.reached()) else { return NONE };
    match (&attempt.handshake, outcome.target.plaintext) {
        (_, true) => "plaintext",
        (None, false) => NONE,
        (Some(_), false) if is_mutual(outcome, attempt) => "mutual",
        (Some(_), false) => "TLS",
    }
}

fn is_mutual(outcome: &ProbeOutcome, attempt: &Attempt) -> bool {
    attempt.presented == Presented::Context
        && outcome.target.identity.is_some()
        && attempt.requested() == Some(true)
        && outcome.accepted() != Some(false)
}

fn asked(outcome: &ProbeOutcome) -> &'static str {
    match outcome.mutual {
        Mutual::Required => "required",
        Mutual::Optional => "optional",
        Mutual::NotRequested => "never",
        Mutual::AfterRequest => "later",
        Mutual::Unknown => "unknown",
    }
}

/// Envoy's verdict on the server's certificate; `no` if it is not verified, since there is no CA.
fn verified(outcome: &ProbeOutcome) -> &'static str {
    let opinion = outcome.first().and_then(|attempt| attempt.opinion.as_ref());
    match opinion {
        None => NONE,
        Some(_) if !outcome.target.trust.verifies() => "no",
        Some(Opinion::Accepted) => "yes",
        Some(Opinion::Refused { .. }) => "refused",
        Some(Opinion::Unknown(_)) => "unknown",
    }
}

/// When the server's own certificate expires.
fn ends(outcome: &ProbeOutcome) -> Option<String> {
    let leaf = outcome.first()?.chain.leaf()?;
    Some(leaf.validity.as_ref()?.not_after.date().to_string())
}

fn envoy(outcome: &ProbeOutcome) -> String {
    match &outcome.envoy {
        EnvoyOutcome::Accepted => "ok".to_owned(),
        EnvoyOutcome::PassedOn(status) => format!("HTTP {status}"),
        EnvoyOutcome::Refused(refusal) => {
            format!("fails: {} {}", refusal.flags, refusal.reason).replace("  ", " ")
        }
        EnvoyOutcome::ConfigRejected(words) => format!("rejects its configuration: {words}"),
        EnvoyOutcome::Unknown(why) => format!("unknown: {why}"),
    }
}

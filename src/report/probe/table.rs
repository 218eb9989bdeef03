//! Many probes in one table, a line each.

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

/// What is in a cell where there is nothing.
const NONE: &str = "-";

/// One line a target: what was agreed, whether the server wants a certificate, whether its own was verified
/// and when it ends, and what Envoy would have got. Whole, or fitted to a terminal.
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

/// As in `resolve -o table`; with how many more go to the same cluster.
fn name(outcome: &ProbeOutcome) -> String {
    let target = &outcome.target;
    match &target.origin {
        None => target.name.clone(),
        Some(origin) if origin.others == 0 => short_name(&origin.object),
        Some(origin) => format!("{} +{}", short_name(&origin.object), origin.others),
    }
}

/// As in `resolve -o table`: what came about.
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

/// What Envoy says to the server's certificate; `no` where it looks at none, since there is no CA.
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

/// When the server's own certificate ends.
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
        EnvoyOutcome::ConfigRejected(words) => format!("refuses its configuration: {words}"),
        EnvoyOutcome::Unknown(why) => format!("unknown: {why}"),
    }
}

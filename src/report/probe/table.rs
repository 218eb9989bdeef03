//! Many probes in one table, a line each.

use comfy_table::{ContentArrangement, Table, presets};

use crate::probe::{Envoy, Mutual, Outcome, Story};

/// One line a target: what was agreed, whether it is mutual, and what Envoy would have got.
pub fn table(outcomes: &[Story]) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        // A line each, however long: it is for grep as well as for eyes.
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(["UPSTREAM", "SERVICE", "TLS", "MUTUAL", "OURS", "ENVOY"]);
    for outcome in outcomes {
        table.add_row([
            outcome.target.name.clone(),
            format!("{}:{}", outcome.target.host, outcome.target.port),
            spoken(outcome),
            mutual(outcome).to_owned(),
            ours(outcome).to_owned(),
            envoy(outcome),
        ]);
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n"))
}

fn spoken(outcome: &Outcome) -> String {
    let handshake = outcome.first().and_then(|attempt| attempt.handshake.as_ref());
    match (handshake, outcome.target.plaintext) {
        (Some(handshake), _) => handshake.version.to_owned(),
        (None, true) => "plaintext".to_owned(),
        (None, false) => "-".to_owned(),
    }
}

fn mutual(outcome: &Outcome) -> &'static str {
    match outcome.mutual {
        Mutual::Required => "required",
        Mutual::Optional => "optional",
        Mutual::NotRequested => "not requested",
        Mutual::AfterRequest => "after request",
        Mutual::Unknown => "unknown",
    }
}

fn ours(outcome: &Outcome) -> &'static str {
    match (outcome.accepted(), &outcome.target.identity) {
        (Some(true), _) => "accepted",
        (Some(false), _) => "refused",
        (None, Some(_)) => "unknown",
        (None, None) => "none",
    }
}

fn envoy(outcome: &Outcome) -> String {
    match &outcome.envoy {
        Envoy::Accepted => "ok".to_owned(),
        Envoy::PassedOn(status) => format!("HTTP {status}"),
        Envoy::Refused(refusal) => {
            format!("fails: {} {}", refusal.flags, refusal.reason).replace("  ", " ")
        }
        Envoy::ConfigRejected(words) => format!("refuses its configuration: {words}"),
        Envoy::Unknown(why) => format!("unknown: {why}"),
    }
}

//! Differences between a running Envoy and the input, as SARIF 2.1.0 on the Mappings' lines.

use crate::diagnostic::Diagnostic;
use crate::explain::dictionary;
use crate::report::form::sarif::{Descriptor, live_sarif};
use crate::world::World;

/// One run, in its own category next to lint's.
pub fn sarif(world: &World, findings: &[Diagnostic]) -> String {
    live_sarif(&world.sources, findings, ("running", ""), described)
}

fn described(rule: &str) -> Descriptor {
    let title = format!("Running Envoy: {}", rule.replace('-', " "));
    let entry = dictionary::entries().find(|entry| entry.words.contains(&rule));
    let meaning = entry.map_or("", |entry| entry.cause);
    let help = "Run `mtlsctl running` to see Envoy's current state.";
    Descriptor::observed(rule, (&title, meaning), help)
}

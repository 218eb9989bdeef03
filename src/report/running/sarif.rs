//! What a running Envoy holds otherwise than the input, as SARIF 2.1.0 on the Mappings' lines.

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::report::form::{live_sarif, pascal_case};
use crate::world::World;

/// What each rule means.
const MEANINGS: [(&str, &str); 5] = [
    (
        "envoy-configuration-frozen",
        "The running Envoy does not have the configuration that the manifests make: it has not \
         been delivered yet, or was rejected, in which case no configuration change takes effect.",
    ),
    (
        "envoy-certificate-stale",
        "The certificate or bundle that the running Envoy has loaded is not the one that the Secret \
         or file has now.",
    ),
    (
        "envoy-certificate-expires",
        "A certificate that the running Envoy has loaded has expired or expires soon, regardless \
         of what the Secret or file has now.",
    ),
    (
        "envoy-handshakes-fail",
        "The running Envoy counted handshakes with this upstream that failed.",
    ),
    ("envoy-not-ready", "The running Envoy or one of its clusters is not serving."),
];

/// One run, in a category of its own beside lint's.
pub fn sarif(world: &World, findings: &[Diagnostic]) -> String {
    live_sarif(&world.sources, findings, ("running", ""), described)
}

fn described(rule: &str) -> Value {
    let meaning = MEANINGS.iter().find(|(name, _)| *name == rule).map_or("", |(_, means)| means);
    json!({
        "id": rule,
        "name": pascal_case(rule),
        "shortDescription": { "text": format!("Running Envoy: {}", rule.replace('-', " ")) },
        "fullDescription": { "text": meaning },
        "help": { "text": "Run `mtlsctl running` to see what Envoy holds." },
        "helpUri": env!("CARGO_PKG_REPOSITORY"),
        "defaultConfiguration": { "level": "error" },
        "properties": { "precision": "very-high", "problem.severity": "error", "tags": ["mtls"] },
    })
}

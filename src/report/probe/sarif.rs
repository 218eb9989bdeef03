//! Findings of a probe as SARIF 2.1.0, on the lines of the manifests that asked for the upstream.

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::report::form::{live_sarif, pascal_case};
use crate::source::Sources;

/// One run, in a category of its own beside lint's.
pub fn sarif(sources: &Sources, findings: &[Diagnostic]) -> String {
    live_sarif(sources, findings, ("probe", "probe/"), described)
}

fn described(rule: &str) -> Value {
    let words = rule.replace('-', " ");
    let short = format!("Live probe: {words}");
    let full = format!(
        "mtlsctl performed the handshake that Ambassador would perform for this upstream, and the \
         check \"{words}\" failed."
    );
    json!({
        "id": format!("probe/{rule}"),
        "name": format!("Probe{}", pascal_case(rule)),
        "shortDescription": { "text": short },
        "fullDescription": { "text": full },
        "help": { "text": "Run `mtlsctl probe` on the upstream to see all checks." },
        "helpUri": env!("CARGO_PKG_REPOSITORY"),
        "defaultConfiguration": { "level": "error" },
        "properties": { "precision": "very-high", "problem.severity": "error", "tags": ["mtls"] },
    })
}

//! Findings about what runs as a SARIF 2.1.0 run, on the lines of the manifests that asked for it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::line_hash::LineHashes;
use super::sarif_rule::sentence;
use super::sarif_text::{unlinked, uri};
use crate::diagnostic::Diagnostic;
use crate::lint::fingerprints;
use crate::source::Sources;

/// One run, in a category of its own beside lint's; `prefix` comes before each rule's name, and
/// `described` makes a `reportingDescriptor` of a rule.
pub(crate) fn live_sarif(
    sources: &Sources,
    findings: &[Diagnostic],
    (category, prefix): (&str, &str),
    described: fn(&str) -> Value,
) -> String {
    let rules: BTreeSet<&str> = findings.iter().map(|found| found.rule).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let names = fingerprints(findings, sources);
    let mut hashes = LineHashes::default();
    let results: Vec<Value> = findings
        .iter()
        .zip(&names)
        .map(|(found, name)| {
            let mut result = result(sources, found, &rules, prefix);
            result["partialFingerprints"] = json!({
                "primaryLocationLineHash": hashes.of(sources, found.primary.span),
                "mtlsctlFindingId/v1": name,
            });
            result
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "automationDetails": { "id": format!("mtlsctl/{category}/") },
            "columnKind": "unicodeCodePoints",
            "tool": { "driver": {
                "name": "mtlsctl",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(sources: &Sources, found: &Diagnostic, rules: &[&str], prefix: &str) -> Value {
    let source = sources.get(found.primary.span.source);
    let start = source.position(found.primary.span.start);
    let end = source.position(found.primary.span.end);
    let sentences = std::iter::once(&found.message).chain(&found.notes).chain(&found.help);
    let message: Vec<String> = sentences.map(|text| unlinked(&sentence(text))).collect();
    json!({
        "ruleId": format!("{prefix}{}", found.rule),
        "ruleIndex": rules.iter().position(|rule| *rule == found.rule),
        "level": found.severity.to_string(),
        "message": { "text": message.join(" ") },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&source.name) },
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
            },
            "logicalLocations": found.object.iter().map(|object| json!({
                "fullyQualifiedName": object.to_string(),
                "kind": "object",
            })).collect::<Vec<_>>(),
        }],
    })
}

//! Findings of a probe as SARIF 2.1.0, on the lines of the manifests that asked for the upstream.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::lint::fingerprints;
use crate::report::form::LineHashes;
use crate::report::form::sentence;
use crate::report::form::{unlinked, uri};
use crate::world::World;

/// One run, in a category of its own beside lint's.
pub fn sarif(world: &World, findings: &[Diagnostic]) -> String {
    let rules: BTreeSet<&str> = findings.iter().map(|found| found.rule).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let names = fingerprints(findings, &world.sources);
    let mut hashes = LineHashes::default();
    let results: Vec<Value> = findings
        .iter()
        .zip(&names)
        .map(|(found, name)| {
            let mut result = result(world, found, &rules);
            result["partialFingerprints"] = json!({
                "primaryLocationLineHash": hashes.of(&world.sources, found.primary.span),
                "mtlsctlFindingId/v1": name,
            });
            result
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "automationDetails": { "id": "mtlsctl/probe/" },
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

fn described(rule: &str) -> Value {
    let words = rule.replace('-', " ");
    let short = format!("Live probe: {words}");
    let full = format!(
        "mtlsctl performed the handshake Ambassador would perform for this upstream, and the check \
         \"{words}\" was not well."
    );
    json!({
        "id": format!("probe/{rule}"),
        "name": format!("Probe{}", words.split(' ').map(capital).collect::<String>()),
        "shortDescription": { "text": short },
        "fullDescription": { "text": full },
        "help": { "text": "Run `mtlsctl probe` on the upstream to see the whole story." },
        "helpUri": env!("CARGO_PKG_REPOSITORY"),
        "defaultConfiguration": { "level": "error" },
        "properties": { "precision": "very-high", "problem.severity": "error", "tags": ["mtls"] },
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn result(world: &World, found: &Diagnostic, rules: &[&str]) -> Value {
    let source = world.sources.get(found.primary.span.source);
    let start = source.position(found.primary.span.start);
    let end = source.position(found.primary.span.end);
    let sentences = std::iter::once(&found.message).chain(&found.notes).chain(&found.help);
    let message: Vec<String> = sentences.map(|text| unlinked(&sentence(text))).collect();
    json!({
        "ruleId": format!("probe/{}", found.rule),
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

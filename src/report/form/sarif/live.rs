//! Findings about live systems as a SARIF run, on the lines of the manifests that configure them.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::lint::fingerprints;
use crate::report::form::json::Streamed;
use crate::source::Sources;

use super::line_hash::LineHashes;
use super::log::{Descriptor, Fingerprints, Location, Log, LogicalLocation, ResultJson, Text};

/// One run, in its own category next to lint's; `prefix` comes before each rule's name, and
/// `described` describes a rule.
pub(crate) fn live_sarif(
    sources: &Sources,
    findings: &[Diagnostic],
    (category, prefix): (&str, &str),
    described: fn(&str) -> Descriptor,
) -> String {
    let rules: BTreeSet<&str> = findings.iter().map(|found| found.rule).collect();
    let results = Streamed::of(|| {
        let mut hashes = LineHashes::default();
        let rules = &rules;
        findings.iter().zip(fingerprints(findings, sources)).map(move |(found, finding_id)| {
            let source = sources.get(found.primary.span.source);
            let location = Location::of(&source.name, source, found.primary.span);
            let object = found.object.as_ref();
            let sentences = std::iter::once(&found.message).chain(&found.notes).chain(&found.help);
            ResultJson {
                rule_id: format!("{prefix}{}", found.rule),
                level: found.severity.to_string(),
                message: Text::of(sentences),
                locations: [Location {
                    logical_locations: object.map(|object| [LogicalLocation::of(object)]),
                    ..location
                }],
                partial_fingerprints: Fingerprints {
                    line_hash: hashes.of(sources, found.primary.span),
                    finding_id,
                },
                rule_index: rules.iter().position(|rule| *rule == found.rule),
                related_locations: Vec::new(),
                code_flows: None,
                fixes: None,
                suppressions: None,
            }
        })
    });
    let described = rules.iter().map(|rule| described(rule)).collect();
    let log = Log::of(category, described, results);
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

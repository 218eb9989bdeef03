//! `lint -o sarif`: SARIF 2.1.0 for GitHub code scanning; never a snippet, which could hold a key.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Fix, Label};
use crate::lint::{Suppressed, SuppressedBy, fingerprints};
use crate::rule::ALL;
use crate::source::Span;

use super::checked::Checked;
use crate::report::form::one_line;
use crate::report::form::{LineHashes, Streamed};
use crate::report::form::{descriptor, sentence};
use crate::report::form::{unlinked, uri};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'c> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [RunJson<'c>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunJson<'c> {
    tool: Value,
    automation_details: Value,
    column_kind: &'static str,
    invocations: Value,
    results: Streamed<'c, Value>,
}

/// Writes all findings, also suppressed ones, and all rules.
///
/// # Errors
/// What the writer says.
pub fn lint_sarif(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    sarif_in("lint", Vec::new(), checked, out)
}

/// The same in another category, with descriptors of more rules: what is uploaded to GitHub takes the
/// place of what was there in its category.
pub(crate) fn sarif_in(
    category: &str,
    more: Vec<Value>,
    checked: &Checked<'_>,
    out: &mut dyn Write,
) -> serde_json::Result<()> {
    let rules: Vec<Value> = ALL.iter().map(|rule| descriptor(rule)).chain(more).collect();
    let results = Streamed::of(|| {
        let suppressed = &checked.outcome.suppressed;
        let counted = checked.findings().iter().map(|found| (found, None));
        let all: Vec<(&Diagnostic, Option<&Suppressed>)> =
            counted.chain(suppressed.iter().map(|one| (&one.finding, Some(one)))).collect();
        let names = fingerprints(all.iter().map(|(found, _)| *found), &checked.world.sources);
        let mut run = Run { checked, hashes: LineHashes::default() };
        let all = all.into_iter().zip(names);
        all.map(move |((found, suppressed), name)| run.result(found, suppressed, &name))
    });
    let report = Report {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [RunJson {
            tool: json!({ "driver": {
                "name": "mtlsctl",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }}),
            automation_details: json!({ "id": format!("mtlsctl/{category}/") }),
            column_kind: "unicodeCodePoints",
            invocations: json!([{ "executionSuccessful": true }]),
            results,
        }],
    };
    serde_json::to_writer_pretty(out, &report)
}

struct Run<'c> {
    checked: &'c Checked<'c>,
    hashes: LineHashes,
}

impl Run<'_> {
    fn result(&mut self, found: &Diagnostic, why: Option<&Suppressed>, name: &str) -> Value {
        let mut result = json!({
            "ruleId": found.rule,
            "level": found.severity.to_string(),
            "message": { "text": message(found) },
            "locations": [self.location(&found.primary)],
            "partialFingerprints": {
                "primaryLocationLineHash": self.hashes.of(&self.checked.world.sources, found.primary.span),
                "mtlsctlFindingId/v1": name,
            },
        });
        if let Some(index) = ALL.iter().position(|rule| rule.id == found.rule) {
            result["ruleIndex"] = index.into();
        }
        if !found.related.is_empty() {
            let related = found.related.iter().zip(1..).map(|(label, id)| {
                let mut location = self.location(label);
                location["id"] = id.into();
                location
            });
            result["relatedLocations"] = related.collect();
            let steps = std::iter::once(&found.primary).chain(&found.related);
            let steps: Vec<Value> =
                steps.map(|label| json!({ "location": self.location(label) })).collect();
            result["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
        }
        if let Some(fix) = &found.fix {
            result["fixes"] = json!([self.fix(fix)]);
        }
        if let Some(why) = why {
            let kind = match why.by {
                SuppressedBy::Ignore => "inSource",
                SuppressedBy::Config | SuppressedBy::Baseline => "external",
            };
            result["suppressions"] =
                json!([{ "kind": kind, "status": "accepted", "justification": why.reason }]);
        }
        result
    }

    fn fix(&self, fix: &Fix) -> Value {
        let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for edit in &fix.edits {
            let source = self.checked.world.sources.get(edit.span.source);
            changes.entry(uri(&self.checked.path(source))).or_default().push(json!({
                "deletedRegion": self.region(edit.span),
                "insertedContent": { "text": edit.replacement },
            }));
        }
        let changes = changes.into_iter().map(|(uri, replacements)| {
            json!({ "artifactLocation": { "uri": uri }, "replacements": replacements })
        });
        json!({
            "description": { "text": unlinked(&sentence(&fix.description)) },
            "artifactChanges": changes.collect::<Vec<_>>(),
        })
    }

    fn region(&self, span: Span) -> Value {
        let region = self.checked.region(span);
        json!({
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
        })
    }

    fn location(&self, label: &Label) -> Value {
        let source = self.checked.world.sources.get(label.span.source);
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&self.checked.path(source)) },
                "region": self.region(label.span),
            },
        });
        if !label.text.is_empty() {
            location["message"] = json!({ "text": unlinked(&sentence(&label.text)) });
        }
        location
    }
}

/// What is wrong, what follows, what to do, and links to the other places.
fn message(found: &Diagnostic) -> String {
    let headline = found.headline();
    let sentences = std::iter::once(&headline).chain(&found.notes).chain(&found.help);
    let sentences: Vec<String> = sentences.map(|text| unlinked(&sentence(text))).collect();
    let mut text = sentences.join(" ");
    for (label, id) in found.related.iter().zip(1..) {
        let words = if label.text.is_empty() { "another place" } else { label.text.as_str() };
        let words = one_line(words).replace('[', "\\[").replace(']', "\\]");
        text.push_str(&format!(" See [{words}]({id})."));
    }
    text
}

//! `lint -o sarif`: SARIF 2.1.0 for GitHub code scanning.

use std::collections::BTreeMap;
use std::io::Write;

use crate::diagnostic::{Diagnostic, Fix, Label};
use crate::lint::{Suppressed, SuppressedBy, fingerprints};
use crate::report::form::{Streamed, one_line, sarif};
use crate::rule::ALL;

use super::checked::Checked;

/// Writes all findings, including suppressed ones, and all rules.
///
/// # Errors
/// The writer's errors.
pub fn lint_sarif(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    sarif_in("lint", Vec::new(), checked, out)
}

/// The same in another category, with descriptors of more rules.
pub(crate) fn sarif_in(
    category: &str,
    more: Vec<sarif::Descriptor>,
    checked: &Checked<'_>,
    out: &mut dyn Write,
) -> serde_json::Result<()> {
    let results = Streamed::of(|| {
        let suppressed = &checked.outcome.suppressed;
        let counted = checked.findings().iter().map(|found| (found, None));
        let all: Vec<(&Diagnostic, Option<&Suppressed>)> =
            counted.chain(suppressed.iter().map(|one| (&one.finding, Some(one)))).collect();
        let names = fingerprints(all.iter().map(|(found, _)| *found), &checked.world.sources);
        let mut hashes = sarif::LineHashes::default();
        let all = all.into_iter().zip(names);
        all.map(move |((found, why), finding_id)| {
            let line_hash = hashes.of(&checked.world.sources, found.primary.span);
            result(checked, found, why, sarif::Fingerprints { line_hash, finding_id })
        })
    });
    let rules = ALL.iter().map(|rule| sarif::descriptor(rule)).chain(more).collect();
    serde_json::to_writer_pretty(out, &sarif::Log::of(category, rules, results))
}

fn result(
    checked: &Checked<'_>,
    found: &Diagnostic,
    suppressed: Option<&Suppressed>,
    partial_fingerprints: sarif::Fingerprints,
) -> sarif::ResultJson {
    let location = |label: &Label| location(checked, label);
    let related = found.related.iter().zip(1..);
    let related = related.map(|(label, id)| sarif::Location { id: Some(id), ..location(label) });
    let steps = std::iter::once(&found.primary).chain(&found.related);
    let steps = steps.map(|label| sarif::Step { location: location(label) });
    sarif::ResultJson {
        rule_id: found.rule.to_owned(),
        level: found.severity.to_string(),
        message: message(found),
        locations: [location(&found.primary)],
        partial_fingerprints,
        rule_index: ALL.iter().position(|rule| rule.id == found.rule),
        related_locations: related.collect(),
        code_flows: (!found.related.is_empty()).then(|| sarif::CodeFlow::of(steps.collect())),
        fixes: found.fix.as_ref().map(|one| [fix(checked, one)]),
        suppressions: suppressed.map(|why| {
            let kind = match why.by {
                SuppressedBy::Ignore => "inSource",
                SuppressedBy::Config | SuppressedBy::Baseline => "external",
            };
            let justification = why.reason.clone();
            [sarif::Suppression { kind, status: "accepted", justification }]
        }),
    }
}

fn fix(checked: &Checked<'_>, fix: &Fix) -> sarif::FixJson {
    let mut changes: BTreeMap<String, Vec<sarif::Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        let source = checked.world.sources.get(edit.span.source);
        changes.entry(checked.path(source)).or_default().push(sarif::Replacement {
            deleted_region: sarif::Region::of(source, edit.span),
            inserted_content: sarif::Text::plain(&edit.replacement),
        });
    }
    let changes = changes.into_iter().map(|(path, replacements)| sarif::ArtifactChange {
        artifact_location: sarif::ArtifactLocation::of(&path),
        replacements,
    });
    sarif::FixJson {
        description: sarif::Text::of([&fix.description]),
        artifact_changes: changes.collect(),
    }
}

fn location(checked: &Checked<'_>, label: &Label) -> sarif::Location {
    let source = checked.world.sources.get(label.span.source);
    let message = (!label.text.is_empty()).then(|| sarif::Text::of([&label.text]));
    let location = sarif::Location::of(&checked.path(source), source, label.span);
    sarif::Location { message, ..location }
}

/// The problem, its consequences, what to do, and links to the related locations.
fn message(found: &Diagnostic) -> sarif::Text {
    let headline = found.headline();
    let sentences = std::iter::once(&headline).chain(&found.notes).chain(&found.help);
    let links = found.related.iter().zip(1..).map(|(label, id)| {
        let words = if label.text.is_empty() { "related location" } else { label.text.as_str() };
        let words = one_line(words).replace('[', "\\[").replace(']', "\\]");
        format!(" See [{words}]({id}).")
    });
    sarif::Text::of(sentences).with(&links.collect::<String>())
}

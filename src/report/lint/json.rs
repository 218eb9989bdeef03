//! `lint -o json`, version 1: lines and columns from 1, columns in Unicode scalar values.

use serde_json::{Value, json};

use crate::diagnostic::{Applicability, Diagnostic, Fix, Label};
use crate::lint::{SuppressedBy, Tally};
use crate::source::Span;
use crate::world::World;

use super::checked::Checked;

/// All findings and their number.
pub fn lint_json(checked: &Checked<'_>) -> Value {
    let tally = Tally::of(checked.findings());
    json!({
        "version": 1,
        "summary": {
            "error": tally.errors,
            "warning": tally.warnings,
            "note": tally.notes,
            "suppressed": checked.outcome.suppressed.len(),
        },
        "findings": findings(checked),
    })
}

/// Findings that count, then, if they are to be shown, suppressed ones with the reason.
pub(crate) fn findings(checked: &Checked<'_>) -> Vec<Value> {
    let world = checked.world;
    let mut all: Vec<Value> =
        checked.findings().iter().map(|found| finding(world, found)).collect();
    if checked.show_suppressed {
        all.extend(checked.outcome.suppressed.iter().map(|suppressed| {
            let mut value = finding(world, &suppressed.finding);
            let by = match suppressed.by {
                SuppressedBy::Ignore => "ignore",
                SuppressedBy::Config => "config",
                SuppressedBy::Baseline => "baseline",
            };
            value["suppressed"] = json!({ "by": by, "reason": suppressed.reason });
            value
        }));
    }
    all
}

fn finding(world: &World, found: &Diagnostic) -> Value {
    let primary = location(world, &found.primary, true);
    let related = found.related.iter().map(|label| location(world, label, false));
    json!({
        "rule": found.rule,
        "severity": found.severity.to_string(),
        "message": found.message,
        "object": found.object.as_ref().map(|object| json!({
            "kind": object.kind,
            "namespace": object.namespace,
            "name": object.name,
        })),
        "field": found.field,
        "locations": std::iter::once(primary).chain(related).collect::<Vec<_>>(),
        "notes": found.notes,
        "help": found.help.join("\n"),
        "fix": found.fix.as_ref().map(|fix| self::fix(world, fix)),
        "url": crate::report::rule_url(found.rule),
    })
}

fn fix(world: &World, fix: &Fix) -> Value {
    let edits = fix.edits.iter().map(|edit| {
        let mut edited = place(world, edit.span);
        edited["replacement"] = json!(edit.replacement);
        edited
    });
    json!({
        "description": fix.description,
        "applicability": match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        },
        "edits": edits.collect::<Vec<_>>(),
    })
}

fn location(world: &World, label: &Label, primary: bool) -> Value {
    let mut located = place(world, label.span);
    located["label"] = json!(label.text);
    located["primary"] = json!(primary);
    located
}

fn place(world: &World, span: Span) -> Value {
    let source = world.sources.get(span.source);
    let (start, end) = (source.position(span.start), source.position(span.end));
    json!({
        "path": source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}

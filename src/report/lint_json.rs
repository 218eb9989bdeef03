//! `lint -o json`, version 1: lines and columns from 1, columns in Unicode scalar values.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Label};
use crate::lint::Tally;
use crate::world::World;

/// All findings and their number.
pub fn lint_json(world: &World, findings: &[Diagnostic]) -> Value {
    let tally = Tally::of(findings);
    json!({
        "version": 1,
        "summary": {
            "error": tally.errors,
            "warning": tally.warnings,
            "note": tally.notes,
            "suppressed": 0,
        },
        "findings": findings.iter().map(|found| finding(world, found)).collect::<Vec<_>>(),
    })
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
        "locations": std::iter::once(primary).chain(related).collect::<Vec<_>>(),
        "notes": found.notes,
        "help": found.help.join("\n"),
        "url": super::rule_url(found.rule),
    })
}

fn location(world: &World, label: &Label, primary: bool) -> Value {
    let source = world.sources.get(label.span.source);
    let start = source.position(label.span.start);
    let end = source.position(label.span.end);
    json!({
        "path": source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "label": label.text,
        "primary": primary,
    })
}

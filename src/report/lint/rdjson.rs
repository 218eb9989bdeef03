//! `lint -o rdjson`: reviewdog's format; columns count UTF-8 bytes from 1, the end is exclusive.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Edit, Label, Severity};
use crate::source::{Source, Span};

use super::checked::{Checked, whole_text};
use crate::report::rule_url;

/// All findings.
pub fn lint_rdjson(checked: &Checked<'_>) -> String {
    let findings: Vec<Value> =
        checked.findings().iter().map(|found| finding(checked, found)).collect();
    let report = json!({
        "source": { "name": "mtlsctl", "url": env!("CARGO_PKG_REPOSITORY") },
        "diagnostics": findings,
    });
    format!("{report:#}\n")
}

fn finding(checked: &Checked<'_>, found: &Diagnostic) -> Value {
    let related = found
        .related
        .iter()
        .map(|label| json!({ "message": label.text, "location": location(checked, label) }));
    json!({
        "message": whole_text(found),
        "location": location(checked, &found.primary),
        "severity": match found.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        "code": { "value": found.rule, "url": rule_url(found.rule) },
        "suggestions": suggestions(checked, found),
        "related_locations": related.collect::<Vec<_>>(),
    })
}

/// Edits as reviewdog offers them; it takes those of the finding's own file only.
fn suggestions(checked: &Checked<'_>, found: &Diagnostic) -> Vec<Value> {
    let Some(fix) = &found.fix else { return Vec::new() };
    let own = found.primary.span.source;
    if fix.edits.iter().any(|edit| edit.span.source != own) {
        return Vec::new();
    }
    let suggestion =
        |edit: &Edit| json!({ "range": range(checked, edit.span), "text": edit.replacement });
    fix.edits.iter().map(suggestion).collect()
}

fn range(checked: &Checked<'_>, span: Span) -> Value {
    let source = checked.world.sources.get(span.source);
    json!({ "start": position(source, span.start), "end": position(source, span.end) })
}

fn location(checked: &Checked<'_>, label: &Label) -> Value {
    let source = checked.world.sources.get(label.span.source);
    json!({
        "path": checked.path(source),
        "range": range(checked, label.span),
    })
}

fn position(source: &Source, byte: u32) -> Value {
    let line = source.line(byte);
    json!({ "line": line, "column": byte - source.line_span(line).start + 1 })
}

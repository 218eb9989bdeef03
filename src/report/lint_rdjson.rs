//! `lint -o rdjson`: reviewdog's format; columns count UTF-8 bytes from 1, the end is exclusive.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::Source;

use super::checked::{Checked, whole_text};
use super::rule_url;

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
        "related_locations": related.collect::<Vec<_>>(),
    })
}

fn location(checked: &Checked<'_>, label: &Label) -> Value {
    let source = checked.world.sources.get(label.span.source);
    json!({
        "path": checked.path(source),
        "range": {
            "start": position(source, label.span.start),
            "end": position(source, label.span.end),
        },
    })
}

fn position(source: &Source, byte: u32) -> Value {
    let line = source.line(byte);
    json!({ "line": line, "column": byte - source.line_span(line).start + 1 })
}

//! `lint -o rdjson`: reviewdog's format; columns count UTF-8 bytes from 1, the end is exclusive.

use std::io::Write;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::report::form::Streamed;
use crate::source::Span;

use super::checked::{Checked, whole_text};
use crate::report::rule_url;

#[derive(Serialize)]
struct Report<'c> {
    source: Tool,
    diagnostics: Streamed<'c, Finding<'c>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Finding<'c> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'c>,
    suggestions: Vec<Suggestion<'c>>,
    related_locations: Vec<Related<'c>>,
}

#[derive(Serialize)]
struct Code<'c> {
    value: &'c str,
    url: String,
}

#[derive(Serialize)]
struct Suggestion<'c> {
    range: Range,
    text: &'c str,
}

#[derive(Serialize)]
struct Related<'c> {
    message: &'c str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// Writes all findings.
///
/// # Errors
/// The writer's errors.
pub fn lint_rdjson(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    let report = Report {
        source: Tool { name: "mtlsctl", url: env!("CARGO_PKG_REPOSITORY") },
        diagnostics: Streamed::of(|| {
            checked.findings().iter().map(|found| Finding::of(checked, found))
        }),
    };
    serde_json::to_writer_pretty(out, &report)
}

impl<'c> Finding<'c> {
    fn of(checked: &Checked<'_>, found: &'c Diagnostic) -> Self {
        let related = found
            .related
            .iter()
            .map(|label| Related { message: &label.text, location: Location::of(checked, label) });
        Self {
            message: whole_text(found),
            location: Location::of(checked, &found.primary),
            severity: match found.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            },
            code: Code { value: found.rule, url: rule_url(found.rule) },
            suggestions: suggestions(checked, found),
            related_locations: related.collect(),
        }
    }
}

/// Edits as reviewdog suggestions; it accepts only edits in the finding's own file.
fn suggestions<'c>(checked: &Checked<'_>, found: &'c Diagnostic) -> Vec<Suggestion<'c>> {
    let Some(fix) = &found.fix else { return Vec::new() };
    let own = found.primary.span.source;
    if fix.edits.iter().any(|edit| edit.span.source != own) {
        return Vec::new();
    }
    let suggestions = fix
        .edits
        .iter()
        .map(|edit| Suggestion { range: Range::of(checked, edit.span), text: &edit.replacement });
    suggestions.collect()
}

impl Range {
    fn of(checked: &Checked<'_>, span: Span) -> Self {
        let source = checked.world.sources.get(span.source);
        let position = |byte: u32| {
            let line = source.line(byte);
            Position { line, column: byte.saturating_sub(source.line_span(line).start) + 1 }
        };
        Self { start: position(span.start), end: position(span.end) }
    }
}

impl Location {
    fn of(checked: &Checked<'_>, label: &Label) -> Self {
        let source = checked.world.sources.get(label.span.source);
        Self { path: checked.path(source), range: Range::of(checked, label.span) }
    }
}

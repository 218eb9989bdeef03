//! `lint -o github`: workflow commands that GitHub shows next to the changed lines.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Tally;

use super::checked::{Checked, whole_text};
use crate::report::form::{one_line, printable};
use crate::report::rule_url;

/// How many annotations of each kind GitHub shows per step.
const SHOWN: usize = 10;

/// How many rows the summary's table has at most; GitHub rejects summaries above 1 MiB.
const MAX_ROWS: usize = 1000;

/// The worst ten of each kind, and the totals if some were left out.
pub fn lint_github(checked: &Checked<'_>) -> String {
    let mut text = String::new();
    let tally = Tally::of(checked.findings());
    let left_out = tally.errors > SHOWN || tally.warnings > SHOWN || tally.notes > SHOWN;
    for (severity, word) in LEVELS {
        let of_kind = checked.findings().iter().filter(|found| found.severity == severity);
        // The total is also a notice, and counts towards the ten.
        let room = SHOWN - usize::from(left_out && severity == Severity::Note);
        for found in of_kind.take(room) {
            let _ = writeln!(text, "{}", command(checked, found, word));
        }
    }
    if left_out {
        let Tally { errors, warnings, notes } = tally;
        let counts = format!("{errors} errors, {warnings} warnings and {notes} notes in total");
        let _ = writeln!(text, "::notice title=mtlsctl::{counts}; the job summary lists them");
    }
    text
}

const LEVELS: [(Severity, &str); 3] =
    [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "notice")];

fn command(checked: &Checked<'_>, found: &Diagnostic, word: &str) -> String {
    let region = checked.region(found.primary.span);
    let path = property(&checked.path(checked.source(found)));
    let mut place = format!("file={path},line={},endLine={}", region.line, region.end_line);
    if region.line == region.end_line {
        // GitHub expects the last column, not the one after it.
        let last = region.end_column.saturating_sub(1).max(region.column);
        let _ = write!(place, ",col={},endColumn={last}", region.column);
    }
    let title = property(found.rule);
    format!("::{word} {place},title={title}::{}", data(&whole_text(found)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    // Line breaks are escaped; other terminal control characters are removed.
    let tame = |c| if matches!(c, '\n' | '\r') { c } else { printable(c) };
    data(&text.chars().map(tame).collect::<String>()).replace(':', "%3A").replace(',', "%2C")
}

/// All findings as a Markdown table, for the job summary.
pub fn github_summary(checked: &Checked<'_>) -> String {
    let Tally { errors, warnings, notes } = Tally::of(checked.findings());
    let suppressed = checked.outcome.suppressed.len();
    let mut text = format!(
        "### mtlsctl lint\n\n{errors} errors, {warnings} warnings, {notes} notes, {suppressed} suppressed\n"
    );
    let mut findings: Vec<&Diagnostic> = checked.findings().iter().collect();
    findings.sort_by_key(|found| std::cmp::Reverse(found.severity));
    if !findings.is_empty() {
        text.push_str("\n| severity | rule | location | problem |\n| --- | --- | --- | --- |\n");
    }
    for found in findings.iter().take(MAX_ROWS) {
        let line = checked.region(found.primary.span).line;
        let place = cell(&format!("{}:{line}", checked.path(checked.source(found))));
        let rule = format!("[{}]({})", found.rule, rule_url(found.rule));
        let _ = writeln!(
            text,
            "| {} | {rule} | {place} | {} |",
            found.severity,
            cell(&found.headline())
        );
    }
    if let Some(more) = findings.len().checked_sub(MAX_ROWS).filter(|more| *more > 0) {
        let _ = writeln!(text, "\nand {more} more");
    }
    text
}

/// Escapes text for Markdown; paired backticks are kept, since messages mark names with them.
fn cell(text: &str) -> String {
    let paired = text.matches('`').count().is_multiple_of(2);
    let mut escaped = String::with_capacity(text.len());
    let mut in_code = false;
    for character in one_line(text).chars() {
        match character {
            '`' if paired => {
                in_code = !in_code;
                escaped.push('`');
            }
            // Table cells end at a bar, even inside code.
            '|' => escaped.push_str("\\|"),
            '<' if !in_code => escaped.push_str("&lt;"),
            '&' if !in_code => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' | '@' if !in_code => {
                escaped.push('\\');
                escaped.push(character);
            }
            character => escaped.push(character),
        }
    }
    escaped
}

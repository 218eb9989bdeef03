//! `diff -o markdown`: a comment for a pull request.

use std::fmt::Write;

use crate::diagnostic::Diagnostic;
use crate::diff::{Diff, Difference, Rank, first_names};
use crate::report::form::one_line;
use crate::report::rule_url;

use super::text::diff_total;

/// How many rows a comment has at most; GitHub rejects comments above 65,536 characters.
const MAX_ROWS: usize = 150;

/// A heading, a table of differences with the worst first, and new and resolved findings.
pub fn diff_markdown(diff: &Diff<'_>) -> String {
    let mut text = format!("### TLS to upstreams\n\n{}\n", diff_total(diff));
    let whole = diff.whole.iter().map(|difference| ("every upstream".to_owned(), difference));
    let each = diff.groups().into_iter().flat_map(|group| {
        let objects = first_names(group.iter().map(|change| &change.object));
        group[0].differences.iter().map(move |difference| (objects.clone(), difference))
    });
    let rows: Vec<(String, &Difference)> = whole.chain(each).collect();
    if !rows.is_empty() {
        text.push_str("\n| | Upstream | What | Before | After |\n|---|---|---|---|---|\n");
        for (object, difference) in rows.iter().take(MAX_ROWS) {
            let mark = match difference.rank {
                Rank::Downgrade => ":red_circle:",
                Rank::Neutral => "",
                Rank::Improvement => ":green_circle:",
            };
            let (object, aspect) = (cell(object), difference.aspect.name());
            let (before, after) = (cell(&difference.before), cell(&difference.after));
            let _ = writeln!(text, "| {mark} | {object} | {aspect} | {before} | {after} |");
        }
        if rows.len() > MAX_ROWS {
            let _ = writeln!(text, "\nand {} more differences", rows.len() - MAX_ROWS);
        }
    }
    findings(&mut text, "New findings", &diff.new_findings);
    findings(&mut text, "Resolved findings", &diff.gone_findings);
    text
}

fn findings(text: &mut String, heading: &str, findings: &[&Diagnostic]) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n**{heading}**\n");
    for found in findings.iter().take(MAX_ROWS) {
        let (rule, url) = (found.rule, rule_url(found.rule));
        let message = cell(&found.headline());
        let _ = writeln!(text, "- {} [{rule}]({url}): {message}", found.severity);
    }
    if findings.len() > MAX_ROWS {
        let _ = writeln!(text, "- and {} more", findings.len() - MAX_ROWS);
    }
}

/// Escapes a text for a table cell; only code between backticks remains markup.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '|' | '<' | '>' | '*' | '_' | '[' | ']' | '\\' | '@' | '#' => {
                let _ = write!(cell, "&#{};", u32::from(character));
            }
            '`' => cell.push('\''),
            other => cell.push(other),
        }
    }
    cell
}

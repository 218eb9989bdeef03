//! `lint --statistics`: how many findings each rule has.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::report::form::{Look, severity_style, wrap};
use crate::rule::ALL;

use super::arranged::Arrangement;

/// Counts of one rule's findings with one severity.
#[derive(Debug, Default)]
struct Row {
    count: usize,
    fixable: usize,
}

/// One line per rule and severity: how many findings, how many `--fix` can fix, and the rule's
/// summary. The worst comes first, then the most frequent; reversed if the worst should be last.
pub fn lint_statistics(findings: &[Diagnostic], arrangement: Arrangement, look: Look) -> String {
    let mut rows: BTreeMap<(Severity, &str), Row> = BTreeMap::new();
    for found in findings {
        let row = rows.entry((found.severity, found.rule)).or_default();
        row.count += 1;
        let fix = found.fix.as_ref();
        row.fixable += usize::from(fix.is_some_and(|fix| fix.applicability == Applicability::Safe));
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|((severity, rule), row)| (Reverse(*severity), Reverse(row.count), *rule));
    if arrangement.worst_last {
        rows.reverse();
    }
    let counts = rows.iter().map(|(_, row)| row.count.to_string().len()).max();
    let counts = counts.unwrap_or_default().max(3);
    let rules = rows.iter().map(|((_, rule), _)| rule.len()).max().unwrap_or_default();
    let mut text = String::new();
    for ((severity, rule), Row { count, fixable }) in &rows {
        let style = look.style(severity_style(*severity).bold());
        let severity = format!("{severity:<7}");
        let known = ALL.iter().find(|known| known.id == *rule);
        let mut summary = known.map_or("", |known| known.summary).to_owned();
        if *fixable > 0 {
            summary.push_str(&format!(" [{fixable} with --fix]"));
        }
        let indent = counts + 2 + 7 + 2 + rules + 2;
        let summary = wrap(&summary, look.width.saturating_sub(indent).max(24), indent);
        let bold = look.style(Style::new().bold());
        let rule = format!("{rule:<rules$}");
        let _ = writeln!(
            text,
            "{count:>counts$}  {}  {}  {summary}",
            severity.style(style),
            rule.style(bold)
        );
    }
    text
}

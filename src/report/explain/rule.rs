//! A rule as a page, and all rules as a table.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::Applicability;
use crate::rule::{Rule, certainty, fixable};
use crate::source::line_changes;

use crate::report::form::{Look, example_lines, severity_style, wrap};

/// Indentation below a title.
const INDENT: usize = 2;

/// A rule's page: what it finds, why it matters, how to fix it, and both examples.
pub fn explain_rule(rule: &Rule, look: Look) -> String {
    let mut page = String::new();
    let bold = look.style(Style::new().bold());
    let severity = look.style(severity_style(rule.severity).bold());
    let _ = writeln!(page, "{} ({})", rule.id.style(bold), rule.severity.style(severity));
    let _ = writeln!(page, "{}\n", rule.summary);
    let [finds, matters, remedy] = rule.explanation();
    for (title, text) in [finds, matters, ("Severity", certainty(rule.id)), remedy] {
        section(&mut page, title, text, look);
    }
    // The fix is described in the last paragraph.
    page.pop();
    if let Some(applicability) = fixable(rule.id) {
        let _ = writeln!(
            page,
            "  {}",
            match applicability {
                Applicability::Safe =>
                    "`mtlsctl lint --fix` fixes it where the fix is \
                                        unambiguous.",
                Applicability::Unsafe =>
                    "`mtlsctl lint --fix --unsafe-fixes` fixes it; review the result.",
            }
        );
    }
    examples(&mut page, rule, look);
    page
}

/// A title, and paragraphs below it.
pub(super) fn section(page: &mut String, title: &str, text: &str, look: Look) {
    let _ = writeln!(page, "{}", title.style(look.style(Style::new().bold())));
    for text in text.split("\n\n") {
        let _ = writeln!(page, "  {}\n", wrap(text, look.width.saturating_sub(INDENT), INDENT));
    }
}

/// Both examples, with lines that only one of them has marked.
fn examples(page: &mut String, rule: &Rule, look: Look) {
    let [wrong, right] = [rule.bad, rule.good]
        .map(|text| example_lines(text).map(|line| line + "\n").collect::<String>());
    let changes = line_changes(&wrong, &right).into_iter().map(|change| (change.old, change.new));
    let (old, new): (Vec<_>, Vec<_>) = changes.unzip();
    let [removed, added] = [look.style(Style::new().red()), look.style(Style::new().green())];
    let sides = [("Wrong", &wrong, old, "- ", removed), ("Right", &right, new, "+ ", added)];
    for (title, text, changed, mark, style) in sides {
        let _ = writeln!(page, "\n{}", title.style(look.style(Style::new().bold())));
        for (at, line) in text.lines().enumerate() {
            if changed.iter().any(|lines| lines.contains(&at)) && !line.is_empty() {
                let _ = writeln!(page, "{}", format!("{mark}{line}").style(style));
            } else {
                let _ = writeln!(page, "{}{line}", if line.is_empty() { "" } else { "  " });
            }
        }
    }
}

/// All rules: id, severity and summary.
pub fn rule_list(rules: &[&Rule], look: Look) -> String {
    let mut list = String::new();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in rules {
        let severity = look.style(severity_style(rule.severity));
        let padded = format!("{:<7}", rule.severity.to_string());
        let id = look.link(rule.id, &crate::report::rule_url(rule.id));
        let gap = width - rule.id.len();
        let padded = padded.style(severity);
        let _ = writeln!(list, "{id}{:gap$}  {padded}  {}", "", rule.summary);
    }
    list
}

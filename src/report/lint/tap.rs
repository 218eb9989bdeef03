//! `lint -o tap`: the Test Anything Protocol, version 13.

use std::fmt::Write;

use crate::diagnostic::Diagnostic;

use super::cases::suites;
use super::checked::Checked;
use crate::report::form::one_line;

/// One line per finding, and one per object without findings.
pub fn lint_tap(checked: &Checked<'_>) -> String {
    let mut lines = Vec::new();
    for suite in suites(checked) {
        let path = one_line(&suite.source.name);
        for case in &suite.cases {
            lines.extend(case.findings.iter().map(|found| line(checked, found)));
            if case.findings.is_empty() {
                lines.push((true, format!("{path} - {}", case.name)));
            }
        }
    }
    let mut text = format!("TAP version 13\n1..{}\n", lines.len());
    for (number, (passes, description)) in lines.into_iter().enumerate() {
        let word = if passes { "ok" } else { "not ok" };
        // `#` would start a directive such as `# SKIP`.
        let description = description.replace('\\', "\\\\").replace('#', "\\#");
        let _ = writeln!(text, "{word} {} - {description}", number + 1);
    }
    text
}

fn line(checked: &Checked<'_>, found: &Diagnostic) -> (bool, String) {
    let place = crate::report::form::location(checked.world, found.primary.span);
    let text = format!("{place}: {}[{}] {}", found.severity, found.rule, found.headline());
    (!checked.fails(found), one_line(&text))
}

//! Findings for editors: one line each, `path:line:column: severity[rule] message`; `[*]` before
//! the message means that `--fix` mends it.

use std::fmt::Write;

use crate::diagnostic::{Applicability, Diagnostic};
use crate::world::World;

use crate::report::form::location;
use crate::report::form::wrap;

/// One line for each finding.
pub fn lint_concise(world: &World, findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    for found in findings {
        let place = location(world, found.primary.span);
        let message = wrap(&found.headline(), usize::MAX, 0);
        let safe = found.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
        let mark = if safe { "[*] " } else { "" };
        let _ = writeln!(text, "{place}: {}[{}] {mark}{message}", found.severity, found.rule);
    }
    text
}

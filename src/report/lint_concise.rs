//! Findings for editors: one line each, `path:line:column: severity[rule] message`.

use std::fmt::Write;

use crate::diagnostic::Diagnostic;
use crate::world::World;

use super::excerpt::location;
use super::wrap::wrap;

/// One line for each finding.
pub fn lint_concise(world: &World, findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    for found in findings {
        let place = location(world, found.primary.span);
        let message = wrap(&found.message, usize::MAX, 0);
        let _ = writeln!(text, "{place}: {}[{}] {message}", found.severity, found.rule);
    }
    text
}

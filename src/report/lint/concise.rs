//! Findings for editors: one line each, `path:line:column: severity[rule] message`; `[*]` before
//! the message means that `--fix` fixes it.

use std::fmt::Write;

use crate::diagnostic::{Applicability, Diagnostic};
use crate::world::World;

use crate::report::form::location;
use crate::report::form::wrap;

use super::arranged::{Arrangement, Item, arrange_each, more};

/// One line per finding, in file order.
pub fn lint_concise(world: &World, findings: &[Diagnostic]) -> String {
    lint_concise_arranged(world, findings, Arrangement::default())
}

/// One line per finding, without headings.
pub fn lint_concise_arranged(
    world: &World,
    findings: &[Diagnostic],
    arrangement: Arrangement,
) -> String {
    let mut text = String::new();
    for item in arrange_each(&world.sources, findings, arrangement) {
        let found = match item {
            Item::Told(told) => told.first(),
            Item::More(rule, count) => {
                let _ = writeln!(text, "{}", more(rule, count));
                continue;
            }
            Item::Heading(_) => continue,
        };
        let place = location(world, found.primary.span);
        let message = wrap(&found.headline(), usize::MAX, 0);
        let safe = found.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
        let mark = if safe { "[*] " } else { "" };
        let _ = writeln!(text, "{place}: {}[{}] {mark}{message}", found.severity, found.rule);
    }
    text
}

//! A world and rules become findings, in a stable order.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::world::World;

use super::selection::RuleSelection;

/// Runs every rule; the result is sorted by source, byte and rule, without repetitions.
pub fn lint(world: &World) -> Vec<Diagnostic> {
    lint_selected(world, &RuleSelection::default())
}

/// Runs some rules; the result is sorted as that of [`lint`].
pub fn lint_selected(world: &World, selection: &RuleSelection) -> Vec<Diagnostic> {
    let rules = selection.rules().par_iter();
    let mut found: Vec<Diagnostic> = rules.flat_map_iter(|rule| rule.run(world)).collect();
    found.sort_by(|one, other| one.order().cmp(&other.order()));
    found.dedup();
    found
}

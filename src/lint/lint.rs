//! A world and rules become findings, in a stable order.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::world::World;

use super::ignores;
use super::outcome::Outcome;
use super::selection::RuleSelection;

/// What every rule finds and no ignore covers, by source, byte and rule, without repetitions.
pub fn lint(world: &World) -> Vec<Diagnostic> {
    check(world, &RuleSelection::default(), true).findings
}

/// Runs rules; findings are sorted as those of [`lint`].
pub fn check(world: &World, selection: &RuleSelection, honour_ignores: bool) -> Outcome {
    let rules = selection.rules().par_iter();
    let mut found: Vec<Diagnostic> = rules.flat_map_iter(|rule| rule.run(world)).collect();
    let sort = |found: &mut Vec<Diagnostic>| {
        found.sort_by(|one, other| one.order(&world.sources).cmp(&other.order(&world.sources)));
        found.dedup();
    };
    for one in &mut found {
        one.severity = selection.preset().severity_of(one.rule).unwrap_or(one.severity);
    }
    sort(&mut found);
    if !honour_ignores {
        return Outcome { findings: found, suppressed: Vec::new() };
    }
    let mut outcome = ignores::apply(world, found, selection);
    sort(&mut outcome.findings);
    outcome
}

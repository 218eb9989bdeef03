//! A world and all rules become findings, in a stable order.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::rule::ALL;
use crate::world::World;

/// Runs every rule; the result is sorted by source, byte and rule, without repetitions.
pub fn lint(world: &World) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = ALL.par_iter().flat_map_iter(|rule| rule.run(world)).collect();
    found.sort_by(|one, other| one.order().cmp(&other.order()));
    found.dedup();
    found
}

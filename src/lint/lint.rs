//! Runs rules over a world, with findings in a stable order.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::resource::Looks;
use crate::rule::RuleFindings;
use crate::world::World;

use super::ignores;
use super::outcome::LintOutcome;
use super::selection::RuleSelection;

/// All findings that no ignore covers, by source, byte and rule, without duplicates.
pub fn lint(world: &World) -> Vec<Diagnostic> {
    check(world, &RuleSelection::default(), true).findings
}

/// Runs rules; findings are sorted as in [`lint`].
pub fn check(world: &World, selection: &RuleSelection, honour_ignores: bool) -> LintOutcome {
    let rules = selection.rules().par_iter();
    let found = rules.flat_map_iter(|rule| rule.run(world)).collect();
    settle(world, found, selection, honour_ignores)
}

/// Whether a running check was cancelled.
pub(super) type Unwanted<'u> = &'u (dyn Fn() -> bool + Sync);

/// The findings of each selected rule in a world.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept(Vec<RuleFindings>);

/// The same as [`check`], with the findings of each rule. If the world differs from the previous
/// one only in its traffic, rules that did not look at traffic are not run again, and others run
/// only on what differs, if possible. After cancellation, the remaining rules are skipped.
pub(super) fn check_after(
    world: &World,
    selection: &RuleSelection,
    honour_ignores: bool,
    before: Option<(&World, &Kept)>,
    unwanted: Unwanted<'_>,
) -> (LintOutcome, Kept) {
    let before = before.filter(|(old, kept)| {
        kept.0.len() == selection.rules().len() && world.differs_in_traffic_only(old)
    });
    // What to skip of what was looked at.
    let passed = before.map_or(Looks::default(), |(old, _)| match world.has_the_contexts_of(old) {
        true => Looks::ALL_CONTEXTS,
        false => Looks::default(),
    });
    let before = before.map(|(old, kept)| (world.changed_since(old), kept));
    let rules = selection.rules().par_iter().enumerate();
    let kept = rules.map(|(at, rule)| {
        let known = before.as_ref().map(|(changed, kept)| (&kept.0[at], changed));
        match known {
            _ if unwanted() => RuleFindings::default(),
            Some((found, _)) if found.looks.besides(passed) == Looks::default() => found.clone(),
            known => {
                let is_steady =
                    |found: &RuleFindings| !found.looks.besides(passed).hold(Looks::ALL_CONTEXTS);
                rule.run_after(world, known.filter(|(found, _)| is_steady(found)))
            }
        }
    });
    let kept = Kept(kept.collect());
    let found = kept.0.iter().flat_map(|found| found.list.iter().cloned()).collect();
    (settle(world, found, selection, honour_ignores), kept)
}

/// Sets severities, sorts, and suppresses what the manifests ignore.
fn settle(
    world: &World,
    mut found: Vec<Diagnostic>,
    selection: &RuleSelection,
    honour_ignores: bool,
) -> LintOutcome {
    let sort = |found: &mut Vec<Diagnostic>| {
        found.sort_by(|one, other| one.order(&world.sources).cmp(&other.order(&world.sources)));
        found.dedup();
    };
    for one in &mut found {
        one.severity = selection.preset().severity_of(one.rule).unwrap_or(one.severity);
    }
    sort(&mut found);
    if !honour_ignores {
        return LintOutcome { findings: found, suppressed: Vec::new() };
    }
    let mut outcome = ignores::apply(world, found, selection);
    sort(&mut outcome.findings);
    outcome
}

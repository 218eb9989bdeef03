//! Findings that the manifests ask not to be told, and ignores that nothing needs.

use crate::diagnostic::Diagnostic;
use crate::resource::Ignore;
use crate::rule::ALL;
use crate::world::World;

use super::outcome::{Outcome, Suppressed, SuppressedBy};
use super::selection::RuleSelection;

/// Sorts findings into those that count and those that an ignore covers; ignores that cover
/// nothing are findings themselves, unless their rule did not run.
pub(super) fn apply(world: &World, found: Vec<Diagnostic>, selection: &RuleSelection) -> Outcome {
    let today = world.settings.now.map(time::OffsetDateTime::date);
    let ignores: Vec<&Ignore> = world
        .resources
        .ignores
        .iter()
        .filter(|ignore| ignore.fault.is_none())
        .filter(|ignore| ignore.until.zip(today).is_none_or(|(until, today)| today <= until))
        .collect();
    let mut used = vec![Vec::new(); ignores.len()];
    let mut outcome = Outcome::default();
    for finding in found {
        let mut reason = None;
        for (ignore, used) in ignores.iter().zip(&mut used) {
            let named = ignore.rules.iter().any(|rule| rule == finding.rule);
            // What is wrong with ignores cannot be ignored.
            if named && !finding.rule.starts_with("ignore-") && ignore.covers(&finding) {
                used.push(finding.rule);
                reason.get_or_insert_with(|| ignore.reason.clone());
            }
        }
        match reason {
            Some(reason) => {
                outcome.suppressed.push(Suppressed { finding, by: SuppressedBy::Ignore, reason });
            }
            None => outcome.findings.push(finding),
        }
    }
    let ran = |id: &str| selection.holds(id);
    let Some(unused) = ALL.iter().find(|rule| rule.id == "ignore-unused" && ran(rule.id)) else {
        return outcome;
    };
    let mut findings = unused.findings();
    for (ignore, used) in ignores.iter().zip(&used) {
        for rule in ignore.rules.iter().filter(|rule| ran(rule) && !used.contains(&rule.as_str())) {
            findings
                .at(ignore.place, format!("nothing needs this ignore of `{rule}`"))
                .label("unused")
                .help("remove it, so that it does not hide the next finding");
        }
    }
    outcome.findings.extend(findings.into_list());
    outcome
}

//! Targets whose names do not resolve: reported once, since the cause is where the probe runs.

use std::collections::BTreeSet;

use crate::probe::{Check, CheckResult, Ending, NoAddress, Story, Unreached};

/// How many names are shown.
const SHOWN: usize = 3;

/// Separates stories whose only problem is an unresolved name, if there are several, from the
/// others.
pub(super) fn apart(stories: &[Story]) -> (Vec<&Story>, Vec<&Story>) {
    let (unresolved, others): (Vec<_>, Vec<_>) =
        stories.iter().partition(|told| is_unresolved(told));
    match unresolved.len() {
        0 | 1 => (Vec::new(), stories.iter().collect()),
        _ => (unresolved, others),
    }
}

fn is_unresolved(told: &Story) -> bool {
    let ending = told.first().map(|attempt| &attempt.ending);
    let nowhere = matches!(
        ending,
        Some(Ending::Unreached(Unreached::NoAddress(NoAddress::Unknown(_) | NoAddress::TimedOut)))
    );
    // What is missing for the context here is reported once a target is reached.
    let matters = |check: &&Check| match check.name {
        "client-pair" => check.result == CheckResult::Error,
        _ => check.result != CheckResult::Ok,
    };
    let wrong = told.checks.iter().filter(matters).map(|check| check.name);
    nowhere && wrong.into_iter().all(|name| matches!(name, "address" | "verdict"))
}

/// One sentence about all of them; none if there are none.
pub(super) fn check(unresolved: &[&Story], all: usize) -> Option<Check> {
    let first = unresolved.first()?.checks.iter().find(|check| check.name == "address")?;
    let names: BTreeSet<&str> = unresolved.iter().map(|told| told.target.host.as_str()).collect();
    let shown: Vec<&str> = names.iter().take(SHOWN).copied().collect();
    let more = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let count = unresolved.len();
    let detail = match count == all {
        true => format!("none of the {count} names resolve from here"),
        false => format!("{count} of {all} names do not resolve from here"),
    };
    let mut told = first.clone();
    told.detail = format!("{detail}: {}{more}", shown.join(", "));
    Some(told)
}

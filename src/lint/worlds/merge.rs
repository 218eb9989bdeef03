//! The findings of several worlds as one list, in which each says whose it is.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::lint::LintOutcome;
use crate::source::{Sources, Span};
use crate::world::World;

/// Puts the findings of worlds together, in the order of reports.
///
/// What holds in every world that has the text is said once; what holds in some says in which. An
/// ignore that one of them needs is not idle.
pub(crate) fn merge(
    worlds: &[(String, World)],
    outcomes: Vec<LintOutcome>,
    sources: &Sources,
) -> LintOutcome {
    let mut merged = LintOutcome::default();
    // By what reports are sorted by, so that only findings that may be equal are compared.
    let mut known: HashMap<(Span, &'static str), Vec<usize>> = HashMap::new();
    let mut found: Vec<(Diagnostic, Vec<usize>)> = Vec::new();
    for (at, outcome) in outcomes.into_iter().enumerate() {
        for finding in outcome.findings {
            let alike = known.entry((finding.primary.span, finding.rule)).or_default();
            match alike.iter().find(|&&other| is_same(&found[other].0, &finding)) {
                Some(&other) => found[other].1.push(at),
                None => {
                    alike.push(found.len());
                    found.push((finding, vec![at]));
                }
            }
        }
        for one in outcome.suppressed {
            if !merged.suppressed.iter().any(|known| known.finding == one.finding) {
                merged.suppressed.push(one);
            }
        }
    }
    for (mut finding, holds_in) in found {
        let source = finding.primary.span.source;
        let have_it = worlds.iter().filter(|(_, world)| world.sources.ids().contains(&source));
        let everywhere = have_it.count() == holds_in.len();
        if finding.rule == "ignore-unused" && !everywhere {
            continue;
        }
        if !everywhere || holds_in.len() < worlds.len() {
            let names: Vec<&str> = holds_in.iter().map(|&at| worlds[at].0.as_str()).collect();
            finding.notes.push(format!("this applies to {}", names.join(", ")));
        }
        merged.findings.push(finding);
    }
    merged.findings.sort_by(|one, other| one.order(sources).cmp(&other.order(sources)));
    merged
}

/// Whether two findings say the same of one object, which an overlay may have put into another
/// namespace.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let name = |found: &Diagnostic| found.object.as_ref().map(|object| object.name.clone());
    (&one.primary, &one.message, one.severity) == (&other.primary, &other.message, other.severity)
        && (&one.related, &one.notes, &one.help) == (&other.related, &other.notes, &other.help)
        && name(one) == name(other)
}

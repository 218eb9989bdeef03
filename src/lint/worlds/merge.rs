//! Merges the findings of several worlds, each marked with its worlds.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::lint::LintOutcome;
use crate::source::{Sources, Span};
use crate::world::World;

/// Merges the findings of worlds, in report order.
///
/// Findings that apply to every world with the text are reported once; others name their worlds. An
/// ignore that one of them uses is not unused.
pub(crate) fn merge(
    worlds: &[(String, World)],
    outcomes: Vec<LintOutcome>,
    sources: &Sources,
) -> LintOutcome {
    let mut merged = LintOutcome::default();
    // Sorted as in reports, so that only findings that may be equal are compared.
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

/// Whether two findings are the same for one object, which an overlay may have moved to another
/// namespace.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let name = |found: &Diagnostic| found.object.as_ref().map(|object| object.name.clone());
    (&one.primary, &one.message, one.severity) == (&other.primary, &other.message, other.severity)
        && (&one.related, &one.notes, &one.help) == (&other.related, &other.notes, &other.help)
        && name(one) == name(other)
}

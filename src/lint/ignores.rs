//! Findings suppressed by manifests, and unused ignores.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, ObjectName};
use crate::resource::{Extent, Ignore};
use crate::rule::ALL;
use crate::source::{SourceId, Span};
use crate::world::World;

use super::outcome::{LintOutcome, Suppressed, SuppressedBy};
use super::removal::removal;
use super::selection::RuleSelection;

/// Separates findings covered by an ignore from the others; unused ignores are findings themselves,
/// unless their rule did not run.
pub(super) fn apply(
    world: &World,
    found: Vec<Diagnostic>,
    selection: &RuleSelection,
) -> LintOutcome {
    let today = world.settings.now.map(time::OffsetDateTime::date);
    let ignores: Vec<&Ignore> = world
        .resources
        .ignores
        .iter()
        .map(Arc::as_ref)
        .filter(|ignore: &&Ignore| ignore.fault.is_none())
        .filter(|ignore| ignore.until.zip(today).is_none_or(|(until, today)| today <= until))
        .collect();
    let index = Index::of(&ignores);
    let mut used: Vec<Vec<&str>> = vec![Vec::new(); ignores.len()];
    let mut outcome = LintOutcome::default();
    for finding in found {
        let mut reason = None;
        for at in index.covering(&finding) {
            // Findings about ignores cannot be ignored.
            if !finding.rule.starts_with("ignore-") {
                if !used[at].contains(&finding.rule) {
                    used[at].push(finding.rule);
                }
                reason.get_or_insert_with(|| ignores[at].reason.clone());
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
                .at(ignore.place, format!("nothing uses this ignore of `{rule}`"))
                .label("unused")
                .help("remove it, so it does not hide the next finding")
                .fix_with(removal(&world.sources, ignore, rule));
        }
    }
    outcome.findings.extend(findings.into_list(&world.sources));
    outcome
}

/// Ignores indexed by rule, location and object, so that not every ignore is compared with every
/// finding.
struct Index<'i>(HashMap<&'i str, Ignores<'i>>);

/// Lines rarely overlap, and neither do objects, so each index is fast to search.
#[derive(Default)]
struct Ignores<'i> {
    lines: Places,
    objects: Places,
    names: HashMap<&'i ObjectName, Vec<usize>>,
}

impl<'i> Index<'i> {
    fn of(ignores: &[&'i Ignore]) -> Self {
        let mut rules: HashMap<&str, Ignores<'i>> = HashMap::new();
        for (number, ignore) in ignores.iter().enumerate() {
            for rule in &ignore.rules {
                let of_rule = rules.entry(rule).or_default();
                match &ignore.extent {
                    Extent::Bytes(span) => of_rule.lines.0.push(Place::new(*span, number)),
                    Extent::Object { span, name } => {
                        of_rule.objects.0.push(Place::new(*span, number));
                        if let Some(name) = name {
                            of_rule.names.entry(name).or_default().push(number);
                        }
                    }
                }
            }
        }
        // The order of rules is irrelevant here.
        #[allow(clippy::iter_over_hash_type)]
        for of_rule in rules.values_mut() {
            of_rule.lines.sort();
            of_rule.objects.sort();
        }
        Self(rules)
    }

    /// The ignores that cover a finding, in the order in which they were read.
    fn covering(&self, found: &Diagnostic) -> Vec<usize> {
        let Some(of_rule) = self.0.get(found.rule) else { return Vec::new() };
        let mut covering = Vec::new();
        of_rule.lines.covering(found.primary.span, &mut covering);
        of_rule.objects.covering(found.primary.span, &mut covering);
        if let Some(object) = &found.object {
            covering.extend(of_rule.names.get(object).into_iter().flatten());
        }
        covering.sort_unstable();
        covering.dedup();
        covering
    }
}

/// Locations of ignores, by source and start.
#[derive(Default)]
struct Places(Vec<Place>);

struct Place {
    span: Span,
    /// The largest end of this location and those before it in its source.
    reach: u32,
    ignore: usize,
}

impl Place {
    fn new(span: Span, ignore: usize) -> Self {
        Self { span, reach: span.end, ignore }
    }
}

impl Places {
    fn sort(&mut self) {
        self.0.sort_by_key(|place| (place.span, place.ignore));
        let mut before: Option<(SourceId, u32)> = None;
        for place in &mut self.0 {
            let source = place.span.source;
            let reach = before.filter(|(last, _)| *last == source).map_or(0, |(_, reach)| reach);
            place.reach = place.span.end.max(reach);
            before = Some((source, place.reach));
        }
    }

    /// Adds the ignores of all locations that contain a finding's start.
    fn covering(&self, found: Span, covering: &mut Vec<usize>) {
        let (source, start) = (found.source, found.start);
        let behind = self.0.partition_point(|p| (p.span.source, p.span.start) <= (source, start));
        let before = self.0[..behind].iter().rev();
        let reaching = before.take_while(|p| p.span.source == source && p.reach >= start);
        covering.extend(reaching.filter(|place| place.span.end >= start).map(|p| p.ignore));
    }
}

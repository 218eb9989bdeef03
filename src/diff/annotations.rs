//! Differences as findings on the side after the change, for reports that stand beside its lines.

use crate::diagnostic::{Diagnostic, Label, ObjectName, Severity};

use super::diff::{Diff, first_names};
use super::difference::{Difference, Rank};

/// The name under which a report files something that got worse.
const WORSE: &str = "tls-downgrade";

/// The name under which a report files any other difference.
const OTHER: &str = "tls-change";

/// What annotations are filed under, how bad they are by themselves, and what they mean.
pub const ANNOTATIONS: [(&str, &str, &str); 2] = [
    (
        WORSE,
        "error",
        "The change takes protection or verification from an upstream, presents somebody else to it, \
         or keeps it from being reached.",
    ),
    (OTHER, "note", "The change gives an upstream other TLS, which is neither better nor worse."),
];

impl Diff<'_> {
    /// Every difference that has a line after the change, then the findings that are new. What one
    /// line decides comes once, for all its upstreams; improvements are left out, and so are
    /// upstreams that are gone.
    pub fn annotations(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for difference in &self.whole {
            found.extend(annotation(&[], &[difference]));
        }
        for group in self.groups() {
            let objects: Vec<&ObjectName> = group.iter().map(|change| &change.object).collect();
            let mut by_place: Vec<Vec<&Difference>> = Vec::new();
            let told = group[0].differences.iter().filter(|one| one.rank != Rank::Improvement);
            for difference in told {
                let is_here = |others: &&mut Vec<&Difference>| {
                    others[0].place_after == difference.place_after
                };
                match by_place.iter_mut().find(is_here) {
                    Some(others) => others.push(difference),
                    None => by_place.push(vec![difference]),
                }
            }
            found.extend(by_place.iter().filter_map(|here| annotation(&objects, here)));
        }
        found.extend(self.new_findings.iter().map(|found| (*found).clone()));
        found
    }
}

/// What one line decides for these objects, the worst first.
fn annotation(objects: &[&ObjectName], differences: &[&Difference]) -> Option<Diagnostic> {
    let worst = differences.first()?;
    let (rule, severity) = match worst.rank {
        Rank::Downgrade => (WORSE, Severity::Error),
        Rank::Neutral => (OTHER, Severity::Note),
        Rank::Improvement => return None,
    };
    let told = |difference: &Difference| {
        let aspect = difference.aspect.name();
        match (difference.before.as_str(), difference.after.as_str()) {
            ("", after) => format!("new upstream: {after}"),
            (before, after) => format!("{aspect}: {after}; it was {before}"),
        }
    };
    let mut notes: Vec<String> = differences[1..].iter().map(|one| told(one)).collect();
    if let [_, others @ ..] = objects
        && !others.is_empty()
    {
        notes.push(format!("the same for {}", first_names(others.iter().copied())));
    }
    Some(Diagnostic {
        rule,
        severity,
        message: told(worst),
        object: objects.first().map(|object| (*object).clone()),
        field: String::new(),
        primary: Label { span: worst.place_after?, text: String::new() },
        related: Vec::new(),
        notes,
        help: Vec::new(),
        fix: None,
        cause: None,
    })
}

//! Differences as findings on the after side, for reports that annotate lines.

use crate::diagnostic::{Diagnostic, Label, ObjectName, Severity};

use super::diff::{Diff, first_names};
use super::difference::{Difference, Rank};

/// The rule id for something that got worse.
const WORSE: &str = "tls-downgrade";

/// The rule id for any other difference.
const OTHER: &str = "tls-change";

/// The rule ids of annotations, with default severities and meanings.
pub const ANNOTATIONS: [(&str, &str, &str); 2] = [
    (
        WORSE,
        "error",
        "The change removes protection or verification from an upstream, presents another \
         identity to it, or makes it unreachable.",
    ),
    (
        OTHER,
        "note",
        "The change gives an upstream different TLS, which is neither better nor worse.",
    ),
];

impl Diff<'_> {
    /// Every difference with a line on the after side, then new findings. Differences caused by one
    /// line are reported once, for all its upstreams; improvements and removed upstreams are left
    /// out.
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

/// The differences that one line causes for these objects, the worst first.
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
            (before, after) => format!("{aspect}: {after}, previously {before}"),
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

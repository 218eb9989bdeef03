//! Differences as findings on the side after the change, for reports that stand beside its lines.

use crate::diagnostic::{Diagnostic, Label, ObjectName, Severity};

use super::diff::Diff;
use super::difference::{Difference, Rank};

/// The name under which a report files something that got worse.
const WORSE: &str = "tls-downgrade";

/// The name under which a report files any other difference.
const OTHER: &str = "tls-change";

impl Diff<'_> {
    /// Every difference that has a line after the change, then the findings that are new.
    /// Improvements are left out, and so are upstreams that are gone.
    pub fn annotations(&self) -> Vec<Diagnostic> {
        let whole = self.whole.iter().map(|difference| (None, difference));
        let each = self.changes.iter().flat_map(|change| {
            change.differences.iter().map(move |difference| (Some(&change.object), difference))
        });
        let differences = whole.chain(each);
        let told = differences.filter_map(|(object, difference)| annotation(object, difference));
        let mut found: Vec<Diagnostic> = told.collect();
        found.extend(self.new_findings.iter().map(|found| (*found).clone()));
        found
    }
}

fn annotation(object: Option<&ObjectName>, difference: &Difference) -> Option<Diagnostic> {
    let (rule, severity) = match difference.rank {
        Rank::Downgrade => (WORSE, Severity::Error),
        Rank::Neutral => (OTHER, Severity::Note),
        Rank::Improvement => return None,
    };
    let aspect = difference.aspect.name();
    let message = match (difference.before.as_str(), difference.after.as_str()) {
        ("", after) => format!("new upstream: {after}"),
        (before, after) => format!("{aspect}: {after}; it was {before}"),
    };
    Some(Diagnostic {
        rule,
        severity,
        message,
        object: object.cloned(),
        field: String::new(),
        primary: Label { span: difference.place_after?, text: String::new() },
        related: Vec::new(),
        notes: Vec::new(),
        help: Vec::new(),
        fix: None,
        cause: None,
    })
}

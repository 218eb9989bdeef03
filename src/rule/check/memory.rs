//! What a rule remembers from one run for the next.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::resource::Looks;
use crate::world::Changed;

/// What a rule found, and what the next run needs to reuse unchanged findings.
#[derive(Debug, Clone, Default)]
pub struct RuleFindings {
    /// The findings.
    pub list: Arc<[Diagnostic]>,
    /// What the rule looked at.
    pub looks: Looks,
    pub(super) walks: Vec<Walk>,
}

/// One walk: which of its findings belong to which position.
#[derive(Debug, Clone, Default)]
pub(super) struct Walk {
    /// Positions for which the rule also looked at something else.
    pub(super) busy: Vec<usize>,
    /// Positions with findings, and their range in the list of findings.
    pub(super) found: Vec<(usize, Range<usize>)>,
}

/// What a rule remembers while it runs.
#[derive(Debug)]
pub(super) struct Memory<'m> {
    pub(super) before: Option<(&'m RuleFindings, &'m Changed)>,
    pub(super) walks: Vec<Walk>,
}

impl<'m> Memory<'m> {
    pub(super) fn new(before: Option<(&'m RuleFindings, &'m Changed)>) -> Self {
        Self { before, walks: Vec::new() }
    }

    pub(super) fn keep(self, list: Vec<Diagnostic>, looks: Looks) -> RuleFindings {
        // A walk always looks at traffic, even if none of its steps did; and findings that are
        // reused depend on what was looked at when they were found.
        let then = self.before.map_or(Looks::default(), |(found, _)| found.looks);
        let looks = match self.walks.is_empty() {
            true => looks,
            false => looks | then | Looks::TRAFFIC,
        };
        RuleFindings { list: Arc::from(list), looks, walks: self.walks }
    }
}

//! What a rule remembers of one judgement for the next.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::resource::Looks;
use crate::world::Changed;

/// What a rule found, and whatever the next judgement needs to take over what stays as it is.
#[derive(Debug, Clone, Default)]
pub struct RuleFindings {
    /// The findings.
    pub list: Arc<[Diagnostic]>,
    /// What the rule looked at.
    pub looks: Looks,
    pub(super) walks: Vec<Walk>,
}

/// One walk: which of its findings belong to what.
#[derive(Debug, Clone, Default)]
pub(super) struct Walk {
    /// Positions for which more was looked at than what stands there.
    pub(super) busy: Vec<usize>,
    /// Positions of which something was found, and where in the list of findings that is.
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
        // Whoever walks has looked at traffic, though each step may have not; and what was taken over
        // was found with a look at what was looked at then.
        let then = self.before.map_or(Looks::default(), |(found, _)| found.looks);
        let looks = match self.walks.is_empty() {
            true => looks,
            false => looks | then | Looks::TRAFFIC,
        };
        RuleFindings { list: Arc::from(list), looks, walks: self.walks }
    }
}

//! How a rule would mend what it found, before and after it is known which bytes that takes.

use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Fix};
use crate::document::{Change, Reviser};
use crate::source::{SourceId, Sources};

/// What a rule proposes.
#[derive(Debug)]
pub(super) struct Proposal {
    pub(super) description: String,
    pub(super) applicability: Applicability,
    pub(super) changes: Vec<Change>,
}

/// Turns proposals of one rule into fixes; sources are cut into documents only once.
pub(super) struct Composer<'s> {
    sources: &'s Sources,
    revisers: BTreeMap<SourceId, Reviser<'s>>,
}

impl<'s> Composer<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self { sources, revisers: BTreeMap::new() }
    }

    /// The fix; `None` where it cannot be made without touching anything else.
    pub(super) fn fix(&mut self, proposal: Proposal) -> Option<Fix> {
        let Proposal { description, mut applicability, changes } = proposal;
        let mut by_source: BTreeMap<SourceId, Vec<Change>> = BTreeMap::new();
        for change in changes {
            by_source.entry(change.place().source).or_default().push(change);
        }
        let mut edits = Vec::new();
        for (id, changes) in by_source {
            let sources = self.sources;
            let reviser = self.revisers.entry(id).or_insert_with(|| Reviser::new(sources.get(id)));
            let revision = reviser.revise(&changes)?;
            // A comment is its author's; whoever removes it should have read it.
            if revision.loses_comment {
                applicability = Applicability::Unsafe;
            }
            edits.extend(revision.edits);
        }
        (!edits.is_empty()).then_some(Fix { description, applicability, edits })
    }
}

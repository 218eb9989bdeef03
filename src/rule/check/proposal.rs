//! Fixes that a rule proposes, before and after they are turned into byte edits.

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

/// Turns the proposals of one rule into fixes; `None` where one cannot be made without touching
/// anything else. Each document is parsed for all of them at once.
pub(super) fn fixes(sources: &Sources, proposals: Vec<Option<Proposal>>) -> Vec<Option<Fix>> {
    let mut by_source: BTreeMap<SourceId, BTreeMap<usize, Vec<Change>>> = BTreeMap::new();
    let mut fixes = Vec::new();
    // A rule may have seen the value of a variable; writing that in its place would be another mistake.
    let is_variable = |change: &Change| match change {
        Change::Set { at, .. } => {
            let text = &sources.get(at.source).text;
            text.get(at.start as usize..at.end as usize).is_some_and(|text| text.contains('$'))
        }
        _ => false,
    };
    for (number, proposal) in proposals.into_iter().enumerate() {
        let proposal = proposal.filter(|proposal| !proposal.changes.iter().any(is_variable));
        fixes.push(proposal.map(|proposal| {
            for change in proposal.changes {
                let source = by_source.entry(change.place().source).or_default();
                source.entry(number).or_default().push(change);
            }
            let Proposal { description, applicability, .. } = proposal;
            Fix { description, applicability, edits: Vec::new() }
        }));
    }
    for (id, wanted) in by_source {
        let (numbers, changes): (Vec<usize>, Vec<Vec<Change>>) = wanted.into_iter().unzip();
        let revisions = Reviser::new(sources.get(id)).revise(&changes);
        for (number, revision) in numbers.into_iter().zip(revisions) {
            match (revision, &mut fixes[number]) {
                (Some(revision), Some(fix)) => {
                    // A comment may matter to its author, so a person should read it before it is
                    // removed.
                    if revision.loses_comment {
                        fix.applicability = Applicability::Unsafe;
                    }
                    fix.edits.extend(revision.edits);
                }
                (_, fix) => *fix = None,
            }
        }
    }
    fixes.into_iter().map(|fix| fix.filter(|fix| !fix.edits.is_empty())).collect()
}

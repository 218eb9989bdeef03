//! Verifies edits: the edited document is parsed again and compared.

use super::super::tree::Tree;
use super::outline::{Plan, outline};
use super::parsed::Parsed;
use super::text_edit::{TextEdit, apply};

/// In documents up to this size, in bytes, each fix is verified alone. In larger ones, fixes that
/// do not overlap are verified together, since a list of everything in a cluster has thousands of
/// findings.
const SMALL: usize = 16 * 1024;

/// Edits with their intended effect.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// By byte, without overlaps.
    pub(super) edits: Vec<TextEdit>,
    pub(super) plan: Plan,
    pub(super) loses_comment: bool,
}

impl Pending {
    /// Whether the edited document has the intended contents.
    pub(super) fn holds(&self, document: &Parsed<'_>) -> bool {
        if self.edits.is_empty() {
            return true;
        }
        let revised = apply(document.text, &self.edits);
        // The text after a document starts on its own line.
        if document.text.ends_with('\n') && !revised.ends_with('\n') {
            return false;
        }
        let Ok((tree, _)) = Tree::parse(document.tree.source, 0, &revised) else { return false };
        outline(&tree, &Plan::default()) == outline(&document.tree, &self.plan)
    }

    fn joined(all: &[Pending], which: &[usize]) -> Self {
        let mut joined = Self::default();
        for one in which.iter().map(|&index| &all[index]) {
            joined.edits.extend(one.edits.iter().cloned());
            joined.plan.extend(&one.plan);
        }
        joined.edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        joined
    }

    fn first(&self) -> usize {
        self.edits.first().map_or(0, |edit| edit.range.start)
    }

    fn last(&self) -> usize {
        self.edits.last().map_or(0, |edit| edit.range.end)
    }
}

/// Which of several changes of a document are valid.
pub(super) fn proven(document: &Parsed<'_>, all: &[Pending]) -> Vec<bool> {
    if document.text.len() <= SMALL {
        return all.iter().map(|one| one.holds(document)).collect();
    }
    let mut proven = vec![false; all.len()];
    let mut left: Vec<usize> = (0..all.len()).collect();
    left.sort_by_key(|&index| all[index].first());
    while !left.is_empty() {
        // Those that do not overlap; the others follow later.
        let mut end = None;
        let (group, rest): (Vec<usize>, Vec<usize>) = left.into_iter().partition(|&index| {
            let free = end.is_none_or(|end| end < all[index].first());
            if free {
                end = Some(all[index].last());
            }
            free
        });
        prove(document, all, &group, &mut proven);
        left = rest;
    }
    proven
}

/// Verifies a group as a whole, or else each half of it.
fn prove(document: &Parsed<'_>, all: &[Pending], group: &[usize], proven: &mut [bool]) {
    if Pending::joined(all, group).holds(document) {
        group.iter().for_each(|&index| proven[index] = true);
    } else if group.len() > 1 {
        let (one, other) = group.split_at(group.len() / 2);
        prove(document, all, one, proven);
        prove(document, all, other, proven);
    }
}

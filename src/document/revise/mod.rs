//! Turns changes into byte edits that leave the rest of the text as it is.
//!
//! Every proposed edit was verified: the edited document was parsed again and differs from the old
//! one exactly as intended. A change that cannot be made like this is not proposed.

mod block;
mod carry;
mod draft;
mod kinds;
mod outline;
mod parsed;
mod proof;
#[cfg(test)]
mod tests;
mod text_edit;
mod write;

use std::collections::BTreeMap;

use crate::diagnostic::Edit;
use crate::source::{Source, Span};

use super::align::Placement;
use super::change::Change;
use super::split::{Slice, split};
use super::tree::Tree;
use carry::Carrier;
use draft::Draft;
use parsed::Parsed;
use proof::{Pending, proven};
use text_edit::{TextEdit, apply};

/// Larger documents, in bytes, are not revised: to verify a fix, its document is parsed again.
const MAX_DOCUMENT: usize = 4 * 1024 * 1024;

/// A source prepared for changes.
#[derive(Debug)]
pub struct Reviser<'s> {
    source: &'s Source,
    slices: Vec<Slice>,
}

/// The edits for some changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// By byte, without overlaps.
    pub edits: Vec<Edit>,
    /// Whether a comment is removed, too.
    pub loses_comment: bool,
}

impl<'s> Reviser<'s> {
    /// Splits a source into its documents.
    pub fn new(source: &'s Source) -> Self {
        Self { source, slices: split(&source.text) }
    }

    /// The edits for each of several sets of changes of this source; `None` if they cannot be made
    /// without other effects, as in a value that several aliases share.
    pub fn revise(&self, all: &[Vec<Change>]) -> Vec<Option<Revision>> {
        let mut revisions: Vec<Option<Revision>> =
            all.iter().map(|changes| (!changes.is_empty()).then(Revision::default)).collect();
        let mut by_slice: BTreeMap<usize, BTreeMap<usize, Vec<&Change>>> = BTreeMap::new();
        for (number, changes) in all.iter().enumerate() {
            for change in changes {
                let start = change.place().start as usize;
                match self.slices.partition_point(|slice| slice.start <= start).checked_sub(1) {
                    Some(at) => {
                        let slice = by_slice.entry(at).or_default();
                        slice.entry(number).or_default().push(change);
                    }
                    None => revisions[number] = None,
                }
            }
        }
        for (slice, wanted) in by_slice {
            self.revise_document(self.slices[slice], &wanted, &mut revisions);
        }
        let has_edits = |revision: &Revision| !revision.edits.is_empty();
        revisions.into_iter().map(|revision| revision.filter(has_edits)).collect()
    }

    /// Adds the edits of a document, and drops revisions that are not possible in it.
    fn revise_document(
        &self,
        slice: Slice,
        wanted: &BTreeMap<usize, Vec<&Change>>,
        revisions: &mut [Option<Revision>],
    ) {
        let text = &self.source.text[slice.start..slice.end];
        let small = text.len() <= MAX_DOCUMENT;
        let tree = small.then(|| Tree::parse(self.source.id, 0, text).ok()).flatten();
        let Some((tree, _)) = tree else {
            wanted.keys().for_each(|&number| revisions[number] = None);
            return;
        };
        let parsed = Parsed::new(text, tree, Placement::At(slice.start as u32));
        let (mut numbers, mut pending) = (Vec::new(), Vec::new());
        for (&number, changes) in wanted {
            match draft(&parsed, changes) {
                Some(one) => {
                    numbers.push(number);
                    pending.push(one);
                }
                None => revisions[number] = None,
            }
        }
        let proven = proven(&parsed, &pending);
        for ((number, pending), holds) in numbers.into_iter().zip(pending).zip(proven) {
            if !holds {
                revisions[number] = None;
            }
            let Some(revision) = &mut revisions[number] else { continue };
            revision.loses_comment |= pending.loses_comment;
            revision.edits.extend(pending.edits.into_iter().map(|edit| {
                let place = |at: usize| (slice.start + at) as u32;
                let (start, end) = (place(edit.range.start), place(edit.range.end));
                Edit { span: Span::new(self.source.id, start, end), replacement: edit.text }
            }));
        }
    }
}

/// The edits for some changes of a document.
fn draft(parsed: &Parsed<'_>, changes: &[&Change]) -> Option<Pending> {
    let mut draft = Draft::new(parsed);
    let mut embedded: BTreeMap<u32, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        if parsed.scalar(change.place()).is_some() {
            draft.change(change)?;
        } else {
            embedded.entry(parsed.scalar_around(change.place())?).or_default().push(change);
        }
    }
    for (node, changes) in embedded {
        revise_embedded(&mut draft, node, &changes)?;
    }
    draft.finish()
}

/// Changes documents inside a scalar, and maps the edits to its source text.
fn revise_embedded(outer: &mut Draft<'_, '_>, node: u32, changes: &[&Change]) -> Option<()> {
    let carrier = Carrier::of(outer.parsed, node)?;
    let decoded = carrier.decoded.as_str();
    let slices = split(decoded);
    let mut edits = Vec::new();
    let mut done = 0;
    for slice in &slices {
        let text = &decoded[slice.start..slice.end];
        let Ok((tree, _)) = Tree::parse(outer.parsed.tree.source, 0, text) else { continue };
        let parsed = Parsed::new(text, tree, carrier.placement(slice));
        let mut draft = Draft::new(&parsed);
        for change in changes {
            if parsed.scalar(change.place()).is_some() {
                draft.change(change)?;
                done += 1;
            }
        }
        let inner = draft.finish().filter(|inner| inner.holds(&parsed))?;
        outer.lose_comment(inner.loses_comment);
        edits.extend(inner.edits.into_iter().map(|edit| TextEdit {
            range: slice.start + edit.range.start..slice.start + edit.range.end,
            text: edit.text,
        }));
    }
    if done != changes.len() {
        return None;
    }
    let revised = apply(decoded, &edits);
    if split(&revised).len() != slices.len() {
        return None;
    }
    let edits = carrier.carry(&edits)?;
    outer.replace_text(node, edits, revised)
}

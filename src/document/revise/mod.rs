//! Changes become edits of bytes: everything else in the text stays as its author wrote it.
//!
//! Whatever is proposed here has been tried: the edited document was parsed again, and differs
//! from the old one in what was to change and in nothing else. What cannot be done so is not
//! proposed at all.

mod block;
mod carry;
mod draft;
mod outline;
#[cfg(test)]
mod tests;
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

/// Documents beyond this size, in bytes, are not revised: each fix parses its document again, and
/// a list of everything in a cluster may have thousands of findings.
const MAX_DOCUMENT: usize = 512 * 1024;

/// One source, ready for changes.
#[derive(Debug)]
pub struct Reviser<'s> {
    source: &'s Source,
    slices: Vec<Slice>,
}

/// The edits that some changes take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// By byte, without overlaps.
    pub edits: Vec<Edit>,
    /// Whether a comment goes with what is removed.
    pub loses_comment: bool,
}

/// One replacement in a text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TextEdit {
    range: std::ops::Range<usize>,
    text: String,
}

impl<'s> Reviser<'s> {
    /// Cuts a source into its documents.
    pub fn new(source: &'s Source) -> Self {
        Self { source, slices: split(&source.text) }
    }

    /// The edits for changes of this source; `None` where they cannot be made without touching
    /// anything else, as in a value that several aliases share.
    pub fn revise(&self, changes: &[Change]) -> Option<Revision> {
        let mut by_slice: BTreeMap<usize, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            let start = change.place().start as usize;
            let after = self.slices.partition_point(|slice| slice.start <= start);
            by_slice.entry(after.checked_sub(1)?).or_default().push(change);
        }
        let mut whole = Revision { edits: Vec::new(), loses_comment: false };
        for (slice, changes) in by_slice {
            let slice = self.slices[slice];
            let (edits, loses_comment) = self.revise_document(slice, &changes)?;
            whole.loses_comment |= loses_comment;
            whole.edits.extend(edits.into_iter().map(|edit| {
                let place = |at: usize| (slice.start + at) as u32;
                let span =
                    Span::new(self.source.id, place(edit.range.start), place(edit.range.end));
                Edit { span, replacement: edit.text }
            }));
        }
        (!whole.edits.is_empty()).then_some(whole)
    }

    fn revise_document(&self, slice: Slice, changes: &[&Change]) -> Option<(Vec<TextEdit>, bool)> {
        let text = &self.source.text[slice.start..slice.end];
        if text.len() > MAX_DOCUMENT {
            return None;
        }
        let (tree, _) = Tree::parse(self.source.id, 0, text).ok()?;
        let mut draft = Draft::new(text, &tree, Placement::At(slice.start as u32));
        let mut embedded: BTreeMap<u32, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            if draft.holds(change.place()) {
                draft.change(change)?;
            } else {
                embedded.entry(draft.scalar_around(change.place())?).or_default().push(change);
            }
        }
        for (node, changes) in embedded {
            self.revise_embedded(&mut draft, node, &changes)?;
        }
        draft.finish()
    }

    /// Changes documents inside a scalar, and carries the edits over to how it is written.
    fn revise_embedded(&self, outer: &mut Draft<'_>, node: u32, changes: &[&Change]) -> Option<()> {
        let carrier = Carrier::of(outer, node)?;
        let decoded = carrier.decoded.as_str();
        let slices = split(decoded);
        let mut edits = Vec::new();
        let mut done = 0;
        for slice in &slices {
            let text = &decoded[slice.start..slice.end];
            let Ok((tree, _)) = Tree::parse(self.source.id, 0, text) else { continue };
            let mut draft = Draft::new(text, &tree, carrier.placement(slice));
            for change in changes {
                if draft.holds(change.place()) {
                    draft.change(change)?;
                    done += 1;
                }
            }
            let (inner, loses_comment) = draft.finish()?;
            outer.loses_comment |= loses_comment;
            edits.extend(inner.into_iter().map(|edit| TextEdit {
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
}

/// A text with its edits made; they are by byte and do not overlap.
fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut revised = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        revised.push_str(&text[at..edit.range.start]);
        revised.push_str(&edit.text);
        at = edit.range.end;
    }
    revised.push_str(&text[at..]);
    revised
}

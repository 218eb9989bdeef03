//! A document under revision.

use super::super::change::NewValue;
use super::super::scalar::{Scalar, resolve};
use super::super::tape::{Style, Value};
use super::outline::{Part, Plan};
use super::parsed::Parsed;
use super::proof::Pending;
use super::text_edit::TextEdit;
use super::write::{Quotes, is_plain, write};

/// A document, the edits so far, and their intended effect.
pub(super) struct Draft<'p, 't> {
    pub(super) parsed: &'p Parsed<'t>,
    pending: Pending,
}

impl<'p, 't> Draft<'p, 't> {
    pub(super) fn new(parsed: &'p Parsed<'t>) -> Self {
        Self { parsed, pending: Pending::default() }
    }

    /// The items of a list of texts that remain separate when joined by commas.
    pub(super) fn items(&self, list: u32) -> Option<Vec<&'p str>> {
        let node = self.parsed.node(list);
        let mut items = Vec::new();
        if !matches!(node.value, Value::Sequence) {
            return None;
        }
        for item in &self.parsed.tree.nodes[list as usize + 1..node.next as usize] {
            match &item.value {
                Value::Scalar { text, style, tag } => {
                    let value = resolve(text, *style == Style::Plain, tag.as_deref());
                    let apart = text.chars().all(|c| c.is_ascii_graphic() && !",[]\"'".contains(c));
                    if !matches!(value, Scalar::Text(_)) || !apart || text.is_empty() {
                        return None;
                    }
                    items.push(&**text);
                }
                _ => return None,
            }
        }
        (!items.is_empty()).then_some(items)
    }

    pub(super) fn set_scheme(&mut self, node: u32, scheme: &str) -> Option<()> {
        let Value::Scalar { text, .. } = &self.parsed.node(node).value else { return None };
        let bare = text.strip_prefix("http://").unwrap_or(text);
        match bare.split_once("://") {
            Some((own, _)) if own == scheme => Some(()),
            Some(_) => None,
            None => self.set(node, &NewValue::Text(format!("{scheme}://{bare}"))),
        }
    }

    pub(super) fn set(&mut self, node: u32, value: &NewValue) -> Option<()> {
        if self.parsed.is_shared(node) || !self.parsed.is_simple(node) {
            return None;
        }
        let text = write(value, Quotes::of(self.parsed.raw(node)), self.parsed.in_flow(node))?;
        self.pending.plan.replaced.insert(node, vec![value.into()]);
        self.edit_node(node, text);
        Some(())
    }

    pub(super) fn enlist(&mut self, node: u32) -> Option<()> {
        let Value::Scalar { text, .. } = &self.parsed.node(node).value else { return None };
        if self.parsed.is_shared(node) || !self.parsed.is_simple(node) {
            return None;
        }
        let raw = self.parsed.raw(node);
        let item = match Quotes::of(raw) {
            Quotes::None if !is_plain(text, true) => {
                write(&NewValue::Text(text.to_string()), Quotes::Double, true)?
            }
            _ => raw.to_owned(),
        };
        self.pending.plan.replaced.insert(node, vec![Part::Sequence, Part::text(text), Part::End]);
        self.edit_node(node, format!("[{item}]"));
        Some(())
    }

    fn edit_node(&mut self, node: u32, text: String) {
        let node = self.parsed.node(node);
        self.pending.edits.push(TextEdit { range: node.start as usize..node.end as usize, text });
    }

    pub(super) fn edit(&mut self, range: std::ops::Range<usize>, text: String) {
        self.pending.edits.push(TextEdit { range, text });
    }

    pub(super) fn plan(&mut self) -> &mut Plan {
        &mut self.pending.plan
    }

    /// Replaces the contents of a scalar by edits of its source text.
    pub(super) fn replace_text(
        &mut self,
        node: u32,
        edits: Vec<TextEdit>,
        contents: String,
    ) -> Option<()> {
        if self.parsed.is_shared(node) {
            return None;
        }
        self.pending.edits.extend(edits);
        self.pending.plan.replaced.insert(node, vec![Part::text(&contents)]);
        Some(())
    }

    /// Records that a comment is removed, too.
    pub(super) fn lose_comment(&mut self, lost: bool) {
        self.pending.loses_comment |= lost;
    }

    /// All edits, not yet verified; `None` if they overlap.
    pub(super) fn finish(mut self) -> Option<Pending> {
        let edits = &mut self.pending.edits;
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let overlap = edits.windows(2).any(|pair| pair[0].range.end > pair[1].range.start);
        (!overlap).then_some(self.pending)
    }
}

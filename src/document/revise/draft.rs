//! One document under revision.

use crate::source::{SourceId, Span};

use super::super::align::Placement;
use super::super::change::{Change, NewValue};
use super::super::tree::{Node, Style, Tree, Value};
use super::outline::{Part, Plan, outline};
use super::write::{Quotes, is_plain, write};
use super::{TextEdit, apply, block};

/// A document, the edits made so far, and what they are meant to do.
pub(super) struct Draft<'t> {
    pub(super) text: &'t str,
    pub(super) tree: &'t Tree<'t>,
    /// Where its bytes stand in the source.
    placement: Placement,
    edits: Vec<TextEdit>,
    plan: Plan,
    pub(super) loses_comment: bool,
}

/// A key, its value, and the mapping that holds both.
#[derive(Debug, Clone, Copy)]
pub(super) struct EntryNodes {
    pub(super) mapping: u32,
    pub(super) key: u32,
    pub(super) value: u32,
}

impl<'t> Draft<'t> {
    /// The tree's places are those of the text; `placement` says where they are in the source.
    pub(super) fn new(text: &'t str, tree: &'t Tree<'t>, placement: Placement) -> Self {
        let (edits, plan) = (Vec::new(), Plan::default());
        Self { text, tree, placement, edits, plan, loses_comment: false }
    }

    pub(super) fn node(&self, node: u32) -> &'t Node<'t> {
        &self.tree.nodes[node as usize]
    }

    /// The node as it is written.
    pub(super) fn raw(&self, node: u32) -> &'t str {
        let node = self.node(node);
        &self.text[node.start as usize..node.end as usize]
    }

    /// Where the text begins in what it was cut from; nothing is embedded twice.
    pub(super) fn base(&self) -> u32 {
        match self.placement {
            Placement::At(base) => base,
            Placement::Mapped(_) => 0,
        }
    }

    fn source(&self) -> SourceId {
        self.tree.source
    }

    fn place(&self, node: &Node<'_>) -> Span {
        self.placement.span(self.source(), node.start as usize, node.end as usize)
    }

    fn scalar(&self, at: Span) -> Option<u32> {
        let scalars = self.tree.nodes.iter().position(|node| {
            let scalar = matches!(node.value, Value::Scalar { .. } | Value::Alias(_));
            scalar && node.start < node.end && self.place(node) == at
        });
        scalars.map(|at| at as u32)
    }

    /// Whether a key or scalar stands at just this place.
    pub(super) fn holds(&self, at: Span) -> bool {
        self.scalar(at).is_some()
    }

    /// The scalar that has a place in it.
    pub(super) fn scalar_around(&self, at: Span) -> Option<u32> {
        let found = self.tree.nodes.iter().position(|node| {
            let place = self.place(node);
            let around = place.start <= at.start && at.end <= place.end;
            around && matches!(node.value, Value::Scalar { .. })
        });
        found.map(|at| at as u32)
    }

    fn entry(&self, key: Span) -> Option<EntryNodes> {
        let wanted = self.scalar(key)?;
        self.tree.nodes.iter().enumerate().find_map(|(mapping, node)| {
            let inside = (mapping as u32) < wanted && wanted < node.next;
            if !inside || !matches!(node.value, Value::Mapping) {
                return None;
            }
            self.keys(mapping as u32).find(|entry| entry.key == wanted)
        })
    }

    pub(super) fn keys(&self, mapping: u32) -> impl Iterator<Item = EntryNodes> + use<'t> {
        let tree = self.tree;
        let end = tree.nodes[mapping as usize].next;
        let mut key = mapping + 1;
        std::iter::from_fn(move || {
            let value = (key < end).then(|| tree.nodes[key as usize].next)?;
            let entry = EntryNodes { mapping, key, value };
            key = tree.nodes[value as usize].next;
            Some(entry)
        })
    }

    /// Whether an alias stands for the node or for something around it.
    pub(super) fn is_shared(&self, node: u32) -> bool {
        self.tree.nodes.iter().any(|other| match other.value {
            Value::Alias(target) => target <= node && node < self.node(target).next,
            _ => false,
        })
    }

    pub(super) fn is_flow(&self, node: u32) -> bool {
        self.text[self.node(node).start as usize..].starts_with(['[', '{'])
    }

    fn in_flow(&self, node: u32) -> bool {
        let around = self.tree.nodes[..node as usize].iter().enumerate();
        let collection = |value: &Value<'_>| matches!(value, Value::Mapping | Value::Sequence);
        around
            .filter(|(_, other)| collection(&other.value) && node < other.next)
            .any(|(at, _)| self.is_flow(at as u32))
    }

    /// Whether a scalar's style lets it be replaced on its line.
    pub(super) fn is_simple(&self, node: u32) -> bool {
        match self.node(node).value {
            Value::Scalar { style, .. } => matches!(style, Style::Plain | Style::Quoted),
            Value::Alias(_) => true,
            _ => false,
        }
    }

    /// Notes one change; `None` if it cannot be made alone.
    pub(super) fn change(&mut self, change: &Change) -> Option<()> {
        match change {
            Change::Set { at, value } => {
                let node = self.scalar(*at)?;
                self.set(node, value)
            }
            Change::SetEntry { key, value } => {
                let entry = self.entry(*key)?;
                if self.is_simple(entry.value) {
                    return self.set(entry.value, value);
                }
                block::replace(self, entry, value)
            }
            Change::Join { key } => {
                let entry = self.entry(*key)?;
                let value = NewValue::Text(self.items(entry.value)?.join(","));
                block::replace(self, entry, &value)
            }
            Change::Scheme { beside, name, scheme } => {
                let entry = self.entry(*beside)?;
                let other = self.keys(entry.mapping).find(|entry| self.is_called(entry.key, name));
                self.set_scheme(other?.value, scheme)
            }
            Change::Enlist { at } => {
                let node = self.scalar(*at)?;
                self.enlist(node)
            }
            Change::Rename { key, name } => {
                let entry = self.entry(*key)?;
                if self.has_key(entry.mapping, name) || self.is_shared(entry.key) {
                    return None;
                }
                self.set(entry.key, &NewValue::Text(name.clone()))
            }
            Change::Remove { key } => {
                let entry = self.entry(*key)?;
                block::remove(self, entry)
            }
            Change::Add { after, name, value } => {
                let entry = self.entry(*after)?;
                if self.has_key(entry.mapping, name) {
                    return None;
                }
                block::add(self, entry, name, value)
            }
        }
    }

    fn has_key(&self, mapping: u32, name: &str) -> bool {
        self.keys(mapping).any(|entry| self.is_called(entry.key, name))
    }

    fn is_called(&self, key: u32, name: &str) -> bool {
        matches!(&self.node(key).value, Value::Scalar { text, .. } if text == name)
    }

    /// The items of a list of texts that stay apart when commas join them.
    fn items(&self, list: u32) -> Option<Vec<&'t str>> {
        let node = self.node(list);
        let mut items = Vec::new();
        if !matches!(node.value, Value::Sequence) {
            return None;
        }
        for item in &self.tree.nodes[list as usize + 1..node.next as usize] {
            match &item.value {
                Value::Scalar { text, .. } if is_plain(text, true) => items.push(&**text),
                _ => return None,
            }
        }
        (!items.is_empty()).then_some(items)
    }

    fn set_scheme(&mut self, node: u32, scheme: &str) -> Option<()> {
        let Value::Scalar { text, .. } = &self.node(node).value else { return None };
        let bare = text.strip_prefix("http://").unwrap_or(text);
        match bare.split_once("://") {
            Some((own, _)) if own == scheme => Some(()),
            Some(_) => None,
            None => self.set(node, &NewValue::Text(format!("{scheme}://{bare}"))),
        }
    }

    fn set(&mut self, node: u32, value: &NewValue) -> Option<()> {
        if self.is_shared(node) || !self.is_simple(node) {
            return None;
        }
        let text = write(value, Quotes::of(self.raw(node)), self.in_flow(node))?;
        self.plan.replaced.insert(node, vec![value.into()]);
        self.edit_node(node, text);
        Some(())
    }

    fn enlist(&mut self, node: u32) -> Option<()> {
        let Value::Scalar { text, .. } = &self.node(node).value else { return None };
        if self.is_shared(node) || !self.is_simple(node) {
            return None;
        }
        let raw = self.raw(node);
        let item = match Quotes::of(raw) {
            Quotes::None if !is_plain(text, true) => {
                write(&NewValue::Text(text.to_string()), Quotes::Double, true)?
            }
            _ => raw.to_owned(),
        };
        self.plan.replaced.insert(node, vec![Part::Sequence, Part::text(text), Part::End]);
        self.edit_node(node, format!("[{item}]"));
        Some(())
    }

    fn edit_node(&mut self, node: u32, text: String) {
        let node = self.node(node);
        self.edits.push(TextEdit { range: node.start as usize..node.end as usize, text });
    }

    pub(super) fn edit(&mut self, range: std::ops::Range<usize>, text: String) {
        self.edits.push(TextEdit { range, text });
    }

    pub(super) fn plan(&mut self) -> &mut Plan {
        &mut self.plan
    }

    /// Replaces the contents of a scalar by edits of how it is written.
    pub(super) fn replace_text(
        &mut self,
        node: u32,
        edits: Vec<TextEdit>,
        contents: String,
    ) -> Option<()> {
        if self.is_shared(node) {
            return None;
        }
        self.edits.extend(edits);
        self.plan.replaced.insert(node, vec![Part::text(&contents)]);
        Some(())
    }

    /// The edits, if the document then says what it should say; and whether a comment is lost.
    pub(super) fn finish(mut self) -> Option<(Vec<TextEdit>, bool)> {
        self.edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let overlap = self.edits.windows(2).any(|pair| pair[0].range.end > pair[1].range.start);
        if overlap {
            return None;
        }
        if self.edits.is_empty() {
            return Some((Vec::new(), false));
        }
        let revised = apply(self.text, &self.edits);
        let (tree, _) = Tree::parse(self.source(), 0, &revised).ok()?;
        let same = outline(&tree, &Plan::default()) == outline(self.tree, &self.plan);
        same.then_some((self.edits, self.loses_comment))
    }
}

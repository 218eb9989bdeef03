//! A parsed document with lookups by place.

use crate::source::Span;

use super::super::align::Placement;
use super::super::tape::{Node, Style, Value};
use super::super::tree::Tree;

/// A document with indexes for its places.
#[derive(Debug)]
pub(super) struct Parsed<'t> {
    pub(super) text: &'t str,
    /// Its places are offsets in the text.
    pub(super) tree: Tree<'t>,
    /// Maps its bytes to the source.
    placement: Placement,
    /// The parent collection of each node; the root is its own parent.
    parents: Vec<u32>,
    /// The nodes that aliases refer to, each with the first node after it.
    shared: Vec<(u32, u32)>,
}

/// A key, its value, and their mapping.
#[derive(Debug, Clone, Copy)]
pub(super) struct EntryNodes {
    pub(super) mapping: u32,
    pub(super) key: u32,
    pub(super) value: u32,
}

impl<'t> Parsed<'t> {
    pub(super) fn new(text: &'t str, tree: Tree<'t>, placement: Placement) -> Self {
        let mut parents = Vec::with_capacity(tree.nodes.len());
        let mut open: Vec<(u32, u32)> = Vec::new();
        let mut shared = Vec::new();
        for (at, node) in tree.nodes.iter().enumerate() {
            let at = at as u32;
            while open.last().is_some_and(|(_, end)| *end <= at) {
                open.pop();
            }
            parents.push(open.last().map_or(0, |(parent, _)| *parent));
            match node.value {
                Value::Alias(target) => shared.push((target, tree.nodes[target as usize].next)),
                Value::Scalar { .. } => {}
                Value::Sequence | Value::Mapping => open.push((at, node.next)),
            }
        }
        shared.sort_unstable();
        shared.dedup();
        Self { text, tree, placement, parents, shared }
    }

    pub(super) fn node(&self, node: u32) -> &Node<'t> {
        &self.tree.nodes[node as usize]
    }

    /// The source text of the node.
    pub(super) fn raw(&self, node: u32) -> &'t str {
        let node = self.node(node);
        &self.text[node.start as usize..node.end as usize]
    }

    /// Where the text starts in the text it was cut from; documents are not embedded twice.
    pub(super) fn base(&self) -> u32 {
        match self.placement {
            Placement::At(base) => base,
            Placement::Mapped(_) => 0,
        }
    }

    fn place(&self, node: &Node<'_>) -> Span {
        self.placement.span(self.tree.source, node.start as usize, node.end as usize)
    }

    /// The scalar or alias at exactly this place; nodes are ordered by their starts.
    pub(super) fn scalar(&self, at: Span) -> Option<u32> {
        let nodes = &self.tree.nodes;
        let first = nodes.partition_point(|node| self.place(node).start < at.start);
        let here = nodes[first..].iter().take_while(|node| self.place(node).start == at.start);
        let found = here.enumerate().find(|(_, node)| {
            let scalar = matches!(node.value, Value::Scalar { .. } | Value::Alias(_));
            scalar && node.start < node.end && self.place(node) == at
        });
        found.map(|(offset, _)| (first + offset) as u32)
    }

    /// The scalar that contains a place.
    pub(super) fn scalar_around(&self, at: Span) -> Option<u32> {
        let nodes = &self.tree.nodes;
        let after = nodes.partition_point(|node| self.place(node).start <= at.start);
        let last = after.checked_sub(1)?;
        let node = &nodes[last];
        let around = at.end <= self.place(node).end;
        (around && matches!(node.value, Value::Scalar { .. })).then_some(last as u32)
    }

    /// The entry whose key is at a place.
    pub(super) fn entry(&self, key: Span) -> Option<EntryNodes> {
        let wanted = self.scalar(key)?;
        let mapping = self.parents[wanted as usize];
        self.keys(mapping).find(|entry| entry.key == wanted)
    }

    /// The entries of a mapping; empty for anything else.
    pub(super) fn keys(&self, mapping: u32) -> impl Iterator<Item = EntryNodes> + '_ {
        let nodes = &self.tree.nodes;
        let found = &nodes[mapping as usize];
        let end = if matches!(found.value, Value::Mapping) { found.next } else { 0 };
        let mut key = mapping + 1;
        std::iter::from_fn(move || {
            let value = (key < end).then(|| nodes[key as usize].next)?;
            let entry = EntryNodes { mapping, key, value };
            key = nodes[value as usize].next;
            Some(entry)
        })
    }

    /// Whether a key has this name.
    pub(super) fn is_called(&self, key: u32, name: &str) -> bool {
        matches!(&self.node(key).value, Value::Scalar { text, .. } if text == name)
    }

    pub(super) fn has_key(&self, mapping: u32, name: &str) -> bool {
        self.keys(mapping).any(|entry| self.is_called(entry.key, name))
    }

    /// Whether an alias refers to the node or to one that contains it.
    pub(super) fn is_shared(&self, node: u32) -> bool {
        self.shared.iter().any(|(start, end)| (*start..*end).contains(&node))
    }

    pub(super) fn is_flow(&self, node: u32) -> bool {
        self.text[self.node(node).start as usize..].starts_with(['[', '{'])
    }

    /// Whether a node is inside a flow collection.
    pub(super) fn in_flow(&self, node: u32) -> bool {
        let mut at = node;
        while at != 0 {
            at = self.parents[at as usize];
            if self.is_flow(at) {
                return true;
            }
        }
        false
    }

    /// Whether a scalar can be replaced on its line, by its style.
    pub(super) fn is_simple(&self, node: u32) -> bool {
        match self.node(node).value {
            Value::Scalar { style, .. } => matches!(style, Style::Plain | Style::Quoted),
            Value::Alias(_) => true,
            _ => false,
        }
    }
}

//! The nodes of a document while it is read by either reader.

mod limits;

use std::borrow::Cow;

pub(super) use limits::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};

/// An entry of the tape; the children of a collection follow it directly.
#[derive(Debug, PartialEq)]
pub(in crate::document) struct Node<'s> {
    pub(in crate::document) start: u32,
    pub(in crate::document) end: u32,
    /// Index of the first node after this node's children.
    pub(in crate::document) next: u32,
    pub(in crate::document) value: Value<'s>,
}

#[derive(Debug, PartialEq)]
pub(in crate::document) enum Value<'s> {
    Scalar {
        text: Cow<'s, str>,
        style: Style,
        tag: Option<Box<str>>,
    },
    Sequence,
    /// Children alternate: key, value, key, value.
    Mapping,
    /// The index of the node it refers to.
    Alias(u32),
}

/// The style of a scalar, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Style {
    Plain,
    Quoted,
    Literal,
    Folded,
}

/// Nodes in reading order: collections are pushed, then their children, then closed.
#[derive(Debug, Default)]
pub(in crate::document) struct Tape<'s> {
    pub(in crate::document) nodes: Vec<Node<'s>>,
    /// The mappings among them, in reading order.
    pub(in crate::document) mappings: Vec<usize>,
    open: Vec<Open>,
    complex_key: Option<usize>,
}

/// A collection that is not closed yet.
#[derive(Debug)]
struct Open {
    node: usize,
    children: usize,
    last_end: u32,
}

/// Approximate number of bytes per value; few manifests have less.
const BYTES_PER_VALUE: usize = 16;

impl<'s> Tape<'s> {
    /// Reserves memory for a text of this many bytes; very long texts mostly have long values.
    pub(in crate::document) fn for_text_of(bytes: usize) -> Self {
        let values = (bytes / BYTES_PER_VALUE).clamp(8, 256);
        Self { nodes: Vec::with_capacity(values), ..Self::default() }
    }

    /// Adds a scalar, an alias, or an open collection; returns its index.
    pub(in crate::document) fn push(&mut self, value: Value<'s>, start: u32, end: u32) -> usize {
        let at = self.nodes.len();
        let collection = matches!(value, Value::Sequence | Value::Mapping);
        if let Some(parent) = self.open.last_mut() {
            let mapping = matches!(self.nodes[parent.node].value, Value::Mapping);
            if collection && mapping && parent.children % 2 == 0 {
                self.complex_key.get_or_insert(at);
            }
            parent.children += 1;
            parent.last_end = end;
        }
        if matches!(value, Value::Mapping) {
            self.mappings.push(at);
        }
        self.nodes.push(Node { start, end, next: at as u32 + 1, value });
        if collection {
            self.open.push(Open { node: at, children: 0, last_end: end });
        }
        at
    }

    /// Closes the innermost open collection, at a byte or with its last child.
    pub(in crate::document) fn close(&mut self, end: Option<u32>) {
        let Some(open) = self.open.pop() else { return };
        let end = end.unwrap_or(open.last_end);
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[open.node];
        node.next = next;
        node.end = end;
        if let Some(parent) = self.open.last_mut() {
            parent.last_end = end;
        }
    }

    /// The first collection that is the key of a mapping.
    pub(in crate::document) fn complex_key(&self) -> Option<&Node<'s>> {
        self.nodes.get(self.complex_key?)
    }
}

//! The nodes of a document while it is being read, whoever reads it.

use super::tree::{Node, Value};

/// Nodes in reading order; collections are pushed, then their children, then closed.
#[derive(Debug, Default)]
pub(super) struct Tape<'s> {
    pub(super) nodes: Vec<Node<'s>>,
    /// The mappings among them, in reading order.
    pub(super) mappings: Vec<usize>,
    open: Vec<Open>,
    complex_key: Option<usize>,
}

/// A collection whose end has not come yet.
#[derive(Debug)]
struct Open {
    node: usize,
    children: usize,
    last_end: u32,
}

impl<'s> Tape<'s> {
    /// Adds a scalar, an alias, or a collection that stays open; returns its index.
    pub(super) fn push(&mut self, value: Value<'s>, start: u32, end: u32) -> usize {
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

    /// Ends the innermost open collection: at a byte, or with its last child.
    pub(super) fn close(&mut self, end: Option<u32>) {
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
    pub(super) fn complex_key(&self) -> Option<&Node<'s>> {
        self.nodes.get(self.complex_key?)
    }
}

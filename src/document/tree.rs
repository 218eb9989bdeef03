//! A parsed document as a flat list of nodes in reading order.

use std::cell::Cell;

use crate::source::{SourceId, Span};

use super::duplicates::{DuplicateKey, duplicates};
use super::tape::{Node, Tape, Value};

/// Maximum number of values read through aliases and merge keys in a document.
pub(super) const MAX_ALIAS_STEPS: u32 = 1_000_000;

/// A parsed document; its values are accessed through [`Tree::root`].
#[derive(Debug, PartialEq)]
pub struct Tree<'s> {
    pub(super) source: SourceId,
    pub(super) nodes: Vec<Node<'s>>,
    /// Keys that repeat an earlier one of the same mapping.
    pub duplicates: Vec<DuplicateKey>,
    /// Comments for mtlsctl.
    pub comments: Vec<Comment>,
    pub(super) alias_steps: Cell<u32>,
}

/// A comment: the text after its `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its text.
    pub text: String,
    /// Its place, including the `#`.
    pub span: Span,
}

impl<'s> Tree<'s> {
    pub(super) fn of(source: SourceId, tape: Tape<'s>, comments: Vec<Comment>) -> Self {
        let duplicates = duplicates(source, &tape);
        Self { source, nodes: tape.nodes, duplicates, comments, alias_steps: Cell::new(0) }
    }

    /// Maximum number of values read through aliases and merge keys in a document.
    pub fn alias_limit() -> u32 {
        MAX_ALIAS_STEPS
    }

    /// Whether aliases and merge keys exceeded the limit, so that values may be missing.
    pub fn is_exhausted(&self) -> bool {
        self.alias_steps.get() >= MAX_ALIAS_STEPS
    }

    pub(super) fn span(&self, node: u32) -> Span {
        let node = &self.nodes[node as usize];
        Span::new(self.source, node.start, node.end)
    }

    /// Resolves an alias to its node; beyond the limit it is treated as empty.
    pub(super) fn follow(&self, node: u32) -> u32 {
        match self.nodes[node as usize].value {
            Value::Alias(target) if !self.is_exhausted() => {
                self.step(self.nodes[target as usize].next.saturating_sub(target));
                target
            }
            _ => node,
        }
    }

    /// Counts values read through an alias or a merge key.
    pub(super) fn step(&self, values: u32) {
        self.alias_steps.set(self.alias_steps.get().saturating_add(values.max(1)));
    }

    /// Exhausts the limit, so that the document counts as incomplete.
    pub(super) fn exhaust(&self) {
        self.alias_steps.set(MAX_ALIAS_STEPS);
    }
}

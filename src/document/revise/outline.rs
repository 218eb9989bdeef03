//! A document's contents without formatting: what a revision must not change unintentionally.

use std::collections::{BTreeMap, BTreeSet};

use super::super::change::NewValue;
use super::super::scalar::{Scalar, resolve};
use super::super::tape::{Style, Value};
use super::super::tree::Tree;

/// A document's contents in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Scalar(String),
    /// With the position of its target.
    Alias(usize),
    Sequence,
    Mapping,
    End,
}

/// The intended differences.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Nodes that are replaced, with everything below them.
    pub(super) replaced: BTreeMap<u32, Vec<Part>>,
    /// Keys that are removed with their values.
    pub(super) removed: BTreeSet<u32>,
    /// Keys after which entries are added.
    pub(super) followed: BTreeMap<u32, Vec<Part>>,
}

impl Plan {
    /// Adds another plan for other nodes.
    pub(super) fn extend(&mut self, other: &Self) {
        let parts = |(node, parts): (&u32, &Vec<Part>)| (*node, parts.clone());
        self.replaced.extend(other.replaced.iter().map(parts));
        self.removed.extend(&other.removed);
        self.followed.extend(other.followed.iter().map(parts));
    }
}

impl From<&NewValue> for Part {
    fn from(value: &NewValue) -> Self {
        Self::of(&match value {
            NewValue::Text(text) => Scalar::Text(text.into()),
            NewValue::Bool(value) => Scalar::Bool(*value),
        })
    }
}

impl Part {
    pub(super) fn of(scalar: &Scalar<'_>) -> Self {
        Self::Scalar(format!("{scalar:?}"))
    }

    pub(super) fn text(text: &str) -> Self {
        Self::of(&Scalar::Text(text.into()))
    }
}

/// The document after a plan is carried out.
pub(super) fn outline(tree: &Tree<'_>, plan: &Plan) -> Vec<Part> {
    let mut outline = Outline { tree, plan, parts: Vec::new(), places: vec![0; tree.nodes.len()] };
    if !tree.nodes.is_empty() {
        outline.node(0);
    }
    outline.parts
}

struct Outline<'t> {
    tree: &'t Tree<'t>,
    plan: &'t Plan,
    parts: Vec<Part>,
    /// The position of the part of each node.
    places: Vec<usize>,
}

impl Outline<'_> {
    /// Recursion is limited by the parser's nesting limit.
    fn node(&mut self, at: u32) {
        self.places[at as usize] = self.parts.len();
        if let Some(parts) = self.plan.replaced.get(&at) {
            self.parts.extend(parts.iter().cloned());
            return;
        }
        let node = &self.tree.nodes[at as usize];
        match &node.value {
            Value::Scalar { text, style, tag } => {
                let scalar = resolve(text, *style == Style::Plain, tag.as_deref());
                self.parts.push(Part::of(&scalar));
            }
            Value::Alias(target) => self.parts.push(Part::Alias(self.places[*target as usize])),
            Value::Sequence => {
                self.parts.push(Part::Sequence);
                let mut item = at + 1;
                while item < node.next {
                    self.node(item);
                    item = self.tree.nodes[item as usize].next;
                }
                self.parts.push(Part::End);
            }
            Value::Mapping => {
                self.parts.push(Part::Mapping);
                let mut key = at + 1;
                while key < node.next {
                    let value = self.tree.nodes[key as usize].next;
                    if !self.plan.removed.contains(&key) {
                        self.node(key);
                        self.node(value);
                    }
                    if let Some(parts) = self.plan.followed.get(&key) {
                        self.parts.extend(parts.iter().cloned());
                    }
                    key = self.tree.nodes[value as usize].next;
                }
                self.parts.push(Part::End);
            }
        }
    }
}

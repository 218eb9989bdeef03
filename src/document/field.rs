//! A cursor over a document: fields are read by name, and every value has its place.

use std::borrow::Cow;

use smol_str::{SmolStr, SmolStrBuilder, format_smolstr};

use crate::cert::pem::{HIDDEN_KEY, holds_private_key};
use crate::source::Span;

use super::located::Located;
use super::scalar::{Scalar, resolve};
use super::tape::{Style, Value};
use super::tree::Tree;

/// A value of a document, with its path.
#[derive(Debug, Clone)]
pub struct Field<'t> {
    pub(super) tree: &'t Tree<'t>,
    /// The node as written; an alias is followed on use.
    pub(super) node: u32,
    pub(super) key: Option<u32>,
    /// The path of the parent; the own path is derived on request.
    pub(super) above: SmolStr,
    pub(super) step: Step,
}

/// The last step of a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// None: the path is that of the parent.
    None,
    /// A key.
    Key,
    /// The index in a list.
    Item(u32),
}

impl Tree<'_> {
    /// The document's value; `None` if it is empty.
    pub fn root(&self) -> Option<Field<'_>> {
        (!self.nodes.is_empty()).then(|| Field::root(self))
    }
}

impl<'t> Field<'t> {
    pub(super) fn root(tree: &'t Tree<'t>) -> Self {
        Self::of_node(tree, 0)
    }

    /// A value by its node.
    pub(super) fn of_node(tree: &'t Tree<'t>, node: u32) -> Self {
        Self { tree, node, key: None, above: SmolStr::default(), step: Step::None }
    }

    pub(super) fn value(&self) -> &'t Value<'t> {
        &self.tree.nodes[self.tree.follow(self.node) as usize].value
    }

    /// The place of the value; for an alias, that of the alias.
    pub fn span(&self) -> Span {
        self.tree.span(self.node)
    }

    /// The place of the key; the value's own place for items and roots.
    pub fn key_span(&self) -> Span {
        self.key.map_or_else(|| self.head_span(), |key| self.tree.span(key))
    }

    /// The place of a collection's first key, or of the value itself.
    fn head_span(&self) -> Span {
        let first_child = self.node as usize + 1;
        match self.tree.nodes[self.node as usize].value {
            Value::Mapping | Value::Sequence if first_child < self.next_node() as usize => {
                self.tree.span(first_child as u32)
            }
            _ => self.span(),
        }
    }

    /// The place for an error about the whole value: its key, or its start.
    pub(super) fn key_or_head_span(&self) -> Span {
        if self.is_mapping() || self.is_sequence() { self.key_span() } else { self.span() }
    }

    fn next_node(&self) -> u32 {
        self.tree.nodes[self.node as usize].next
    }

    /// The path from the root: `spec.hosts[1]`.
    pub fn path(&self) -> SmolStr {
        let key = || self.key.and_then(|key| self.tree.key_text(key)).unwrap_or_default();
        match self.step {
            Step::None => self.above.clone(),
            Step::Key if self.above.is_empty() => SmolStr::new(key()),
            Step::Key => {
                let mut path = SmolStrBuilder::new();
                path.push_str(&self.above);
                path.push('.');
                path.push_str(&key());
                path.finish()
            }
            Step::Item(index) => format_smolstr!("{}[{index}]", self.above),
        }
    }

    /// A value with the place of this field.
    pub fn located<T>(&self, value: T) -> Located<T> {
        Located::new(value, self.span(), self.key_span(), &self.path())
    }

    /// Whether the value is a mapping.
    pub fn is_mapping(&self) -> bool {
        matches!(self.value(), Value::Mapping)
    }

    /// Whether the value is a sequence.
    pub fn is_sequence(&self) -> bool {
        matches!(self.value(), Value::Sequence)
    }

    /// Whether there is a value other than null.
    pub fn is_set(&self) -> bool {
        !matches!(self.scalar(), Some(Scalar::Null))
    }

    /// The JSON type of the value, as in the API server's messages.
    pub fn type_name(&self) -> &'static str {
        match self.value() {
            Value::Mapping => "object",
            Value::Sequence => "array",
            _ => self.scalar().map_or("null", |scalar| scalar.type_name()),
        }
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(&self) -> impl Iterator<Item = Field<'t>> + use<'t> {
        let tree = self.tree;
        let node = tree.follow(self.node);
        let end = match tree.nodes[node as usize].value {
            Value::Sequence => tree.nodes[node as usize].next,
            _ => 0,
        };
        let above = self.path();
        let mut at = node + 1;
        let mut index = 0;
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let (above, step) = (above.clone(), Step::Item(index));
                let item = Field { tree, node: at, key: None, above, step };
                at = tree.nodes[at as usize].next;
                index += 1;
                item
            })
        })
    }

    /// The value of a scalar. A private key is replaced, because messages quote values.
    pub fn scalar(&self) -> Option<Scalar<'t>> {
        match self.value() {
            Value::Scalar { text, .. } if holds_private_key(text) => {
                Some(Scalar::Text(Cow::Borrowed(HIDDEN_KEY)))
            }
            Value::Scalar { text, style, tag } => {
                Some(resolve(text, *style == Style::Plain, tag.as_deref()))
            }
            _ => None,
        }
    }

    /// The scalar as written, except for private keys; `None` for collections.
    pub fn written(&self) -> Option<&'t str> {
        self.confidential().map(|text| if holds_private_key(text) { HIDDEN_KEY } else { text })
    }

    /// The scalar as written, including private keys: for values that are never shown.
    pub fn confidential(&self) -> Option<&'t str> {
        match self.value() {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of the value, including private keys: for values that are never shown. `!!binary`
    /// is decoded, as `kubectl` does before it sends an object.
    pub fn secret_text(&self) -> Option<Cow<'t, str>> {
        match self.value() {
            Value::Scalar { text, style, tag } if tag.as_deref() == Some("binary") => {
                match resolve(text, *style == Style::Plain, Some("binary")) {
                    Scalar::Text(text) => Some(text),
                    _ => None,
                }
            }
            Value::Scalar { text, .. } => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    /// The value, if it is a string (not a number or boolean that looks like one).
    pub fn text(&self) -> Option<Located<SmolStr>> {
        match self.scalar() {
            Some(Scalar::Text(text)) => Some(self.located(SmolStr::from(text))),
            _ => None,
        }
    }

    /// The value as a boolean.
    pub fn boolean(&self) -> Option<Located<bool>> {
        match self.scalar() {
            Some(Scalar::Bool(value)) => Some(self.located(value)),
            _ => None,
        }
    }

    /// The value as a whole number.
    pub fn integer(&self) -> Option<Located<i64>> {
        match self.scalar() {
            Some(Scalar::Integer(value)) => Some(self.located(value)),
            _ => None,
        }
    }

    /// The string items of a sequence.
    pub fn texts(&self) -> Vec<Located<SmolStr>> {
        let mut texts: Vec<_> = self.items().filter_map(|item| item.text()).collect();
        texts.shrink_to_fit();
        texts
    }

    pub(super) fn style(&self) -> Option<Style> {
        match self.value() {
            Value::Scalar { style, .. } => Some(*style),
            _ => None,
        }
    }

    /// The place of the scalar itself, not of an alias for it.
    pub(super) fn scalar_span(&self) -> Span {
        self.tree.span(self.tree.follow(self.node))
    }
}

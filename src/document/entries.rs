//! The keys and values of a mapping, with merge keys (`<<`) resolved.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::Span;

use super::field::{Field, Step};
use super::scalar::key;
use super::tape::{Style, Value};
use super::tree::Tree;

/// Maximum nesting of `<<`.
const MAX_MERGE_DEPTH: u32 = 16;

/// A key of a mapping with its value.
#[derive(Debug, Clone)]
pub struct Entry<'t> {
    /// The key, resolved to text.
    pub key: Cow<'t, str>,
    /// Its value.
    pub value: Field<'t>,
}

/// Larger mappings are searched through a map.
const FEW_ENTRIES: usize = 16;

/// Entries in the order of the first occurrence of their keys.
#[derive(Default)]
struct Entries<'t> {
    list: Vec<Entry<'t>>,
    /// The index of each key in the list; empty while there are few.
    places: HashMap<Cow<'t, str>, usize>,
}

impl<'t> Entries<'t> {
    fn position(&self, key: &str) -> Option<usize> {
        if self.list.len() <= FEW_ENTRIES {
            return self.list.iter().position(|entry| entry.key == key);
        }
        self.places.get(key).copied()
    }

    fn push(&mut self, entry: Entry<'t>) {
        self.list.push(entry);
        let uncounted = match self.list.len() {
            count if count <= FEW_ENTRIES => return,
            count if count == FEW_ENTRIES + 1 => 0,
            count => count - 1,
        };
        let keys = self.list.iter().enumerate().skip(uncounted);
        self.places.extend(keys.map(|(at, entry)| (entry.key.clone(), at)));
    }
}

impl<'t> Field<'t> {
    /// The field with this name, if the value is a mapping that has it; of several, the last.
    ///
    /// Merge keys (`<<`) are resolved: own keys win, then earlier merged mappings.
    pub fn at(&self, name: &str) -> Option<Field<'t>> {
        let (key, node) = self.find(name, 0)?;
        let above = self.path();
        Some(Field { tree: self.tree, node, key: Some(key), above, step: Step::Key })
    }

    /// The field with this name, unless it is absent or null.
    pub fn set_at(&self, name: &str) -> Option<Field<'t>> {
        self.at(name).filter(Self::is_set)
    }

    fn find(&self, name: &str, depth: u32) -> Option<(u32, u32)> {
        let mut found = None;
        let mut merges = Vec::new();
        for (key, value) in self.pairs() {
            // Most keys are plain text and do not match.
            if self.tree.ordinary_key(key).is_some_and(|text| text != name) {
                continue;
            }
            match self.tree.key_text(key) {
                Some(text) if text == name => found = Some((key, value)),
                Some(text) if text == "<<" && self.tree.is_plain(key) => merges.push(value),
                _ => {}
            }
        }
        found.or_else(|| {
            if merges.is_empty() || self.tree.is_exhausted() {
                return None;
            }
            if depth >= MAX_MERGE_DEPTH {
                self.tree.exhaust();
                return None;
            }
            let merged = merges.into_iter().flat_map(|node| self.merged(node));
            merged.into_iter().find_map(|field| field.find(name, depth + 1))
        })
    }

    /// The mappings that a `<<` refers to: one, or those of a list.
    fn merged(&self, node: u32) -> Vec<Field<'t>> {
        self.tree.step(1);
        let above = self.path();
        let field = Field { tree: self.tree, node, key: None, above, step: Step::None };
        match field.value() {
            Value::Mapping => vec![field],
            Value::Sequence => field.items().filter(Field::is_mapping).collect(),
            _ => Vec::new(),
        }
    }

    /// The raw key and value nodes of a mapping, in order.
    fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + use<'t> {
        let tree = self.tree;
        let node = tree.follow(self.node);
        let end = match tree.nodes[node as usize].value {
            Value::Mapping => tree.nodes[node as usize].next,
            _ => 0,
        };
        let mut at = node + 1;
        std::iter::from_fn(move || {
            if at >= end {
                return None;
            }
            let key = at;
            let value = tree.nodes[key as usize].next;
            at = tree.nodes.get(value as usize).map_or(end, |node| node.next);
            (value < end).then_some((key, value))
        })
    }

    /// The first key that is not a scalar, and so has no name.
    pub(super) fn nameless_key(&self) -> Option<Span> {
        let mut keys = self.pairs().map(|(key, _)| key);
        keys.find(|&key| self.tree.key_text(key).is_none()).map(|key| self.tree.span(key))
    }

    /// The entries of a mapping with merge keys resolved; empty for anything else.
    pub fn entries(&self) -> Vec<Entry<'t>> {
        let mut entries = Entries::default();
        self.collect_entries(&mut entries, 0);
        entries.list
    }

    fn collect_entries(&self, entries: &mut Entries<'t>, depth: u32) {
        let before = entries.list.len();
        let mut merges = Vec::new();
        let above = self.path();
        for (key, value) in self.pairs() {
            let Some(text) = self.tree.key_text(key) else { continue };
            if text == "<<" && self.tree.is_plain(key) {
                merges.push(value);
                continue;
            }
            let (tree, above, step) = (self.tree, above.clone(), Step::Key);
            let value = Field { tree, node: value, key: Some(key), above, step };
            // Within a mapping the last of several equal keys wins; merged ones never do.
            match entries.position(&text) {
                Some(at) if at >= before => entries.list[at].value = value,
                Some(_) => {}
                None => entries.push(Entry { key: text, value }),
            }
        }
        if merges.is_empty() || self.tree.is_exhausted() {
            return;
        }
        if depth >= MAX_MERGE_DEPTH {
            return self.tree.exhaust();
        }
        for field in merges.into_iter().flat_map(|node| self.merged(node)) {
            field.collect_entries(entries, depth + 1);
        }
    }
}

impl<'s> Tree<'s> {
    /// The text of a plain key that cannot be anything but a string: no YAML word for a boolean or
    /// null, no number and not `<<` starts with such a letter.
    fn ordinary_key(&self, node: u32) -> Option<&str> {
        match &self.nodes[node as usize].value {
            Value::Scalar { text, style: Style::Plain, tag: None } => {
                let first = *text.as_bytes().first()?;
                (first.is_ascii_lowercase() && !b"fnoty".contains(&first)).then_some(&**text)
            }
            _ => None,
        }
    }

    /// A key as text; `None` for keys that are not scalars.
    pub(super) fn key_text(&self, node: u32) -> Option<Cow<'_, str>> {
        if let Some(text) = self.ordinary_key(node) {
            return Some(Cow::Borrowed(text));
        }
        match &self.nodes[self.follow(node) as usize].value {
            Value::Scalar { text, style, tag } => {
                Some(key(text, *style == Style::Plain, tag.as_deref()))
            }
            _ => None,
        }
    }

    fn is_plain(&self, node: u32) -> bool {
        matches!(&self.nodes[node as usize].value, Value::Scalar { style: Style::Plain, .. })
    }
}

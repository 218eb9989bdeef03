//! Keys that occur twice in a mapping.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::source::{SourceId, Span};

use super::scalar::key;
use super::tape::{Style, Tape, Value};

/// Mappings with at most this many keys are compared key by key, larger ones through a set.
const FEW_KEYS: usize = 12;

/// A key that occurs twice in a mapping; `kubectl` uses the later value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key, resolved (`y` and `true` are the same key).
    pub key: String,
    /// Its first occurrence.
    pub first: Span,
    /// Its second occurrence.
    pub second: Span,
}

/// All keys of a document that repeat an earlier one of their mapping.
pub(super) fn duplicates(source: SourceId, tape: &Tape<'_>) -> Vec<DuplicateKey> {
    let mut found = Vec::new();
    let mut few = Vec::with_capacity(FEW_KEYS);
    for &mapping in &tape.mappings {
        let count = keys(tape, mapping).take(FEW_KEYS + 1).count();
        if count < 2 {
            continue;
        }
        few.clear();
        let mut many = HashMap::new();
        for at in keys(tape, mapping) {
            let node = &tape.nodes[at];
            let Value::Scalar { text, style, tag } = &node.value else { continue };
            let key = key(text, *style == Style::Plain, tag.as_deref());
            if key == "<<" && *style == Style::Plain {
                continue;
            }
            let span = Span::new(source, node.start, node.end);
            let first = if count <= FEW_KEYS {
                let first = few.iter().find(|(seen, _)| *seen == key).map(|(_, first)| *first);
                if first.is_none() {
                    few.push((key.clone(), span));
                }
                first
            } else {
                match many.entry(key.clone()) {
                    Entry::Occupied(first) => Some(*first.get()),
                    Entry::Vacant(place) => {
                        place.insert(span);
                        None
                    }
                }
            };
            if let Some(first) = first {
                found.push(DuplicateKey { key: key.into_owned(), first, second: span });
            }
        }
    }
    found
}

fn keys(tape: &Tape<'_>, mapping: usize) -> impl Iterator<Item = usize> {
    let end = tape.nodes[mapping].next;
    let mut at = mapping as u32 + 1;
    std::iter::from_fn(move || {
        let key = at;
        (key < end).then(|| {
            let value = tape.nodes[key as usize].next;
            at = tape.nodes.get(value as usize).map_or(end, |node| node.next);
            key as usize
        })
    })
}

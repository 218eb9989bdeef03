//! Keys that stand twice in one mapping.

use std::collections::HashMap;

use crate::source::{SourceId, Span};

use super::scalar::resolve;
use super::tape::Tape;
use super::tree::{DuplicateKey, Style, Value};

/// Mappings up to this many keys are compared key by key, larger ones through a set.
const FEW_KEYS: usize = 12;

/// All keys of a document that repeat an earlier one of their mapping.
pub(super) fn duplicates(source: SourceId, tape: &Tape<'_>) -> Vec<DuplicateKey> {
    let mut found = Vec::new();
    for &mapping in &tape.mappings {
        let keys: Vec<usize> = keys(tape, mapping).collect();
        if keys.len() < 2 {
            continue;
        }
        let mut seen = Seen::new(keys.len());
        for at in keys {
            let node = &tape.nodes[at];
            let Value::Scalar { text, style, tag } = &node.value else { continue };
            let key = resolve(text, *style == Style::Plain, tag.as_deref()).into_key();
            if key == "<<" && *style == Style::Plain {
                continue;
            }
            let span = Span::new(source, node.start, node.end);
            if let Some(first) = seen.insert(key.clone(), span) {
                found.push(DuplicateKey { key, first, second: span });
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

/// The keys of one mapping seen so far.
enum Seen {
    Few(Vec<(String, Span)>),
    Many(HashMap<String, Span>),
}

impl Seen {
    fn new(size: usize) -> Self {
        if size <= FEW_KEYS {
            Self::Few(Vec::with_capacity(size))
        } else {
            Self::Many(HashMap::new())
        }
    }

    /// Remembers a key; returns where it stood first, if it did.
    fn insert(&mut self, key: String, span: Span) -> Option<Span> {
        match self {
            Self::Few(keys) => match keys.iter().find(|(seen, _)| *seen == key) {
                Some((_, first)) => Some(*first),
                None => {
                    keys.push((key, span));
                    None
                }
            },
            Self::Many(keys) => match keys.get(&key) {
                Some(first) => Some(*first),
                None => {
                    keys.insert(key, span);
                    None
                }
            },
        }
    }
}

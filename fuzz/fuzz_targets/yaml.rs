//! Our reader compared with libyaml: the same tree if both accept, and every place is inside the
//! text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::document::{Field, Tree, split};
use mtlsctl::source::{Source, Sources};
use mtlsctl_fuzz::second_yaml::{self, Node};
use mtlsctl_fuzz::slice;

/// Maximum number of values compared; aliases could make a short text endless.
const MOST_VALUES: usize = 4_000;

fuzz_target!(|text: &str| {
    // At the end of a text, `kubectl` gives a block scalar a line break.
    let text = format!("{text}\n");
    let mut sources = Sources::default();
    let id = sources.add("input.yaml".to_owned(), text);
    let source = sources.get(id);
    for part in split(&source.text) {
        let body = &source.text[part.start..part.end];
        let read = Tree::parse(id, part.start as u32, body);
        let (tree, after) = match &read {
            Ok(read) => read,
            Err(problem) => {
                slice(source, problem.span);
                continue;
            }
        };
        let Some(root) = tree.root() else { continue };
        // If a document is a single block scalar, a line that starts with `#` in the first column
        // is text to libyaml and a comment to our parser; no manifest is such a document.
        let is_scalar = !root.is_mapping() && !root.is_sequence();
        let is_block = is_scalar && body.contains(['|', '>']) && body.contains("\n#");
        let mut left = MOST_VALUES;
        walk(source, &root, &mut left);
        if left == 0
            || is_block
            || after.is_some()
            || !tree.duplicates.is_empty()
            || differs_by_design(body)
        {
            continue;
        }
        if let Some(other) = second_yaml::read(body) {
            compare(source, &root, &other);
        }
    }
});

/// Texts that libyaml, which supports YAML 1.1, reads differently from `kubectl` and us.
fn differs_by_design(body: &str) -> bool {
    // Merge keys; tags, whose places the tree does not keep; YAML 1.1's line breaks; a lone
    // carriage return; byte order marks.
    if has_odd_anchor(body) {
        return true;
    }
    ["<<", "!", "\u{85}", "\u{2028}", "\u{2029}", "\u{feff}"].iter().any(|c| body.contains(c))
        || body.replace("\r\n", "").contains('\r')
}

/// Whether an anchor or alias may have a name with more than letters, digits, `-` and `_`: libyaml
/// and `kubectl` end the name there (`&a:1` is the value `:1`), YAML 1.2 and our parser do not.
fn has_odd_anchor(body: &str) -> bool {
    body.match_indices(['&', '*']).any(|(at, _)| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        let after = body[at + 1..].trim_start_matches(is_name).chars().next();
        after.is_some_and(|c| !c.is_whitespace() && !",]}".contains(c))
    })
}

fn walk(source: &Source, field: &Field<'_>, left: &mut usize) {
    *left = left.saturating_sub(1);
    if *left == 0 {
        return;
    }
    slice(source, field.span());
    slice(source, field.key_span());
    for entry in field.entries() {
        walk(source, &entry.value, left);
    }
    for item in field.items() {
        walk(source, &item, left);
    }
}

fn compare(source: &Source, ours: &Field<'_>, theirs: &Node) {
    let text = &source.text;
    match theirs {
        // Private keys are not returned.
        Node::Scalar(value, _) if value.contains("PRIVATE KEY") => {}
        Node::Scalar(value, plain) => {
            assert_eq!(ours.written(), Some(value.as_str()), "{text:?}");
            let quoted = slice(source, ours.span()).starts_with(['"', '\'']);
            assert!(!(*plain && quoted) || value.is_empty(), "{value:?} in {text:?}");
        }
        Node::Sequence(items) => {
            assert!(ours.is_sequence(), "{text:?}");
            let found: Vec<Field<'_>> = ours.items().collect();
            assert_eq!(found.len(), items.len(), "{text:?}");
            for (ours, theirs) in found.iter().zip(items) {
                compare(source, ours, theirs);
            }
        }
        Node::Mapping(pairs) => {
            assert!(ours.is_mapping(), "{text:?}");
            let found = ours.entries();
            // Keys that are collections have no name, and so no entry.
            let named: Vec<_> =
                pairs.iter().filter(|(key, _)| matches!(key, Node::Scalar(..))).collect();
            assert_eq!(found.len(), named.len(), "{text:?}");
            for (entry, (key, value)) in found.iter().zip(named) {
                if let Node::Scalar(key, false) = key {
                    assert_eq!(entry.key, *key, "{text:?}");
                }
                compare(source, &entry.value, value);
            }
        }
    }
}

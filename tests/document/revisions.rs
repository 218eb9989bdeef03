//! Random edits: edited documents remain readable, and keep every field that was not to be changed.

use crate::support::rewritten;
use std::collections::{BTreeMap, BTreeSet};

use mtlsctl::diagnostic::Edit;
use mtlsctl::document::{Change, Field, Reviser, Tree, split};
use mtlsctl::source::{Source, Sources, Span};
use proptest::prelude::*;

/// A field of a document: its path, value and place.
#[derive(Debug, Clone, PartialEq)]
struct Leaf {
    path: String,
    says: String,
    key: Span,
    value: Span,
    collection: bool,
}

/// All fields of all documents; `None` if one of them cannot be read.
fn leaves(source: &Source) -> Option<Vec<Leaf>> {
    let mut leaves = Vec::new();
    for (number, slice) in split(&source.text).into_iter().enumerate() {
        let text = &source.text[slice.start..slice.end];
        let (tree, _) = Tree::parse(source.id, slice.start as u32, text).ok()?;
        if let Some(root) = tree.root() {
            visit(&root, &format!("{number}:"), &mut leaves);
        }
    }
    Some(leaves)
}

fn visit(field: &Field<'_>, path: &str, leaves: &mut Vec<Leaf>) {
    let collection = field.is_mapping() || field.is_sequence();
    let says = field.scalar().map_or(field.type_name().to_owned(), |scalar| format!("{scalar:?}"));
    let (key, value) = (field.key_span(), field.span());
    leaves.push(Leaf { path: path.to_owned(), says, key, value, collection });
    for entry in field.entries() {
        visit(&entry.value, &format!("{path}.{}", entry.key), leaves);
    }
    for (number, item) in field.items().enumerate() {
        visit(&item, &format!("{path}[{number}]"), leaves);
    }
}

/// A scalar in some style.
fn scalar() -> impl Strategy<Value = String> {
    let plain = "[a-z][a-z0-9./-]{0,8}";
    prop_oneof![
        4 => plain.prop_map(String::from),
        1 => "[a-z ':#,]{0,8}".prop_map(|text| format!("'{}'", text.replace('\'', "''"))),
        1 => "[a-zé \\\\\"]{0,8}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        1 => prop_oneof![Just("yes"), Just("1.5"), Just("012"), Just("~"), Just("true")]
            .prop_map(String::from),
    ]
}

/// The lines of a block mapping, without indentation.
fn block(depth: u32) -> BoxedStrategy<Vec<String>> {
    let comment = prop_oneof![3 => Just(""), 1 => Just(" # note"), 1 => Just("  #ä")];
    let simple = (scalar(), comment).prop_map(|(value, comment)| vec![format!("{value}{comment}")]);
    let flow = prop::collection::vec(scalar(), 0..4).prop_map(|items| {
        let entries = items.iter().enumerate().map(|(at, item)| format!("f{at}: {item}"));
        vec![format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))]
    });
    let list = prop::collection::vec(scalar(), 1..4).prop_map(|items| {
        std::iter::once(String::new()).chain(items.iter().map(|item| format!("- {item}"))).collect()
    });
    let text = prop::collection::vec("[a-z:#-]{0,6}", 1..4).prop_map(|lines| {
        let first = std::iter::once("|".to_owned());
        first.chain(lines.iter().map(|line| format!("  x{line}"))).collect()
    });
    let value = if depth == 0 {
        prop_oneof![5 => simple, 1 => flow, 1 => list, 1 => text].boxed()
    } else {
        let inner = block(depth - 1).prop_map(|lines| {
            let inner = lines.into_iter().map(|line| format!("  {line}"));
            std::iter::once(String::new()).chain(inner).collect()
        });
        prop_oneof![4 => simple, 1 => flow, 1 => list, 1 => text, 3 => inner].boxed()
    };
    prop::collection::vec(value, 1..5)
        .prop_map(|values| {
            let entry = |(at, lines): (usize, Vec<String>)| {
                let blank = if lines[0].is_empty() { "" } else { " " };
                let first = format!("k{at}:{blank}{}", lines[0]);
                std::iter::once(first).chain(lines.into_iter().skip(1)).collect::<Vec<_>>()
            };
            values.into_iter().enumerate().flat_map(entry).collect()
        })
        .boxed()
}

/// A stream of documents in one of the forms of manifests.
fn manifest() -> impl Strategy<Value = String> {
    let form = (any::<bool>(), any::<bool>(), 0..4_u8);
    (prop::collection::vec(block(2), 1..3), form).prop_map(|(documents, (crlf, ended, form))| {
        let documents: Vec<String> = documents.iter().map(|lines| lines.join("\n")).collect();
        let mut text = documents.join("\n---\n");
        if ended {
            text.push('\n');
        }
        if form == 1
            && let Some(flow) = rewritten::in_flow(&text, true)
        {
            text = flow;
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// The change to request for a field, by number.
fn ask(leaf: &Leaf, what: u8) -> Change {
    match what % 7 {
        0 => Change::set(leaf.value, "new: \"value\""),
        1 => Change::set_bool(leaf.value, false),
        2 => Change::Remove { key: leaf.key },
        3 => Change::add(leaf.key, "added", "value"),
        4 => Change::Rename { key: leaf.key, name: "renamed".to_owned() },
        5 => Change::WrapInList { at: leaf.value },
        _ => Change::Join { key: leaf.key },
    }
}

/// Whether the field at a path is at or below another one.
fn is_below(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn apply(text: &str, edits: &BTreeSet<Edit>) -> String {
    let mut revised = text.to_owned();
    for edit in edits.iter().rev() {
        let range = edit.span.start as usize..edit.span.end as usize;
        revised.replace_range(range, &edit.replacement);
    }
    revised
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_edits_keep_the_document_readable_and_all_other_fields(
        text in manifest(),
        wishes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml".to_owned(), text.clone());
        let source = sources.get(id);
        let Some(before) = leaves(source) else { return Ok(()) };
        let reviser = Reviser::new(source);
        let mut edits: BTreeSet<Edit> = BTreeSet::new();
        let mut touched = Vec::new();
        for (index, what) in wishes {
            let leaf = index.get(&before);
            let Some(revision) = reviser.revise(&[vec![ask(leaf, what)]]).remove(0) else { continue };
            let overlaps = |edit: &Edit| edits.iter().any(|other: &Edit| {
                other.span.start <= edit.span.end && edit.span.start <= other.span.end
            });
            // Adding the same name twice would be a duplicate.
            let (parent, _) = leaf.path.rsplit_once('.').unwrap_or((&leaf.path, ""));
            if revision.edits.iter().any(overlaps) || touched.iter().any(|(_, p)| p == parent) {
                continue;
            }
            edits.extend(revision.edits);
            touched.push((leaf.path.clone(), parent.to_owned()));
        }
        let revised = apply(&text, &edits);
        let mut sources = Sources::default();
        let id = sources.add("a.yaml".to_owned(), revised.clone());
        let after = leaves(sources.get(id));
        prop_assert!(after.is_some(), "cannot be read:\n{revised}");
        let after: BTreeMap<String, String> =
            after.unwrap().into_iter().map(|leaf| (leaf.path, leaf.says)).collect();
        let untouched = before.iter().filter(|leaf| {
            !touched.iter().any(|(path, _)| is_below(&leaf.path, path))
        });
        for leaf in untouched {
            prop_assert_eq!(after.get(&leaf.path), Some(&leaf.says), "{}\n{}", leaf.path, revised);
        }
        let new = after.keys().filter(|path| !before.iter().any(|leaf| leaf.path == **path));
        for path in new {
            let named = path.ends_with(".added") || path.contains(".renamed");
            let below = touched.iter().any(|(touched, _)| is_below(path, touched));
            prop_assert!(named || below, "{}\n{}", path, revised);
        }
    }
}

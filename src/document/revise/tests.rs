//! Edits are exact in every style, and rejected if they would change anything else.

use super::*;
use crate::document::{Field, embedded_documents};
use crate::source::{SourceId, Sources};

/// The places of the key and value of a path; `config` leads into the documents of a scalar.
fn place(source: &Source, path: &[&str]) -> (Span, Span) {
    fn walk(field: &Field<'_>, path: &[&str]) -> Option<(Span, Span)> {
        let found = path.iter().try_fold(field.clone(), |field, name| field.at(name))?;
        Some((found.key_span(), found.span()))
    }
    for slice in split(&source.text) {
        let text = &source.text[slice.start..slice.end];
        let (tree, _) = Tree::parse(source.id, slice.start as u32, text).unwrap();
        let root = tree.root().unwrap();
        if path[0] != "config" {
            if let Some(found) = walk(&root, path) {
                return found;
            }
            continue;
        }
        let mut found = None;
        embedded_documents(source, &root.at("config").unwrap(), |document| {
            let tree = document.unwrap().0;
            found = found.or_else(|| walk(&tree.root()?, &path[1..]));
        });
        return found.unwrap();
    }
    panic!("no {path:?}")
}

/// The text after changes made from the places of a path's key and value.
fn revised(text: &str, path: &[&str], make: impl Fn(Span, Span) -> Change) -> Option<String> {
    let mut sources = Sources::default();
    let id = sources.add("a.yaml".into(), text.into());
    let source = sources.get(id);
    let (key, value) = place(source, path);
    let revision = Reviser::new(source).revise(&[vec![make(key, value)]]).remove(0)?;
    let edits: Vec<TextEdit> = revision
        .edits
        .iter()
        .map(|edit| TextEdit {
            range: edit.span.start as usize..edit.span.end as usize,
            text: edit.replacement.clone(),
        })
        .collect();
    Some(apply(text, &edits))
}

fn set(text: &str, path: &[&str], new: &str) -> Option<String> {
    revised(text, path, |_, at| Change::set(at, new))
}

fn add(text: &str, path: &[&str]) -> Option<String> {
    revised(text, path, |key, _| Change::add_bool(key, "new", false))
}

fn remove(text: &str, path: &[&str]) -> Option<String> {
    revised(text, path, |key, _| Change::Remove { key })
}

/// Checks both line endings.
fn both(before: &str, after: &str, change: impl Fn(&str) -> Option<String>) {
    assert_eq!(change(before).as_deref(), Some(after));
    let crlf = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(change(&crlf(before)), Some(crlf(after)), "with CRLF");
}

#[test]
fn values_keep_their_quotes_and_comments() {
    both("a: old # why\n", "a: new # why\n", |text| set(text, &["a"], "new"));
    both("a: 'old'\n", "a: 'it''s'\n", |text| set(text, &["a"], "it's"));
    both("{\"a\": \"old\"}\n", "{\"a\": \"new\"}\n", |text| set(text, &["a"], "new"));
    both("a: old\n", "a: \"yes\"\n", |text| set(text, &["a"], "yes"));
    both("a: yes\n", "a: false\n", |t| revised(t, &["a"], |_, at| Change::set_bool(at, false)));
    both("x: {a: old}\n", "x: {a: \"h:1\"}\n", |text| set(text, &["x", "a"], "h:1"));
    assert_eq!(set("a: |\n  old\n", &["a"], "new"), None);
}

#[test]
fn values_shared_by_aliases_are_not_changed() {
    assert_eq!(set("b: &x {a: old}\nc: *x\n", &["b", "a"], "new"), None);
    assert_eq!(set("a: &x old\nb: *x\n", &["a"], "new"), None);
    assert_eq!(set("b: &x {a: old}\nc:\n  <<: *x\n", &["c", "a"], "new"), None);
    assert_eq!(add("b: &x\n  a: 1\nc: *x\n", &["b", "a"]), None);
    assert_eq!(set("a: &x old\n", &["a"], "new").unwrap(), "a: &x new\n");
    // The alias itself is at one place only.
    both("a: &x old\nb: *x\n", "a: &x old\nb: new\n", |text| set(text, &["b"], "new"));
    both(
        "b: &x\n  z: 1\nc:\n  <<: *x\n  a: 1\n",
        "b: &x\n  z: 1\nc:\n  <<: *x\n  a: 1\n  new: false\n",
        |t| add(t, &["c", "a"]),
    );
}

#[test]
fn entries_are_added_in_the_style_of_their_mapping() {
    both("s:\n  a: x # why\n  b: y\n", "s:\n  a: x # why\n  new: false\n  b: y\n", |t| {
        add(t, &["s", "a"])
    });
    both("s:\n- a: x\n  b: y\n", "s:\n- a: x\n  b: y\n  new: false\n", |text| {
        let mut sources = Sources::default();
        let id = sources.add("a".into(), text.into());
        let (tree, _) = Tree::parse(id, 0, text).unwrap();
        let item = tree.root().unwrap().at("s").unwrap().items().next().unwrap();
        let key = item.at("b").unwrap().key_span();
        let change = Change::add_bool(key, "new", false);
        let edit = Reviser::new(sources.get(id)).revise(&[vec![change]]).remove(0)?.edits.remove(0);
        let mut text = text.to_owned();
        text.insert_str(edit.span.start as usize, &edit.replacement);
        Some(text)
    });
    both("s:\n  a: x", "s:\n  a: x\n  new: false", |t| add(t, &["s", "a"]));
    both("s: {a: x, b: y}\n", "s: {a: x, new: false, b: y}\n", |t| add(t, &["s", "a"]));
    both("{\"a\":\"x\"}", "{\"a\":\"x\",\"new\":false}", |t| add(t, &["a"]));
    let json = "{\n  \"a\": \"x\",\n  \"b\": 1\n}\n";
    both(json, "{\n  \"a\": \"x\",\n  \"new\": false,\n  \"b\": 1\n}\n", |t| add(t, &["a"]));
    assert_eq!(add("s:\n  a: x\n  new: true\n", &["s", "a"]), None);
}

#[test]
fn entries_are_removed_with_their_lines() {
    both("s:\n  a: x\n  b: y\n", "s:\n  b: y\n", |t| remove(t, &["s", "a"]));
    both("s:\n  a: x\n  b: y", "s:\n  a: x", |t| remove(t, &["s", "b"]));
    both("s:\n  a:\n  - 1\n  - 2\n  b: y\n", "s:\n  b: y\n", |t| remove(t, &["s", "a"]));
    both("s: {a: x, b: y}\n", "s: {b: y}\n", |t| remove(t, &["s", "a"]));
    both("s: {a: x, b: y}\n", "s: {a: x}\n", |t| remove(t, &["s", "b"]));
    assert_eq!(remove("s:\n  a: x\n", &["s", "a"]), None);
    let mut sources = Sources::default();
    let id = sources.add("a".into(), "a: 1 # why\nb: 2\n".into());
    let key = Span::new(SourceId(0), 0, 1);
    let revision =
        Reviser::new(sources.get(id)).revise(&[vec![Change::Remove { key }]]).remove(0).unwrap();
    assert!(revision.loses_comment);
}

#[test]
fn lists_and_texts_are_converted_to_each_other() {
    let commas = |text: &str| revised(text, &["a"], |key, _| Change::Join { key });
    both("a:\n- x\n- y/1 # why\n", "a: x,y/1 # why\n", commas);
    both("a: [x, 'y'] # why\n", "a: x,y # why\n", commas);
    assert_eq!(commas("a: [x, y]\n"), None, "`y` is a boolean");
    both("{\"a\": [\"x\",\n \"y\"]}", "{\"a\": \"x,y\"}", commas);
    assert_eq!(commas("a: [x, {y: 1}]\n"), None);
    let wrap = |text: &str| revised(text, &["a"], |_, at| Change::WrapInList { at });
    both("a: x # why\n", "a: [x] # why\n", wrap);
    both("a: x,y\n", "a: [\"x,y\"]\n", wrap);
    both("a: 'x'\n", "a: ['x']\n", wrap);
}

#[test]
fn a_scheme_is_written_once() {
    let https = |text: &str| {
        let scheme = || ("service".to_owned(), "https".to_owned());
        revised(text, &["tls"], |beside, _| {
            let (name, scheme) = scheme();
            Change::Scheme { beside, name, scheme }
        })
    };
    both("tls: x\nservice: 'a:1'\n", "tls: x\nservice: 'https://a:1'\n", https);
    both("tls: x\nservice: http://a\n", "tls: x\nservice: https://a\n", https);
    assert_eq!(https("tls: x\nservice: tcp://a\n"), None);
}

#[test]
fn documents_inside_a_text_are_changed_in_its_style() {
    let path = &["config", "a"];
    let literal = "config: |\n\n  ---\n  z: 1\n  ---\n  a: old # ä\n  b: {c: 1}\nz: 1\n";
    both(literal, &literal.replace("old", "new"), |text| set(text, path, "new"));
    both(literal, &literal.replace("# ä", "# ä\n  new: false"), |t| add(t, path));
    both(literal, &literal.replace("  a: old # ä\n", ""), |t| remove(t, path));
    let last = "config: |\n  b: 1\n  a: old\nz: 1\n";
    both(last, &last.replace("  a: old\n", ""), |t| remove(t, path));
    both(last, &last.replace("old", "old\n  new: false"), |t| add(t, path));
    let deeper = "x:\n- config: |\n    b: 1\n    a: old\n".replace("x:\n- ", "");
    both(&deeper, &deeper.replace("old", "old\n    new: false"), |t| add(t, path));
    let double = "config: \"---\\nb: \\\"1\\\"\\na: \\\"old\\\"\\n\"\n";
    both(double, &double.replace("old", "n\\\\\\\"w"), |t| set(t, path, "n\"w"));
    both(double, &double.replace("old\\\"", "old\\\"\\nnew: false"), |t| add(t, path));
    both(double, &double.replace("a: \\\"old\\\"\\n", ""), |t| remove(t, path));
    both("config: 'a: old'\n", "config: 'a: \"it''s a\"'\n", |t| set(t, path, "it's a"));
    assert_eq!(add("config: 'a: old'\n", path), None);
    both("config: >\n  a: old\n", "config: >\n  a: new\n", |t| set(t, path, "new"));
    assert_eq!(set("config: &x 'a: old'\nd: *x\n", path, "new"), None);
}

#[test]
fn keys_are_renamed_unless_the_name_is_taken() {
    let rename = |text: &str| {
        revised(text, &["s", "aB"], |key, _| Change::Rename { key, name: "a_b".into() })
    };
    both("s: # why\n  aB: 1\n", "s: # why\n  a_b: 1\n", rename);
    both("{\"s\":{\"aB\":1}}", "{\"s\":{\"a_b\":1}}", rename);
    assert_eq!(rename("s:\n  aB: 1\n  a_b: 2\n"), None);
}

#[test]
fn many_changes_of_a_large_document_are_made_together() {
    let text: String = (0..4_000).map(|at| format!("- a: old # {at}\n")).collect();
    let mut sources = Sources::default();
    let id = sources.add("a.yaml".into(), text.clone());
    let places = text.match_indices("old").map(|(at, _)| at as u32);
    let mut all: Vec<Vec<Change>> =
        places.map(|at| vec![Change::set(Span::new(id, at, at + 3), "new")]).collect();
    // One that overlaps another, one without a place, and one of two that fails.
    all.push(all[7].clone());
    all.push(vec![Change::set(Span::new(id, 0, 1), "new")]);
    all.push(vec![
        all[8][0].clone(),
        Change::Rename { key: Span::new(id, 0, 1), name: "b".into() },
    ]);
    let revisions = Reviser::new(sources.get(id)).revise(&all);
    assert!(revisions[..4_001].iter().all(Option::is_some));
    assert_eq!(revisions[7], revisions[4_000]);
    assert_eq!((&revisions[4_001], &revisions[4_002]), (&None, &None));
}

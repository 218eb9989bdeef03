//! Every place quotes its value: in files, in annotations, with any line break and byte order mark.

use crate::support::manifests;
use std::fs;

use mtlsctl::document::{Field, Tree, embedded_documents, split};
use mtlsctl::lint::lint;
use mtlsctl::resource::relevance;
use mtlsctl::source::{Source, Sources};
use mtlsctl::world::{Settings, World};

/// Checks a value and everything below it; returns the number of scalars compared.
fn quoted(source: &Source, field: &Field<'_>) -> usize {
    let slice = |span: mtlsctl::source::Span| &source.text[span.start as usize..span.end as usize];
    let mut count = 0;
    for entry in field.entries() {
        let key = slice(entry.value.key_span()).trim_matches(['"', '\'']);
        assert_eq!(key, entry.key, "a key in {}", source.name);
        count += 1 + quoted(source, &entry.value);
    }
    for item in field.items() {
        count += quoted(source, &item);
    }
    if let Some(written) = field.written()
        && !written.contains(['\n', '\\', '\''])
        && !slice(field.span()).contains(['\n', '\\'])
    {
        let text = slice(field.span());
        let bare = match text.chars().next() {
            Some('"' | '\'') => &text[1..text.len() - 1],
            _ => text,
        };
        assert_eq!(bare, written, "a value in {}", source.name);
        count += 1;
    }
    count
}

fn check(name: &str, text: String) -> usize {
    let mut sources = Sources::default();
    let id = sources.add(name.to_owned(), text);
    let source = sources.get(id);
    let mut count = 0;
    for slice in split(&source.text) {
        let body = &source.text[slice.start..slice.end];
        let Ok((tree, _)) = Tree::parse(id, slice.start as u32, body) else { continue };
        let Some(root) = tree.root() else { continue };
        count += quoted(source, &root);
        let annotation = root
            .at("metadata")
            .and_then(|metadata| metadata.at("annotations")?.at("getambassador.io/config"));
        if let Some(annotation) = annotation {
            embedded_documents(source, &annotation, |document| {
                if let Ok((tree, _)) = document
                    && let Some(root) = tree.root()
                {
                    count += quoted(source, &root);
                }
            });
        }
    }
    count
}

#[test]
fn every_place_quotes_its_key_or_value() {
    let mut count = 0;
    for path in manifests::below(&[""]) {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        count += check(&name, text.clone());
        let lines = text.replace("\r\n", "\n");
        check(&format!("{name} with CRLF"), lines.replace('\n', "\r\n"));
        check(&format!("{name} with a mark"), format!("\u{feff}# grüße\n{text}"));
    }
    assert!(count > 2_000, "only {count} places compared");
}

#[test]
fn findings_are_inside_their_files_and_do_not_depend_on_the_order_of_files() {
    for path in manifests::below(&[""]) {
        let text = fs::read_to_string(&path).unwrap();
        let read = |texts: &[&str]| {
            let mut sources = Sources::default();
            for (index, text) in texts.iter().enumerate() {
                sources.add(format!("{index}.yaml"), (*text).to_owned());
            }
            World::read(sources, Settings::default(), &relevance())
        };
        let world = read(&[&text]);
        let findings = lint(&world);
        for found in &findings {
            for label in std::iter::once(&found.primary).chain(&found.related) {
                let length = world.sources.get(label.span.source).text.len();
                assert!(label.span.end as usize <= length, "{}: {found:?}", path.display());
            }
        }
        // An empty file before or after changes nothing except that it is there.
        let messages = |world: &World| {
            let mut messages: Vec<(&str, String)> = lint(world)
                .into_iter()
                .filter(|found| !found.message.contains("files given"))
                .map(|found| (found.rule, found.message))
                .collect();
            messages.sort();
            messages
        };
        let before = read(&["# nothing\n", &text]);
        let behind = read(&[&text, "# nothing\n"]);
        assert_eq!(messages(&before), messages(&behind), "{}", path.display());
    }
}

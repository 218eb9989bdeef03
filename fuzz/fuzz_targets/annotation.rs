//! Documents in an annotation: the same in every scalar style, with places that quote their values.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::document::{Field, Tree, embedded_documents};
use mtlsctl::source::{Source, Sources};
use mtlsctl_fuzz::slice;

const MOST_VALUES: usize = 2_000;

fuzz_target!(|text: &str| {
    // Text that a block scalar cannot contain unchanged.
    let allowed =
        |c: char| c == '\n' || (c >= ' ' && c != '\u{7f}' && !('\u{80}'..'\u{a0}').contains(&c));
    if text.is_empty()
        || !text.chars().all(|c| allowed(c) && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
        || text.starts_with([' ', '\n'])
    {
        return;
    }
    let text = format!("{}\n", text.trim_end_matches('\n'));
    let block: String = text
        .split_inclusive('\n')
        .map(|line| if line == "\n" { line.to_owned() } else { format!("    {line}") })
        .collect();
    let mut escaped = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '"' | '\\' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped.push('"');
    let in_block = read(&format!("a: |\n{block}"));
    let in_quotes = read(&format!("a: {escaped}\n"));
    assert_eq!(in_block, in_quotes, "{text:?}");
});

/// The contents of every document in the annotation; `None` for a scalar that is not an annotation.
fn read(text: &str) -> Option<Vec<String>> {
    let mut sources = Sources::default();
    let id = sources.add("input.yaml".to_owned(), text.to_owned());
    let source = sources.get(id);
    let (tree, _) = Tree::parse(id, 0, &source.text).ok()?;
    let field = tree.root()?.at("a")?;
    let mut said = Vec::new();
    embedded_documents(source, &field, |document| match document {
        Ok((tree, _)) => {
            let Some(root) = tree.root() else { return };
            let mut words = String::new();
            let mut left = MOST_VALUES;
            tell(source, &root, &mut words, &mut left);
            said.push(words);
        }
        Err(problem) => {
            slice(source, problem.span);
            said.push("unreadable".to_owned());
        }
    });
    Some(said)
}

fn tell(source: &Source, field: &Field<'_>, words: &mut String, left: &mut usize) {
    *left = left.saturating_sub(1);
    if *left == 0 {
        return;
    }
    slice(source, field.span());
    slice(source, field.key_span());
    if let Some(written) = field.written() {
        words.push_str(&format!("{written:?} "));
    }
    for entry in field.entries() {
        words.push_str(&format!("{:?}: ", entry.key));
        tell(source, &entry.value, words, left);
    }
    for item in field.items() {
        words.push_str("- ");
        tell(source, &item, words, left);
    }
}

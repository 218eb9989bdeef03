//! Messages and pages avoid phrases that are common in translations and that native speakers do not use.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// Each was in use once and was replaced; a new use is most likely a slip.
const PHRASES: [&str; 20] = [
    "is mended",
    "came about",
    "comes about",
    "come about",
    "no part in it",
    "at hand",
    "spoken to",
    "hangs on it",
    "without a word",
    "by itself",
    "all the same",
    "thrown away",
    "throws away",
    "speaks for",
    "whoever",
    "somebody",
    "everybody",
    "is concerned",
    "are concerned",
    "laid over",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this extension.
fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|is| is == extension) {
            found.push(path);
        }
    }
}

/// The literals of some code, without doc comments.
fn literals(code: TokenStream, found: &mut Vec<String>) {
    for token in code {
        match token {
            TokenTree::Literal(literal) => found.push(literal.to_string()),
            TokenTree::Group(group) => {
                let first = group.stream().into_iter().next();
                let is_doc = matches!(first, Some(TokenTree::Ident(name)) if name == "doc");
                if !is_doc {
                    literals(group.stream(), found);
                }
            }
            _ => {}
        }
    }
}

/// A text on one line, as readers see it.
fn joined(text: &str) -> String {
    text.replace("\\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The phrases in a text.
fn phrases(text: &str) -> impl Iterator<Item = &'static str> {
    let text = joined(text);
    PHRASES.into_iter().filter(move |phrase| text.contains(phrase))
}

#[test]
fn no_message_has_a_phrase_of_translations() {
    let mut sources = Vec::new();
    files(&root().join("src"), "rs", &mut sources);
    let mut found = Vec::new();
    let mut seen = 0;
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        let mut texts = Vec::new();
        literals(code.parse().unwrap(), &mut texts);
        seen += texts.len();
        for text in texts {
            found.extend(phrases(&text).map(|phrase| format!("{}: {phrase}", path.display())));
        }
    }
    assert!(seen > 10_000, "{seen}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_page_has_a_phrase_of_translations() {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", "CHANGELOG.md"]
            .map(|name| root().join(name))
            .into();
    files(&root().join("docs/src"), "md", &mut pages);
    let mut found = Vec::new();
    for path in &pages {
        let text = fs::read_to_string(path).unwrap();
        found.extend(phrases(&text).map(|phrase| format!("{}: {phrase}", path.display())));
    }
    assert!(pages.len() > 100 && found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_phrase_is_found_over_a_line_break() {
    assert_eq!(phrases("Came\n  about, all THE \\\n same").count(), 2);
}

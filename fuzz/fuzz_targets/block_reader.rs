//! The quick reader of block YAML returns the same tree as the full parser, or gives up.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mtlsctl::document::Tree;
use mtlsctl::source::{SourceId, Sources};

static SOURCE: LazyLock<SourceId> =
    LazyLock::new(|| Sources::default().add("fuzz.yaml".to_owned(), String::new()));

fuzz_target!(|text: &str| {
    let Some(quick) = Tree::parse_block(*SOURCE, 0, text) else { return };
    let full = Tree::parse_fully(*SOURCE, 0, text);
    let same = matches!(&full, Ok((full, None)) if *full == quick);
    assert!(same, "quick: {quick:#?}\nfull: {full:#?}");
});

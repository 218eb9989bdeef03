//! Files and folders that import each other in a circle: only the known ones.

use std::fs;
use std::path::Path;

use super::imports::{Edges, between_files, between_folders, circles};

/// A circle that remains.
pub(crate) struct Circle {
    /// Its files, relative to `src`, sorted.
    pub(crate) files: &'static [&'static str],
    /// The folders that it connects, sorted.
    folders: &'static [&'static str],
}

/// All circles; `ARCHITECTURE.md` says why each of them remains.
pub(crate) const KNOWN: &[Circle] = &[Circle {
    files: &["rule/document/ignore_invalid.rs", "rule/mod.rs"],
    folders: &["rule", "rule/document"],
}];

fn edges() -> Edges {
    between_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// The circles with the imports that cause them.
fn described(edges: &Edges) -> String {
    let mut text = String::new();
    for circle in circles(edges) {
        text.push_str(&format!("{}\n", circle.join(" ")));
        for from in &circle {
            for (to, names) in edges[from].iter().filter(|(to, _)| circle.contains(to)) {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                text.push_str(&format!("    {from} imports {} of {to}\n", names.join(", ")));
            }
        }
    }
    text
}

#[test]
fn only_known_files_import_each_other_in_circles() {
    let edges = edges();
    let known: Vec<_> = KNOWN.iter().map(|circle| circle.files.to_vec()).collect();
    assert_eq!(circles(&edges), known, "{}", described(&edges));
}

#[test]
fn only_known_folders_import_each_other_in_circles() {
    let edges = between_folders(&edges());
    let known: Vec<_> = KNOWN.iter().map(|circle| circle.folders.to_vec()).collect();
    assert_eq!(circles(&edges), known, "{}", described(&edges));
}

#[test]
fn the_architecture_names_every_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    for file in KNOWN.iter().flat_map(|circle| circle.files) {
        assert!(text.contains(file), "{file} is not in ARCHITECTURE.md");
    }
}

#[test]
fn imports_are_followed_through_nested_braces_supers_and_re_exports() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod deep; mod one; mod two; pub use one::One;"),
        ("a/one.rs", "use crate::{b::{self, Unused}, a::two::{Two, Other as _}}; pub struct One;"),
        ("a/two.rs", "pub struct Two; fn f() { let _ = vec![super::One]; }"),
        ("a/deep/mod.rs", "mod leaf;"),
        ("a/deep/leaf.rs", "use super::super::One; /* use crate::b::No; */ fn g() { \"b::No\"; }"),
        ("b.rs", "pub struct Unused; #[cfg(test)] mod tests { use crate::a::One; }"),
    ] {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let edges = between_files(folder.path());
    let targets = |file: &str| edges[file].keys().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(targets("a/one.rs"), ["a/two.rs", "b.rs"]);
    assert_eq!(targets("a/two.rs"), ["a/one.rs"]);
    assert_eq!(targets("a/deep/leaf.rs"), ["a/one.rs"]);
    assert!(targets("a/mod.rs").is_empty() && targets("b.rs").is_empty());
    assert_eq!(circles(&edges), [["a/one.rs", "a/two.rs"]]);
}

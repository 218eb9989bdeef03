//! The documentation site and the README: generated pages, commands that are run, links that work.

mod blocks;
mod commands;
mod reference;
mod rules;
mod site;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of the site.
fn sources() -> PathBuf {
    root().join("docs/src")
}

/// All files in a folder with an extension, by name.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|is| is == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The README and every page, written or generated.
fn pages() -> Vec<PathBuf> {
    let mut pages = files(&sources(), "md");
    pages.push(root().join("README.md"));
    pages
}

//! The documentation site and the README: generated pages, commands that run, links that lead somewhere.

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

/// All files below a folder whose names end so, by name.
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

/// README and every page that people write or tests generate.
fn pages() -> Vec<PathBuf> {
    let mut pages = files(&sources(), "md");
    pages.push(root().join("README.md"));
    pages
}

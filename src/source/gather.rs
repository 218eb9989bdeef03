//! Paths, folders and `-` become sources, in a stable order.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};
use rayon::prelude::*;

use super::Sources;
use super::read::{read_file, read_text};

/// What to read.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Files (read whatever they are called), folders, or `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// Globs with `.gitignore` meaning, relative to the working directory.
    pub excludes: Vec<String>,
    /// Whether `.gitignore` and its kin are honoured.
    pub honour_gitignore: bool,
}

/// Something that was asked for or found, and could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The path as it is shown.
    pub path: String,
    /// Why, as the end of a sentence.
    pub reason: String,
    /// Whether the user named it (then the call fails), or a folder held it.
    pub named: bool,
}

/// Reads everything the selection names: files in parallel, the result in path order.
///
/// # Errors
/// A sentence, when an exclude glob cannot be understood.
pub fn gather(
    selection: &Selection,
    input: &mut dyn Read,
) -> Result<(Sources, Vec<Unreadable>), String> {
    let excludes = excludes(&selection.excludes)?;
    let mut unreadable = Vec::new();
    let mut stdin = None;
    let mut files: Vec<(PathBuf, bool)> = Vec::new();
    let mut seen = BTreeSet::new();
    // Several paths may lead to one file (`a.yaml .`); the first name that leads there stays.
    let several = selection.paths.len() > 1;
    let mut is_new = |path: &Path| {
        let real = if several { path.canonicalize().ok() } else { None };
        seen.insert(real.unwrap_or_else(|| path.to_path_buf()))
    };
    for path in &selection.paths {
        if path.as_os_str() == "-" {
            if stdin.is_none() {
                stdin = Some(read_text(&mut *input));
            }
        } else if path.is_dir() {
            for found in walk(path, selection.honour_gitignore, &excludes, &mut unreadable) {
                if is_new(&found) {
                    files.push((found, false));
                }
            }
        } else if is_new(path) {
            files.push((path.clone(), true));
        }
    }
    files.sort();

    let texts: Vec<_> = files.par_iter().map(|(path, _)| read_file(path)).collect();
    let mut sources = Sources::default();
    let stdin = stdin.map(|text| ("<stdin>".to_owned(), true, text));
    let read = files.iter().zip(texts).map(|((path, named), text)| (shown(path), *named, text));
    for (path, named, text) in stdin.into_iter().chain(read) {
        match text {
            Ok(text) => {
                sources.add(path, text);
            }
            Err(reason) => unreadable.push(Unreadable { path, reason, named }),
        }
    }
    Ok((sources, unreadable))
}

/// Compiles the exclude globs; `ignore` inverts them, so a plain glob must be negated.
fn excludes(globs: &[String]) -> Result<Override, String> {
    let mut builder = OverrideBuilder::new(".");
    for glob in globs {
        let glob = glob.strip_prefix("./").unwrap_or(glob);
        builder
            .add(&format!("!{glob}"))
            .map_err(|error| format!("the exclude `{glob}` is not a glob: {error}"))?;
    }
    builder.build().map_err(|error| format!("the excludes cannot be used: {error}"))
}

/// The manifests below a folder.
fn walk(
    folder: &Path,
    honour_gitignore: bool,
    excludes: &Override,
    unreadable: &mut Vec<Unreadable>,
) -> Vec<PathBuf> {
    let walker = WalkBuilder::new(folder)
        .standard_filters(honour_gitignore)
        .hidden(true)
        // A tree that is not (yet) a repository may hold a `.gitignore` all the same.
        .require_git(false)
        .overrides(excludes.clone())
        .build();
    let mut found = Vec::new();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) if is_manifest_name(entry.path()) && entry.path().is_file() => {
                found.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => unreadable.push(Unreadable {
                path: shown(folder),
                reason: error.to_string(),
                named: false,
            }),
        }
    }
    found
}

fn is_manifest_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"))
}

/// A path as reports show it: `/` between its parts, without a leading `./`.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map(ToOwned::to_owned).unwrap_or(text)
}

//! Finds the files of paths and folders and reads them, in a stable order; `-` is standard input.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::SourceOrigin;
use super::globs::PathGlobs;
use super::path::shown;
use super::read::{read_file_into, read_text, reason};

/// Files that are never manifests although `kubectl apply -R` would read them: Git's own folder and
/// mtlsctl's configuration.
fn is_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        [".git", ".mtlsctl.yaml", ".mtlsctl.yml"].iter().any(|own| name == *own)
    })
}

/// What to read.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Files (read whatever their name), folders, or `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// Globs in `.gitignore` syntax.
    pub excludes: Vec<String>,
    /// The folder they are relative to.
    pub excludes_from: PathBuf,
    /// Whether `.gitignore` and similar files are honoured.
    pub honour_gitignore: bool,
    /// The file that standard input replaces; it is then not read from disk.
    pub stdin_name: Option<PathBuf>,
}

impl Selection {
    /// Whether standard input is one of the paths.
    fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The path as displayed.
    pub path: String,
    /// The reason, as the end of a sentence.
    pub reason: String,
    /// Whether the user named it (then the command fails) rather than a folder containing it.
    pub named: bool,
}

/// A file in a selection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundFile {
    /// Its path, as derived from the selection.
    pub path: PathBuf,
    /// Whether the user named it rather than a folder containing it.
    pub named: bool,
}

/// The files of a selection, standard input, and what cannot be listed.
#[derive(Debug, Default)]
pub struct Listing {
    /// The distinct files, in path order.
    pub files: Vec<FoundFile>,
    /// Standard input as text, if it was requested and can be read.
    pub stdin: Option<(SourceOrigin, String)>,
    /// What cannot be listed or read.
    pub unreadable: Vec<Unreadable>,
}

/// Lists everything in a selection, and reads standard input if it is part of it.
///
/// # Errors
/// A sentence, if an exclude glob is invalid.
pub fn list(selection: &Selection, input: &mut dyn Read) -> Result<Listing, String> {
    let excludes = PathGlobs::new(&selection.excludes_from, &selection.excludes)
        .map_err(|reason| format!("the exclude {reason}"))?;
    let mut listing = Listing::default();
    let mut seen = BTreeSet::new();
    // Several paths may lead to one file (`a.yaml .`); the first name is kept.
    let several = selection.paths.len() > 1;
    let mut is_new = |path: &Path| {
        !several || seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_path_buf()))
    };
    if let Some(name) = selection.stdin_name.as_deref().filter(|_| selection.reads_stdin()) {
        is_new(name);
    }
    let mut is_read = false;
    for path in &selection.paths {
        if path.as_os_str() == "-" {
            if !std::mem::replace(&mut is_read, true) {
                let origin = SourceOrigin::Stdin(selection.stdin_name.clone());
                match read_text(&mut *input) {
                    Ok(text) => listing.stdin = Some((origin, text)),
                    Err(reason) => {
                        let unread = Unreadable { path: origin.name(), reason, named: true };
                        listing.unreadable.push(unread);
                    }
                }
            }
        } else if path.is_dir() {
            let unreadable = &mut listing.unreadable;
            for found in walk(path, selection.honour_gitignore, &excludes, unreadable) {
                if is_new(&found) {
                    listing.files.push(FoundFile { path: found, named: false });
                }
            }
        } else if is_new(path) {
            listing.files.push(FoundFile { path: path.clone(), named: true });
        }
    }
    listing.files.sort();
    Ok(listing)
}

/// Reads files in parallel and calls `take` with each text, and with whether it can be read again.
/// The results are in the order of the files.
///
/// The buffers are reused, so `take` must copy what it keeps of a text.
pub fn read_each<T: Send>(
    files: &[&FoundFile],
    take: impl Fn(&FoundFile, &str, bool) -> T + Sync,
) -> Vec<Result<T, Unreadable>> {
    // Only as many buffers as are in use at the same time are allocated.
    let buffers = Mutex::new(Vec::new());
    let lock = || buffers.lock().unwrap_or_else(PoisonError::into_inner);
    let read = files.par_iter().map(|file| {
        let mut buffer = lock().pop().unwrap_or_default();
        let taken = match read_file_into(&file.path, !file.named, &mut buffer) {
            Ok((text, again)) => Ok(take(file, text, again)),
            Err(reason) => Err(Unreadable { path: shown(&file.path), reason, named: file.named }),
        };
        lock().push(buffer);
        taken
    });
    read.collect()
}

/// The manifests below a folder.
fn walk(
    folder: &Path,
    honour_gitignore: bool,
    excludes: &PathGlobs,
    unreadable: &mut Vec<Unreadable>,
) -> Vec<PathBuf> {
    let excludes = excludes.clone();
    let walker = WalkBuilder::new(folder)
        .standard_filters(honour_gitignore)
        .hidden(false)
        // A folder that is not (yet) a repository may have a `.gitignore`, too.
        .require_git(false)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !is_own(entry.path()) && !excludes.cover(entry.path(), is_folder)
        })
        .build();
    let mut found = Vec::new();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) if !is_manifest_name(entry.path()) => {}
            // The directory entry has the file type, so no `stat` is needed.
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                found.push(entry.into_path());
            }
            Ok(entry) => match entry.path().metadata() {
                Ok(metadata) if metadata.is_file() => found.push(entry.into_path()),
                // Pipes and devices are only read if they are named.
                Ok(_) => {}
                // A broken or circular link.
                Err(error) => unreadable.push(Unreadable {
                    path: shown(entry.path()),
                    reason: reason(&error),
                    named: false,
                }),
            },
            Err(error) => unreadable.push(Unreadable {
                path: shown(place(&error).unwrap_or(folder)),
                reason: match error.io_error() {
                    Some(error) => reason(error),
                    None => error.to_string(),
                },
                named: false,
            }),
        }
    }
    found
}

/// The folder that could not be listed.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place(err)
        }
        _ => None,
    }
}

/// Whether a file in a folder is read, by its extension.
pub fn is_manifest_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"))
}

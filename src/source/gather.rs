//! Paths, folders and `-` become files and their texts, in a stable order.

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

/// What no manifest is in although `kubectl apply -R` would look: Git's own folder, and the
/// configuration of mtlsctl.
fn is_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        [".git", ".mtlsctl.yaml", ".mtlsctl.yml"].iter().any(|own| name == *own)
    })
}

/// What to read.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Files (read whatever they are called), folders, or `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// Globs with `.gitignore` meaning.
    pub excludes: Vec<String>,
    /// The folder that they are relative to.
    pub excludes_from: PathBuf,
    /// Whether `.gitignore` and its kin are honoured.
    pub honour_gitignore: bool,
    /// The file that standard input stands for; it is then not read from the disk.
    pub stdin_name: Option<PathBuf>,
}

impl Selection {
    /// Whether standard input is one of the paths.
    fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
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

/// A file that a selection names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundFile {
    /// Its path, as the selection leads to it.
    pub path: PathBuf,
    /// Whether the user named it, or a folder held it.
    pub named: bool,
}

/// What a selection names: files by path, standard input, and what cannot be listed.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files, in path order; each only once, however many paths lead to it.
    pub files: Vec<FoundFile>,
    /// Standard input as text, if it was asked for and can be read.
    pub stdin: Option<(SourceOrigin, String)>,
    /// What cannot be listed or read.
    pub unreadable: Vec<Unreadable>,
}

/// Lists everything that a selection names, and reads standard input if it is among that.
///
/// # Errors
/// A sentence, when an exclude glob cannot be understood.
pub fn list(selection: &Selection, input: &mut dyn Read) -> Result<Listing, String> {
    let excludes = PathGlobs::new(&selection.excludes_from, &selection.excludes)
        .map_err(|reason| format!("the exclude {reason}"))?;
    let mut listing = Listing::default();
    let mut seen = BTreeSet::new();
    // Several paths may lead to one file (`a.yaml .`); the first name that leads there stays.
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

/// Reads files in parallel and hands each text to `take`, with whether it can be read again; the
/// results are in the order of the files.
///
/// A text lives in a buffer that serves for many files: who needs more of it than `take` makes has
/// to copy that.
pub fn read_each<T: Send>(
    files: &[&FoundFile],
    take: impl Fn(&FoundFile, &str, bool) -> T + Sync,
) -> Vec<Result<T, Unreadable>> {
    // As many buffers as are in use at one time serve for all files.
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
        // A tree that is not (yet) a repository may hold a `.gitignore` all the same.
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
            // The folder told what it is, and nothing has to be asked of the file.
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                found.push(entry.into_path());
            }
            Ok(entry) => match entry.path().metadata() {
                Ok(metadata) if metadata.is_file() => found.push(entry.into_path()),
                // Pipes and devices are read where they are named only.
                Ok(_) => {}
                // A link that leads nowhere, or in a circle.
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

/// Whether a file below a folder is read: by its ending.
pub fn is_manifest_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"))
}

//! Paths, folders and `-` become sources, in a stable order.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::globs::PathGlobs;
use super::read::{read_file, read_file_into, read_text, reason};
use super::{Extract, Keep, Sources};

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
    /// Tells texts that are no manifests, whatever they are called; asked only of files that a folder
    /// holds.
    pub passes_over: fn(&str) -> bool,
    /// The file that standard input stands for; it is then not read from the disk.
    pub stdin_name: Option<PathBuf>,
}

impl Selection {
    /// Whether standard input is one of the paths.
    fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}

/// What standard input is called that stands for no file.
pub const STDIN: &str = "<stdin>";

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

/// Reads everything the selection names: files in parallel, the result in path order. Of files,
/// `keep` says what is kept; what can be read once only is kept whole.
///
/// # Errors
/// A sentence, when an exclude glob cannot be understood.
pub fn gather(
    selection: &Selection,
    input: &mut dyn Read,
    keep: Option<&mut dyn Keep>,
) -> Result<(Sources, Vec<Unreadable>), String> {
    let excludes = PathGlobs::new(&selection.excludes_from, &selection.excludes)
        .map_err(|reason| format!("the exclude {reason}"))?;
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
    if let Some(name) = selection.stdin_name.as_deref().filter(|_| selection.reads_stdin()) {
        is_new(name);
    }
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

    // As many buffers as are in use at one time serve for all files.
    let buffers = Mutex::new(Vec::new());
    let lock = || buffers.lock().unwrap_or_else(PoisonError::into_inner);
    let extract = |keep: Option<&dyn Keep>, files: &[&(PathBuf, bool)]| -> Vec<_> {
        let read = files.par_iter().map(|file| {
            let mut buffer = lock().pop().unwrap_or_default();
            let extract = load(file, selection, &mut buffer, keep);
            lock().push(buffer);
            extract
        });
        read.collect()
    };
    let texts = extract(keep.as_deref().map(|keep| keep as _), &files.iter().collect::<Vec<_>>());
    let mut sources = Sources::default();
    let name = selection.stdin_name.as_deref().map_or_else(|| STDIN.to_owned(), shown);
    match stdin {
        Some(Ok(text)) => drop(sources.add(name, text)),
        Some(Err(reason)) => unreadable.push(Unreadable { path: name, reason, named: true }),
        None => {}
    }
    // The file behind each source; standard input has none.
    let mut behind = vec![None; sources.len()];
    for (file, text) in files.iter().zip(texts) {
        match text {
            Ok(Some(extract)) => {
                sources.add_extract(shown(&file.0), extract);
                behind.push(Some(file));
            }
            Ok(None) => {}
            Err(reason) => unreadable.push(unread(file, reason)),
        }
    }
    if let Some(keep) = keep {
        let again = keep.reconsider(sources.as_slice()).into_iter();
        let again: Vec<_> = again.filter_map(|index| Some((index, behind[index]?))).collect();
        let files: Vec<_> = again.iter().map(|(_, file)| *file).collect();
        for ((index, file), text) in again.into_iter().zip(extract(Some(keep), &files)) {
            match text {
                Ok(Some(extract)) => sources.replace(index, extract),
                // It is another file by now; the first reading stands.
                Ok(None) => {}
                Err(reason) => unreadable.push(unread(file, reason)),
            }
        }
    }
    Ok((sources, unreadable))
}

fn unread((path, named): &(PathBuf, bool), reason: String) -> Unreadable {
    Unreadable { path: shown(path), reason, named: *named }
}

/// Reads a file and keeps what is to be kept of it; nothing, if it is no manifest.
fn load(
    (path, named): &(PathBuf, bool),
    selection: &Selection,
    buffer: &mut Vec<u8>,
    keep: Option<&dyn Keep>,
) -> Result<Option<Extract>, String> {
    let whole = |text| Extract { text, ..Extract::default() };
    let is_none = |text: &str| !named && (selection.passes_over)(text);
    let Some(keep) = keep else {
        return read_file(path).map(|text| Some(text).filter(|text| !is_none(text)).map(whole));
    };
    let (text, again) = read_file_into(path, buffer)?;
    if is_none(text) {
        return Ok(None);
    }
    let extract = if again { keep.extract(&shown(path), text) } else { None };
    Ok(Some(extract.unwrap_or_else(|| whole(text.to_owned()))))
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
        .hidden(true)
        // A tree that is not (yet) a repository may hold a `.gitignore` all the same.
        .require_git(false)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !excludes.cover(entry.path(), is_folder)
        })
        .build();
    let mut found = Vec::new();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) if is_manifest_name(entry.path()) => match entry.path().metadata() {
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
            Ok(_) => {}
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

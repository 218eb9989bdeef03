//! Files that were created, changed or deleted on disk.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::{PathGlobs, absolute, is_manifest_name, list, read_file};

use super::root::{Open, Root, Texts};

/// Files that decide which files are read, and how they are checked.
const DECIDING: [&str; 4] = [".mtlsctl.yaml", ".mtlsctl.yml", ".gitignore", ".ignore"];

impl Root {
    /// Processes changed paths; `is_open` tells which are open in the editor. Returns whether
    /// anything changed.
    pub(super) fn refresh(
        &mut self,
        changed: &BTreeSet<PathBuf>,
        is_open: &dyn Fn(&Path) -> bool,
        open: &Open<'_>,
    ) -> bool {
        let own: Vec<&Path> =
            changed.iter().map(PathBuf::as_path).filter(|path| self.may_read(path)).collect();
        if own.is_empty() || self.enter().is_err() {
            return false;
        }
        let decides = |path: &&Path| DECIDING.iter().any(|name| path.ends_with(name));
        let is_baseline = |path: &&Path| {
            path.extension().is_some_and(|extension| extension == "json")
                && self.read.as_ref().is_ok_and(|texts| texts.session.policy().baseline.is_some())
        };
        if own.iter().any(decides) || own.iter().any(is_baseline) || self.read.is_err() {
            self.reopen(open);
            return true;
        }
        let Ok(texts) = &mut self.read else { return false };
        let mut is_changed = false;
        let mut has_news = false;
        for path in own.into_iter().filter(|path| !is_open(path)) {
            match (texts.id(path).is_some(), path.is_file()) {
                (true, true) => is_changed |= texts.reread(path),
                (true, false) => is_changed |= texts.remove(path),
                (false, true) => has_news |= is_manifest_name(path),
                // A folder that was created, or deleted with all its files.
                (false, false) => has_news |= path.is_dir() || path.extension().is_none(),
            }
        }
        if has_news {
            is_changed |= texts.list_again(is_open);
        }
        self.is_stale |= is_changed;
        is_changed
    }

    /// Whether a change of a path can be relevant here.
    fn may_read(&self, path: &Path) -> bool {
        let is_git = path.components().any(|part| part.as_os_str() == ".git");
        // The configuration may be above the folder.
        let above = path.parent().is_some_and(|parent| self.folder.starts_with(parent));
        !is_git && (path.starts_with(&self.folder) || above)
    }
}

impl Texts {
    /// Reads a file again; returns whether its text changed.
    pub(super) fn reread(&mut self, path: &Path) -> bool {
        match read_file(path) {
            Ok(text) if (self.reading.passes_over)(&text) => self.remove(path),
            Ok(text) => self.put(path, text),
            Err(_) => self.remove(path),
        }
    }

    /// Lists the files again; returns whether the list changed.
    pub(super) fn list_again(&mut self, is_open: &dyn Fn(&Path) -> bool) -> bool {
        let Ok(listing) = list(&self.selection, &mut io::empty()) else { return false };
        let there: BTreeSet<PathBuf> =
            listing.files.iter().map(|file| absolute(&self.folder.join(&file.path))).collect();
        let gone = self.paths().map(|(path, _)| path);
        let gone: Vec<PathBuf> = gone
            .filter(|path| !there.contains(*path) && !is_open(path))
            .map(Path::to_path_buf)
            .collect();
        let mut is_changed = false;
        for path in &gone {
            is_changed |= self.remove(path);
        }
        for path in &there {
            if self.id(path).is_none() {
                is_changed |= self.reread(path);
            }
        }
        is_changed
    }

    /// Whether a file exists that may be newer than the folder's reading.
    pub(super) fn misses(&self, path: &Path) -> bool {
        let own = |path: &Path| DECIDING.iter().any(|name| path.ends_with(name));
        self.id(path).is_none() && is_manifest_name(path) && !own(path) && path.exists()
    }

    /// Whether an editor's text belongs to the folder: its file is read, or would be once it is
    /// saved. Existing files that are not read are excluded on purpose.
    pub(super) fn takes(&self, path: &Path) -> bool {
        if self.id(path).is_some() {
            return true;
        }
        if !is_manifest_name(path) || path.exists() {
            return false;
        }
        let selection = &self.selection;
        let below = |own: &PathBuf| path.starts_with(absolute(&self.folder.join(own)));
        let excludes = PathGlobs::new(&selection.excludes_from, &selection.excludes);
        let is_excluded = excludes.is_ok_and(|globs| globs.cover(&self.named(path), false));
        selection.paths.iter().any(below) && !is_excluded
    }
}

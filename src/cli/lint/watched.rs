//! What `--watch` watches: the folders of everything a run reads, and which changes are relevant.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind};

use crate::cli::config::Settled;
use crate::source::absolute;

use super::args::LintArgs;
use super::scope::Reach;

/// What is watched: always folders, since editors replace files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Watched {
    /// Folders, and whether they are watched recursively.
    pub(super) folders: BTreeMap<PathBuf, bool>,
    /// Files that are read regardless of their extension.
    files: Vec<PathBuf>,
    /// Folders in which every file is relevant.
    whole: Vec<PathBuf>,
    /// Reports that the run itself writes.
    written: Vec<PathBuf>,
}

impl Watched {
    /// What a run reads; without settings, what its arguments give.
    pub(super) fn of(args: &LintArgs, settled: Option<&Settled<LintArgs>>) -> Self {
        let mut watched = Self::default();
        let args = settled.map_or(args, |settled| &settled.args);
        for path in args.world.paths_or_default(&Reach::of(args).paths) {
            let path = absolute(&path);
            if path.is_dir() {
                watched.folders.insert(path, true);
            } else {
                watched.add_file(path);
            }
        }
        let named = [args.world.config.file(), args.baseline.baseline.as_deref()];
        for path in named.into_iter().flatten() {
            watched.add_file(absolute(path));
        }
        // A configuration may appear or disappear, here or at its old place.
        watched.add_file(absolute(Path::new(".mtlsctl.yaml")));
        if let Some(file) = settled.and_then(|settled| settled.file.as_ref()) {
            watched.add_file(file.folder.join(".mtlsctl.yaml"));
        }
        if let Some(root) = args.world.rootfs() {
            let root = absolute(root);
            // Never watch a whole machine.
            if root.parent().is_some() {
                watched.folders.insert(root.clone(), true);
                watched.whole.push(root);
            }
        }
        let outputs = args.output.outputs.iter().filter_map(|output| output.path.as_deref());
        watched.written = outputs.map(absolute).collect();
        // One watch per folder: a non-recursive one would replace a recursive one.
        let deep = watched.folders.iter().filter(|(_, deep)| **deep).map(|(folder, _)| folder);
        let deep: Vec<PathBuf> = deep.cloned().collect();
        let is_below = |folder: &Path| deep.iter().any(|d| folder != d && folder.starts_with(d));
        watched.folders.retain(|folder, _| !is_below(folder));
        watched
    }

    fn add_file(&mut self, path: PathBuf) {
        if let Some(folder) = path.parent() {
            self.folders.entry(folder.to_path_buf()).or_insert(false);
        }
        self.files.push(path);
    }

    /// The folders that are watched.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.keys().map(PathBuf::as_path)
    }

    /// Whether a watched folder itself was created, removed or replaced.
    pub(super) fn moves_folder(&self, event: &Event) -> bool {
        let moved = matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        let known = |path: &PathBuf| self.folders.contains_key(path) || self.files.contains(path);
        moved && event.paths.iter().any(known)
    }

    /// Whether an event may change the findings.
    pub(super) fn concerns(&self, event: &Event) -> bool {
        // Events were lost, so anything may have changed.
        if event.need_rescan() {
            return true;
        }
        let (written, moved) = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => (true, false),
            EventKind::Access(_) => return false,
            EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => (true, true),
            EventKind::Create(_) => (true, true),
            EventKind::Modify(ModifyKind::Metadata(_)) => (false, false),
            _ => (true, false),
        };
        event.paths.iter().any(|path| self.concerns_path(path, written, moved))
    }

    fn concerns_path(&self, path: &Path, written: bool, moved: bool) -> bool {
        if self.is_own_report(path) {
            return false;
        }
        if self.files.iter().any(|file| file == path) {
            return true;
        }
        if self.whole.iter().any(|folder| path.starts_with(folder)) {
            return written;
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if matches!(name, ".mtlsctl.yaml" | ".mtlsctl.yml" | ".gitignore" | ".ignore") {
            return true;
        }
        let mut roots =
            self.folders.iter().filter(|(folder, deep)| **deep && path.starts_with(folder));
        let Some((root, _)) = roots.next_back() else { return false };
        let below = path.strip_prefix(root).unwrap_or(path);
        // `.git` is not read, and changes all the time.
        if below.iter().any(|part| part.to_str() == Some(".git")) {
            return false;
        }
        match path.extension().and_then(|extension| extension.to_str()) {
            // Modes are relevant, too: a file may become unreadable.
            Some("yaml" | "yml" | "json") => true,
            // A folder that appears or disappears changes its files; one that is gone cannot be
            // inspected.
            _ => moved && (path.is_dir() || !path.exists()),
        }
    }

    /// Whether a path is a report of this run, or its temporary file.
    fn is_own_report(&self, path: &Path) -> bool {
        let text = path.to_string_lossy();
        self.written.iter().any(|report| {
            let rest = text.strip_prefix(&*report.to_string_lossy());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(".partial"))
        })
    }
}

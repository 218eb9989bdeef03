//! The diagnostics last sent to the editor, per file.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use ls_types::Diagnostic as Shown;

use crate::diagnostic::Diagnostic;
use crate::lint::Judged;
use crate::source::SourceId;

use super::diagnostics::{by_source, shown};
use super::view::{View, path_in};

/// The diagnostics of all files that have any.
#[derive(Debug, Default)]
pub(super) struct Published {
    files: HashMap<PathBuf, Sheet>,
    count: u64,
}

/// The diagnostics of one file.
#[derive(Debug, Default, Clone)]
pub(super) struct Sheet {
    pub(super) diagnostics: Vec<Shown>,
    /// A unique number for this state of the file.
    pub(super) stamp: u64,
}

impl Published {
    /// Records a file's diagnostics; returns whether they changed.
    pub(super) fn put(&mut self, path: PathBuf, diagnostics: Vec<Shown>) -> bool {
        let known = self.files.get(&path);
        if known.map_or(&[][..], |sheet| &sheet.diagnostics) == diagnostics.as_slice() {
            return false;
        }
        self.count += 1;
        if diagnostics.is_empty() {
            self.files.remove(&path);
        } else {
            self.files.insert(path, Sheet { diagnostics, stamp: self.count });
        }
        true
    }

    /// A file's diagnostics.
    pub(super) fn of(&self, path: &Path) -> Sheet {
        self.files.get(path).cloned().unwrap_or_default()
    }

    /// All files with diagnostics, by path.
    pub(super) fn all(&self) -> BTreeMap<&Path, &Sheet> {
        self.files.iter().map(|(path, sheet)| (path.as_path(), sheet)).collect()
    }
}

/// The diagnostics of files whose findings may have changed.
pub(super) fn news(
    view: &View<'_>,
    before: Option<&Judged>,
    broken_before: &[SourceId],
    related: bool,
) -> BTreeMap<PathBuf, Vec<Shown>> {
    let now = by_source(&view.judged.outcome.findings);
    let then = before.map(|judged| by_source(&judged.outcome.findings)).unwrap_or_default();
    let broken = view.texts.standing.keys().chain(broken_before);
    let mut ids: Vec<SourceId> = now.keys().chain(then.keys()).chain(broken).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let none = Vec::new();
    let mut news = BTreeMap::new();
    for id in ids {
        let (new, old) = (now.get(&id).unwrap_or(&none), then.get(&id).unwrap_or(&none));
        let is_broken = view.texts.standing.contains_key(&id) || broken_before.contains(&id);
        if !is_broken && before.is_some_and(|before| new == old && are_same(view, before, id, new))
        {
            continue;
        }
        let path = view.path(id);
        // The configuration gets a new id each time it has findings.
        let path_before = before.and_then(|judged| path_in(judged, id, view.folder));
        if let Some(gone) = path_before.filter(|before| path.as_ref() != Some(before)) {
            news.entry(gone).or_default();
        }
        if let Some(path) = path {
            news.insert(path, shown(view, id, new, related));
        }
    }
    news
}

/// Whether all texts with findings are unchanged.
fn are_same(view: &View<'_>, before: &Judged, id: SourceId, found: &[&Diagnostic]) -> bool {
    let (now, then) = (&view.judged.world.sources, &before.world.sources);
    let is_same = |id: SourceId| {
        id.index() < then.ids_ever()
            && id.index() < now.ids_ever()
            && std::ptr::eq(now.get(id), then.get(id))
            && !view.texts.standing.contains_key(&id)
    };
    let places = found.iter().flat_map(|one| std::iter::once(&one.primary).chain(&one.related));
    is_same(id) && { places }.all(|label| is_same(label.span.source))
}

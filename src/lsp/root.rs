//! A workspace folder: its texts, including the editor's, and their findings.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use crate::failure::Failure;
use crate::lint::{Judged, Session, Threshold};
use crate::resource::Reading;
use crate::source::{Selection, SourceId, SourceOrigin, absolute};

use super::standing::{Standing, mended};

/// How long findings may be reused before the time of the check must be updated.
const HARDLY: time::Duration = time::Duration::MINUTE;

/// The result of opening a folder.
#[derive(Debug)]
pub struct Opened {
    /// Its complete texts, and how they are checked.
    pub session: Session,
    /// What was read.
    pub selection: Selection,
    /// How it was read.
    pub reading: Reading,
    /// The lowest severity that is shown.
    pub shows: Threshold,
    /// The clock, if findings should use the current time.
    pub clock: Option<fn() -> OffsetDateTime>,
    /// Messages about files that could not be read.
    pub unreadable: Vec<String>,
}

/// What to open, relative to the working directory, which is the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Everything that the configuration names, or else the whole folder.
    Folder,
    /// One file; editors may open files outside all folders.
    File(PathBuf),
}

/// Opens something in the working directory.
pub type Open<'o> = dyn Fn(&Place) -> Result<Opened, Failure> + 'o;

/// A folder of the workspace.
#[derive(Debug)]
pub(super) struct Root {
    /// Its path, absolute.
    pub(super) folder: PathBuf,
    /// Which part of it is read.
    pub(super) place: Place,
    /// What was read, or why it could not be.
    pub(super) read: Result<Box<Texts>, Failure>,
    /// Whether something changed since the last check.
    pub(super) is_stale: bool,
}

/// The texts of a folder.
#[derive(Debug)]
pub(super) struct Texts {
    /// The folder, absolute; the working directory, perhaps under another name.
    pub(super) folder: PathBuf,
    pub(super) session: Session,
    pub(super) selection: Selection,
    pub(super) reading: Reading,
    pub(super) unreadable: Vec<String>,
    shows: Threshold,
    clock: Option<fn() -> OffsetDateTime>,
    /// Texts by absolute file path, including removed ones.
    ids: HashMap<PathBuf, SourceId>,
    /// Files that are currently broken.
    pub(super) standing: BTreeMap<SourceId, Standing>,
    /// Those that were broken at the last update of the editor.
    pub(super) broken_before: Vec<SourceId>,
    /// The latest findings.
    pub(super) judged: Option<Judged>,
}

impl Root {
    /// Reads a folder.
    pub(super) fn open(folder: PathBuf, place: Place, open: &Open<'_>) -> Self {
        let mut root = Self { folder, place, read: Err(unread()), is_stale: true };
        root.reopen(open);
        root
    }

    /// Reads everything again, with the current configuration.
    pub(super) fn reopen(&mut self, open: &Open<'_>) {
        self.read = self.enter().and_then(|()| open(&self.place)).map(|opened| {
            let sources = opened.session.documents().sources();
            let files = sources.iter().filter_map(|source| {
                Some((absolute(&self.folder.join(source.origin.file()?)), source.id))
            });
            Box::new(Texts {
                folder: self.folder.clone(),
                ids: files.collect(),
                session: opened.session,
                selection: opened.selection,
                reading: opened.reading,
                unreadable: opened.unreadable,
                shows: opened.shows,
                clock: opened.clock,
                standing: BTreeMap::new(),
                broken_before: Vec::new(),
                judged: None,
            })
        });
        self.is_stale = true;
    }

    /// Makes the folder the working directory: file names, globs in the configuration and paths in
    /// manifests are the same as for `lint` run from there.
    pub(super) fn enter(&self) -> Result<(), Failure> {
        std::env::set_current_dir(&self.folder).map_err(|error| Failure::Unreadable {
            path: self.folder.display().to_string(),
            reason: crate::source::reason(&error),
        })
    }

    /// Whether a file belongs to it, judging by its path.
    pub(super) fn holds(&self, path: &Path) -> bool {
        match &self.place {
            Place::Folder => path.starts_with(&self.folder),
            Place::File(file) => path == self.folder.join(file),
        }
    }

    /// Whether a file's diagnostics come from here; the configuration may be above the folder.
    pub(super) fn told(&self, path: &Path) -> bool {
        let above = path.parent().is_some_and(|parent| self.folder.starts_with(parent));
        self.holds(path) || above && self.place == Place::Folder
    }

    /// Checks what changed, unless cancelled; returns the previous result for comparison.
    pub(super) fn judge(
        &mut self,
        is_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<Judged>, Dropped> {
        let entered = self.enter();
        let judgement = match (&mut self.read, entered) {
            (Err(_), _) => Ok(None),
            (Ok(_), Err(failure)) => {
                self.read = Err(failure);
                Ok(None)
            }
            (Ok(texts), Ok(())) => texts.judge(is_wanted),
        };
        self.is_stale = judgement.is_err();
        judgement
    }
}

/// A check was cancelled.
#[derive(Debug)]
pub(super) struct Dropped;

/// The state of a root before it is opened.
fn unread() -> Failure {
    Failure::Unreadable { path: String::new(), reason: "it has not been read yet".to_owned() }
}

impl Texts {
    fn judge(&mut self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Result<Option<Judged>, Dropped> {
        if let Some(clock) = self.clock {
            self.set_clock(clock());
        }
        let judged = self.session.judge_after_while(self.judged.as_ref(), is_wanted);
        let Some(mut judged) = judged else { return Err(Dropped) };
        judged.outcome.findings.retain(|found| self.shows.reaches(found.severity));
        Ok(self.judged.replace(judged))
    }

    /// Updates the time of the check, unless the last one is recent: with a new time, no results
    /// can be reused.
    fn set_clock(&mut self, now: OffsetDateTime) {
        let mut settings = self.session.settings().clone();
        if settings.now.is_none_or(|last| (now - last).abs() >= HARDLY) {
            settings.now = Some(now);
            self.session.set_settings(settings);
        }
    }

    /// The effective text of a file.
    pub(super) fn id(&self, path: &Path) -> Option<SourceId> {
        let id = *self.ids.get(path)?;
        self.session.documents().sources().counts(id).then_some(id)
    }

    /// The paths of all effective files.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&Path, SourceId)> {
        let sources = self.session.documents().sources();
        let all = self.ids.iter().map(|(path, id)| (path.as_path(), *id));
        all.filter(|(_, id)| sources.counts(*id))
    }

    /// The current text of a file, readable or not.
    pub(super) fn current(&self, id: SourceId) -> &str {
        match self.standing.get(&id) {
            Some(standing) => &standing.current,
            None => &self.session.documents().sources().get(id).text,
        }
    }

    /// Sets a file's text; returns whether it changed.
    ///
    /// An unreadable text is not used: its last readable version is used instead, document by
    /// document, until it is readable again.
    pub(super) fn put(&mut self, path: &Path, text: String) -> bool {
        let known = self.id(path);
        if known.is_some_and(|id| self.current(id) == text) {
            return false;
        }
        let sources = self.session.documents().sources();
        let origin = match self.ids.get(path) {
            Some(id) => sources.get(*id).origin.clone(),
            None => SourceOrigin::File(self.named(path)),
        };
        let good = known.and_then(|id| match self.standing.remove(&id) {
            Some(standing) => Some(standing.good),
            None if self.session.documents().breaks(id).is_empty() => {
                Some(self.session.documents().sources().get(id).text.clone())
            }
            None => None,
        });
        let id = self.session.put(origin.clone(), text);
        self.ids.insert(path.to_path_buf(), id);
        if let Some(good) = good {
            self.stand_in(id, &origin, good);
        }
        true
    }

    /// Uses a readable text in place of an unreadable one.
    fn stand_in(&mut self, id: SourceId, origin: &SourceOrigin, good: String) {
        let breaks = self.session.documents().breaks(id);
        let breaks: Vec<_> =
            breaks.iter().map(|span| span.start as usize..span.end as usize).collect();
        let Some(place) = breaks.first().cloned() else { return };
        let current = self.session.documents().sources().get(id).text.clone();
        let mut counts = good.clone();
        if let Some(mended) = mended(&current, &good, &breaks) {
            self.session.put(origin.clone(), mended.clone());
            if self.session.documents().breaks(id).is_empty() {
                counts = mended;
            }
        }
        if self.session.documents().sources().get(id).text != counts {
            self.session.put(origin.clone(), counts.clone());
        }
        // Remember the current text as the last readable one.
        self.standing.insert(id, Standing::new(current, counts.clone(), &counts, place));
    }

    /// Removes a file; returns whether it was there.
    pub(super) fn remove(&mut self, path: &Path) -> bool {
        let Some(id) = self.id(path) else { return false };
        self.standing.remove(&id);
        self.session.remove(id);
        true
    }

    /// The path of a new file, as reading the folder would give it.
    pub(super) fn named(&self, path: &Path) -> PathBuf {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        match self.selection.paths.iter().any(|path| path.as_os_str() == ".") {
            true => Path::new(".").join(below),
            false => below.to_path_buf(),
        }
    }
}

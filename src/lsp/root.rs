//! A folder of the workspace: its texts, those of the editor among them, and what is found in them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use crate::failure::Failure;
use crate::lint::{Judged, Session, Threshold};
use crate::resource::Reading;
use crate::source::{Selection, SourceId, SourceOrigin, absolute};

use super::standing::{Standing, mended};

/// For how long findings are those of one moment.
const HARDLY: time::Duration = time::Duration::MINUTE;

/// What a folder is opened as.
#[derive(Debug)]
pub struct Opened {
    /// Its texts, whole, and how they are judged.
    pub session: Session,
    /// What was read.
    pub selection: Selection,
    /// How it was read.
    pub reading: Reading,
    /// From which severity on findings are shown.
    pub shows: Threshold,
    /// The clock, where findings are to be those of the moment at which they are made.
    pub clock: Option<fn() -> OffsetDateTime>,
    /// Files that could not be read, each as a sentence.
    pub unreadable: Vec<String>,
}

/// What is opened: relative to the working directory, which is the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Everything that the configuration names, else the whole folder.
    Folder,
    /// One file; editors open files that belong to no folder.
    File(PathBuf),
}

/// Opens a place in the working directory.
pub type Open<'o> = dyn Fn(&Place) -> Result<Opened, Failure> + 'o;

/// A folder of the workspace.
#[derive(Debug)]
pub(super) struct Root {
    /// Its path, absolute.
    pub(super) folder: PathBuf,
    /// What of it is read.
    pub(super) place: Place,
    /// What was read, or why that could not be done.
    pub(super) read: Result<Box<Texts>, Failure>,
    /// Whether something changed since it was judged.
    pub(super) is_stale: bool,
}

/// The texts of a folder.
#[derive(Debug)]
pub(super) struct Texts {
    /// The folder, absolute; the working directory, though perhaps by another name.
    pub(super) folder: PathBuf,
    pub(super) session: Session,
    pub(super) selection: Selection,
    pub(super) reading: Reading,
    pub(super) unreadable: Vec<String>,
    shows: Threshold,
    clock: Option<fn() -> OffsetDateTime>,
    /// Texts by the absolute paths of their files, those that were taken out included.
    ids: HashMap<PathBuf, SourceId>,
    /// Files that are broken for now.
    pub(super) standing: BTreeMap<SourceId, Standing>,
    /// Those that were broken when the editor was told last.
    pub(super) broken_before: Vec<SourceId>,
    /// What was found last.
    pub(super) judged: Option<Judged>,
}

impl Root {
    /// Reads a folder.
    pub(super) fn open(folder: PathBuf, place: Place, open: &Open<'_>) -> Self {
        let mut root = Self { folder, place, read: Err(unread()), is_stale: true };
        root.reopen(open);
        root
    }

    /// Reads everything again, with the configuration that holds now.
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

    /// Makes the folder the working directory: the names of files, globs of the configuration and
    /// paths in manifests are those of a call of `lint` in it.
    pub(super) fn enter(&self) -> Result<(), Failure> {
        std::env::set_current_dir(&self.folder).map_err(|error| Failure::Unreadable {
            path: self.folder.display().to_string(),
            reason: crate::source::reason(&error),
        })
    }

    /// Whether a file belongs to it, as far as its path tells.
    pub(super) fn holds(&self, path: &Path) -> bool {
        match &self.place {
            Place::Folder => path.starts_with(&self.folder),
            Place::File(file) => path == self.folder.join(file),
        }
    }

    /// Whether what is said of a file is said here; the configuration may lie above the folder.
    pub(super) fn told(&self, path: &Path) -> bool {
        let above = path.parent().is_some_and(|parent| self.folder.starts_with(parent));
        self.holds(path) || above && self.place == Place::Folder
    }

    /// Judges what changed, as long as that is wanted; the judgement before it, for comparison.
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

/// A judgement was of no use any more before it was made.
#[derive(Debug)]
pub(super) struct Dropped;

/// What a root is before it is opened.
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

    /// Judges by the moment that it is, unless the last one is hardly over: at another moment, nothing
    /// of the last judgement can be taken over.
    fn set_clock(&mut self, now: OffsetDateTime) {
        let mut settings = self.session.settings().clone();
        if settings.now.is_none_or(|last| (now - last).abs() >= HARDLY) {
            settings.now = Some(now);
            self.session.set_settings(settings);
        }
    }

    /// The text of a file that counts.
    pub(super) fn id(&self, path: &Path) -> Option<SourceId> {
        let id = *self.ids.get(path)?;
        self.session.documents().sources().counts(id).then_some(id)
    }

    /// The paths of all files that count.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&Path, SourceId)> {
        let sources = self.session.documents().sources();
        let all = self.ids.iter().map(|(path, id)| (path.as_path(), *id));
        all.filter(|(_, id)| sources.counts(*id))
    }

    /// The text of a file as it is now, whether it can be read or not.
    pub(super) fn current(&self, id: SourceId) -> &str {
        match self.standing.get(&id) {
            Some(standing) => &standing.current,
            None => &self.session.documents().sources().get(id).text,
        }
    }

    /// Gives a file a text; whether that is another one than before.
    ///
    /// One that breaks off does not count: its last text that did not is taken instead, document by
    /// document, until it can be read again.
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

    /// Lets a good text count in place of one that breaks off.
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
        // What can be read is the next good text.
        self.standing.insert(id, Standing::new(current, counts.clone(), &counts, place));
    }

    /// Takes a file out; whether it was in.
    pub(super) fn remove(&mut self, path: &Path) -> bool {
        let Some(id) = self.id(path) else { return false };
        self.standing.remove(&id);
        self.session.remove(id);
        true
    }

    /// The path of a new file, as reading the folder would have it.
    pub(super) fn named(&self, path: &Path) -> PathBuf {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        match self.selection.paths.iter().any(|path| path.as_os_str() == ".") {
            true => Path::new(".").join(below),
            false => below.to_path_buf(),
        }
    }
}

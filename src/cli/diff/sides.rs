//! The two sides of a comparison: where their texts come from, and what they share.

use std::path::{Path, PathBuf};

use crate::cli::shared::{Held, WorldArgs};
use crate::console::Console;
use crate::failure::Failure;
use crate::resource::Documents;
use crate::source::{
    Extract, FileChange, GitError, Origin, PathGlobs, Revision, Sources, changes, is_manifest_name,
};
use crate::world::Settings;

use super::args::Args;
use super::place::Place;

/// What was read for both sides.
pub(super) struct Sides {
    /// Before the change.
    pub(super) before: Documents,
    /// After it.
    pub(super) after: Documents,
    /// What could not be read, as sentences.
    pub(super) unreadable: Vec<String>,
}

/// Reads both sides; what they share is read once.
///
/// # Errors
/// Unreadable input, a revision that git does not know, or sides that cannot be told apart.
pub(super) fn read(
    args: &Args,
    settings: &Settings,
    is_range: bool,
    console: &mut Console<'_>,
) -> Result<Sides, Failure> {
    let mut reader = Reader { world: &args.world, settings, unreadable: Vec::new() };
    let (before, after) = match (&args.before, &args.after) {
        (Some(before), Some(after)) => {
            (reader.place(before, console)?, reader.place(after, console)?)
        }
        (only, None) if args.base.is_some() || args.staged => {
            let paths = match only {
                None => Vec::new(),
                Some(Place::Path(path)) => vec![path.clone()],
                Some(Place::Revision(..)) => {
                    return Err(usage(
                        "--base compares the working tree: name a path, not a revision",
                    ));
                }
            };
            reader.since(args.base.as_deref().unwrap_or("HEAD"), args.staged, &paths, console)?
        }
        (only, None) if is_range => {
            let documents = match only {
                Some(place) => reader.place(place, console)?,
                None => reader.paths(&[], console)?,
            };
            (documents.clone(), documents)
        }
        _ => return Err(usage("there is nothing to compare with")),
    };
    Ok(Sides { before, after, unreadable: reader.unreadable })
}

/// Reads one side alone; what could not be read comes as sentences.
///
/// # Errors
/// Unreadable input, or a revision that git does not know.
pub(crate) fn read_place(
    world: &WorldArgs,
    settings: &Settings,
    place: &Place,
    console: &mut Console<'_>,
) -> Result<(Documents, Vec<String>), Failure> {
    let mut reader = Reader { world, settings, unreadable: Vec::new() };
    let documents = reader.place(place, console)?;
    Ok((documents, reader.unreadable))
}

fn usage(message: &str) -> Failure {
    Failure::Usage {
        message: message.to_owned(),
        hint: "name two sides (`mtlsctl diff git:HEAD~1 .`), a --base, or a range such as \
               --emissary 3.9..4.1"
            .to_owned(),
    }
}

struct Reader<'r> {
    world: &'r WorldArgs,
    settings: &'r Settings,
    unreadable: Vec<String>,
}

impl Reader<'_> {
    fn place(&mut self, place: &Place, console: &mut Console<'_>) -> Result<Documents, Failure> {
        match place {
            Place::Path(path) => self.paths(std::slice::from_ref(path), console),
            Place::Revision(revision, path) => {
                let commit = Revision::Commit(revision.clone());
                let files = commit.files(path).map_err(|error| no_revision(revision, &error))?;
                let excludes = self.excludes()?;
                let files: Vec<PathBuf> =
                    files.into_iter().filter(|file| !excludes.cover(file, false)).collect();
                let texts = commit.texts(&files).map_err(|error| no_revision(revision, &error))?;
                let mut sources = Sources::default();
                for (path, text) in files.into_iter().zip(texts) {
                    let revision = revision.clone();
                    match text {
                        Some(text) => {
                            let origin = Origin::Revision { revision, path };
                            sources.add_extract(origin, Extract::whole(text));
                        }
                        None => self.unreadable.push(not_text(&revision, &path)),
                    }
                }
                Ok(Documents::read(sources, self.settings.ingest, &self.world.relevance()))
            }
        }
    }

    fn paths(
        &mut self,
        paths: &[PathBuf],
        console: &mut Console<'_>,
    ) -> Result<Documents, Failure> {
        let opened = self.world.open(paths, Held::InPart, self.settings.clone(), console)?;
        self.unreadable.extend(opened.unreadable);
        Ok(opened.documents)
    }

    /// The working tree, or what is staged, and the same with the files of a revision in place of
    /// those that changed.
    fn since(
        &mut self,
        base: &str,
        is_staged: bool,
        paths: &[PathBuf],
        console: &mut Console<'_>,
    ) -> Result<(Documents, Documents), Failure> {
        let mut after = self.paths(paths, console)?;
        if is_staged {
            let unstaged =
                changes(&Revision::Index, false).map_err(|e| no_revision("--staged", &e))?;
            self.take_back(&mut after, unstaged, &Revision::Index, "the index", paths)?;
        }
        let commit = Revision::Commit(base.to_owned());
        let changed = changes(&commit, is_staged).map_err(|error| no_revision(base, &error))?;
        let mut before = after.clone();
        self.take_back(&mut before, changed, &commit, base, paths)?;
        Ok((before, after))
    }

    /// Makes files again what they were before they changed.
    fn take_back(
        &mut self,
        documents: &mut Documents,
        changed: Vec<(FileChange, PathBuf)>,
        then: &Revision,
        name: &str,
        paths: &[PathBuf],
    ) -> Result<(), Failure> {
        let excludes = self.excludes()?;
        let roots = self.world.paths_or_default(paths);
        let below = |path: &Path| {
            roots.iter().any(|root| root.as_os_str() == "." || path.starts_with(root))
        };
        let mut wanted = Vec::new();
        for (change, path) in changed {
            let known = documents
                .sources()
                .find(&Origin::File(path.clone()))
                .or_else(|| documents.sources().find(&Origin::File(Path::new(".").join(&path))));
            match (change, known) {
                (FileChange::Added, Some(id)) => documents.remove(id),
                (FileChange::Added, None) => {}
                (FileChange::Modified, Some(id)) => {
                    wanted.push((documents.sources().get(id).origin.clone(), path));
                }
                // Left out of the side after, by an exclude or by its name.
                (FileChange::Modified, None) => {}
                (FileChange::Deleted, _) => {
                    if is_manifest_name(&path) && below(&path) && !excludes.cover(&path, false) {
                        wanted.push((Origin::File(path.clone()), path));
                    }
                }
            }
        }
        let files: Vec<PathBuf> = wanted.iter().map(|(_, path)| path.clone()).collect();
        let texts = then.texts(&files).map_err(|error| no_revision(name, &error))?;
        for ((origin, path), text) in wanted.into_iter().zip(texts) {
            match text {
                Some(text) => {
                    documents.put(origin, text);
                }
                None => self.unreadable.push(not_text(name, &path)),
            }
        }
        Ok(())
    }

    fn excludes(&self) -> Result<PathGlobs, Failure> {
        PathGlobs::new(&self.world.excludes_from, &self.world.exclude).map_err(|reason| {
            Failure::Usage {
                message: format!("the exclude {reason}"),
                hint: "excludes are written as in a .gitignore file".to_owned(),
            }
        })
    }
}

fn not_text(revision: &str, path: &Path) -> String {
    format!("cannot read `{}` of {revision}: it is not UTF-8 text", path.display())
}

fn no_revision(revision: &str, error: &GitError) -> Failure {
    Failure::Usage {
        message: format!("cannot read {revision}: {error}"),
        hint: "name a commit, branch or tag of the repository that the working directory is in; \
               in CI, fetch it first"
            .to_owned(),
    }
}

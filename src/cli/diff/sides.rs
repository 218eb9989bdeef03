//! The two sides of a comparison: where their files come from, and what they share.

use std::path::{Path, PathBuf};

use crate::cli::shared::{FromCluster, Kept, WorldArgs};
use crate::console::Console;
use crate::failure::Failure;
use crate::resource::Documents;
use crate::source::{
    Extract, FileChange, GitError, GitRevision, PathGlobs, SourceOrigin, Sources, changes, head,
    is_manifest_name,
};
use crate::world::Settings;

use super::args::Args;
use super::place::Place;

/// One side, read.
pub(crate) struct Side {
    /// Its files.
    pub(crate) documents: Documents,
    /// The settings to interpret them with.
    pub(crate) settings: Settings,
    /// Where its files are.
    pub(crate) root: String,
}

/// Both sides, read.
pub(super) struct Sides {
    /// Before the change.
    pub(super) before: Side,
    /// After it.
    pub(super) after: Side,
    /// Descriptions of what could not be read.
    pub(super) unreadable: Vec<String>,
}

/// Reads both sides, each with its own settings; shared files are read once.
///
/// # Errors
/// Unreadable input, a revision that git does not know, or sides that cannot be told apart.
pub(super) fn read(
    args: &Args,
    (was, is): (Settings, Settings),
    is_range: bool,
    console: &mut Console<'_>,
) -> Result<Sides, Failure> {
    let sides = [&args.before, &args.after].into_iter().flatten();
    let mut reader = Reader::new(&args.world, sides);
    let lays_over = reader.is_over_cluster();
    let (before, after) = match (&args.before, &args.after) {
        (only, after) if args.base.is_some() || args.staged => {
            let named = only.iter().chain(after).chain(&args.more);
            let paths: Result<Vec<PathBuf>, Failure> = named
                .map(|place| match place {
                    Place::Path(path) => Ok(path.clone()),
                    _ => Err(usage("--base compares the working tree; give paths in it")),
                })
                .collect();
            let base = match &args.base {
                Some(base) => base.clone(),
                None => head().map_err(|error| no_revision("--staged", &error))?,
            };
            if reader.renders_each() {
                if !paths?.is_empty() {
                    return Err(usage("with -k or --helm, --base takes no paths"));
                }
                let before = GitRevision::Commit(base.clone());
                let before = reader.rendered_of(&before, &base, Path::new("."), was, console)?;
                let after = match args.staged {
                    true => {
                        let (index, here) = (GitRevision::Index, Path::new("."));
                        reader.rendered_of(&index, "the index", here, is, console)?
                    }
                    false => reader.rendered_below(Path::new("."), false, is, console)?,
                };
                return Ok(Sides { before, after, unreadable: reader.unreadable });
            }
            reader.since(&base, args.staged, &paths?, (was, is), console)?
        }
        (Some(before), Some(after)) => {
            (reader.place(before, was, console)?, reader.place(after, is, console)?)
        }
        (only, None) if is_range => {
            let side = match only {
                Some(place) => reader.place(place, was, console)?,
                None => reader.paths(&[], was, console)?,
            };
            // What cannot be read from a cluster is unknown to both sides.
            let settings = Settings {
                externals: side.settings.externals.clone(),
                horizon: side.settings.horizon.clone(),
                ..is
            };
            let (documents, root) = (side.documents.clone(), side.root.clone());
            (side, Side { documents, settings, root })
        }
        (Some(only), None) if lays_over => {
            (reader.cluster_alone(was, console)?, reader.place(only, is, console)?)
        }
        _ => return Err(usage("nothing to compare with")),
    };
    Ok(Sides { before, after, unreadable: reader.unreadable })
}

/// Reads one side only, with descriptions of what could not be read.
///
/// # Errors
/// Unreadable input, or a revision that git does not know.
pub(crate) fn read_place(
    world: &WorldArgs,
    settings: Settings,
    place: &Place,
    console: &mut Console<'_>,
) -> Result<(Side, Vec<String>), Failure> {
    let mut reader = Reader::new(world, std::iter::once(place));
    let side = reader.place(place, settings, console)?;
    Ok((side, reader.unreadable))
}

fn usage(message: &str) -> Failure {
    Failure::Usage {
        message: message.to_owned(),
        hint:
            "give two sides (`mtlsctl diff git:HEAD~1 .`), a --base, a cluster and the manifests \
             to apply (`mtlsctl diff -A deploy/`), or a range such as --emissary 3.9..4.1"
                .to_owned(),
    }
}

struct Reader<'r> {
    world: &'r WorldArgs,
    /// Whether the cluster flags select the cluster of one side, rather than one below all sides.
    names_cluster: bool,
    /// The flags' cluster, once it has been read.
    cluster: Option<FromCluster>,
    unreadable: Vec<String>,
}

impl<'r> Reader<'r> {
    fn new<'p>(world: &'r WorldArgs, mut sides: impl Iterator<Item = &'p Place>) -> Self {
        let names_cluster = sides.any(|place| matches!(place, Place::Cluster(_)));
        Self { world, names_cluster, cluster: None, unreadable: Vec::new() }
    }

    /// Whether paths are applied over the flags' cluster.
    fn is_over_cluster(&self) -> bool {
        self.world.cluster.is_given() && !self.names_cluster
    }

    fn place(
        &mut self,
        place: &Place,
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Side, Failure> {
        let root = place.root(self.world);
        match place {
            Place::Path(path) if self.renders_each() && path.as_os_str() != "-" => {
                let side = self.rendered_below(path, false, settings, console)?;
                Ok(Side { root, ..side })
            }
            Place::Path(path) => {
                let side = self.paths(std::slice::from_ref(path), settings, console)?;
                Ok(Side { root, ..side })
            }
            Place::Cluster(context) => {
                let cluster = self.world.cluster.of_context(context.as_deref()).read(console)?;
                self.over(Some(cluster), &[], settings, console)
            }
            Place::Revision(..) if self.is_over_cluster() => Err(Failure::Usage {
                message: "a revision cannot be applied over a cluster".to_owned(),
                hint: "compare it with the cluster: `mtlsctl diff cluster: git:HEAD`".to_owned(),
            }),
            Place::Revision(revision, path) if self.renders_each() => {
                let commit = GitRevision::Commit(revision.clone());
                let side = self.rendered_of(&commit, revision, path, settings, console)?;
                Ok(Side { root, ..side })
            }
            Place::Revision(revision, path) => {
                let documents = self.revision(revision, path, &settings)?;
                Ok(Side { documents, settings, root })
            }
        }
    }

    /// Whether each side is rendered from a folder in it.
    fn renders_each(&self) -> bool {
        self.world.renders() && !self.world.cluster.is_given()
    }

    /// The rendered kustomization or chart in a folder.
    fn rendered_below(
        &mut self,
        folder: &Path,
        is_checkout: bool,
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Side, Failure> {
        let world = self.world.rendering_below(folder, is_checkout);
        let opened = world.open_over(None, &[], Kept::InPart, settings, console)?;
        self.unreadable.extend(opened.unreadable);
        let (documents, settings) = (opened.documents, opened.settings);
        Ok(Side { documents, settings, root: String::new() })
    }

    /// The same for a path in a revision, which is checked out first.
    fn rendered_of(
        &mut self,
        revision: &GitRevision,
        name: &str,
        below: &Path,
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Side, Failure> {
        let folder = tempfile::tempdir()?;
        let tree = revision.check_out(folder.path()).map_err(|error| no_revision(name, &error))?;
        self.rendered_below(&tree.join(below), true, settings, console)
    }

    fn revision(
        &mut self,
        revision: &str,
        path: &Path,
        settings: &Settings,
    ) -> Result<Documents, Failure> {
        let commit = GitRevision::Commit(revision.to_owned());
        let files = commit.files(path).map_err(|error| no_revision(revision, &error))?;
        let excludes = self.excludes()?;
        let files: Vec<PathBuf> =
            files.into_iter().filter(|file| !excludes.cover(file, false)).collect();
        let texts = commit.texts(&files).map_err(|error| no_revision(revision, &error))?;
        let mut sources = Sources::default();
        for (path, text) in files.into_iter().zip(texts) {
            match text {
                Some(text) => {
                    let origin = SourceOrigin::Revision { revision: revision.to_owned(), path };
                    sources.add_extract(origin, Extract::whole(text));
                }
                None => self.unreadable.push(not_text(revision, &path)),
            }
        }
        Ok(Documents::read(sources, settings.ingest, &self.world.relevance()))
    }

    /// Paths alone, or applied over the flags' cluster.
    fn paths(
        &mut self,
        paths: &[PathBuf],
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Side, Failure> {
        let cluster = self.beneath(console)?;
        self.over(cluster, paths, settings, console)
    }

    /// The flags' cluster alone.
    fn cluster_alone(
        &mut self,
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Side, Failure> {
        let cluster = self.beneath(console)?;
        self.over(cluster, &[], settings, console)
    }

    /// The flags' cluster, read once.
    fn beneath(&mut self, console: &mut Console<'_>) -> Result<Option<FromCluster>, Failure> {
        if self.is_over_cluster() && self.cluster.is_none() {
            self.cluster = Some(self.world.cluster.read(console)?);
        }
        Ok(self.cluster.clone())
    }

    fn over(
        &mut self,
        cluster: Option<FromCluster>,
        paths: &[PathBuf],
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Side, Failure> {
        let opened = self.world.open_over(cluster, paths, Kept::InPart, settings, console)?;
        self.unreadable.extend(opened.unreadable);
        let (documents, settings) = (opened.documents, opened.settings);
        Ok(Side { documents, settings, root: String::new() })
    }

    /// The working tree or the index, and the same with changed files taken from a revision.
    fn since(
        &mut self,
        base: &str,
        is_staged: bool,
        paths: &[PathBuf],
        (was, is): (Settings, Settings),
        console: &mut Console<'_>,
    ) -> Result<(Side, Side), Failure> {
        let Side { documents: mut after, settings: is, root } = self.paths(paths, is, console)?;
        if is_staged {
            let unstaged =
                changes(&GitRevision::Index, false).map_err(|e| no_revision("--staged", &e))?;
            self.take_back(&mut after, unstaged, &GitRevision::Index, "the index", paths)?;
        }
        let commit = GitRevision::Commit(base.to_owned());
        let changed = changes(&commit, is_staged).map_err(|error| no_revision(base, &error))?;
        let mut before = after.clone();
        self.take_back(&mut before, changed, &commit, base, paths)?;
        let was = Settings { externals: is.externals.clone(), horizon: is.horizon.clone(), ..was };
        let before = Side { documents: before, settings: was, root: root.clone() };
        Ok((before, Side { documents: after, settings: is, root }))
    }

    /// Restores files to their content before the change.
    fn take_back(
        &mut self,
        documents: &mut Documents,
        changed: Vec<(FileChange, PathBuf)>,
        then: &GitRevision,
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
            let known = documents.sources().find(&SourceOrigin::File(path.clone())).or_else(|| {
                documents.sources().find(&SourceOrigin::File(Path::new(".").join(&path)))
            });
            match (change, known) {
                (FileChange::Added, Some(id)) => documents.remove(id),
                (FileChange::Added, None) => {}
                (FileChange::Modified, Some(id)) => {
                    wanted.push((documents.sources().get(id).origin.clone(), path));
                }
                // Not part of the after side, because of an exclude or its name.
                (FileChange::Modified, None) => {}
                (FileChange::Deleted, _) => {
                    if is_manifest_name(&path) && below(&path) && !excludes.cover(&path, false) {
                        wanted.push((SourceOrigin::File(path.clone()), path));
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
        hint: "give a commit, branch or tag of the repository in the working directory; in CI, \
               fetch it first"
            .to_owned(),
    }
}

//! Reads what the flags name, into the worlds that it falls into.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cert::ExpiryMargin;
use crate::console::Console;
use crate::failure::Failure;
use crate::lint::{Baseline, Policy, Session};
use crate::report::one_line;
use crate::resource::{Documents, Reading, RenderError, helm, kustomize};
use crate::source::{Extract, SourceOrigin, Sources, read_file, shown};
use crate::world::{Settings, World};

use super::FromCluster;
use super::world_args::WorldArgs;
use super::worlds::{Worlds, no_such_world};

/// How much of the manifests is kept in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Everything, for features that need whole files.
    Whole,
    /// What can matter for upstreams.
    InPart,
}

/// What was read, and the settings to interpret it with.
#[derive(Debug)]
pub(crate) struct Opened {
    /// What was read.
    pub(crate) documents: Documents,
    /// What the command line says about the Ambassador.
    pub(crate) settings: Settings,
    /// Messages about files in folders that could not be read.
    pub(crate) unreadable: Vec<String>,
}

/// Worlds, and what could not be read into them.
#[derive(Debug)]
pub(crate) struct Input {
    /// The worlds of the manifests.
    pub(crate) worlds: Worlds,
    /// Messages about files in folders that could not be read.
    pub(crate) unreadable: Vec<String>,
}

impl WorldArgs {
    /// Reads all paths into their worlds, or only the requested one; the default path is the
    /// working directory.
    ///
    /// # Errors
    /// A given path that cannot be read, an invalid exclude, or an unknown world.
    pub(crate) fn read(
        &self,
        paths: &[PathBuf],
        held: Kept,
        console: &mut Console<'_>,
    ) -> Result<Input, Failure> {
        let opened = self.open(paths, held, self.settings(console.now), console)?;
        let worlds = self.worlds(opened.documents, opened.settings)?;
        worlds.tell(console)?;
        Ok(Input { worlds, unreadable: opened.unreadable })
    }

    /// The worlds of these texts, or only the requested one.
    ///
    /// # Errors
    /// An unknown world.
    pub(crate) fn worlds(
        &self,
        documents: Documents,
        settings: Settings,
    ) -> Result<Worlds, Failure> {
        let sources = Arc::clone(documents.sources());
        let (parts, division) = self.one_of(self.session(documents, settings))?.apart();
        let each = parts.into_iter().map(|part| (part.name, part.world));
        Ok(Worlds { each: each.collect(), sources, division })
    }

    /// A session that only determines the worlds of texts.
    pub(crate) fn session(&self, documents: Documents, settings: Settings) -> Session {
        let policy = Policy { config: self.file.clone(), ..Policy::default() };
        Session::new(documents, settings, policy)
    }

    /// The session of the requested world, if one is requested.
    ///
    /// # Errors
    /// An unknown world.
    pub(crate) fn one_of(&self, session: Session) -> Result<Session, Failure> {
        match &self.world {
            None => Ok(session),
            Some(word) => session.only(word).map_err(|names| no_such_world(word, &names)),
        }
    }

    /// A world's partially kept texts, read again completely as far as possible.
    pub(crate) fn whole_sources(world: &World) -> Sources {
        let mut whole = Sources::clone(&world.sources);
        for source in world.sources.iter().filter(|source| source.is_cut()) {
            if let Some(text) = source.origin.file().and_then(|path| read_file(path).ok()) {
                whole.replace(source.id, Extract::whole(text));
            }
        }
        whole
    }

    /// Reads all paths for `lint`.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn open_for_lint(
        &self,
        paths: &[PathBuf],
        held: Kept,
        expiry_margin: ExpiryMargin,
        console: &mut Console<'_>,
    ) -> Result<Opened, Failure> {
        let settings = Settings { expiry_margin, ..self.settings(console.now) };
        self.open(paths, held, settings, console)
    }

    /// Reads all paths, without building worlds.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn open(
        &self,
        paths: &[PathBuf],
        held: Kept,
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Opened, Failure> {
        let cluster =
            if self.cluster.is_given() { Some(self.cluster.read(console)?) } else { None };
        self.open_over(cluster, paths, held, settings, console)
    }

    /// The same with a cluster that has already been read, or with none.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn open_over(
        &self,
        cluster: Option<FromCluster>,
        paths: &[PathBuf],
        held: Kept,
        mut settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Opened, Failure> {
        let paths = match paths {
            [] if cluster.is_some() => Vec::new(),
            paths => self.paths_or_default(paths),
        };
        let mut texts = match cluster {
            Some(FromCluster { texts, limits }) => {
                settings = limits.onto(settings);
                texts
            }
            None => Vec::new(),
        };
        let lays_over = !texts.is_empty() && (self.renders() || !paths.is_empty());
        texts.extend(self.rendered()?.into_iter().map(|(origin, text)| (origin, text.into())));
        let reading = Reading {
            ingest: settings.ingest,
            relevance: self.relevance(),
            is_whole: held == Kept::Whole || self.check_yaml,
            passes_over: Baseline::is_one,
            before: self.before.clone(),
        };
        let gathered =
            Documents::gather_with(texts, &self.selection(paths), console.input, &reading);
        let (mut documents, unreadable) = gathered.map_err(|message| Failure::Usage {
            message,
            hint: "excludes are written as in a .gitignore file".into(),
        })?;
        let mut sentences = Vec::new();
        for unreadable in unreadable {
            if unreadable.named {
                let (path, reason) = (unreadable.path, unreadable.reason);
                return Err(Failure::Unreadable { path, reason });
            }
            let sentence = format!("cannot read `{}`: {}", unreadable.path, unreadable.reason);
            sentences.push(one_line(&sentence));
        }
        if lays_over {
            documents.overlay_files();
        }
        Ok(Opened { documents, settings, unreadable: sentences })
    }

    /// The rendered manifests.
    ///
    /// # Errors
    /// A program that is missing, or that fails.
    fn rendered(&self) -> Result<Vec<(SourceOrigin, String)>, Failure> {
        let folder = self.kustomize.iter().map(|folder| (folder, kustomize(folder)));
        let chart = self.helm.iter().map(|chart| (chart, helm(chart, &self.values)));
        let mut texts = Vec::new();
        for (path, rendered) in folder.chain(chart) {
            let rendered = rendered.map_err(|error| Failure::Usage {
                message: format!("cannot render `{}`: {error}", shown(&self.in_tree(path))),
                hint: match error {
                    RenderError::Missing { instead, .. } => instead.to_owned(),
                    _ => "run it by hand to see its full output".to_owned(),
                },
            })?;
            texts.extend(rendered.into_iter().map(|(origin, text)| match origin {
                SourceOrigin::Rendered { path, number, lines } => {
                    (SourceOrigin::Rendered { path: self.in_tree(&path), number, lines }, text)
                }
                other => (other, text),
            }));
        }
        Ok(texts)
    }
}

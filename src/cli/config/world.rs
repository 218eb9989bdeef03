//! The configuration of every command that reads manifests.

use std::sync::Arc;

use crate::cli::shared::{FilesChoice, IngestChoice, WorldArgs};
use crate::document::Located;
use crate::lint::{FileChoice, IngestChoice as IngestSaid};

use super::layers::Layers;
use super::shown::{Shown, choice};

impl Shown for IngestChoice {
    fn shown(&self) -> String {
        choice(self)
    }
}

impl Shown for FilesChoice {
    fn shown(&self) -> String {
        choice(self)
    }
}

impl From<IngestSaid> for IngestChoice {
    fn from(said: IngestSaid) -> Self {
        match said {
            IngestSaid::Snapshot => Self::Snapshot,
            IngestSaid::K8s => Self::K8s,
            IngestSaid::Fs => Self::Fs,
        }
    }
}

impl From<FileChoice> for FilesChoice {
    fn from(said: FileChoice) -> Self {
        match said {
            FileChoice::Assume => Self::Assume,
            FileChoice::Check => Self::Check,
        }
    }
}

impl WorldArgs {
    /// Fills in what no flag or variable sets.
    pub(crate) fn settle(&mut self, layers: &mut Layers<'_>) {
        if let Some(file) = layers.file() {
            self.file = Some(Arc::clone(file));
            self.excludes_from.clone_from(&file.folder);
            if let Some(manifests) = &file.config.manifests {
                let seen = manifests.iter().map(|path| layers.seen_here(path));
                self.manifests = seen.collect();
                let place = file.place(manifests.key());
                layers.add("manifests".to_owned(), self.manifests.shown(), place);
            }
        }
        layers.settle("exclude", &mut self.exclude, |config| {
            let globs = config.exclude.clone()?;
            Some(globs.map(|globs| globs.into_iter().map(|glob| glob.0.0).collect()))
        });
        if layers.given("exclude") {
            self.excludes_from = ".".into();
        }
        layers.settle("no_ignore_vcs", &mut self.no_ignore_vcs, |config| {
            config.no_ignore_vcs.clone()
        });
        layers.note("stdin_filename", &mut self.stdin_filename);
        layers.note("world", &mut self.world);
        layers.note("kustomize", &mut self.kustomize);
        layers.note("helm", &mut self.helm);
        layers.note("values", &mut self.values);
        layers.settle("check_yaml", &mut self.check_yaml, |config| config.check_yaml.clone());
        layers.settle("ingest", &mut self.ingest, |config| {
            Some(config.ingest.clone()?.map(IngestChoice::from))
        });
        let ambassador = &mut self.ambassador;
        layers.settle("ambassador_id", &mut ambassador.ambassador_id, |config| {
            some(&config.ambassador_id)
        });
        layers.settle("ambassador_namespace", &mut ambassador.ambassador_namespace, |config| {
            some(&config.ambassador_namespace)
        });
        layers.settle("emissary", &mut ambassador.emissary, |config| {
            Some(config.emissary.clone()?.map(|version| Some(version.0)))
        });
        layers.settle("external", &mut ambassador.external, |config| {
            let externals = config.external.clone()?;
            Some(externals.map(|all| all.into_iter().map(|one| one.0).collect()))
        });
        layers.settle("files", &mut ambassador.files, |config| {
            Some(config.files.clone()?.map(FilesChoice::from))
        });
        let folder = layers.file().and_then(|file| file.config.rootfs.clone());
        let folder = folder.map(|path| path.map(|path| Some(layers.seen_here(&path))));
        layers.settle("rootfs", &mut ambassador.rootfs, |_| folder);
        layers.settle(
            "force_secret_validation",
            &mut ambassador.force_secret_validation,
            |config| config.force_secret_validation.clone(),
        );
    }
}

/// A setting for an argument that may be absent.
fn some<T: Clone>(said: &Option<Located<T>>) -> Option<Located<Option<T>>> {
    Some(said.clone()?.map(Some))
}

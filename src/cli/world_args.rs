//! Flags that say which manifests are read, and into which world they are put.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::console::Console;
use crate::document::Relevance;
use crate::failure::Failure;
use crate::resource::{Ingest, relevance};
use crate::source::{Selection, Sources, gather};
use crate::world::{External, FilePolicy, Profile, Settings, World};

/// Flags of every command that reads manifests.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct WorldArgs {
    /// Leave out paths that match this glob (as in .gitignore); repeatable.
    #[arg(long, value_name = "GLOB", env = "MTLSCTL_EXCLUDE", value_delimiter = ',')]
    exclude: Vec<String>,
    /// Read files that .gitignore leaves out, too.
    #[arg(long, env = "MTLSCTL_NO_IGNORE_VCS")]
    no_ignore_vcs: bool,
    /// Parse every document, also those that cannot matter, and report broken YAML in them.
    #[arg(long, env = "MTLSCTL_CHECK_YAML")]
    check_yaml: bool,
    /// How manifests reach Ambassador.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_INGEST")]
    ingest: IngestChoice,
    #[command(flatten)]
    ambassador: AmbassadorArgs,
}

/// Flags that describe the Ambassador installation.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Ambassador")]
struct AmbassadorArgs {
    /// AMBASSADOR_ID [default: from the Deployment in the input, else "default"].
    #[arg(long, value_name = "ID", env = "MTLSCTL_AMBASSADOR_ID")]
    ambassador_id: Option<String>,
    /// Ambassador's namespace [default: from the Deployment in the input, else "default"].
    #[arg(long, value_name = "NAMESPACE", env = "MTLSCTL_AMBASSADOR_NAMESPACE")]
    ambassador_namespace: Option<String>,
    /// The Emissary version to speak for.
    #[arg(long, value_name = "VERSION", default_value = "4.1", env = "MTLSCTL_EMISSARY")]
    emissary: Profile,
    /// An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable.
    #[arg(long, value_name = "KIND/NS/NAME", env = "MTLSCTL_EXTERNAL", value_delimiter = ',')]
    external: Vec<External>,
    /// Whether certificate files in the Ambassador pod are taken to be there, or looked for.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_FILES")]
    files: FilesChoice,
    /// The folder that stands for the Ambassador pod's `/`; implies `--files check`.
    #[arg(long, visible_alias = "files-root", value_name = "DIR", env = "MTLSCTL_ROOTFS")]
    rootfs: Option<PathBuf>,
    /// Take AMBASSADOR_FORCE_SECRET_VALIDATION as set.
    #[arg(long, env = "MTLSCTL_FORCE_SECRET_VALIDATION")]
    force_secret_validation: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum IngestChoice {
    /// Applied to a cluster: validated, pruned, converted; annotations unfolded.
    #[default]
    Snapshot,
    /// Kubernetes objects read straight by Emissary's own parser.
    K8s,
    /// Bare documents of the old file-system configuration.
    Fs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum FilesChoice {
    /// They are there.
    #[default]
    Assume,
    /// They are looked for (below --rootfs, if given).
    Check,
}

/// A world, and what could not become part of it.
#[derive(Debug)]
pub(crate) struct Input {
    /// What the manifests say.
    pub(crate) world: World,
    /// Files inside folders that could not be read, each as a sentence.
    pub(crate) unreadable: Vec<String>,
}

impl WorldArgs {
    /// The Emissary that is spoken for.
    pub(crate) fn emissary(&self) -> Profile {
        self.ambassador.emissary
    }

    /// The folder that stands for the Ambassador pod's `/`.
    pub(crate) fn rootfs(&self) -> Option<&Path> {
        self.ambassador.rootfs.as_deref()
    }

    /// Reads all paths into one world; the default path is the working directory.
    ///
    /// # Errors
    /// A path that was named and cannot be read; a bad exclude.
    pub(crate) fn read(
        &self,
        paths: &[PathBuf],
        console: &mut Console<'_>,
    ) -> Result<Input, Failure> {
        self.read_with(paths, self.settings(console.now), console)
    }

    /// The same, with Secrets taken to be elsewhere where the input holds none.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_assuming_secrets(
        &self,
        paths: &[PathBuf],
        console: &mut Console<'_>,
    ) -> Result<Input, Failure> {
        let settings = Settings { assume_secrets: true, ..self.settings(console.now) };
        self.read_with(paths, settings, console)
    }

    fn read_with(
        &self,
        paths: &[PathBuf],
        settings: Settings,
        console: &mut Console<'_>,
    ) -> Result<Input, Failure> {
        let paths = match paths {
            [] => vec![PathBuf::from(".")],
            paths => paths.to_vec(),
        };
        let selection = Selection {
            paths,
            excludes: self.exclude.clone(),
            honour_gitignore: !self.no_ignore_vcs,
        };
        let (sources, unreadable) = gather(&selection, console.input).map_err(|message| {
            Failure::Usage { message, hint: "excludes are written as in a .gitignore file".into() }
        })?;
        let mut sentences = Vec::new();
        for unreadable in unreadable {
            if unreadable.named {
                let (path, reason) = (unreadable.path, unreadable.reason);
                return Err(Failure::Unreadable { path, reason });
            }
            sentences.push(format!("cannot read `{}`: {}", unreadable.path, unreadable.reason));
        }
        let world = World::read(sources, settings, &self.relevance());
        Ok(Input { world, unreadable: sentences })
    }

    /// Reads changed texts into a world with the settings of another one.
    pub(crate) fn read_again(&self, sources: Sources, settings: Settings) -> World {
        World::read(sources, settings, &self.relevance())
    }

    fn relevance(&self) -> Relevance {
        if self.check_yaml { Relevance::everything() } else { relevance() }
    }

    fn settings(&self, now: time::OffsetDateTime) -> Settings {
        let ambassador = &self.ambassador;
        let files = match (&ambassador.rootfs, ambassador.files) {
            (Some(root), _) => FilePolicy::Check(root.clone()),
            (None, FilesChoice::Check) => FilePolicy::Check(PathBuf::from("/")),
            (None, FilesChoice::Assume) => FilePolicy::Assume,
        };
        Settings {
            ambassador_id: ambassador.ambassador_id.clone(),
            ambassador_namespace: ambassador.ambassador_namespace.clone(),
            ingest: match self.ingest {
                IngestChoice::Snapshot => Ingest::Snapshot,
                IngestChoice::K8s => Ingest::Kubernetes,
                IngestChoice::Fs => Ingest::Files,
            },
            files,
            force_secret_validation: ambassador.force_secret_validation,
            externals: ambassador.external.clone(),
            profile: ambassador.emissary,
            now: Some(now),
            ..Settings::default()
        }
    }
}

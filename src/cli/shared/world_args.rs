//! Flags that select the manifests and describe the Ambassador that reads them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::document::Relevance;
use crate::envoy::EnvoyVersion;
use crate::lint::ConfigFile;
use crate::resource::{Documents, Ingest, relevance};
use crate::source::{STDIN, Selection, shown};
use crate::world::{External, FilePolicy, Horizon, Profile, Settings};

use super::ClusterArgs;
use super::config_args::ConfigArgs;

/// Flags of every command that reads manifests.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct WorldArgs {
    /// Exclude paths that match this glob (as in .gitignore); repeatable.
    #[arg(long, value_name = "GLOB", env = "MTLSCTL_EXCLUDE", value_delimiter = ',')]
    pub(crate) exclude: Vec<String>,
    /// Also read files that .gitignore excludes.
    #[arg(long, env = "MTLSCTL_NO_IGNORE_VCS")]
    pub(crate) no_ignore_vcs: bool,
    /// The file name for standard input, so that editors can lint unsaved changes.
    #[arg(long, value_name = "PATH", env = "MTLSCTL_STDIN_FILENAME")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Parse every document, even those that cannot matter, and report invalid YAML in them.
    #[arg(long, env = "MTLSCTL_CHECK_YAML")]
    pub(crate) check_yaml: bool,
    /// Render this kustomization folder first, with `kubectl kustomize` or `kustomize build`.
    #[arg(short = 'k', long, value_name = "DIR", env = "MTLSCTL_KUSTOMIZE")]
    pub(crate) kustomize: Option<PathBuf>,
    /// Render this chart folder first, with `helm template`.
    #[arg(long, value_name = "CHART", env = "MTLSCTL_HELM")]
    pub(crate) helm: Option<PathBuf>,
    /// Values for the chart; repeatable, the last one wins.
    #[arg(long, value_name = "FILE", requires = "helm")]
    pub(crate) values: Vec<PathBuf>,
    /// How manifests reach Ambassador.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_INGEST")]
    pub(crate) ingest: IngestChoice,
    /// If the input has several worlds (environments, Ambassadors), use only this one: a folder, a
    /// name from `worlds` in the configuration, or an Ambassador's id.
    #[arg(long, value_name = "NAME", env = "MTLSCTL_WORLD")]
    pub(crate) world: Option<String>,
    /// The folder a revision was checked out into, if the rendered folder is in one; locations omit
    /// it.
    #[arg(skip)]
    pub(crate) checkout: Option<PathBuf>,
    /// What a previous run read with the same flags and configuration.
    #[arg(skip)]
    pub(crate) before: Option<Documents>,
    /// The configuration, which may define worlds.
    #[arg(skip)]
    pub(crate) file: Option<Arc<ConfigFile>>,
    /// What is read if no path is given; the working directory if empty.
    #[arg(skip)]
    pub(crate) manifests: Vec<PathBuf>,
    /// The folder that excludes are relative to.
    #[arg(skip = ".")]
    pub(crate) excludes_from: PathBuf,
    /// The Envoy version to check for, if not the one that Emissary ships.
    #[arg(skip)]
    pub(crate) envoy: Option<EnvoyVersion>,
    #[command(flatten)]
    pub(crate) cluster: ClusterArgs,
    #[command(flatten)]
    pub(crate) ambassador: AmbassadorArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

/// Flags that describe the Ambassador installation.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Ambassador")]
pub(crate) struct AmbassadorArgs {
    /// AMBASSADOR_ID [default: from the Deployment in the input, else "default"].
    #[arg(long, value_name = "ID", env = "MTLSCTL_AMBASSADOR_ID")]
    pub(crate) ambassador_id: Option<String>,
    /// Ambassador's namespace [default: from the Deployment in the input, else "default"].
    #[arg(long, value_name = "NAMESPACE", env = "MTLSCTL_AMBASSADOR_NAMESPACE")]
    pub(crate) ambassador_namespace: Option<String>,
    /// The Emissary version [default: from its workload in the input, else 4.1].
    #[arg(long, value_name = "VERSION", env = "MTLSCTL_EMISSARY")]
    pub(crate) emissary: Option<Profile>,
    /// Assume that this object exists elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable.
    #[arg(long, value_name = "KIND/NS/NAME", env = "MTLSCTL_EXTERNAL", value_delimiter = ',')]
    pub(crate) external: Vec<External>,
    /// Whether certificate files in the Ambassador pod are assumed to exist, or checked.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_FILES")]
    pub(crate) files: FilesChoice,
    /// The folder used as the Ambassador pod's `/`; implies `--files check`.
    #[arg(long, visible_alias = "files-root", value_name = "DIR", env = "MTLSCTL_ROOTFS")]
    pub(crate) rootfs: Option<PathBuf>,
    /// Assume that AMBASSADOR_FORCE_SECRET_VALIDATION is set.
    #[arg(long, env = "MTLSCTL_FORCE_SECRET_VALIDATION")]
    pub(crate) force_secret_validation: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum IngestChoice {
    /// Applied to a cluster: validated, pruned and converted, with annotations expanded.
    #[default]
    Snapshot,
    /// Kubernetes objects read directly by Emissary's own parser.
    K8s,
    /// Bare documents, as in the old file-system configuration.
    Fs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FilesChoice {
    /// They are assumed to exist.
    #[default]
    Assume,
    /// They are checked (below --rootfs, if given).
    Check,
}

impl WorldArgs {
    /// The Envoy version to check for: the flag's, else the one that Emissary ships.
    pub(crate) fn envoy(&self) -> EnvoyVersion {
        self.envoy.unwrap_or_else(|| self.ambassador.emissary.unwrap_or_default().envoy())
    }

    /// The folder used as the Ambassador pod's `/`.
    pub(crate) fn rootfs(&self) -> Option<&Path> {
        self.ambassador.rootfs.as_deref()
    }

    /// What is read: these paths, else those of the configuration, else the working directory.
    pub(crate) fn paths_or_default(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        match paths {
            [] if self.cluster.is_given() || self.renders() => Vec::new(),
            [] if self.manifests.is_empty() => vec![PathBuf::from(".")],
            [] => self.manifests.clone(),
            paths => paths.to_vec(),
        }
    }

    /// Whether a program renders the manifests first.
    pub(crate) fn renders(&self) -> bool {
        self.kustomize.is_some() || self.helm.is_some()
    }

    /// The same flags for the kustomization or chart at that path in a folder; `checkout` is set if
    /// a revision was checked out there.
    pub(crate) fn rendering_below(&self, folder: &Path, is_checkout: bool) -> Self {
        let below = |path: &PathBuf| folder.join(path);
        // Values may also be outside the folder, the same for both sides.
        let values = self.values.iter().map(|file| {
            Some(below(file)).filter(|own| is_checkout || own.is_file()).unwrap_or(file.clone())
        });
        Self {
            kustomize: self.kustomize.as_ref().map(below),
            helm: self.helm.as_ref().map(below),
            values: values.collect(),
            checkout: is_checkout.then(|| folder.to_owned()),
            ..self.clone()
        }
    }

    /// A path as reports show it, without the checkout folder.
    pub(super) fn in_tree(&self, path: &Path) -> PathBuf {
        let checkout = self.checkout.as_deref();
        let own = checkout.and_then(|folder| path.strip_prefix(folder).ok());
        own.unwrap_or(path).to_owned()
    }

    /// The name for standard input.
    pub(crate) fn stdin_name(&self) -> String {
        self.stdin_filename.as_deref().map_or_else(|| STDIN.to_owned(), shown)
    }

    /// The files that these paths select.
    pub(crate) fn selection(&self, paths: Vec<PathBuf>) -> Selection {
        Selection {
            paths,
            excludes: self.exclude.clone(),
            excludes_from: self.excludes_from.clone(),
            honour_gitignore: !self.no_ignore_vcs,
            stdin_name: self.stdin_filename.clone(),
        }
    }

    /// Which documents can matter.
    pub(crate) fn relevance(&self) -> Relevance {
        if self.check_yaml { Relevance::everything() } else { relevance() }
    }

    /// What the flags and the configuration say about the Ambassador.
    pub(crate) fn settings(&self, now: time::OffsetDateTime) -> Settings {
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
            horizon: Horizon::of_files(),
            force_secret_validation: ambassador.force_secret_validation,
            externals: ambassador.external.clone(),
            profile: ambassador.emissary.unwrap_or_default(),
            profile_is_given: ambassador.emissary.is_some(),
            envoy: self.envoy,
            now: Some(now),
            ..Settings::default()
        }
    }
}

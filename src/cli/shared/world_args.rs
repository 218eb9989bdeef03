//! Flags that say which manifests are read, and into which world they are put.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::cert::ExpiryMargin;
use crate::console::Console;
use crate::document::Relevance;
use crate::envoy::EnvoyVersion;
use crate::failure::Failure;
use crate::lint::{Baseline, ConfigFile, Policy, Session};
use crate::report::one_line;
use crate::resource::{Documents, Ingest, Reading, RenderError, helm, kustomize, relevance};
use crate::source::{Extract, SourceOrigin, STDIN, Selection, Sources, read_file, shown};
use crate::world::{External, FilePolicy, Horizon, Profile, Settings, World};

use super::config_args::ConfigArgs;
use super::worlds::{Worlds, no_such_world};
use super::{ClusterArgs, FromCluster};

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
    /// Parse every document, also those that cannot matter, and report broken YAML in them.
    #[arg(long, env = "MTLSCTL_CHECK_YAML")]
    pub(crate) check_yaml: bool,
    /// A kustomization's folder, rendered first by `kubectl kustomize` or `kustomize build`.
    #[arg(short = 'k', long, value_name = "DIR", env = "MTLSCTL_KUSTOMIZE")]
    pub(crate) kustomize: Option<PathBuf>,
    /// A chart's folder, rendered first by `helm template`.
    #[arg(long, value_name = "CHART", env = "MTLSCTL_HELM")]
    pub(crate) helm: Option<PathBuf>,
    /// Values for the chart; repeatable, the last one wins.
    #[arg(long, value_name = "FILE", requires = "helm")]
    pub(crate) values: Vec<PathBuf>,
    /// How manifests reach Ambassador.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_INGEST")]
    pub(crate) ingest: IngestChoice,
    /// Of an input that falls into several worlds (environments, Ambassadors), only this one: a folder,
    /// a name of `worlds` in the configuration, or an Ambassador's id.
    #[arg(long, value_name = "NAME", env = "MTLSCTL_WORLD")]
    pub(crate) world: Option<String>,
    /// The folder that a revision was checked out into, if what is rendered lies in one; places leave it
    /// out.
    #[arg(skip)]
    pub(crate) checkout: Option<PathBuf>,
    /// What an earlier look read by the same flags and configuration.
    #[arg(skip)]
    pub(crate) before: Option<Documents>,
    /// The configuration, which may say which worlds there are.
    #[arg(skip)]
    pub(crate) file: Option<Arc<ConfigFile>>,
    /// What is read where no path is given; the working directory, if empty.
    #[arg(skip)]
    pub(crate) manifests: Vec<PathBuf>,
    /// The folder that excludes are relative to.
    #[arg(skip = ".")]
    pub(crate) excludes_from: PathBuf,
    /// The Envoy version to check for, if it is not the one that Emissary ships.
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
    /// An object that is defined elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable.
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
    /// Applied to a cluster: validated, pruned, converted; annotations unfolded.
    #[default]
    Snapshot,
    /// Kubernetes objects read straight by Emissary's own parser.
    K8s,
    /// Bare documents of the old file-system configuration.
    Fs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FilesChoice {
    /// They are there.
    #[default]
    Assume,
    /// They are looked for (below --rootfs, if given).
    Check,
}

/// What of the manifests is held in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// All of it, for what looks at whole files.
    Whole,
    /// What can matter for the upstreams.
    InPart,
}

/// What was read, and how it is to be understood.
#[derive(Debug)]
pub(crate) struct Opened {
    /// What was read.
    pub(crate) documents: Documents,
    /// What the call says of the Ambassador.
    pub(crate) settings: Settings,
    /// Files inside folders that could not be read, each as a sentence.
    pub(crate) unreadable: Vec<String>,
}

/// Worlds, and what could not become part of them.
#[derive(Debug)]
pub(crate) struct Input {
    /// What the manifests say.
    pub(crate) worlds: Worlds,
    /// Files inside folders that could not be read, each as a sentence.
    pub(crate) unreadable: Vec<String>,
}

impl WorldArgs {
    /// The Envoy version to check for: the one that a flag names, else the one that Emissary ships.
    pub(crate) fn envoy(&self) -> EnvoyVersion {
        self.envoy.unwrap_or_else(|| self.ambassador.emissary.unwrap_or_default().envoy())
    }

    /// The folder used as the Ambassador pod's `/`.
    pub(crate) fn rootfs(&self) -> Option<&Path> {
        self.ambassador.rootfs.as_deref()
    }

    /// Reads all paths into the worlds that they fall into, or the one that the call names; the default
    /// path is the working directory.
    ///
    /// # Errors
    /// A path that was named and cannot be read; a bad exclude; a world that there is not.
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

    /// The worlds that texts fall into, or the one that the call names.
    ///
    /// # Errors
    /// A world that there is not.
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

    /// A session over texts that asks only which worlds they are.
    pub(crate) fn session(&self, documents: Documents, settings: Settings) -> Session {
        let policy = Policy { config: self.file.clone(), ..Policy::default() };
        Session::new(documents, settings, policy)
    }

    /// The session of the world that the call names, if it names one.
    ///
    /// # Errors
    /// A world that there is not.
    pub(crate) fn one_of(&self, session: Session) -> Result<Session, Failure> {
        match &self.world {
            None => Ok(session),
            Some(word) => session.only(word).map_err(|names| no_such_world(word, &names)),
        }
    }

    /// The texts of a world that are held in part, read again and whole, as far as they can be.
    pub(crate) fn whole_sources(world: &World) -> Sources {
        let mut whole = Sources::clone(&world.sources);
        for source in world.sources.iter().filter(|source| source.is_cut()) {
            if let Some(text) = source.origin.file().and_then(|path| read_file(path).ok()) {
                whole.replace(source.id, Extract::whole(text));
            }
        }
        whole
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

    /// Whether a program makes manifests first.
    pub(crate) fn renders(&self) -> bool {
        self.kustomize.is_some() || self.helm.is_some()
    }

    /// The same flags for the kustomization or chart of that path below a folder; `checkout` says that a
    /// revision was checked out there.
    pub(crate) fn rendering_below(&self, folder: &Path, is_checkout: bool) -> Self {
        let below = |path: &PathBuf| folder.join(path);
        // Values may also be the caller's own, the same for both sides.
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

    /// A path as reports show it, without the folder of a checkout.
    fn in_tree(&self, path: &Path) -> PathBuf {
        let checkout = self.checkout.as_deref();
        let own = checkout.and_then(|folder| path.strip_prefix(folder).ok());
        own.unwrap_or(path).to_owned()
    }

    /// What programs make.
    ///
    /// # Errors
    /// A program that is not there, or its refusal.
    fn rendered(&self) -> Result<Vec<(SourceOrigin, String)>, Failure> {
        let folder = self.kustomize.iter().map(|folder| (folder, kustomize(folder)));
        let chart = self.helm.iter().map(|chart| (chart, helm(chart, &self.values)));
        let mut texts = Vec::new();
        for (path, rendered) in folder.chain(chart) {
            let rendered = rendered.map_err(|error| Failure::Usage {
                message: format!("cannot render `{}`: {error}", shown(&self.in_tree(path))),
                hint: match error {
                    RenderError::Missing { instead, .. } => instead.to_owned(),
                    _ => "run it by hand to see everything that it says".to_owned(),
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

    /// What standard input is called.
    pub(crate) fn stdin_name(&self) -> String {
        self.stdin_filename.as_deref().map_or_else(|| STDIN.to_owned(), shown)
    }

    /// The file that standard input stands for.
    pub(crate) fn stdin_filename(&self) -> Option<&Path> {
        self.stdin_filename.as_deref()
    }

    /// Whether irrelevant documents are parsed as well.
    pub(crate) fn checks_yaml(&self) -> bool {
        self.check_yaml
    }

    /// What the configuration reads where a call names nothing.
    pub(crate) fn manifests(&self) -> &[PathBuf] {
        &self.manifests
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

    /// What these paths select.
    pub(crate) fn selection(&self, paths: Vec<PathBuf>) -> Selection {
        Selection {
            paths,
            excludes: self.exclude.clone(),
            excludes_from: self.excludes_from.clone(),
            honour_gitignore: !self.no_ignore_vcs,
            stdin_name: self.stdin_filename.clone(),
        }
    }

    /// Reads all paths, for worlds yet to be built.
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

    /// The same with a cluster that was read already, or with none.
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
            documents.lay_files_over();
        }
        Ok(Opened { documents, settings, unreadable: sentences })
    }

    /// Which documents can matter.
    pub(crate) fn relevance(&self) -> Relevance {
        if self.check_yaml { Relevance::everything() } else { relevance() }
    }

    /// What the flags and the configuration say of the Ambassador.
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
            profile_is_said: ambassador.emissary.is_some(),
            envoy: self.envoy,
            now: Some(now),
            ..Settings::default()
        }
    }
}

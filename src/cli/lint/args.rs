//! Arguments of `lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::shared::{Kept, WorldArgs};
use crate::cli::shared::{Output, OutputArgs};
use crate::lint::{ConfigFile, Threshold};

use super::baseline::BaselineArgs;
use super::fix_args::FixArgs;
use super::format::Format;
use super::layout::LayoutArgs;
use super::rules::RuleArgs;

/// Find problems with mutual TLS in these manifests.
#[derive(Debug, Clone, Args)]
pub(crate) struct LintArgs {
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Manifests, like PATH, but as in kubectl; repeatable.
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    pub(super) more_paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs<Format>,
    #[command(flatten)]
    pub(super) layout: LayoutArgs,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    /// Also show suppressed findings, with the reason: in text, concise, json and jsonl; sarif
    /// always has them.
    #[arg(long, env = "MTLSCTL_SHOW_SUPPRESSED")]
    pub(super) show_suppressed: bool,
    /// Lint again whenever a file changes, until Ctrl-C; clears the screen first.
    #[arg(
        long,
        conflicts_with_all = [
            "list_rules", "show_files", "update_baseline", "show_settings", "fix", "diff",
        ]
    )]
    pub(super) watch: bool,
    /// List the rules that would run.
    #[arg(long)]
    pub(super) list_rules: bool,
    /// List the files that would be read.
    #[arg(long)]
    pub(super) show_files: bool,
    /// Which findings to report: all, only those with a location in the given files (files), or
    /// these and dangling references, since a deletion has no location (changes). With files and
    /// changes, all files of --root are read.
    #[arg(long, value_enum, value_name = "SCOPE", default_value_t, env = "MTLSCTL_REPORT_SCOPE")]
    pub(super) report_scope: ReportScope,
    /// The folder to read completely with --report-scope [default: the repository, else the working
    /// directory].
    #[arg(long, value_name = "DIR", env = "MTLSCTL_ROOT")]
    pub(super) root: Option<PathBuf>,
    /// Fail on findings of at least this severity.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error,
          env = "MTLSCTL_FAIL_ON")]
    pub(super) fail_on: Threshold,
    /// Exit with 0 even if there are findings; input that cannot be checked still fails.
    #[arg(long, env = "MTLSCTL_EXIT_ZERO")]
    pub(super) exit_zero: bool,
    /// Succeed if the input has no Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    pub(super) allow_empty: bool,
    #[command(flatten)]
    pub(super) fixing: FixArgs,
    #[command(flatten)]
    pub(super) baseline: BaselineArgs,
    #[command(flatten)]
    pub(super) world: WorldArgs,
}

/// Which findings are reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportScope {
    /// All of them.
    #[default]
    All,
    /// Those with a location in one of the given files.
    Files,
    /// These, and errors about dangling references.
    Changes,
}

impl LintArgs {
    /// All paths, with and without `-f`.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.paths.iter().chain(&self.more_paths).cloned().collect()
    }

    /// Whether the run reads everything that a configuration covers.
    pub(super) fn reads_all_of(&self, file: &ConfigFile) -> bool {
        let here = || std::env::current_dir().is_ok_and(|here| here == file.folder);
        self.paths().is_empty() && (!self.world.manifests.is_empty() || here())
    }

    /// How much of each manifest to keep: fixes and SARIF's line hashes need whole files.
    pub(super) fn held(&self) -> Kept {
        let hashes = |output: &Output<Format>| output.format == Format::Sarif;
        match self.fixing.is_wanted() || self.output.outputs.iter().any(hashes) {
            true => Kept::Whole,
            false => Kept::InPart,
        }
    }

    /// The name for standard input, if it is read.
    pub(super) fn stdin(&self) -> Option<String> {
        let reads = self.paths().iter().any(|path| path.as_os_str() == "-");
        reads.then(|| self.world.stdin_name())
    }
}

//! What `lint` is told.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::output::Output;
use crate::cli::world_args::WorldArgs;
use crate::failure::Failure;
use crate::lint::{RuleSelection, Threshold};

use super::baseline::BaselineArgs;
use super::fix::FixArgs;
use super::format::Format;

/// Find what is wrong with the mutual TLS of these manifests.
#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The same, as in kubectl.
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    pub(super) more_paths: Vec<PathBuf>,
    /// text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with
    /// =PATH into a file; repeatable.
    #[arg(
        short,
        long = "output",
        visible_alias = "format",
        value_name = "FORMAT[=PATH]",
        default_value = "text",
        env = "MTLSCTL_OUTPUT"
    )]
    pub(super) outputs: Vec<Output<Format>>,
    /// Run only rules whose ids match one of these globs; repeatable.
    #[arg(long, value_name = "RULE", env = "MTLSCTL_SELECT", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leave out rules whose ids match one of these globs; repeatable.
    #[arg(long, value_name = "RULE", env = "MTLSCTL_IGNORE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Report also what comments and annotations ask to ignore.
    #[arg(long, env = "MTLSCTL_NO_IGNORES")]
    pub(super) no_ignores: bool,
    /// Show suppressed findings in JSON, too, with the reason; SARIF always holds them.
    #[arg(long, env = "MTLSCTL_SHOW_SUPPRESSED")]
    pub(super) show_suppressed: bool,
    #[command(flatten)]
    pub(super) fixing: FixArgs,
    #[command(flatten)]
    pub(super) baseline: BaselineArgs,
    /// List the rules that would run.
    #[arg(long)]
    pub(super) list_rules: bool,
    /// List the files that would be read.
    #[arg(long)]
    pub(super) show_files: bool,
    /// Which findings count: all, or those with a place in the files given; then all files of
    /// --root are read, since what a file refers to may lie in another one.
    #[arg(long, value_enum, value_name = "SCOPE", default_value_t, env = "MTLSCTL_REPORT_SCOPE")]
    pub(super) report_scope: ReportScope,
    /// The folder whose files are all read with --report-scope=files [default: the repository, else
    /// the working directory].
    #[arg(long, value_name = "DIR", env = "MTLSCTL_ROOT")]
    pub(super) root: Option<PathBuf>,
    /// Fail from this severity on.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error,
          env = "MTLSCTL_FAIL_ON")]
    pub(super) fail_on: Threshold,
    /// Show findings from this severity on.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Note,
          env = "MTLSCTL_MIN_SEVERITY")]
    pub(super) min_severity: Threshold,
    /// Succeed whatever is found; what could not be checked still fails.
    #[arg(long, env = "MTLSCTL_EXIT_ZERO")]
    pub(super) exit_zero: bool,
    /// Succeed where the input holds nothing of Ambassador's.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    pub(super) allow_empty: bool,
    #[command(flatten)]
    pub(super) world: WorldArgs,
}

/// Which findings count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportScope {
    /// All of them.
    #[default]
    All,
    /// Those with a place in one of the files given.
    Files,
}

impl LintArgs {
    /// All paths, whichever way they were given.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.paths.iter().chain(&self.more_paths).cloned().collect()
    }

    /// The rules that run.
    ///
    /// # Errors
    /// A glob that no rule matches.
    pub(super) fn selection(&self) -> Result<RuleSelection, Failure> {
        RuleSelection::of(&self.select, &self.ignore).map_err(|unknown| {
            let hint = match unknown.near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`mtlsctl lint --list-rules` lists all rules".to_owned(),
            };
            Failure::Usage { message: unknown.to_string(), hint }
        })
    }
}

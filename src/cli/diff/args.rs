//! Arguments of `diff`.

use std::path::PathBuf;

use clap::{Command, ValueEnum};

use crate::cli::config::{Layers, Settle};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::{Between, OutputArgs, WorldArgs, formats};
use crate::envoy::EnvoyVersion;
use crate::world::Profile;

use super::place::Place;

/// Compare the TLS of every upstream before and after a change.
///
/// Each side is a file or folder, `git:REV[:PATH]`, `cluster:[CONTEXT]`, or `-` for standard input.
/// With --base, the working tree is compared with a revision. With one input and a range, such as
/// `--emissary 3.9..4.1`, the same input is compared under two versions. With cluster flags and one
/// input, the cluster is compared with itself after the input is applied. With -k or --helm, the
/// kustomization or chart at that path in each side is rendered.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// The side before the change, or the only input.
    #[arg(value_name = "BEFORE")]
    pub(super) before: Option<Place>,
    /// The side after the change.
    #[arg(value_name = "AFTER")]
    pub(super) after: Option<Place>,
    /// More paths in the working tree, with --base or --staged.
    #[arg(value_name = "PATH", hide = true)]
    pub(super) more: Vec<Place>,
    /// Compare the working tree (all of it, or the given paths) with this revision, such as
    /// origin/main.
    #[arg(long, value_name = "REV", env = "MTLSCTL_BASE")]
    pub(super) base: Option<String>,
    /// Compare staged changes with --base [default: HEAD].
    #[arg(long)]
    pub(super) staged: bool,
    /// Check certificates as this Envoy version does; A..B compares two versions.
    #[arg(long, value_name = "VERSION", env = "MTLSCTL_ENVOY")]
    pub(super) envoy: Option<Between<EnvoyVersion>>,
    #[command(flatten)]
    pub(super) output: OutputArgs<Format>,
    /// What makes the command fail.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_DIFF_FAIL_ON")]
    pub(super) fail_on: FailOn,
    /// Succeed if neither side has Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    pub(super) allow_empty: bool,
    #[command(flatten)]
    pub(super) world: WorldArgs,
}

/// What makes `diff` exit with 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// An upstream that is less protected, less verified or less reachable.
    #[default]
    Downgrade,
    /// Any difference in the TLS of an upstream.
    Change,
    /// Nothing.
    Never,
}

formats! {
    /// Formats of `diff`.
    pub(crate) enum Format {
        Text = "text",
        Table = "table",
        Json = "json",
        Markdown = "markdown",
        Github = "github",
        Sarif = "sarif",
    }
}

impl Settle for Args {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        let sides = [&self.before, &self.after].into_iter().flatten();
        sides.chain(&self.more).filter_map(Place::path).collect()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.note("allow_empty", &mut self.allow_empty);
        self.world.settle(layers);
    }
}

/// Lets this command's `--emissary` take a range; its value is the first version.
pub(crate) fn with_ranges(command: Command) -> Command {
    command.mut_subcommand("diff", |diff| {
        diff.mut_arg("emissary", |arg| {
            arg.value_parser(|text: &str| {
                text.parse::<Between<Profile>>().map(|between| between.before)
            })
        })
    })
}

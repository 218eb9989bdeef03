//! `mtlsctl upgrade`: how another Emissary release reads the same input.

use std::path::PathBuf;

use clap::Args;

use crate::cli::config::{Layers, Settle, Settled};
use crate::cli::diff::{diffs, found_in, json};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::{
    Kept, Opened, OutputArgs, WorldArgs, below, deliver, formats, pairs, warn_all,
};
use crate::console::Console;
use crate::diff::Rank;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::RuleSelection;
use crate::report::upgrade_text;
use crate::world::{Profile, Settings};

/// Show what an upgrade of Emissary changes for an input, and what to do first.
///
/// Lists what the new release no longer reads, what it resolves differently, and what its Envoy
/// rejects, in the order to handle it.
#[derive(Debug, Clone, Args)]
pub(crate) struct UpgradeArgs {
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The release in use.
    #[arg(long, value_name = "VERSION")]
    from: Profile,
    /// The release to upgrade to.
    #[arg(long, value_name = "VERSION", default_value_t)]
    to: Profile,
    #[command(flatten)]
    output: OutputArgs<Format>,
    /// Succeed if the input has no Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    #[command(flatten)]
    world: WorldArgs,
}

formats! {
    /// Formats of `upgrade`.
    enum Format {
        Text = "text",
        Json = "json",
    }
}

impl Settle for UpgradeArgs {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.note("allow_empty", &mut self.allow_empty);
        self.world.settle(layers);
    }
}

/// Runs the command; exits with 1 if something gets worse with the upgrade.
///
/// # Errors
/// Unreadable input.
pub(crate) fn run(
    settled: &Settled<UpgradeArgs>,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let args = &settled.args;
    let settings = args.world.settings(console.now);
    let opened = args.world.open(&args.paths, Kept::InPart, settings, console)?;
    let Opened { documents, settings, unreadable } = opened;
    let session = |profile| {
        let settings = Settings { profile, profile_is_given: true, ..settings.clone() };
        args.world.session(documents.clone(), settings)
    };
    let pairs = pairs(&args.world, &session(args.from), &session(args.to), console)?;
    let levels = settled.file.as_ref().map(|file| &file.config.rules);
    let selection = RuleSelection::default().without_off(levels, &[]);
    let found = found_in(&pairs, &selection);
    let diffs = diffs(&pairs, &found, ("", ""));
    for output in &args.output.outputs {
        let report = match output.format {
            Format::Text => {
                let look = output.look(console);
                below(diffs.iter().map(|(name, diff)| (*name, upgrade_text(diff, look))))
            }
            Format::Json => json(&diffs)?,
        };
        deliver(output, &report, console)?;
    }
    console.out.flush()?;
    warn_all(&unreadable, console)?;
    let nothing = pairs.iter().all(|pair| pair.before.reads_nothing()) && !args.allow_empty;
    let is_worse = diffs
        .iter()
        .any(|(_, diff)| diff.count(Rank::Downgrade) > 0 || !diff.new_findings.is_empty());
    Ok(match is_worse {
        _ if !unreadable.is_empty() => Exit::Failed,
        true => Exit::Found,
        false if nothing => Exit::NothingToCheck,
        false => Exit::Clean,
    })
}

//! `mtlsctl upgrade`: what another release of Emissary makes of the same input.

use std::path::PathBuf;

use clap::Args;

use crate::cli::config::{Layers, Settle, Settled};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::{Kept, Opened, OutputArgs, WorldArgs, deliver, formats, warn_all};
use crate::console::Console;
use crate::diff::{Diff, Judged, Rank};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{RuleSelection, check};
use crate::report::{diff_json, upgrade_text};
use crate::world::{Profile, Settings, World};

/// Show what an upgrade of Emissary changes for an input, and what to do first.
///
/// What the new release no longer reads, what it resolves differently, and what its Envoy rejects,
/// in the order in which to handle it.
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

/// Runs the command; 1 where something is worse after the upgrade, or newly wrong.
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
    let world = |profile| {
        let settings = Settings { profile, profile_is_said: true, ..settings.clone() };
        World::build(&documents, settings)
    };
    let (before, after) = (world(args.from), world(args.to));
    let levels = settled.file.as_ref().map(|file| &file.config.rules);
    let selection = RuleSelection::default().without_off(levels, &[]);
    let found = |world: &World| check(world, &selection, true).findings;
    let (found_before, found_after) = (found(&before), found(&after));
    let judged = |world, findings| Judged { world, findings, root: "" };
    let diff = Diff::of(judged(&before, &found_before), judged(&after, &found_after));
    for output in &args.output.outputs {
        let report = match output.format {
            Format::Text => upgrade_text(&diff, output.look(console)),
            Format::Json => diff_json(&diff).map_err(std::io::Error::from)?,
        };
        deliver(output, &report, console)?;
    }
    console.out.flush()?;
    warn_all(&unreadable, console)?;
    let nothing = before.has_nothing_of_ours() && !args.allow_empty;
    let is_worse = diff.count(Rank::Downgrade) > 0 || !diff.new_findings.is_empty();
    Ok(match is_worse {
        _ if !unreadable.is_empty() => Exit::Failed,
        true => Exit::Found,
        false if nothing => Exit::NothingToCheck,
        false => Exit::Clean,
    })
}

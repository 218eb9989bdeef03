//! `mtlsctl resolve`: each upstream and what Envoy is told for it.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::report::{resolve_json, resolve_text};
use crate::world::Upstream;

use super::config::{Layers, Settle, Settled};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::upstreams;
use crate::cli::shared::{Kept, WorldArgs, warn_all};
use crate::cli::shared::{OutputArgs, deliver, deliver_streamed, formats};

/// Show each upstream, the TLS it really gets, and why.
#[derive(Debug, Clone, Args)]
pub(crate) struct ResolveArgs {
    /// Only these: a name, NAMESPACE/NAME, a part of a name, or a service's host.
    #[arg(add = ArgValueCandidates::new(candidates::upstreams))]
    names: Vec<String>,
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs<Format>,
    /// Succeed if the input has no Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    #[command(flatten)]
    world: WorldArgs,
}

formats! {
    /// Formats of `resolve`.
    enum Format {
        Text = "text",
        Json = "json",
    }
}

impl Settle for ResolveArgs {
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

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a name that upstreams nothing.
pub(crate) fn run(
    settled: &Settled<ResolveArgs>,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let args = &settled.args;
    let input = args.world.read(&args.paths, Kept::InPart, console)?;
    warn_all(&input.unreadable, console)?;
    let world = &input.world;
    let mut named = HashSet::new();
    for name in &args.names {
        named.extend(upstreams(world, name)?.into_iter().map(|upstream| upstream.mapping));
    }
    let wanted = |upstream: &Upstream| args.names.is_empty() || named.contains(&upstream.mapping);
    for output in &args.output.outputs {
        match output.format {
            Format::Json => deliver_streamed(
                output,
                |out| {
                    resolve_json(world, wanted, out)?;
                    out.write_all(b"\n")
                },
                console,
            )?,
            Format::Text => {
                deliver(output, &resolve_text(world, wanted, output.look(console)), console)?;
            }
        }
    }
    let empty = world.resources.ambassador_objects() == 0 && !args.allow_empty;
    // The process ends, and the system takes its memory back at once.
    std::mem::forget(input);
    Ok(if empty { Exit::NothingToCheck } else { Exit::Clean })
}

//! `mtlsctl resolve`: each upstream and what Envoy is told for it.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::report::{resolve_json, resolve_text};
use crate::world::{Upstream, World};

use super::config::{Layers, Settle, Settled};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::{Kept, WorldArgs, warn_all};
use crate::cli::shared::{OutputArgs, deliver, deliver_streamed, formats};
use crate::cli::shared::{below, beside, named};

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
    let worlds = &input.worlds;
    let named = named(&worlds.each, &args.names, |_, _| false)?;
    let all = args.names.is_empty();
    let told = worlds.each.iter().zip(&named).filter(|(_, named)| all || !named.is_empty());
    let told: Vec<(&str, &World, &HashSet<usize>)> =
        told.map(|((name, world), named)| (name.as_str(), world, named)).collect();
    for output in &args.output.outputs {
        let wanted =
            |named: &HashSet<usize>, upstream: &Upstream| all || named.contains(&upstream.mapping);
        match output.format {
            Format::Json => deliver_streamed(
                output,
                |out| {
                    // One world is written as it is resolved; several are put together first.
                    if let [("", world, named)] = told[..] {
                        resolve_json(world, |upstream| wanted(named, upstream), out)?;
                        return out.write_all(b"\n");
                    }
                    let mut documents = Vec::new();
                    for (name, world, named) in &told {
                        let mut document = Vec::new();
                        let of_world = |upstream: &Upstream| wanted(named, upstream);
                        resolve_json(world, of_world, &mut document)?;
                        documents.push((*name, serde_json::from_slice(&document)?));
                    }
                    out.write_all(format!("{:#}\n", beside(documents)).as_bytes())
                },
                console,
            )?,
            Format::Text => {
                let look = output.look(console);
                let text = below(told.iter().map(|(name, world, named)| {
                    (*name, resolve_text(world, |upstream| wanted(named, upstream), look))
                }));
                deliver(output, &text, console)?;
            }
        }
    }
    let empty = worlds.hold_nothing() && !args.allow_empty;
    Ok(if empty { Exit::NothingToCheck } else { Exit::Clean })
}

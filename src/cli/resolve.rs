//! `mtlsctl resolve`: each upstream and what Envoy is told for it.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::report::{resolve_json, resolve_text};
use crate::world::Upstream;

use super::output::{Output, deliver};
use super::upstream_name::{fits, unknown};
use super::world_args::WorldArgs;

/// Show each upstream, the TLS it really gets, and why.
#[derive(Debug, Args)]
pub(crate) struct ResolveArgs {
    /// Only these: a name, NAMESPACE/NAME, a part of a name, or a service's host.
    names: Vec<String>,
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// text or json; with =PATH into a file; repeatable.
    #[arg(
        short,
        long = "output",
        visible_alias = "format",
        value_name = "FORMAT[=PATH]",
        default_value = "text",
        env = "MTLSCTL_OUTPUT"
    )]
    outputs: Vec<Output<Format>>,
    /// Succeed where the input holds nothing of Ambassador's.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    #[command(flatten)]
    world: WorldArgs,
}

/// Formats of `resolve`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!("`{text}` is not a format of this command: text, json")),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a name that fits nothing.
pub(crate) fn run(args: &ResolveArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let input = args.world.read(&args.paths, console)?;
    for sentence in &input.unreadable {
        writeln!(console.err, "warning: {sentence}")?;
    }
    let world = &input.world;
    for name in &args.names {
        if !world.upstreams.iter().any(|upstream| fits(world, upstream, name)) {
            return Err(unknown(world, name));
        }
    }
    let wanted = |upstream: &Upstream| {
        args.names.is_empty() || args.names.iter().any(|name| fits(world, upstream, name))
    };
    for output in &args.outputs {
        let report = match output.format {
            Format::Json => format!("{:#}\n", resolve_json(world, wanted)),
            Format::Text => resolve_text(world, wanted, output.look(console)),
        };
        deliver(output, &report, console)?;
    }
    let empty = world.resources.ambassador_objects() == 0 && !args.allow_empty;
    Ok(if empty { Exit::NothingToCheck } else { Exit::Clean })
}

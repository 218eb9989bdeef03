//! `mtlsctl resolve`: each upstream, and what Envoy is configured to do for it.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::report::{ModeCounts, resolve_json, resolve_table, resolve_text};
use crate::world::{Tls, TlsMode, Upstream, World};

use super::config::{Layers, Settle, Settled, Shown, choice};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::{Kept, WorldArgs, warn_all};
use crate::cli::shared::{OutputArgs, deliver, deliver_streamed, formats};
use crate::cli::shared::{below, beside_text, named};

/// Show each upstream, the TLS it really gets, and why.
#[derive(Debug, Clone, Args)]
pub(crate) struct ResolveArgs {
    /// Only show these: a name, NAMESPACE/NAME, a part of a name, or a service's host.
    #[arg(add = ArgValueCandidates::new(candidates::upstreams))]
    names: Vec<String>,
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs<Format>,
    /// Only show upstreams that get plaintext, tls, mutual, or TLS that accepts any server
    /// (unverified).
    #[arg(
        long,
        value_enum,
        value_name = "MODE",
        env = "MTLSCTL_MODE",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    mode: Vec<ModeChoice>,
    /// Succeed if the input has no Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    #[command(flatten)]
    world: WorldArgs,
}

/// Which upstreams are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ModeChoice {
    /// Plaintext.
    Plaintext,
    /// TLS without a client certificate.
    Tls,
    /// TLS with a client certificate.
    Mutual,
    /// TLS, mutual or not, that accepts any server certificate.
    Unverified,
}

impl ModeChoice {
    fn fits(self, tls: &Tls) -> bool {
        match self {
            Self::Plaintext => tls.mode == TlsMode::Plaintext,
            Self::Tls => tls.mode == TlsMode::Tls,
            Self::Mutual => tls.mode == TlsMode::Mutual,
            Self::Unverified => tls.is_unverified(),
        }
    }
}

impl Shown for ModeChoice {
    fn shown(&self) -> String {
        choice(self)
    }
}

formats! {
    /// Formats of `resolve`.
    enum Format {
        Text = "text",
        Table = "table",
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
        layers.note("mode", &mut self.mode);
        layers.note("allow_empty", &mut self.allow_empty);
        self.world.settle(layers);
    }
}

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a name that matches no upstream.
pub(crate) fn run(
    settled: &Settled<ResolveArgs>,
    quiet: bool,
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
    let has_mode = |world: &World, upstream: &Upstream| {
        let tls = world.tls(upstream).filter(|_| upstream.dropped.is_none());
        tls.is_some_and(|tls| args.mode.iter().any(|mode| mode.fits(&tls)))
    };
    let wanted = |world: &World, named: &HashSet<usize>, upstream: &Upstream| {
        (all || named.contains(&upstream.mapping))
            && (args.mode.is_empty() || has_mode(world, upstream))
    };
    for output in &args.output.outputs {
        match output.format {
            Format::Json => deliver_streamed(
                output,
                |out| {
                    // One world is streamed as it is resolved; several are collected first.
                    if let [("", world, named)] = told[..] {
                        resolve_json(world, |upstream| wanted(world, named, upstream), out)?;
                        return out.write_all(b"\n");
                    }
                    let mut documents = Vec::new();
                    for (name, world, named) in &told {
                        let mut document = Vec::new();
                        let of_world = |upstream: &Upstream| wanted(world, named, upstream);
                        resolve_json(world, of_world, &mut document)?;
                        let document = String::from_utf8(document).map_err(io::Error::other)?;
                        documents.push((*name, document));
                    }
                    out.write_all(beside_text(documents)?.as_bytes())
                },
                console,
            )?,
            Format::Text => {
                let look = output.look(console);
                let text = below(told.iter().map(|(name, world, named)| {
                    (*name, resolve_text(world, |upstream| wanted(world, named, upstream), look))
                }));
                deliver(output, &text, console)?;
            }
            Format::Table => {
                let fit = output.fit(console);
                let table = below(told.iter().map(|(name, world, named)| {
                    let wanted = |upstream: &Upstream| wanted(world, named, upstream);
                    (*name, resolve_table(world, wanted, fit, console.unicode))
                }));
                deliver(output, &table, console)?;
            }
        }
    }
    if !quiet {
        // The count comes after the upstreams, even if both streams are the same terminal.
        console.out.flush()?;
        for (name, world, named) in told.iter().filter(|(_, world, _)| !world.upstreams.is_empty())
        {
            let upstreams = world.upstreams.iter();
            let shown = upstreams.filter(|upstream| wanted(world, named, upstream));
            let whose = if name.is_empty() { String::new() } else { format!("{name}: ") };
            writeln!(console.err, "{whose}{}", ModeCounts::of(world, shown))?;
        }
    }
    let empty = worlds.hold_nothing() && !args.allow_empty;
    // The process exits, and the system reclaims its memory at once.
    std::mem::forget(input);
    Ok(if empty { Exit::NothingToCheck } else { Exit::Clean })
}

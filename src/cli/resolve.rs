//! `mtlsctl resolve`: each upstream and what Envoy is told for it.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::report::{ModeCounts, resolve_json, resolve_table, resolve_text};
use crate::world::{Tls, TlsMode, Upstream};

use super::config::{Layers, Settle, Settled, Shown, choice};
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
    /// Only upstreams that get this: plaintext, tls, mutual, or TLS with any server (unverified).
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
    /// Nothing protects the connection.
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
/// Unreadable input, or a name that means no upstream.
pub(crate) fn run(
    settled: &Settled<ResolveArgs>,
    quiet: bool,
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
    let has_mode = |upstream: &Upstream| {
        let tls = world.tls(upstream).filter(|_| upstream.dropped.is_none());
        tls.is_some_and(|tls| args.mode.iter().any(|mode| mode.fits(&tls)))
    };
    let wanted = |upstream: &Upstream| {
        (args.names.is_empty() || named.contains(&upstream.mapping))
            && (args.mode.is_empty() || has_mode(upstream))
    };
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
            Format::Table => {
                let table = resolve_table(world, wanted, output.fit(console), console.unicode);
                deliver(output, &table, console)?;
            }
        }
    }
    if !quiet && !world.upstreams.is_empty() {
        // The count comes after the upstreams, also where both streams are one terminal.
        console.out.flush()?;
        let shown = world.upstreams.iter().filter(|upstream| wanted(upstream));
        writeln!(console.err, "{}", ModeCounts::of(world, shown))?;
    }
    let empty = world.resources.ambassador_objects() == 0 && !args.allow_empty;
    // The process ends, and the system takes its memory back at once.
    std::mem::forget(input);
    Ok(if empty { Exit::NothingToCheck } else { Exit::Clean })
}

//! `rehearse rotation`: finds an order of steps that keeps every connection working.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args};

use crate::cli::config::{Layers, Settle, settle_or_show};
use crate::cli::diff::{Place, read_place};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::{
    OutputArgs, WorldArgs, below, beside_text, deliver, formats, pairs, warn_all,
};
use crate::console::Console;
use crate::envoy::EnvoyVersion;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::rehearse::{Given, Rotation, rotations as rotations_of};
use crate::report::{rehearse_json, rehearse_text};
use crate::source::read_bytes;

use super::live::{Way, chains};

/// Find an order in which certificates, CAs and revocation lists can be replaced without a gap.
///
/// Both sides are manifests with their Secrets, as they are now and as they will be. Every order of
/// steps is tried. In every intermediate state, Envoy's verification of the server's chain and the
/// server's verification of Envoy's certificate are checked, as far as both are given.
#[derive(Debug, Clone, Args)]
pub(crate) struct RotationArgs {
    /// Manifests as they are now: a file, a folder, git:REV[:PATH], cluster:[CONTEXT], or -.
    #[arg(value_name = "BEFORE")]
    before: Place,
    /// Manifests as they will be.
    #[arg(value_name = "AFTER")]
    after: Place,
    /// The chain that the server presents now (PEM).
    #[arg(long, value_name = "PEM")]
    server_chain: Option<PathBuf>,
    /// The chain that the server will present, if it changes too.
    #[arg(long, value_name = "PEM")]
    server_chain_after: Option<PathBuf>,
    /// Connect to the affected upstreams, and use the chains they present now.
    #[arg(long, conflicts_with = "server_chain")]
    live: bool,
    /// Connect from inside a pod, as probe --in does: deploy/NAME, ds/NAME, sts/NAME, pod/NAME, or
    /// auto.
    #[arg(long = "in", value_name = "POD", requires = "live")]
    in_pod: Option<String>,
    /// The CAs that the server verifies client certificates with (PEM).
    #[arg(long, value_name = "PEM")]
    server_ca: Option<PathBuf>,
    /// The CAs that it will verify with, if they change too.
    #[arg(long, value_name = "PEM", requires = "server_ca")]
    server_ca_after: Option<PathBuf>,
    /// The Envoy version to check for [default: the one that --emissary ships].
    #[arg(long, value_name = "VERSION", env = "MTLSCTL_ENVOY")]
    envoy: Option<EnvoyVersion>,
    #[command(flatten)]
    output: OutputArgs<Format>,
    #[command(flatten)]
    world: WorldArgs,
}

formats! {
    /// Formats of `rehearse rotation`.
    enum Format {
        Text = "text",
        Json = "json",
    }
}

impl Settle for RotationArgs {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        [&self.before, &self.after].into_iter().filter_map(Place::path).collect()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        self.world.envoy = self.envoy;
        self.world.settle(layers);
    }
}

/// Runs the command; exits with 1 if every order has a gap.
///
/// # Errors
/// Unreadable input.
pub(super) fn run(
    args: &RotationArgs,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let Some(settled) = settle_or_show(args, given, console)? else {
        return Ok(Exit::Clean);
    };
    let args = &settled.args;
    let settings = args.world.settings(console.now);
    let mut side = |place| {
        let (side, unreadable) = read_place(&args.world, settings.clone(), place, console)?;
        Ok::<_, Failure>((args.world.session(side.documents, side.settings), unreadable))
    };
    let (before, mut unreadable) = side(&args.before)?;
    let (after, more) = side(&args.after)?;
    unreadable.extend(more);
    let mut server = Given {
        chain: (pem(args.server_chain.as_deref())?, pem(args.server_chain_after.as_deref())?),
        trust: (pem(args.server_ca.as_deref())?, pem(args.server_ca_after.as_deref())?),
        live: BTreeMap::new(),
    };
    let pairs = pairs(&args.world, &before, &after, console)?;
    let mut rotations: Vec<(&str, Vec<Rotation>)> = Vec::new();
    for pair in &pairs {
        let (before, after) = (&pair.before, &pair.after);
        let mut found = rotations_of(before, after, &server, console.now);
        if args.live {
            let members = found.iter().flat_map(|rotation| &rotation.contexts);
            let names = members.flat_map(|one| one.upstreams.clone()).collect();
            let way = Way { world: &args.world, in_pod: args.in_pod.as_deref() };
            server.live = chains(&way, before, &names, console.now)?;
            found = rotations_of(before, after, &server, console.now);
        }
        rotations.push((&pair.name, found));
    }
    for output in &args.output.outputs {
        let report = match output.format {
            Format::Text => {
                let look = output.look(console);
                below(rotations.iter().map(|(name, all)| (*name, rehearse_text(all, look))))
            }
            Format::Json => {
                let mut documents = Vec::new();
                for (name, all) in &rotations {
                    documents.push((*name, rehearse_json(all).map_err(std::io::Error::from)?));
                }
                beside_text(documents)?
            }
        };
        deliver(output, &report, console)?;
    }
    console.out.flush()?;
    warn_all(&unreadable, console)?;
    let mut all = rotations.iter().flat_map(|(_, all)| all);
    let has_gap = all.any(|rotation| rotation.plan().way.is_none());
    Ok(match has_gap {
        _ if !unreadable.is_empty() => Exit::Failed,
        true => Exit::Found,
        false => Exit::Clean,
    })
}

fn pem(path: Option<&Path>) -> Result<Option<Vec<u8>>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let unreadable = |reason| Failure::Unreadable { path: path.display().to_string(), reason };
    read_bytes(path).map(Some).map_err(unreadable)
}

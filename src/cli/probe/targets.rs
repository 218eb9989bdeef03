//! Resolves words to targets: upstreams of the world, or bare addresses, with flags applied.

use std::path::{Path, PathBuf};

use crate::cli::shared::{self, Kept, Worlds, ambiguous, warn_all};
use crate::console::Console;
use crate::diagnostic::ObjectName;
use crate::envoy::{EnvoyVersion, PemSource};
use crate::failure::Failure;
use crate::probe::{
    Aim, Codec, Files, HelloAs, Identity, Misfit, NotLoaded, Overlay, Target, TargetOrigin, Trust,
    all, distinct, place,
};
use crate::source::read_bytes;
use crate::world::{DnsFamily, Named, Upstream, World};

use super::args::{Args, ContextArgs, Format, ProfileArg};

/// The targets, and the worlds they come from, if any were read.
pub(super) struct Aimed {
    pub(super) targets: Vec<Target>,
    pub(super) worlds: Option<Worlds>,
}

/// Resolves every word.
///
/// # Errors
/// A word that matches nothing or several things, or a file that cannot be read.
pub(super) fn targets(args: &Args, console: &mut Console<'_>) -> Result<Aimed, Failure> {
    let wants_world = args.all
        || !args.paths.is_empty()
        || args.targets.iter().any(|written| place(written).is_none());
    let worlds = match wants_world {
        true => {
            // SARIF's line hashes need whole files.
            let hashes = args.output.outputs.iter().any(|output| output.format == Format::Sarif);
            let held = if hashes { Kept::Whole } else { Kept::InPart };
            let input = args.world.read(&args.paths, held, console)?;
            warn_all(&input.unreadable, console)?;
            Some(input.worlds)
        }
        false => None,
    };
    let each = worlds.as_ref().map(|worlds| worlds.each.as_slice()).unwrap_or_default();
    let mut targets = Vec::new();
    let aims = each.iter().map(|(_, world)| Aim::new(world, files(args), world.settings.envoy()));
    let mut aims: Vec<Aim<'_>> = aims.collect();
    if args.all {
        // Objects without an upstream are reported by lint, and skipped here.
        for ((name, world), aim) in each.iter().zip(&mut aims) {
            let found = all(world).into_iter().filter_map(|found| aim.at(found).ok());
            targets.extend(found.map(|target| in_world(target, name)));
        }
    }
    for written in &args.targets {
        let mut is_named = false;
        for ((name, world), aim) in each.iter().zip(&mut aims) {
            match world.named(written) {
                Named::Upstreams(found) => {
                    is_named = true;
                    targets.push(in_world(one(world, &distinct(found), written, aim)?, name));
                }
                // A word may be an address as well as part of a name.
                Named::Several(names) if place(written).is_none() => {
                    return Err(ambiguous(written, &names));
                }
                Named::Several(_) | Named::Nothing => {}
            }
        }
        match (is_named, place(written), each.first()) {
            (true, ..) => {}
            (false, Some((host, port)), world) => {
                if world.is_some() {
                    writeln!(
                        console.err,
                        "warning: no upstream in the manifests has the address `{written}`; \
                         probing it without a context"
                    )?;
                }
                targets.push(bare(written, host, port, args.world.envoy())?);
            }
            (false, None, Some((_, world))) => return Err(unknown(world, written)),
            (false, None, None) => return Err(no_place(written)),
        }
    }
    for target in &mut targets {
        overlay(target, args, args.world.envoy())?;
    }
    Ok(Aimed { targets, worlds })
}

/// A target of one of several worlds names its world.
fn in_world(target: Target, world: &str) -> Target {
    match world {
        "" => target,
        world => {
            let origin =
                target.origin.map(|origin| TargetOrigin { world: world.to_owned(), ..origin });
            Target { name: format!("{} in {world}", target.name), origin, ..target }
        }
    }
}

fn files(args: &Args) -> Files {
    Files { maps: args.conduct.maps.clone(), rootfs: args.world.rootfs().map(Path::to_owned) }
}

fn one(
    world: &World,
    found: &[&Upstream],
    written: &str,
    aim: &mut Aim<'_>,
) -> Result<Target, Failure> {
    let [upstream] = found else {
        let names: Vec<ObjectName> =
            found.iter().map(|upstream| world.mapping(upstream).object.identity()).collect();
        return Err(ambiguous(written, &names));
    };
    aim.at(upstream).map_err(|message| Failure::Usage {
        message,
        hint: "`mtlsctl resolve` shows what each upstream gets, and `mtlsctl lint` why".to_owned(),
    })
}

fn unknown(world: &World, written: &str) -> Failure {
    let place = " Write an address as host:port";
    shared::unknown(world, written, place)
}

fn no_place(written: &str) -> Failure {
    Failure::Usage {
        message: format!("`{written}` is not an address to connect to"),
        hint: "write host:port, such as productpage.default:9080".to_owned(),
    }
}

fn bare(written: &str, host: String, port: u16, envoy: EnvoyVersion) -> Result<Target, Failure> {
    Target::bare(written, host, port, envoy).map_err(bug)
}

fn bug(message: String) -> Failure {
    Failure::Usage { message, hint: "this is a bug in mtlsctl; please report it".to_owned() }
}

/// Flags take precedence over the context.
fn overlay(target: &mut Target, args: &Args, envoy: EnvoyVersion) -> Result<(), Failure> {
    let context = &args.context;
    let offer = &mut target.offer;
    if args.conduct.profile == ProfileArg::Strict {
        offer.profile = HelloAs::Strict;
    }
    offer.alpn = context.alpn.clone().or(offer.alpn.take());
    offer.min = context.min_tls_version.or(offer.min);
    offer.max = context.max_tls_version.or(offer.max);
    match (context.grpc, context.tcp) {
        (true, _) => offer.codec = Codec::Http2,
        (_, true) => offer.codec = Codec::Raw,
        _ => {}
    }
    if args.conduct.ipv6 && target.family == DnsFamily::V4Only {
        target.family = DnsFamily::Auto;
    }
    if let Some(host) = &context.host {
        target.authority.clone_from(host);
    }
    target.expect_spiffe.clone_from(&args.conduct.expect_spiffe);
    target.starttls = context.starttls;
    if target.starttls.is_some() {
        // The protocol behind it is unknown.
        target.offer.codec = Codec::Raw;
    }
    if let Some(path) = &context.path {
        target.path.clone_from(path);
    }
    let trusts = context.ca.is_some() || context.crl.is_some();
    target.lay_over(&Overlay {
        pair: pair(context, envoy)?,
        trust: trusts.then(|| trust(context, envoy)).transpose()?,
        server_name: context.sni.clone(),
        cipher_suites: context.cipher_suites.clone(),
        ecdh_curves: context.ecdh_curves.clone(),
    });
    Ok(())
}

/// The certificate and key, or why they cannot be used; absent if none is given.
fn pair(
    context: &ContextArgs,
    envoy: EnvoyVersion,
) -> Result<Option<Result<Identity, Misfit>>, Failure> {
    let (Some(cert), Some(key)) = (&context.cert, &context.key) else {
        return Ok(None);
    };
    let (cert_text, key_text) = (read(cert)?, read(key)?);
    let (cert, key) = (cert.display().to_string(), key.display().to_string());
    let loaded =
        Identity::load(PemSource::new(&cert, &cert_text), PemSource::new(&key, &key_text), envoy);
    Ok(Some(loaded.map_err(|why| match why {
        NotLoaded::Rejected(words) => Misfit::ConfigRejected(words),
        NotLoaded::Beyond(why) => Misfit::Beyond(why),
    })))
}

fn trust(context: &ContextArgs, envoy: EnvoyVersion) -> Result<Result<Trust, Misfit>, Failure> {
    let text = |path: &Option<PathBuf>| path.as_deref().map(read).transpose();
    let (ca_text, crl_text) = (text(&context.ca)?, text(&context.crl)?);
    let name = |path: &Option<PathBuf>| {
        path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
    };
    let (ca_name, crl_name) = (name(&context.ca), name(&context.crl));
    let ca = ca_text.as_ref().map(|text| PemSource::new(&ca_name, text));
    let crl = crl_text.as_ref().map(|text| PemSource::new(&crl_name, text));
    Ok(Trust::load(ca, crl, envoy).map_err(Misfit::ConfigRejected))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_bytes(path)
        .map_err(|reason| Failure::Unreadable { path: path.display().to_string(), reason })
}

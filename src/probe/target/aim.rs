//! Turns an upstream of the world into a target with exactly the TLS that it really gets.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::document::{Located, Text};
use crate::envoy::{EnvoyVersion, PemSource};
use crate::resource::{Mapping, MappingKind};
use crate::world::{CONNECT_TIMEOUT_MS, Context, ContextId, FreezeCause, TlsMode, Upstream, World};

use super::alternative::Alternative;
use super::files::{Files, Read};
use super::identity::{Identity, NotLoaded};
use super::misfit::{ContextPart, Misfits};
use super::missed::Missed;
use super::target::{Target, TargetOrigin};
use super::trust::Trust;
use crate::probe::hello::{Codec, Misfit, Offer, TlsVersion};

/// The upstreams with a cluster, one per cluster.
pub fn all(world: &World) -> Vec<&Upstream> {
    distinct(world.upstreams.iter().filter(|upstream| upstream.cluster.is_some()).collect())
}

/// The first upstream of each cluster.
pub fn distinct(found: Vec<&Upstream>) -> Vec<&Upstream> {
    let mut kept: Vec<&Upstream> = Vec::new();
    for upstream in found {
        let known = upstream.cluster.is_some()
            && kept.iter().any(|other| other.cluster == upstream.cluster);
        if !known {
            kept.push(upstream);
        }
    }
    kept
}

/// Turns upstreams into targets; the files and Secrets of each context are loaded once.
pub struct Aim<'w> {
    world: &'w World,
    files: Files,
    envoy: EnvoyVersion,
    loaded: BTreeMap<ContextId, Loaded>,
    alternatives: Arc<Vec<Alternative>>,
}

impl<'w> Aim<'w> {
    /// Creates targets for upstreams of this world.
    pub fn new(world: &'w World, files: Files, envoy: EnvoyVersion) -> Self {
        let alternatives = Arc::new(Alternative::of(world));
        Self { world, files, envoy, loaded: BTreeMap::new(), alternatives }
    }

    /// The target for an upstream.
    ///
    /// # Errors
    /// Why there is nothing to connect to, as a sentence.
    pub fn at(&mut self, upstream: &Upstream) -> Result<Target, String> {
        let world = self.world;
        let mapping = world.mapping(upstream);
        let object = mapping.object.identity();
        let (Some(cluster), Some(tls)) = (upstream.cluster, world.tls(upstream)) else {
            return Err(format!("{object} has no upstream to connect to"));
        };
        let cluster = world.cluster(cluster);
        let plaintext = tls.mode == TlsMode::Plaintext;
        let (host, port) = match (&tls.to.host, tls.to.port, &upstream.address) {
            (Some(host), Some(port), _) => (host.clone(), port),
            // Envoy looks up the pods behind the Service; here the Service is used instead.
            (.., Ok(address)) => {
                let usual = if plaintext { 80 } else { 443 };
                (address.host.to_string(), address.port.unwrap_or(usual))
            }
            (.., Err(malformed)) => return Err(malformed.reason().to_owned()),
        };
        let context = world.context_used(upstream).map(|id| (id, world.context(id)));
        let raw = mapping.kind == MappingKind::TcpMapping;
        let codec = match (raw, cluster.http2) {
            (true, _) => Codec::Raw,
            (false, true) => Codec::Http2,
            (false, false) => Codec::Http1,
        };
        let mut misfits = Misfits::default();
        let context_id = context.map(|(id, _)| id);
        for freeze in &world.freezes {
            if freeze.context.is_some() && freeze.context == context_id {
                misfits.add(part(&freeze.cause), Misfit::ConfigRejected(freeze.reason.clone()));
            }
        }
        let loaded = self.loaded(context)?;
        // The first Mapping created the cluster.
        let first = cluster.upstreams.first().map_or(upstream, |&at| &world.upstreams[at]);
        let connect_timeout = world.connect_timeout_ms(first);
        if let Err(words) = &connect_timeout {
            misfits.add(ContextPart::Rest, Misfit::ConfigRejected(words.clone()));
        }
        for (part, misfit) in loaded.misfits {
            misfits.add(part, misfit);
        }
        let shared = cluster.upstreams.len().saturating_sub(1);
        let more = if shared > 0 { format!(" and {shared} more") } else { String::new() };
        Ok(Target {
            name: format!("{object}{more}"),
            context: context.map(|(_, context)| context.name.clone()),
            missed: Missed::of(world, &[upstream, first]).filter(|_| context.is_none()),
            authority: authority(mapping, &host),
            path: mapping.path.as_deref().unwrap_or("/").to_owned(),
            method: "GET",
            host,
            port,
            family: world.dns_family(first),
            connect_timeout: Duration::from_millis(connect_timeout.unwrap_or(CONNECT_TIMEOUT_MS)),
            plaintext,
            starttls: None,
            offer: context
                .map_or_else(Offer::default, |(_, context)| offer(context, self.envoy))
                .with_codec(codec),
            identity: loaded.identity,
            misfits,
            trust: loaded.trust,
            expect_spiffe: None,
            alternatives: Arc::clone(&self.alternatives),
            frozen: world
                .freezes
                .iter()
                .map(|freeze| {
                    format!("{} {}: {}", freeze.object.kind, freeze.object.name, freeze.reason)
                })
                .collect(),
            origin: Some(TargetOrigin {
                object,
                world: String::new(),
                service: mapping.service.as_ref().map(|service| service.span),
                tls: mapping.tls_as_written.as_ref().map(|tls| tls.span()),
                others: shared,
            }),
        })
    }

    fn loaded(&mut self, context: Option<(ContextId, &Context)>) -> Result<Loaded, String> {
        let Some((id, context)) = context else {
            return Loaded::nothing(self.envoy);
        };
        if let Some(loaded) = self.loaded.get(&id) {
            return Ok(loaded.clone());
        }
        let mut loaded = Loaded::nothing(self.envoy)?;
        loaded.fill(self.world, context, &self.files, self.envoy);
        self.loaded.insert(id, loaded.clone());
        Ok(loaded)
    }
}

/// The ClientHello that a context configures.
fn offer(context: &Context, envoy: EnvoyVersion) -> Offer {
    let settings = &context.settings;
    let list = |list: &Option<Located<Vec<Located<Text>>>>| {
        let entries = list.iter().flat_map(|list| list.value.iter());
        entries.map(|entry| entry.value.to_string()).collect()
    };
    let text = |text: &Option<Located<Text>>| {
        text.as_ref().map(|text| text.value.to_string()).filter(|text| !text.is_empty())
    };
    Offer {
        sni: text(&settings.sni),
        alpn: text(&settings.alpn_protocols),
        min: context.min_version().and_then(TlsVersion::read),
        max: context.max_version().and_then(TlsVersion::read),
        cipher_suites: list(&settings.cipher_suites),
        ecdh_curves: list(&settings.ecdh_curves),
        envoy,
        ..Offer::default()
    }
}

/// The part of a context that a freeze is about.
fn part(cause: &FreezeCause) -> ContextPart {
    match cause {
        FreezeCause::KeyWithoutCertificate => ContextPart::Pair,
        FreezeCause::CrlWithoutCa | FreezeCause::EmptyFileName => ContextPart::Trust,
        FreezeCause::CipherSuite | FreezeCause::NoCipherSuite => ContextPart::CipherSuites,
        FreezeCause::Curve | FreezeCause::CurveTwice => ContextPart::Curves,
        FreezeCause::LongSni => ContextPart::ServerName,
        FreezeCause::Crash(_)
        | FreezeCause::CertRequired
        | FreezeCause::SniOnTermination
        | FreezeCause::Alpn => ContextPart::Rest,
    }
}

/// The `Host` header that the upstream gets: the rewritten one, the only one that the Mapping
/// matches, or the service's host.
fn authority(mapping: &Mapping, host: &str) -> String {
    let own = mapping.auto_host_rewrite.as_ref().is_some_and(|auto| auto.value);
    let taken = mapping.routing.hostname.as_ref().or(mapping.routing.host.as_deref());
    let taken = taken.filter(|name| !own && !mapping.routing.host_regex && !name.contains('*'));
    let name = mapping.host_rewrite.as_deref().or(taken);
    name.map_or_else(|| host.to_owned(), |name| name.value.to_string())
}

/// A context's files and Secrets, as far as they can be read locally.
#[derive(Debug, Clone)]
struct Loaded {
    identity: Option<Identity>,
    trust: Trust,
    misfits: Vec<(ContextPart, Misfit)>,
}

impl Loaded {
    fn nothing(envoy: EnvoyVersion) -> Result<Self, String> {
        let trust = Trust::load(None, None, envoy)?;
        Ok(Self { identity: None, trust, misfits: Vec::new() })
    }

    fn fill(&mut self, world: &World, context: &Context, files: &Files, envoy: EnvoyVersion) {
        match trust(world, context, files, envoy) {
            Ok(trust) => self.trust = trust,
            Err(misfit) => self.misfits.push((ContextPart::Trust, misfit)),
        }
        match pair(world, context, files, envoy) {
            Ok(identity) => self.identity = identity,
            Err(misfit) => self.misfits.push((ContextPart::Pair, misfit)),
        }
    }
}

fn trust(
    world: &World,
    context: &Context,
    files: &Files,
    envoy: EnvoyVersion,
) -> Result<Trust, Misfit> {
    let read = |material| files.material(world, material).map_err(Misfit::Beyond);
    let (ca, crl) = (read(context.trusted_ca.as_ref())?, read(context.crl.as_ref())?);
    Trust::load(ca.as_ref().map(source), crl.as_ref().map(source), envoy)
        .map_err(Misfit::ConfigRejected)
}

fn pair(
    world: &World,
    context: &Context,
    files: &Files,
    envoy: EnvoyVersion,
) -> Result<Option<Identity>, Misfit> {
    let read = |material| files.material(world, material).map_err(Misfit::Beyond);
    let certificate = read(context.certificate.as_ref())?;
    let key = read(context.private_key.as_ref())?;
    if certificate.is_none() && key.is_none() {
        return Ok(None);
    }
    // If only one half of the pair is there, Envoy rejects it with its own message.
    let empty = Read { name: String::new(), bytes: Vec::new() };
    let (certificate, key) = (certificate.unwrap_or(empty.clone()), key.unwrap_or(empty));
    let pair = Identity::load(source(&certificate), source(&key), envoy);
    pair.map(Some).map_err(|why| match why {
        NotLoaded::Rejected(words) => Misfit::ConfigRejected(words),
        NotLoaded::Beyond(why) => Misfit::Beyond(why),
    })
}

fn source(read: &Read) -> PemSource<'_> {
    PemSource::new(&read.name, &read.bytes)
}

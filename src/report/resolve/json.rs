//! `resolve -o json`, version 1.

use std::collections::HashMap;
use std::io::Write;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::report::form::{ObjectJson, Streamed, schema_of};
use crate::resource::TlsReference;
use crate::world::{
    Context, ContextId, ContextState, Freeze, FreezeCause, Pem, PemFrom, Tls, TlsMode, Upstream,
    World,
};

use super::mount::{MountJson, mounts_json};

/// What `mtlsctl resolve -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl resolve -o json")]
struct Report<'w> {
    /// The version of this format; it increases when a field changes or is removed.
    version: u32,
    upstreams: Streamed<'w, UpstreamJson<'w>>,
    contexts: Streamed<'w, ContextJson<'w>>,
    /// What keeps every configuration change from taking effect.
    freezes: Streamed<'w, FreezeJson<'w>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Upstream")]
struct UpstreamJson<'w> {
    /// The kind of the object that names it: `Mapping`, `TCPMapping`, `AuthService`, …
    kind: &'static str,
    namespace: &'w str,
    name: &'w str,
    /// `service` as Emissary reads it.
    service: Option<&'w str>,
    tls: Option<Asked<'w>>,
    /// Whether a Host routes its traffic.
    routed: bool,
    /// Whether Emissary drops the object.
    dropped: bool,
    /// Envoy's configuration; null if there is no cluster.
    effective: Option<Effective<'w>>,
    cluster: Option<ClusterJson<'w>>,
    /// Emissary's status messages for the object.
    messages: &'w [String],
    /// The result if Secrets exist that are not in the input; absent if it does not depend on any.
    #[serde(skip_serializing_if = "Option::is_none")]
    if_present: Option<IfPresent<'w>>,
}

/// The name in `tls`, or that it asks for TLS without a context.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum Asked<'w> {
    Name(&'w str),
    Anonymous(bool),
}

#[derive(Serialize, JsonSchema)]
struct Effective<'w> {
    mode: Mode,
    /// Null if endpoints are looked up.
    host: Option<String>,
    port: Option<u16>,
    /// What is looked up instead of a host.
    endpoints: Option<String>,
    /// The context used for the handshake.
    context: Option<ContextRef>,
    client_certificate: Option<PemJson>,
    private_key: Option<PemJson>,
    /// What the upstream's certificate is verified against; null if any is accepted.
    trusted_ca: Option<PemJson>,
    crl: Option<PemJson>,
    /// How the files that the context names get into the Ambassador pod.
    mounts: Vec<MountJson>,
    /// As written; unset values are left to Envoy.
    sni: Option<&'w str>,
    alpn: Option<&'w str>,
    min_tls_version: Option<&'w str>,
    max_tls_version: Option<&'w str>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Plaintext,
    Tls,
    Mutual,
}

#[derive(Serialize, JsonSchema)]
struct ContextRef {
    namespace: String,
    name: String,
}

/// Where PEM data comes from: a file of the Ambassador pod, or a key of `NAMESPACE/NAME`.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Pem")]
enum PemJson {
    File { file: String },
    Secret { secret: String, key: String },
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Cluster")]
struct ClusterJson<'w> {
    name: &'w str,
    /// Other objects (`NAMESPACE/NAME`) that use the same cluster.
    shared_with: Vec<String>,
    /// Whether it is part of Envoy's configuration.
    active: bool,
}

#[derive(Serialize, JsonSchema)]
struct IfPresent<'w> {
    /// `NAMESPACE/NAME`
    secrets: Vec<String>,
    effective: Effective<'w>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Context")]
struct ContextJson<'w> {
    namespace: &'w str,
    name: &'w str,
    /// The name by which `tls` finds it.
    reachable_as: &'w str,
    state: State,
    /// Emissary's status messages for it.
    messages: Vec<String>,
}

/// `gone`: Emissary drops it; `errored`: it exists, but references to it do not get it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum State {
    Good,
    Gone,
    Errored,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Freeze")]
struct FreezeJson<'w> {
    /// `crash`, `cert-required`, `cipher-suite`, …
    cause: &'static str,
    object: ObjectJson<'w>,
    reason: &'w str,
}

/// Writes all upstreams that `wanted` selects, all contexts, and what freezes the configuration.
///
/// `effective` is Emissary's result for exactly these manifests. If it depends on a Secret that is
/// not among them but may exist, `if_present` is the result with that Secret.
///
/// # Errors
/// The writer's errors.
pub fn resolve_json(
    world: &World,
    wanted: impl Fn(&Upstream) -> bool,
    out: &mut dyn Write,
) -> serde_json::Result<()> {
    let complete = world
        .upstreams
        .iter()
        .any(|upstream| !world.unseen_secrets(upstream).is_empty())
        .then(|| world.as_if_complete());
    let open = complete.as_ref().map(|_| world);
    let world = complete.as_ref().unwrap_or(world);
    let by_mapping: HashMap<usize, &Upstream> = open
        .map(|open| open.upstreams.iter().map(|upstream| (upstream.mapping, upstream)).collect())
        .unwrap_or_default();
    let if_present = |one: &Upstream| {
        let (open, same) = (open?, by_mapping.get(&one.mapping)?);
        let tls = open.tls(same)?;
        let secrets = tls.unseen.clone();
        (!secrets.is_empty())
            .then(|| IfPresent { secrets, effective: Effective::of(open, same, tls) })
    };
    // If Emissary's Python raises an exception, there is no configuration and therefore no
    // upstream.
    let upstreams = if world.crashes() { &[][..] } else { &world.upstreams };
    let report = Report {
        version: 1,
        upstreams: Streamed::of(|| {
            let wanted = upstreams.iter().filter(|upstream| wanted(upstream));
            wanted.map(|one| UpstreamJson::of(world, one, if_present(one)))
        }),
        contexts: Streamed::of(|| {
            (0..world.contexts.len()).map(|index| ContextJson::of(world, ContextId(index)))
        }),
        freezes: Streamed::of(|| world.freezes.iter().map(FreezeJson::of)),
    };
    serde_json::to_writer_pretty(out, &report)
}

/// The JSON Schema of what [`resolve_json`] writes.
pub fn resolve_schema() -> Value {
    schema_of::<Report<'_>>()
}

impl<'w> UpstreamJson<'w> {
    fn of(world: &'w World, upstream: &'w Upstream, if_present: Option<IfPresent<'w>>) -> Self {
        let mapping = world.mapping(upstream);
        Self {
            kind: mapping.kind.name(),
            namespace: mapping.object.namespace(),
            name: &mapping.object.name.value,
            service: mapping.service.as_ref().map(|service| service.value.as_str()),
            tls: match &mapping.tls {
                TlsReference::Named(name) => Some(Asked::Name(name.as_str())),
                TlsReference::Anonymous(_) => Some(Asked::Anonymous(true)),
                TlsReference::Absent => None,
            },
            routed: upstream.routed,
            dropped: upstream.dropped.is_some(),
            effective: world.tls(upstream).map(|tls| Effective::of(world, upstream, tls)),
            cluster: ClusterJson::of(world, upstream),
            messages: &upstream.messages,
            if_present,
        }
    }
}

impl<'w> ClusterJson<'w> {
    fn of(world: &'w World, upstream: &Upstream) -> Option<Self> {
        let cluster = world.cluster(upstream.cluster?);
        let others = cluster.upstreams.iter().map(|&other| &world.upstreams[other]);
        let others = others.filter(|other| other.mapping != upstream.mapping).map(|other| {
            let object = &world.mapping(other).object;
            format!("{}/{}", object.namespace(), object.name.value)
        });
        Some(Self { name: &cluster.name, shared_with: others.collect(), active: cluster.active })
    }
}

impl<'w> Effective<'w> {
    fn of(world: &'w World, upstream: &Upstream, tls: Tls) -> Self {
        // What Emissary writes, without Envoy's defaults.
        let context = world.context_used(upstream).map(|id| world.context(id));
        let settings = context.map(|context| &context.settings);
        Self {
            mode: match tls.mode {
                TlsMode::Plaintext => Mode::Plaintext,
                TlsMode::Tls => Mode::Tls,
                TlsMode::Mutual => Mode::Mutual,
            },
            host: tls.to.host,
            port: tls.to.port,
            endpoints: tls.to.endpoints,
            context: tls
                .context
                .map(|context| ContextRef { namespace: context.namespace, name: context.name }),
            client_certificate: pem(tls.presents),
            private_key: pem(tls.key),
            trusted_ca: pem(tls.trusts),
            crl: pem(tls.revokes),
            mounts: context.map(|context| mounts_json(world, context)).unwrap_or_default(),
            sni: settings.and_then(|settings| Some(settings.sni.as_ref()?.as_str())),
            alpn: settings.and_then(|settings| Some(settings.alpn_protocols.as_ref()?.as_str())),
            min_tls_version: context.and_then(Context::min_version),
            max_tls_version: context.and_then(Context::max_version),
        }
    }
}

fn pem(pem: Option<Pem>) -> Option<PemJson> {
    match pem?.from {
        PemFrom::File(file) => Some(PemJson::File { file }),
        PemFrom::Secret { namespace, name, key, .. } => {
            Some(PemJson::Secret { secret: format!("{namespace}/{name}"), key })
        }
        PemFrom::Nothing { .. } => None,
    }
}

impl<'w> ContextJson<'w> {
    fn of(world: &'w World, id: ContextId) -> Self {
        let context = world.context(id);
        let own_name = world.tls_context(id).map(|resource| resource.object.name.value.as_str());
        Self {
            namespace: &context.namespace,
            name: own_name.unwrap_or(&context.name),
            reachable_as: &context.name,
            state: match context.state {
                ContextState::Good => State::Good,
                ContextState::Gone => State::Gone,
                ContextState::Errored => State::Errored,
            },
            messages: context.messages(),
        }
    }
}

impl<'w> FreezeJson<'w> {
    fn of(freeze: &'w Freeze) -> Self {
        let (cause, object) = (cause(&freeze.cause), ObjectJson::of(&freeze.object));
        Self { cause, object, reason: &freeze.reason }
    }
}

fn cause(cause: &FreezeCause) -> &'static str {
    match cause {
        FreezeCause::Crash(_) => "crash",
        FreezeCause::CertRequired => "cert-required",
        FreezeCause::SniOnTermination => "sni-on-termination",
        FreezeCause::KeyWithoutCertificate => "key-without-certificate",
        FreezeCause::CrlWithoutCa => "crl-without-ca",
        FreezeCause::EmptyFileName => "empty-file-name",
        FreezeCause::CipherSuite | FreezeCause::NoCipherSuite => "cipher-suite",
        FreezeCause::Curve | FreezeCause::CurveTwice => "curve",
        FreezeCause::LongSni => "long-sni",
        FreezeCause::Alpn => "alpn",
    }
}

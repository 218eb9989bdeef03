//! `resolve -o json`, version 1.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::resource::{TlsReference, WrittenTls};
use crate::world::{Context, ContextId, ContextState, FreezeCause, Pem, PemFrom, Upstream, World};

use super::mount::mounts_json;

/// All upstreams that `wanted` lets through, all contexts, and what freezes the configuration.
///
/// `effective` is what Emissary makes of exactly these manifests. Where that depends on a Secret that
/// they lack and that may exist, `if_present` says what comes of it then.
pub fn resolve_json(world: &World, wanted: impl Fn(&Upstream) -> bool) -> Value {
    let complete = world
        .upstreams
        .iter()
        .any(|upstream| !world.unseen_secrets(upstream).is_empty())
        .then(|| world.as_if_complete());
    let open = complete.as_ref().map(|_| world);
    let world = complete.as_ref().unwrap_or(world);
    // Where Emissary's Python raises there is no configuration, and so no upstream.
    let upstreams = world.upstreams.iter().filter(|_| !world.crashes());
    let upstreams = upstreams.filter(|upstream| wanted(upstream));
    let by_mapping: HashMap<usize, &Upstream> = open
        .map(|open| open.upstreams.iter().map(|upstream| (upstream.mapping, upstream)).collect())
        .unwrap_or_default();
    let upstreams: Vec<Value> = upstreams
        .map(|one| {
            let mut value = upstream(world, one);
            if let Some((open, same)) = open.zip(by_mapping.get(&one.mapping)) {
                let secrets = open.tls(same).map(|tls| tls.unseen).unwrap_or_default();
                if !secrets.is_empty() {
                    let effective = effective(open, same);
                    value["if_present"] = json!({ "secrets": secrets, "effective": effective });
                }
            }
            value
        })
        .collect();
    let contexts: Vec<Value> =
        (0..world.contexts.len()).map(|index| context(world, ContextId(index))).collect();
    let freezes: Vec<Value> = world
        .freezes
        .iter()
        .map(|freeze| {
            json!({
                "cause": cause(freeze.cause),
                "object": {
                    "kind": freeze.object.kind,
                    "namespace": freeze.object.namespace,
                    "name": freeze.object.name,
                },
                "reason": freeze.reason,
            })
        })
        .collect();
    json!({ "version": 1, "upstreams": upstreams, "contexts": contexts, "freezes": freezes })
}

fn upstream(world: &World, upstream: &Upstream) -> Value {
    let mapping = world.mapping(upstream);
    let tls = match (&mapping.tls, &mapping.tls_as_written) {
        (TlsReference::Named(name), _) => Value::from(name.as_str()),
        (TlsReference::Anonymous(_), _) => Value::from(true),
        (TlsReference::Absent, Some(written)) if mapping.kind.has_tls() => match &written.value {
            WrittenTls::Boolean(_) | WrittenTls::Text(_) => Value::Null,
        },
        _ => Value::Null,
    };
    let shared: Vec<String> = upstream
        .cluster
        .map(|id| {
            let others = world.cluster(id).upstreams.iter().map(|&other| &world.upstreams[other]);
            let others = others.filter(|other| other.mapping != upstream.mapping);
            others
                .map(|other| {
                    let object = &world.mapping(other).object;
                    format!("{}/{}", object.namespace(), object.name.value)
                })
                .collect()
        })
        .unwrap_or_default();
    let cluster = upstream.cluster.map(|id| {
        let cluster = world.cluster(id);
        json!({ "name": cluster.name, "shared_with": shared, "active": cluster.active })
    });
    json!({
        "kind": mapping.kind.name(),
        "namespace": mapping.object.namespace(),
        "name": mapping.object.name.value,
        "service": mapping.service.as_ref().map(|service| service.value.as_str()),
        "tls": tls,
        "routed": upstream.routed,
        "dropped": upstream.dropped.is_some(),
        "effective": effective(world, upstream),
        "cluster": cluster,
        "messages": upstream.messages,
    })
}

fn effective(world: &World, upstream: &Upstream) -> Value {
    let Some(tls) = world.tls(upstream) else { return Value::Null };
    // What Emissary writes, which leaves Envoy's defaults out.
    let context = world.context_used(upstream).map(|id| world.context(id));
    let text = |field: fn(&Context) -> Option<&str>| context.and_then(field);
    json!({
        "mode": tls.mode,
        "host": tls.to.host,
        "port": tls.to.port,
        "endpoints": tls.to.endpoints,
        "context": tls.context,
        "client_certificate": pem(tls.presents),
        "private_key": pem(tls.key),
        "trusted_ca": pem(tls.trusts),
        "crl": pem(tls.revokes),
        "mounts": context.map(|context| mounts_json(world, context)).unwrap_or_default(),
        "sni": text(|context| context.settings.sni.as_ref().map(|text| text.as_str())),
        "alpn": text(|context| context.settings.alpn_protocols.as_ref().map(|text| text.as_str())),
        "min_tls_version": text(Context::min_version),
        "max_tls_version": text(Context::max_version),
    })
}

fn pem(pem: Option<Pem>) -> Value {
    match pem.map(|pem| pem.from) {
        Some(PemFrom::File(path)) => json!({ "file": path }),
        Some(PemFrom::Secret { namespace, name, key, .. }) => {
            json!({ "secret": format!("{namespace}/{name}"), "key": key })
        }
        Some(PemFrom::Nothing { .. }) | None => Value::Null,
    }
}

fn context(world: &World, id: ContextId) -> Value {
    let context = world.context(id);
    let own_name = world.tls_context(id).map(|resource| resource.object.name.value.as_str());
    json!({
        "namespace": context.namespace,
        "name": own_name.unwrap_or(&context.name),
        "reachable_as": context.name,
        "state": match context.state {
            ContextState::Good => "good",
            ContextState::Gone => "gone",
            ContextState::Errored => "errored",
        },
        "messages": context.messages(),
    })
}

fn cause(cause: FreezeCause) -> &'static str {
    match cause {
        FreezeCause::Crash => "crash",
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

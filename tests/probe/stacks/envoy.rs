//! Envoy as the server, with settings that change how a rejection looks, one door each.

use mtlsctl::probe::Mutual;
use serde_json::{Value, json};

use super::door::{Door, ports};
use crate::support::peer::{Envoy, Pki, Process, answering};

/// A listener.
struct Front {
    door: Door,
    /// `require_client_certificate`
    requires: bool,
    /// The validation context; null for none.
    context: Value,
    /// A network or HTTP filter before the response.
    filter: Option<Value>,
    /// Listener filters, before TLS.
    before: Vec<Value>,
    /// The accepted server names; empty for any.
    names: Vec<&'static str>,
}

pub(super) fn start(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let required = Mutual::Required;
    let file = |name: &str| json!({"filename": pki.path(name)});
    let ca = json!({"trusted_ca": file("ca.pem")});
    let with = |more: Value| {
        let mut context = ca.clone();
        for (key, value) in more.as_object().expect("fields") {
            context[key] = value.clone();
        }
        context
    };
    pki.write("root.crl", &pki.authority.list((-1, 30)));
    pki.write("other.crl", &pki.stranger.list((-1, 30)));
    pki.write("stale.crl", &pki.authority.list((-9, -2)));
    let other_name = json!({"match_typed_subject_alt_names":
        [{"san_type": "DNS", "matcher": {"exact": "nobody.example"}}]});
    let other_hash = json!({"verify_certificate_hash": ["00".repeat(32)]});
    let front = |name: &str, demand, requires, context: Value| Front {
        door: Door::new(name, demand),
        requires,
        context,
        filter: None,
        before: Vec::new(),
        names: Vec::new(),
    };
    let rbac = |layer: &str, rules: Value| {
        json!({
            "name": "rbac",
            "typed_config": {
                "@type": format!("type.googleapis.com/envoy.extensions.filters.{layer}.rbac.v3.RBAC"),
                "rules": rules,
            },
        })
    };
    let mut network = rbac("network", json!({}));
    network["typed_config"]["stat_prefix"] = json!("rbac");
    let mut slow = network.clone();
    slow["typed_config"]["delay_deny"] = json!("4s");
    let known = json!({"policies": {"known": {
        "permissions": [{"any": true}],
        "principals": [{"authenticated": {"principal_name": {"exact": "localhost"}}}],
    }}});
    let before = |name: &str| {
        let path = format!("envoy.extensions.filters.listener.{name}.v3");
        let kind = if name == "tls_inspector" { "TlsInspector" } else { "ProxyProtocol" };
        json!({"name": name, "typed_config": {"@type": format!("type.googleapis.com/{path}.{kind}")}})
    };
    let fronts = vec![
        front("require", required, true, ca.clone()),
        front("not-required", Mutual::Optional, false, ca.clone()),
        // Without CAs it never requests a certificate, even if one is required.
        front("require-without-ca", Mutual::NotRequested, true, Value::Null),
        front(
            "accept-untrusted",
            required,
            true,
            with(json!({"trust_chain_verification": "ACCEPT_UNTRUSTED"})),
        ),
        front("other-name", required, true, with(other_name.clone())),
        // A required name makes the certificate required.
        front("other-name-not-required", required, false, with(other_name)),
        front("other-hash", required, true, with(other_hash)),
        front("depth-1", required, true, with(json!({"max_verify_depth": 1}))),
        front("crl-root", required, true, with(json!({"crl": file("root.crl")}))),
        front("crl-other", required, true, with(json!({"crl": file("other.crl")}))),
        front("crl-stale", required, true, with(json!({"crl": file("stale.crl")}))),
        front(
            "crl-other-optional",
            Mutual::Optional,
            false,
            with(json!({"crl": file("other.crl")})),
        ),
        front("allow-expired", required, true, with(json!({"allow_expired_certificate": true}))),
        Front {
            filter: Some(rbac("http", json!({}))),
            ..front("rbac-nobody", required, true, ca.clone())
        },
        Front {
            filter: Some(rbac("http", known)),
            door: Door::veiled("rbac-known", required),
            ..front("", required, false, ca.clone())
        },
        Front { filter: Some(network), ..front("network-rbac-nobody", required, true, ca.clone()) },
        // It denies after the probe's time limit.
        Front {
            filter: Some(slow),
            door: Door::veiled("network-rbac-later", required),
            ..front("", required, true, ca.clone())
        },
        // It expects the PROXY protocol first.
        Front {
            before: vec![before("proxy_protocol")],
            ..front("proxy-protocol", Mutual::Unknown, true, ca.clone())
        },
        // Requests are for `localhost`, without SNI.
        Front {
            before: vec![before("tls_inspector")],
            names: vec!["localhost"],
            ..front("server-names", required, true, ca.clone())
        },
    ];
    let listeners: Vec<Value> = fronts.iter().map(|front| listener(pki, front)).collect();
    let doors: Vec<Door> = fronts.into_iter().map(|front| front.door).collect();
    let envoy = Envoy::start(&json!({ "listeners": listeners }), &ports(&doors));
    (doors, vec![envoy.process])
}

fn listener(pki: &Pki, front: &Front) -> Value {
    let mut common = json!({
        "tls_params": {"tls_maximum_protocol_version": "TLSv1_3"},
        "alpn_protocols": ["http/1.1"],
        "tls_certificates": [{
            "certificate_chain": {"filename": pki.path("server.pem")},
            "private_key": {"filename": pki.path("server.key")},
        }],
    });
    if !front.context.is_null() {
        common["validation_context"] = front.context.clone();
    }
    let tls = json!({
        "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
        "common_tls_context": common,
        "require_client_certificate": front.requires,
    });
    let mut http = answering();
    let mut filters = Vec::new();
    match &front.filter {
        Some(filter) if filter["typed_config"]["stat_prefix"].is_null() => {
            let own = http["typed_config"]["http_filters"].as_array_mut();
            own.expect("the router").insert(0, filter.clone());
        }
        filter => filters.extend(filter.clone()),
    }
    filters.push(http);
    let mut chain = json!({
        "filters": filters,
        "transport_socket": {"name": "tls", "typed_config": tls},
    });
    if !front.names.is_empty() {
        chain["filter_chain_match"] = json!({"server_names": front.names});
    }
    let mut listener = crate::support::peer::listener(front.door.port, chain);
    listener["listener_filters"] = json!(front.before);
    listener
}

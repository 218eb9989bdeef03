//! A real Envoy with a static configuration.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::door::{Door, Mode, Tls};
use super::pki::Pki;
use super::process::{Process, folder};
use crate::support::installed;

pub(crate) struct Envoy {
    pub(crate) process: Process,
}

impl Envoy {
    /// Starts Envoy with these static resources and waits for the ports.
    pub(crate) fn start(resources: &Value, ports: &[u16]) -> Self {
        Self::run("envoy", &json!({ "static_resources": resources }), ports)
    }

    /// The same with an admin port for statistics. The `peer` is `envoy` or `envoy-VERSION`.
    pub(crate) fn start_with_admin(
        peer: &str,
        resources: &Value,
        ports: &[u16],
        admin: u16,
    ) -> Self {
        let address = json!({"socket_address": {"address": "127.0.0.1", "port_value": admin}});
        let configuration =
            json!({ "static_resources": resources, "admin": { "address": address } });
        Self::run(peer, &configuration, ports)
    }

    fn run(peer: &str, configuration: &Value, ports: &[u16]) -> Self {
        let here = folder("envoy");
        let path = here.join("envoy.json");
        fs::write(&path, configuration.to_string()).expect("a configuration");
        let mut command = installed::command(&format!("{peer}/envoy/_bin/envoy"));
        command.arg("-c").arg(&path).args([
            "--use-dynamic-base-id",
            "--concurrency",
            "1",
            "-l",
            "warning",
            "--file-flush-interval-msec",
            "50",
        ]);
        Self { process: Process::start(command, here.join("log"), ports) }
    }
}

/// A loopback listener with these filter chains.
pub(crate) fn listener(port: u16, chain: Value) -> Value {
    let chains = match chain {
        Value::Array(chains) => chains,
        chain => vec![chain],
    };
    json!({
        "name": format!("listener-{port}"),
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
        "filter_chains": chains,
    })
}

/// A filter chain that answers every request with 200, with the TLS of a door.
pub(crate) fn virtual_tls(pki: &Pki, door: Door) -> Value {
    let version = match door.tls {
        Tls::V12 => "TLSv1_2",
        Tls::V13 => "TLSv1_3",
    };
    let mut common = json!({
        "tls_params": {"tls_minimum_protocol_version": version, "tls_maximum_protocol_version": version},
        "alpn_protocols": ["http/1.1"],
        "tls_certificates": [{
            "certificate_chain": {"filename": pki.path("server.pem")},
            "private_key": {"filename": pki.path("server.key")},
        }],
    });
    if door.mode != Mode::Never {
        common["validation_context"] = json!({"trusted_ca": {"filename": pki.path("ca.pem")}});
    }
    json!({
        "filters": [answering()],
        "transport_socket": {
            "name": "tls",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                "common_tls_context": common,
                "require_client_certificate": door.mode == Mode::Required,
            },
        },
    })
}

/// The last filter of an HTTP filter chain: 200 for everything.
pub(crate) fn answering() -> Value {
    json!({
        "name": "http",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
            "stat_prefix": "http",
            "route_config": {"virtual_hosts": [{
                "name": "all",
                "domains": ["*"],
                "routes": [{
                    "match": {"prefix": "/"},
                    "direct_response": {"status": 200, "body": {"inline_string": "ok\n"}},
                }],
            }]},
            "http_filters": [{
                "name": "router",
                "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"},
            }],
        },
    })
}

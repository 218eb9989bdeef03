//! A real Envoy with a route to a cluster for each case, configured as by Emissary.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use mtlsctl::probe::{Codec, TlsVersion};
use serde_json::{Value, json};

use super::case::Case;
use crate::support::installed;
use crate::support::peer::{Envoy, Pki, folder, free_port};

/// Envoy's result for a request: its flags, and the reason without code and blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Made {
    Accepted,
    Refused { flags: String, reason: String },
}

/// The reason's code and name: `268436504:…:TLSV1_ALERT_UNKNOWN_CA`.
pub(crate) fn bare(line: &str) -> String {
    line.trim_start_matches("TLS_error:")
        .trim_matches('|')
        .trim_end_matches(":TLS_error_end")
        .to_owned()
}

/// An Envoy with a route to a cluster for each case.
pub(crate) struct Ambassador {
    _envoy: Envoy,
    port: u16,
    admin: u16,
    log: std::path::PathBuf,
}

impl Ambassador {
    pub(crate) fn start(pki: &Pki, cases: &[Case], ports: &[u16]) -> Self {
        Self::start_peer("envoy", pki, cases, ports)
    }

    /// The same with `envoy-VERSION` from the peers.
    pub(crate) fn start_peer(peer: &str, pki: &Pki, cases: &[Case], ports: &[u16]) -> Self {
        let (port, admin) = (free_port(), free_port());
        let log = pki.folder.join("access.log");
        fs::write(&log, "").expect("a log");
        let clusters: Vec<Value> =
            cases.iter().zip(ports).map(|(case, port)| cluster(pki, case, *port)).collect();
        let routes: Vec<Value> = cases
            .iter()
            .map(|case| {
                json!({"match": {"path": format!("/{}", case.id)}, "route": {"cluster": case.id, "timeout": "5s", "prefix_rewrite": case.path}})
            })
            .collect();
        let resources = json!({
            "listeners": [{
                "name": "in",
                "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
                "filter_chains": [{"filters": [{
                    "name": "http",
                    "typed_config": {
                        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                        "stat_prefix": "in",
                        "access_log": [{
                            "name": "file",
                            "typed_config": {
                                "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
                                "path": log,
                                "log_format": {"text_format_source": {"inline_string":
                                    "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %RESPONSE_CODE% %RESPONSE_FLAGS% %UPSTREAM_TRANSPORT_FAILURE_REASON%\n"}},
                            },
                        }],
                        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}]},
                        "http_filters": [{
                            "name": "router",
                            "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"},
                        }],
                    },
                }]}],
            }],
            "clusters": clusters,
        });
        Self { _envoy: Envoy::start_with_admin(peer, &resources, &[port], admin), port, admin, log }
    }

    /// Whether a statistic of a case's cluster was incremented.
    pub(crate) fn counted(&self, id: &str, stat: &str) -> bool {
        let name = format!("cluster.{id}.{stat}");
        let mut tcp = TcpStream::connect(("127.0.0.1", self.admin)).expect("Envoy's admin port");
        write!(
            tcp,
            "GET /stats?filter=^{name}$ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut answer = String::new();
        let _ = tcp.read_to_string(&mut answer);
        let line = answer.lines().find(|line| line.starts_with(&name));
        line.is_some_and(|line| !line.ends_with(": 0"))
    }

    /// Sends a request for a case and reads Envoy's log line about it.
    pub(crate) fn asked(&self, id: &str) -> Made {
        match self.answered(id, Codec::Http1) {
            (200, ..) => Made::Accepted,
            (_, flags, reason) => Made::Refused { flags, reason },
        }
    }

    /// Sends a request for a case (a gRPC call if the codec is HTTP/2) and returns code, flags and
    /// reason.
    pub(crate) fn answered(&self, id: &str, codec: Codec) -> (u16, String, String) {
        let mut tcp = TcpStream::connect(("127.0.0.1", self.port)).expect("Envoy");
        let _ = tcp.set_read_timeout(Some(Duration::from_secs(10)));
        let (method, more, body) = match codec {
            Codec::Http2 => (
                "POST",
                "content-type: application/grpc\r\nte: trailers\r\ncontent-length: 5\r\n",
                "\0\0\0\0\0",
            ),
            _ => ("GET", "", ""),
        };
        write!(
            tcp,
            "{method} /{id} HTTP/1.1\r\nhost: localhost\r\n{more}connection: close\r\n\r\n{body}"
        )
        .expect("a request");
        let mut answer = String::new();
        let _ = tcp.read_to_string(&mut answer);
        let wanted = format!("/{id} ");
        let give_up = Instant::now() + Duration::from_secs(10);
        loop {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            let line = log.lines().find(|line| line.starts_with(&wanted));
            if let Some([_, code, flags, reason]) =
                line.map(|line| line.splitn(4, ' ').collect::<Vec<_>>()).as_deref()
            {
                let flags = (*flags).trim_matches('-').to_owned();
                let code = code.parse().unwrap_or_default();
                return (code, flags, bare(reason.trim_matches('-')));
            }
            assert!(Instant::now() < give_up, "Envoy logs nothing about {id}: {answer}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A cluster as Emissary writes it.
pub(crate) fn cluster(pki: &Pki, case: &Case, port: u16) -> Value {
    let offer = &case.offer;
    let version = |version: TlsVersion| match version {
        TlsVersion::V1_0 => "TLSv1_0",
        TlsVersion::V1_1 => "TLSv1_1",
        TlsVersion::V1_2 => "TLSv1_2",
        TlsVersion::V1_3 => "TLSv1_3",
    };
    let mut params = json!({});
    if let Some(min) = offer.min {
        params["tls_minimum_protocol_version"] = json!(version(min));
    }
    if let Some(max) = offer.max {
        params["tls_maximum_protocol_version"] = json!(version(max));
    }
    if !offer.cipher_suites.is_empty() {
        params["cipher_suites"] = json!(offer.cipher_suites);
    }
    if !offer.ecdh_curves.is_empty() {
        params["ecdh_curves"] = json!(offer.ecdh_curves);
    }
    let mut sni_of_context = json!("");
    let mut common = json!({
        "tls_params": params,
        "validation_context": {"trusted_ca": {"filename": pki.path(case.ca())}},
    });
    if let Some(alpn) = &offer.alpn {
        common["alpn_protocols"] = json!([alpn]);
    }
    if let Some(client) = &case.client {
        let (cert, key) = (format!("{}-client.pem", case.id), format!("{}-client.key", case.id));
        pki.write(&cert, &client.cert);
        pki.write(&key, &client.key);
        common["tls_certificates"] = json!([{
            "certificate_chain": {"filename": pki.path(&cert)},
            "private_key": {"filename": pki.path(&key)},
        }]);
    }
    if let Some(sni) = &offer.sni {
        sni_of_context = json!(sni);
    }
    let protocol = match offer.codec {
        Codec::Http2 => "http2_protocol_options",
        _ => "http_protocol_options",
    };
    json!({
        "name": case.id,
        "type": "STATIC",
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {protocol: {}},
            },
        },
        "connect_timeout": "1.5s",
        "load_assignment": {"cluster_name": case.id, "endpoints": [{"lb_endpoints": [{
            "endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": port}}},
        }]}]},
        "transport_socket": {
            "name": "tls",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
                "common_tls_context": common,
                "sni": sni_of_context,
            },
        },
    })
}

/// The message of `envoy --mode validate` about a cluster with this context; `None` if it is valid.
pub(crate) fn validate(pki: &Pki, case: &Case) -> Option<String> {
    let here = folder("validate");
    let resources = json!({ "static_resources": { "clusters": [cluster(pki, case, 1)] } });
    fs::write(here.join("envoy.json"), resources.to_string()).expect("a configuration");
    let done = installed::command("envoy/envoy/_bin/envoy")
        .args(["--mode", "validate", "-c"])
        .arg(here.join("envoy.json"))
        .output()
        .expect("Envoy");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (!done.status.success()).then_some(said)
}

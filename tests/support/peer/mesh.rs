//! Sidecars as configured by Istio and Consul, in a real Envoy, and a real Consul agent.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::envoy::{Envoy, answering};
use super::pki::{Pair, Pki};
use super::process::{Process, folder, free_port, responder};
use crate::support::installed;

/// The configuration of a sidecar's inbound port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sidecar {
    IstioStrict,
    IstioPermissiveHttp,
    IstioPermissiveAuto,
    /// Consul's Envoy in front of a TCP service; `deny` is its RBAC for a denied intention.
    ConsulTcp {
        deny: bool,
    },
    /// The same in front of an HTTP service.
    ConsulHttp {
        deny: bool,
    },
}

const ISTIO_ALPN: [&str; 5] =
    ["istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2"];

/// Starts an Envoy with an inbound port of this kind, in front of a plaintext app.
pub(crate) fn sidecar(pki: &Pki, kind: Sidecar) -> (Envoy, u16) {
    let port = free_port();
    let app = responder();
    let tcp = json!({
        "name": "tcp",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
            "stat_prefix": "tcp",
            "cluster": "app",
        },
    });
    let istio_tls = |filters: Value| {
        json!({
            "filter_chain_match": {"transport_protocol": "tls", "application_protocols": ISTIO_ALPN},
            "filters": filters,
            "transport_socket": mutual(pki, &["h2", "http/1.1"]),
        })
    };
    let plain = |filters: Value| {
        json!({
            "filter_chain_match": {"transport_protocol": "raw_buffer"},
            "filters": filters,
        })
    };
    let chains = match kind {
        Sidecar::IstioStrict => json!([{
            "filter_chain_match": {"transport_protocol": "tls"},
            "filters": [answering()],
            "transport_socket": mutual(pki, &["h2", "http/1.1"]),
        }]),
        Sidecar::IstioPermissiveHttp => {
            json!([istio_tls(json!([answering()])), plain(json!([answering()]))])
        }
        Sidecar::IstioPermissiveAuto => json!([
            istio_tls(json!([answering()])),
            plain(json!([tcp])),
            {"filter_chain_match": {"transport_protocol": "tls"}, "filters": [tcp]},
        ]),
        Sidecar::ConsulTcp { deny } => {
            let filters = if deny { json!([denying(), tcp]) } else { json!([tcp]) };
            json!([{"filters": filters, "transport_socket": mutual(pki, &[])}])
        }
        Sidecar::ConsulHttp { deny } => {
            let mut http = answering();
            if deny {
                let rbac = json!({
                    "name": "rbac",
                    "typed_config": {
                        "@type": "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC",
                        "rules": {},
                    },
                });
                let filters = http["typed_config"]["http_filters"].as_array_mut();
                filters.expect("the router").insert(0, rbac);
            }
            json!([{"filters": [http], "transport_socket": mutual(pki, &["http/1.1"])}])
        }
    };
    let resources = json!({
        "listeners": [{
            "name": "inbound",
            "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
            "listener_filters": [{
                "name": "tls_inspector",
                "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector"},
            }],
            "filter_chains": chains,
        }],
        "clusters": [{
            "name": "app",
            "type": "STATIC",
            "load_assignment": {"cluster_name": "app", "endpoints": [{"lb_endpoints": [{
                "endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": app}}},
            }]}]},
        }],
    });
    (Envoy::start(&resources, &[port]), port)
}

/// The transport socket of a sidecar's inbound chain: a client certificate is required.
fn mutual(pki: &Pki, alpn: &[&str]) -> Value {
    json!({
        "name": "tls",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
            "require_client_certificate": true,
            "common_tls_context": {
                "alpn_protocols": alpn,
                "tls_params": {"tls_minimum_protocol_version": "TLSv1_2", "tls_maximum_protocol_version": "TLSv1_3"},
                "tls_certificates": [{
                    "certificate_chain": {"filename": pki.path("server.pem")},
                    "private_key": {"filename": pki.path("server.key")},
                }],
                "validation_context": {"trusted_ca": {"filename": pki.path("ca.pem")}},
            },
        },
    })
}

/// Consul's network filter that denies everybody.
fn denying() -> Value {
    json!({
        "name": "rbac",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC",
            "stat_prefix": "rbac",
            "rules": {},
        },
    })
}

/// A real agent in development mode, with a service behind Consul's built-in proxy.
pub(crate) struct Consul {
    http: u16,
    /// Where the proxy of the service `web` accepts mutual TLS.
    pub(crate) proxy_port: u16,
    processes: Vec<Process>,
}

impl Consul {
    pub(crate) fn start() -> Self {
        let here = folder("consul");
        let http = free_port();
        let ports = json!({
            "http": http, "dns": -1, "grpc": -1, "https": -1,
            "serf_lan": free_port(), "serf_wan": free_port(), "server": free_port(),
        });
        let config = json!({"disable_update_check": true, "ports": ports});
        std::fs::write(here.join("agent.json"), config.to_string()).expect("a configuration");
        let mut command = installed::command("consul/usr/bin/consul");
        command
            .args(["agent", "-dev", "-bind", "127.0.0.1", "-client", "127.0.0.1", "-config-file"])
            .arg(here.join("agent.json"));
        let agent = Process::start(command, here.join("log"), &[http]);
        let mut this = Self { http, proxy_port: free_port(), processes: vec![agent] };
        this.until_ready("/v1/agent/connect/ca/roots", "RootCert");

        let sidecar = json!({
            "Port": this.proxy_port,
            "Proxy": {"Config": {"bind_address": "127.0.0.1"}},
        });
        let service = json!({
            "Name": "web", "Port": responder(), "Connect": {"SidecarService": sidecar},
        });
        this.call("PUT", "/v1/agent/service/register", &service.to_string());
        let mut command = installed::command("consul/usr/bin/consul");
        command
            .args(["connect", "proxy", "-sidecar-for", "web", "-http-addr"])
            .arg(format!("127.0.0.1:{http}"));
        let proxy = Process::start(command, here.join("proxy.log"), &[this.proxy_port]);
        this.processes.push(proxy);
        this
    }

    /// Denies connections from one service to another.
    pub(crate) fn deny(&self, from: &str, to: &str) {
        let intention = json!({
            "SourceName": from, "DestinationName": to, "SourceType": "consul", "Action": "deny",
        });
        self.call("POST", "/v1/connect/intentions", &intention.to_string());
    }

    /// The certificate and key of a service, as the connector exports them.
    pub(crate) fn leaf(&self, service: &str) -> Pair {
        let path = format!("/v1/agent/connect/ca/leaf/{service}");
        let leaf: Value = serde_json::from_str(&self.until_ready(&path, "CertPEM")).expect("JSON");
        Pair {
            cert: leaf["CertPEM"].as_str().expect("a certificate").to_owned(),
            key: leaf["PrivateKeyPEM"].as_str().expect("a key").to_owned(),
        }
    }

    /// The roots as a bundle.
    pub(crate) fn roots(&self) -> String {
        let answer = self.call("GET", "/v1/agent/connect/ca/roots", "");
        let roots: Value = serde_json::from_str(&answer).expect("JSON");
        let roots = roots["Roots"].as_array().expect("roots");
        roots.iter().filter_map(|root| root["RootCert"].as_str()).collect()
    }

    fn until_ready(&self, path: &str, wanted: &str) -> String {
        let give_up = Instant::now() + Duration::from_secs(30);
        loop {
            let answer = self.call("GET", path, "");
            if answer.contains(wanted) {
                return answer;
            }
            assert!(Instant::now() < give_up, "the agent is not ready: {answer}");
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn call(&self, method: &str, path: &str, body: &str) -> String {
        let mut tcp = TcpStream::connect(("127.0.0.1", self.http)).expect("the agent");
        let request = format!(
            "{method} {path} HTTP/1.0\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        tcp.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        let _ = tcp.read_to_string(&mut answer);
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body);
        body.unwrap_or_default().to_owned()
    }
}

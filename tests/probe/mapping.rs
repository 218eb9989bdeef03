//! How a Mapping and the Module affect connecting: timeout and addresses.

use std::net::TcpListener;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{DnsFamily, Settings, World};
use serde_json::Value;

use crate::support::peer::{Pki, State, folder};

fn probe(name: &str, manifest: &str, arguments: &[&str]) -> (Output, Duration) {
    let path = folder(name).join("m.yaml");
    std::fs::write(&path, manifest).expect("a manifest");
    let started = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["probe", "--all", "-o", "json", "-f"])
        .arg(path)
        .args(arguments)
        .output()
        .expect("mtlsctl");
    (output, started.elapsed())
}

fn mapping(service: &str, more: &str) -> String {
    format!(
        "apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {{name: m}}
spec: {{hostname: '*', prefix: /, service: '{service}'{more}}}
"
    )
}

fn module(config: &str) -> String {
    format!(
        "---
apiVersion: getambassador.io/v3alpha1
kind: Module
metadata: {{name: ambassador}}
spec: {{config: {{{config}}}}}
"
    )
}

#[test]
fn connect_timeout_ms_bounds_a_silent_server() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = silent.local_addr().expect("its address").port();
    let manifest = mapping(&format!("https://127.0.0.1:{port}"), ", connect_timeout_ms: 150");
    let (output, took) = probe("connect-timeout", &manifest, &["--no-negative"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["targets"][0]["verdict"]["envoy"], "refused", "{report}");
    // The default of three seconds would take too long.
    assert!(took < Duration::from_millis(2500), "{took:?}");
    let (_, took) = probe("connect-timeout-flag", &manifest, &["--no-negative", "--timeout", "1s"]);
    assert!(took > Duration::from_millis(900), "the flag goes before the Mapping: {took:?}");
}

#[test]
fn a_connect_timeout_that_envoy_rejects_is_reported_before_connecting() {
    let manifest = mapping("https://127.0.0.1:9", ", connect_timeout_ms: 0");
    let (output, _) = probe("timeout-zero", &manifest, &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.contains("config_rejected") && said.contains("greater than 0s"), "{said}");
    // A pair from the command line replaces that of the context, and nothing else.
    let pki = Pki::new(folder("timeout-zero-pair"));
    let client = pki.client(State::Good).expect("a client");
    pki.write("client.pem", &client.cert);
    pki.write("client.key", &client.key);
    let (cert, key, ca) = (pki.path("client.pem"), pki.path("client.key"), pki.path("ca.pem"));
    let flags = ["--cert", &cert, "--key", &key, "--ca", &ca];
    let (output, _) = probe("timeout-zero", &manifest, &flags);
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.contains("config_rejected") && said.contains("greater than 0s"), "{said}");
}

/// The address family that is looked up.
fn family(manifest: &str) -> DnsFamily {
    let mut sources = Sources::default();
    sources.add("m.yaml".to_owned(), manifest.to_owned());
    let world = World::read(sources, Settings::default(), &relevance());
    world.dns_family(&world.upstreams[0])
}

#[test]
fn enable_ipv6_of_mapping_and_module_decides_the_address_family() {
    let plain = mapping("https://up", "");
    assert_eq!(family(&plain), DnsFamily::V4Only);
    assert_eq!(family(&mapping("https://up", ", enable_ipv6: true")), DnsFamily::Auto);
    let only = mapping("https://up", ", enable_ipv6: true, enable_ipv4: false");
    assert_eq!(family(&only), DnsFamily::V6Only);
    let common = module("enable_ipv6: true");
    assert_eq!(family(&format!("{plain}{common}")), DnsFamily::Auto);
    let refused = mapping("https://up", ", enable_ipv6: false");
    assert_eq!(family(&format!("{refused}{common}")), DnsFamily::V4Only);
}

#[test]
fn flags_that_match_no_upstream_are_reported() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = free.local_addr().expect("its address").port();
    drop(free);
    let manifest = mapping("https://web.shop:8443", "");
    let to_shop = format!("web.shop.svc.cluster.local:8443:127.0.0.1:{port}");
    let said = |flag: &str| {
        let (output, _) = probe("connect-to", &manifest, &["--no-negative", "--connect-to", flag]);
        String::from_utf8(output.stderr).expect("text")
    };
    assert_eq!(said(&to_shop), "");
    let other = format!("web:8443:127.0.0.1:{port}");
    let both = probe("connect-to", &manifest, &["--connect-to", &to_shop, "--connect-to", &other]);
    assert_eq!(
        String::from_utf8(both.0.stderr).expect("text"),
        format!("warning: `--connect-to {other}` matches no target; there are web.shop:8443\n")
    );
    let bare = format!("127.0.0.1:{port}");
    let folder = folder("bare-among-manifests");
    std::fs::write(folder.join("m.yaml"), &manifest).expect("a manifest");
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["probe", &bare, "--no-negative", "-f", "m.yaml"])
        .current_dir(&folder)
        .output()
        .expect("mtlsctl");
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(
        said.contains(&format!("no upstream in the manifests has the address `{bare}`")),
        "{said}"
    );
}

#[test]
fn a_service_is_found_by_any_spelling_of_its_host() {
    let path = folder("spellings").join("m.yaml");
    std::fs::write(&path, mapping("https://web.shop", "")).expect("a manifest");
    for words in ["web.shop:443", "web.shop.svc:443", "https://web.shop.svc.cluster.local:443"] {
        let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .args(["probe", words, "--no-negative", "-o", "json", "--connect-to", "::127.0.0.1:1"])
            .arg("-f")
            .arg(&path)
            .output()
            .expect("mtlsctl");
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report["targets"][0]["upstream"], "Mapping default/m", "{words}: {report}");
    }
}

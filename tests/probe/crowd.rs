//! A thousand upstreams at once: all are probed, in order, with little memory.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use base64::Engine;
use serde_json::Value;

use crate::support::peer::{Kind, Mode, Pki, Server, State, Tls, folder};

const UPSTREAMS: usize = 1000;
const MEMORY_KB: u64 = 48 * 1024;

#[test]
fn a_thousand_upstreams_fit_into_little_memory() {
    let pki = Pki::new(folder("crowd"));
    let server = Server::start(Kind::Nginx, &pki);
    let fits =
        |door: &&crate::support::peer::Door| door.tls == Tls::V12 && door.mode == Mode::Required;
    let port = server.doors.iter().find(fits).expect("a door").port;
    let client = pki.client(State::Good).expect("a client");
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let mut manifest = format!(
        "apiVersion: v1
kind: Secret
metadata: {{name: pair}}
data: {{tls.crt: {}, tls.key: {}}}
---
apiVersion: v1
kind: Secret
metadata: {{name: ca}}
data: {{tls.crt: {}}}
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {{name: up}}
spec: {{secret: pair, ca_secret: ca}}
",
        encode(&client.cert),
        encode(&client.key),
        encode(&pki.authority.pem)
    );
    for number in 0..UPSTREAMS {
        manifest.push_str(&format!(
            "---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {{name: m{number:04}}}
spec: {{hostname: '*', prefix: /{number}/, service: 'https://svc{number}:8443', tls: up}}
"
        ));
    }
    let here = folder("crowd-manifests");
    fs::write(here.join("m.yaml"), manifest).expect("a manifest");
    let report = here.join("report.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["probe", "--all", "--concurrency", "64", "-f"])
        .arg(here.join("m.yaml"))
        .args(["--connect-to", &format!("::127.0.0.1:{port}")])
        .args(["-o", &format!("json={}", report.display())])
        .stderr(Stdio::inherit())
        .spawn()
        .expect("mtlsctl");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        // Without the pages of the program itself, of which a debug build has many.
        let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        match child.try_wait().expect("its end") {
            Some(ended) => break ended,
            None => thread::sleep(Duration::from_millis(20)),
        }
    };
    assert_eq!(ended.code(), Some(0), "{}", server.logs());
    println!("{UPSTREAMS} upstreams, {peak} KB at most");
    assert!(peak < MEMORY_KB, "{peak} KB");

    let report: Value =
        serde_json::from_str(&fs::read_to_string(report).expect("a report")).expect("JSON");
    let targets = report["targets"].as_array().expect("targets");
    assert_eq!(targets.len(), UPSTREAMS);
    for (number, target) in targets.iter().enumerate() {
        assert_eq!(target["upstream"], format!("Mapping default/m{number:04}"));
        assert_eq!(target["verdict"]["envoy"], "accepted");
        assert_eq!(target["verdict"]["mutual"], "required");
    }
}

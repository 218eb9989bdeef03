//! Targets from manifests, through the built binary: names, files, Secrets, exit codes.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use base64::Engine;
use serde_json::Value;

use crate::support::installed;
use crate::support::peer::{
    Door, Kind, Mode, Pair, Pki, Server, State, Tls, Wanted, folder, free_port,
};

struct Scene {
    pki: Pki,
    client: Pair,
    folder: PathBuf,
}

/// The part of the original report's Deployment that proves where a file comes from.
const DEPLOYMENT: &str = "
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ambassador}
spec:
  template:
    spec:
      containers:
      - name: ambassador
        image: docker.io/emissaryingress/emissary:4.1.0
        volumeMounts:
        - {mountPath: /etc/istiocerts/, name: istio-certs, readOnly: true}
      volumes:
      - name: istio-certs
        secret: {optional: true, secretName: istio.default}
";

/// The original report's context and Mapping.
const ISTIO: &str = "
---
apiVersion: getambassador.io/v2
kind: TLSContext
metadata: {name: istio-upstream}
spec:
  cert_chain_file: /etc/istiocerts/cert-chain.pem
  private_key_file: /etc/istiocerts/key.pem
  cacert_chain_file: /etc/istiocerts/root-cert.pem
---
apiVersion: getambassador.io/v2
kind: Mapping
metadata: {name: productpage_mapping}
spec:
  prefix: /productpage/
  rewrite: /productpage
  service: https://productpage:9080
  tls: istio-upstream
";

impl Scene {
    fn new(name: &str) -> Self {
        let pki = Pki::new(folder(name));
        let client = pki.client(State::Good).expect("a client");
        let folder = folder(&format!("{name}-manifests"));
        Self { pki, client, folder }
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).expect("a manifest");
    }

    fn secret(&self, name: &str, entries: &[(&str, &str)]) -> String {
        let data: String = entries
            .iter()
            .map(|(key, text)| {
                let text = base64::engine::general_purpose::STANDARD.encode(text);
                format!("  {key}: {text}\n")
            })
            .collect();
        format!("\n---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}}}\ndata:\n{data}")
    }

    /// The Secret that Istio's Citadel would have written.
    fn citadel(&self) -> String {
        self.secret(
            "istio.default",
            &[
                ("cert-chain.pem", &self.client.cert),
                ("key.pem", &self.client.key),
                ("root-cert.pem", &self.pki.authority.pem),
            ],
        )
    }

    fn door(&self, mode: Mode) -> (Server, u16) {
        let server = Server::start(Kind::OpenSsl, &self.pki);
        let fits = |door: &&Door| door.tls == Tls::V12 && door.mode == mode;
        let port = server.doors.iter().find(fits).expect("a door").port;
        (server, port)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .current_dir(&self.folder)
            .env_clear()
            .env("LANG", "C.UTF-8")
            .arg("probe")
            .args(arguments)
            .output()
            .expect("mtlsctl")
    }

    /// Runs mtlsctl; returns the exit code and all output.
    fn said(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
    }
}

fn to(port: u16) -> String {
    format!("::127.0.0.1:{port}")
}

#[test]
fn the_original_report_is_probed_with_the_mounted_secret() {
    let scene = Scene::new("seed");
    let (_server, port) = scene.door(Mode::Required);
    scene.write("all.yaml", &format!("{DEPLOYMENT}{ISTIO}{}", scene.citadel()));
    for words in [
        "productpage_mapping",
        "productpage",
        "default/productpage_mapping",
        "/productpage/",
        "page_m",
    ] {
        let (code, said) = scene.said(&[words, "--connect-to", &to(port)]);
        assert_eq!(code, 0, "{words}: {said}");
        assert!(said.contains("mutual TLS: the server"), "{said}");
    }
    let output = scene.run(&["productpage", "--connect-to", &to(port), "-o", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let target = &report["targets"][0];
    assert_eq!(report["version"], 1);
    assert_eq!(target["upstream"], "Mapping default/productpage_mapping");
    assert_eq!(target["address"], format!("127.0.0.1:{port}"));
    assert_eq!(target["verdict"]["envoy"], "accepted");
    assert_eq!(target["verdict"]["mutual"], "required");
    assert_eq!(target["verdict"]["strict"], "refused");
    let [with, without] = target["attempts"].as_array().expect("attempts").as_slice() else {
        panic!("two attempts: {target}");
    };
    assert_eq!(with["identity"], "context");
    assert_eq!(with["handshake"]["version"], "TLS 1.2");
    assert_eq!(with["handshake"]["sni"], Value::Null);
    assert_eq!(with["client_certificate"]["requested"], true);
    assert_eq!(with["client_certificate"]["required"], true);
    assert_eq!(with["client_certificate"]["accepted"], true);
    assert_eq!(with["client_certificate"]["acceptable_cas"][0], "CN=peer-ca");
    assert_eq!(with["http_status"], 200);
    assert_eq!(with["server_chain"][0]["subject"], "CN=server");
    assert_eq!(with["server_chain"][0]["days_left"], 29);
    assert!(with["phases"]["tls_ms"].as_f64().is_some_and(|ms| ms > 0.0));
    assert_eq!(without["identity"], "none");
    assert_eq!(without["client_certificate"]["alert"], "handshake_failure");
    let private = scene.client.key.lines().nth(1).expect("a key");
    assert!(!String::from_utf8_lossy(&output.stdout).contains(private));
}

#[test]
fn files_are_found_through_map_and_rootfs_and_reported_if_missing() {
    let scene = Scene::new("files");
    let (_server, port) = scene.door(Mode::Required);
    scene.write("m.yaml", ISTIO);
    let certs = scene.folder.join("pod/etc/istiocerts");
    std::fs::create_dir_all(&certs).expect("a folder");
    scene.write("pod/etc/istiocerts/cert-chain.pem", &scene.client.cert);
    scene.write("pod/etc/istiocerts/key.pem", &scene.client.key);
    scene.write("pod/etc/istiocerts/root-cert.pem", &scene.pki.authority.pem);
    let connect = to(port);
    let base = ["productpage", "-f", "m.yaml", "--connect-to", &connect];
    let with = |more: &[&str]| scene.said(&[&base, more].concat());
    assert_eq!(with(&["--map", "/etc/istiocerts=pod/etc/istiocerts"]).0, 0);
    assert_eq!(with(&["--rootfs", "pod"]).0, 0);
    let (code, said) = with(&[]);
    assert_eq!(code, 1, "{said}");
    let words: Vec<&str> = said.split_whitespace().collect();
    assert!(words.join(" ").contains("give it with --map or --rootfs"), "{said}");
    // What can be observed without the files is still reported.
    assert!(said.contains("mutual TLS: the server"), "{said}");
    assert!(said.contains("it accepts: CN=peer-ca"), "{said}");
    // The flags take precedence over the context.
    let certs = certs.display();
    let (cert, key, ca) = (
        format!("{certs}/cert-chain.pem"),
        format!("{certs}/key.pem"),
        format!("{certs}/root-cert.pem"),
    );
    assert_eq!(with(&["--cert", &cert, "--key", &key, "--ca", &ca]).0, 0);
}

#[test]
fn a_pair_that_envoy_would_not_load_is_reported_before_connecting() {
    let scene = Scene::new("mismatch");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    thread::spawn(move || {
        for _ in listener.incoming() {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    });
    let other = scene.pki.authority.issue(&Wanted::default());
    let secret =
        scene.secret("consul-connect", &[("tls.crt", &scene.client.cert), ("tls.key", &other.key)]);
    let mapping = "
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: ambassador-consul}
spec: {secret: consul-connect}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: qotm-mtls-mapping}
spec: {hostname: '*', prefix: /qotm-consul-mtls/, service: 'https://qotm-proxy', tls: ambassador-consul}
";
    scene.write("m.yaml", &format!("{mapping}{secret}"));
    let (code, said) = scene.said(&["qotm-mtls-mapping", "--connect-to", &to(port), "-o", "json"]);
    assert_eq!(code, 1, "{said}");
    let report: Value = serde_json::from_str(&said).expect("JSON");
    let verdict = &report["targets"][0]["verdict"];
    assert_eq!(verdict["envoy"], "config_rejected");
    let reason = verdict["envoy_reason"].as_str().expect("a reason");
    assert!(reason.contains("KEY_VALUES_MISMATCH"), "{reason}");
    assert_eq!(count.load(Ordering::Relaxed), 0, "nothing was to be connected to");
}

#[test]
fn exit_codes_say_what_happened() {
    let scene = Scene::new("codes");
    let (_server, optional) = scene.door(Mode::Optional);
    let two = ISTIO.replace("productpage_mapping", "productpage_other").replace(":9080", ":9081");
    let two = two.split("\n---\n").nth(2).expect("the Mapping");
    scene.write("m.yaml", &format!("{DEPLOYMENT}{ISTIO}{}\n---\n{two}", scene.citadel()));
    let connect = to(optional);
    let with = |more: &[&str]| scene.said(&[&["--connect-to", &connect], more].concat());

    let (code, said) = with(&["productpage_mapping"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("‼ not mutual"), "{said}");
    assert_eq!(with(&["productpage_mapping", "--fail-on", "warning"]).0, 1);
    assert_eq!(with(&["productpage_mapping", "--require-mutual"]).0, 1);
    assert_eq!(with(&["productpage_mapping", "--expect-spiffe", "cluster.local"]).0, 0);
    assert_eq!(with(&["productpage_mapping", "--expect-spiffe", "other.local"]).0, 1);

    let (code, said) = with(&["productpage_"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("default/productpage_mapping, default/productpage_other"), "{said}");
    assert_eq!(with(&["nobody"]).0, 2);
    assert_eq!(with(&[]).0, 2);
    assert_eq!(
        with(&["productpage_mapping", "--at", "2001-01-01"]).0,
        1,
        "the chain is not valid yet"
    );

    let nobody = to(free_port());
    let (code, said) = scene.said(&["productpage_mapping", "--connect-to", &nobody]);
    assert_eq!(code, 4, "{said}");

    let (code, said) = with(&["--all", "-o", "table"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(said.lines().count(), 4, "{said}");
    assert!(said.contains("2 probed: 2 would succeed"), "{said}");
    let (_, short) = with(&["--all", "-o", "short", "--no-negative"]);
    assert!(short.ends_with("2 probed: 2 would succeed\n"), "{short}");
    assert!(said.contains("optional"), "{said}");

    let empty = folder("codes-empty").display().to_string();
    assert_eq!(scene.said(&["--all", "-f", &empty]).0, 3);
}

#[test]
fn a_locale_without_utf8_gets_words_instead_of_symbols() {
    let scene = Scene::new("ascii");
    let (_server, port) = scene.door(Mode::Never);
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .env_clear()
        .env("LANG", "C")
        .args(["probe", &format!("127.0.0.1:{port}"), "--ca", &scene.pki.path("ca.pem")])
        .output()
        .expect("mtlsctl");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.stdout.is_ascii(), "{said}");
    assert!(said.contains("ok   connected to"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
}

#[test]
fn waiting_ends_when_every_probe_passes() {
    let scene = Scene::new("wait");
    let port = free_port();
    let (cert, key) = (scene.pki.path("server.pem"), scene.pki.path("server.key"));
    let late = thread::spawn(move || {
        thread::sleep(Duration::from_millis(700));
        let mut command = installed::command("openssl/usr/bin/openssl");
        command
            .args(["s_server", "-www", "-quiet", "-accept", &format!("127.0.0.1:{port}")])
            .args(["-cert", &cert, "-key", &key]);
        crate::support::peer::Process::start(command, folder("late").join("log"), &[port])
    });
    let place = format!("127.0.0.1:{port}");
    let (code, said) = scene.said(&[&place, "--wait", "20s", "--interval", "100ms"]);
    assert_eq!(code, 0, "{said}");
    drop(late.join());
}

#[test]
fn plaintext_upstreams_are_probed_in_plaintext() {
    let scene = Scene::new("plain");
    let (_server, tls) = scene.door(Mode::Required);
    scene.write(
        "m.yaml",
        "
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: plain}
spec: {hostname: '*', prefix: /plain/, service: 'plain:8080'}
",
    );
    let (code, said) =
        scene.said(&["plain", "--connect-to", &to(crate::support::peer::responder())]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("without TLS"), "{said}");
    let (code, said) = scene.said(&["plain", "--connect-to", &to(tls)]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("https://"), "{said}");
}

#[test]
fn findings_are_on_the_lines_of_the_mapping() {
    let scene = Scene::new("lines");
    let (_server, port) = scene.door(Mode::Optional);
    let manifest = format!("{DEPLOYMENT}{ISTIO}{}", scene.citadel());
    scene.write("m.yaml", &manifest);
    let line =
        |text: &str| manifest.lines().position(|line| line.trim() == text).expect("a line") + 1;
    let connect = to(port);
    let arguments = ["productpage", "-f", "m.yaml", "--require-mutual", "--connect-to", &connect];
    let with = |format: &str| scene.run(&[&arguments[..], &["-o", format]].concat());

    let output = with("github");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    let at = format!("::error file=m.yaml,line={},", line("tls: istio-upstream"));
    assert!(
        said.lines().any(|line| line.starts_with(&at) && line.contains("not mutual")),
        "{said}"
    );

    let output = with("sarif");
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let mutual = results.iter().find(|found| found["ruleId"] == "probe/mutual").expect("a finding");
    let region = &mutual["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], line("tls: istio-upstream"));
    // Code scanning needs it to recognise a finding after its lines have moved.
    let prints = &mutual["partialFingerprints"];
    assert!(prints["primaryLocationLineHash"].as_str().is_some_and(|hash| hash.ends_with(":1")));
    assert!(prints["mtlsctlFindingId/v1"].as_str().is_some_and(|name| !name.is_empty()));

    let nobody = to(free_port());
    let output =
        scene.run(&["productpage", "-f", "m.yaml", "--connect-to", &nobody, "-o", "github"]);
    let said = String::from_utf8_lossy(&output.stdout);
    let at = format!("::error file=m.yaml,line={},", line("service: https://productpage:9080"));
    assert!(said.lines().any(|line| line.starts_with(&at)), "{said}");
    assert_eq!(output.status.code(), Some(4), "the same in every format");

    let bare = format!("127.0.0.1:{port}");
    assert_eq!(scene.said(&[&bare, "-o", "sarif"]).0, 2);
}

#[test]
fn another_secret_that_would_match_is_named() {
    let scene = Scene::new("fit");
    let (_server, port) = scene.door(Mode::Required);
    let stranger = scene.pki.client(State::UnknownCa).expect("a client");
    let pair = |name: &str, pair: &Pair| {
        scene.secret(name, &[("tls.crt", &pair.cert), ("tls.key", &pair.key)])
    };
    let manifest = "
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: up}
spec: {secret: old}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: qotm}
spec: {hostname: '*', prefix: /qotm/, service: 'https://qotm', tls: up}
";
    let secrets = format!("{}{}", pair("old", &stranger), pair("new", &scene.client));
    scene.write("m.yaml", &format!("{manifest}{secrets}"));
    let (code, said) = scene.said(&["qotm", "--connect-to", &to(port)]);
    assert_eq!(code, 1, "{said}");
    for words in [
        "it accepts: CN=peer-ca",
        "our certificate's issuer: CN=stranger-ca",
        "Secret new.default of the input would match",
        "alert unknown_ca",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Secret old.default of the input"), "{said}");
}

/// The output without line breaks.
fn flat(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_context_that_is_not_in_use_is_named_as_the_cause() {
    let scene = Scene::new("missed");
    let (_server, port) = scene.door(Mode::Required);
    let mapping = |tls: &str| {
        format!(
            "
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {{name: m}}
spec: {{hostname: '*', prefix: /m/, service: 'https://up:9080', tls: {tls}}}
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {{name: up}}
spec: {{secret: gone, ca_secret: ca}}
"
        )
    };
    let ca = scene.secret("ca", &[("tls.crt", &scene.pki.authority.pem)]);
    for (tls, why, next) in [
        (
            "upp",
            "context `upp` is not defined",
            "define TLSContext `upp`, or name another one in `tls:`",
        ),
        (
            "up",
            "Ambassador drops context `up`: TLSContext up found no certificate",
            "fix context `up`, or name another one in `tls:`",
        ),
    ] {
        scene.write("m.yaml", &format!("{}{ca}", mapping(tls)));
        let (code, said) = scene.said(&["m", "--connect-to", &to(port)]);
        let said = flat(&said);
        assert_eq!(code, 1, "{said}");
        for words in [
            &format!("(tls: {tls}, not in use)"),
            why,
            &format!("Ambassador does not verify this server: it drops context `{tls}`"),
            next,
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        for words in ["names no CA", "set `ca_secret`", "give the Mapping a TLSContext"] {
            assert!(!said.contains(words), "{words}: {said}");
        }
    }
}

#[test]
fn advice_for_a_host_and_port_uses_flags_and_for_a_mapping_fields() {
    let scene = Scene::new("bare-advice");
    let (_server, port) = scene.door(Mode::Required);
    let bare = format!("127.0.0.1:{port}");
    let (code, said) = scene.said(&[&bare]);
    let said = flat(&said);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("no CA was given") && said.contains("with --ca "), "{said}");
    assert!(said.contains("give the client's certificate with --cert and --key"), "{said}");
    assert!(!said.contains("TLSContext"), "{said}");
    scene.write(
        "m.yaml",
        "
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: m}
spec: {hostname: '*', prefix: /m/, service: 'https://up:9080'}
",
    );
    let (_, said) = scene.said(&["m", "--connect-to", &to(port)]);
    let said = flat(&said);
    assert!(said.contains("the Mapping names no context"), "{said}");
    assert!(said.contains("give the Mapping a TLSContext (`tls:`)"), "{said}");
}

//! `mtlsctl running` compared with real Envoys: no findings without differences, and each planted
//! difference.

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::scene::{Row, Running, Scene, Secret, cluster, mtlsctl};
use crate::support::peer::{Authority, Pair, Wanted, responder};
use crate::support::{installed, tls_server};

const FROZEN: &str = "envoy-configuration-frozen";
const STALE: &str = "envoy-certificate-stale";

/// The planted differences: rows before and after, and Envoy's clusters before.
struct Planted {
    scene: Scene,
    before: Vec<Row>,
    after: Vec<Row>,
    clusters: Vec<Value>,
    /// Ports of upstreams that Envoy really connects to, by row.
    talks: Vec<usize>,
    /// Files in their later state.
    files: Vec<(&'static str, String)>,
    keys: Vec<String>,
}

fn common(stem: &str, ca: Option<String>) -> Value {
    let mut common = json!({"tls_certificates": [{
        "certificate_chain": {"filename": format!("{stem}.crt")},
        "private_key": {"filename": format!("{stem}.key")},
    }]});
    if let Some(ca) = ca {
        common["validation_context"] = json!({"trusted_ca": {"filename": ca}});
    }
    json!({ "common_tls_context": common })
}

/// A server of a CA that the row does not trust.
fn stranger(pair: &Pair) -> u16 {
    let chain = CertificateDer::from_pem_slice(pair.cert.as_bytes()).unwrap();
    let key = PrivatePkcs8KeyDer::from_pem_slice(pair.key.as_bytes()).unwrap();
    tls_server::start(vec![chain.to_vec()], key.secret_pkcs8_der()).unwrap().port()
}

#[allow(clippy::too_many_lines, reason = "one row for each planted difference")]
fn plant() -> Planted {
    let scene = Scene::new("running");
    let other = Authority::new("other-ca");
    let wrong = other.issue(&Wanted { name: "server", ..Wanted::default() });
    let mut planted = Planted {
        before: Vec::new(),
        after: Vec::new(),
        clusters: Vec::new(),
        talks: Vec::new(),
        files: Vec::new(),
        keys: Vec::new(),
        scene,
    };
    let scene = &planted.scene;
    let own = |number: usize| format!("s{number}");
    let ca_only = |pem: &str, pair: &Pair| Secret {
        pair: Pair { cert: pem.to_owned(), key: pair.key.clone() },
        root: None,
    };
    let plans: [(&'static str, &'static str); 22] = [
        (STALE, "client certificate: Envoy has an older version of Secret default/s1"),
        (STALE, "trusted CA: Envoy has an older version of Secret default/ca2"),
        (STALE, "trusted CA: Envoy has not read Secret default/s3, root-cert.pem since it changed"),
        (STALE, "client certificate: Envoy has not read file"),
        (STALE, "trusted CA: Envoy has not read file"),
        (FROZEN, "SNI: Envoy has old.example, but the input asks for new.example"),
        (FROZEN, "ALPN: Envoy has http/1.1, but the input asks for h2"),
        (FROZEN, "lowest TLS version: Envoy has TLSv1_1, but the input asks for TLSv1_2"),
        (FROZEN, "highest TLS version: Envoy has Envoy's default, but the input asks for TLSv1_3"),
        (FROZEN, "cipher suites: Envoy has ECDHE-RSA-AES128-GCM-SHA256, but the input asks for"),
        (FROZEN, "groups: Envoy has P-256, but the input asks for X25519"),
        (FROZEN, "trusted CA: Envoy has none, but the input asks for Secret default/ca12"),
        (FROZEN, "client certificate: Envoy has Secret default/s13 (crt), but the input asks for"),
        (FROZEN, "Envoy has no cluster cluster_127_0_0_1_30014_otls_c14_default"),
        (FROZEN, "Envoy has cluster cluster_127_0_0_1_30015_otls_c15_default, which nothing"),
        (FROZEN, "client certificate: Envoy has none, but the input asks for Secret default/s16"),
        (FROZEN, "protocol: Envoy has HTTP/1.1, but the input asks for HTTP/2"),
        ("envoy-certificate-expires", "expires on"),
        ("envoy-handshakes-fail", "the server's chain does not verify"),
        ("envoy-handshakes-fail", "an alert, or not TLS"),
        (
            FROZEN,
            "trusted CA: Envoy has Secret default/s21 (root.crt), but the input asks for none",
        ),
        (FROZEN, "client certificate: Envoy has file"),
    ];
    for (at, tells) in plans.into_iter().enumerate() {
        let number = at + 1;
        let days = if number == 18 { (-1, 60) } else { (-1, 900) };
        let pair = scene.ca.issue(&Wanted { name: "client", days, ..Wanted::default() });
        let mut secret = Secret::of(pair.clone());
        if matches!(number, 3 | 21) {
            secret.root = Some(scene.ca.pem.clone());
        }
        if matches!(number, 19 | 20) {
            // Trusts a CA that issued nothing here.
            secret.root = Some(scene.ca.pem.clone());
        }
        let port = match number {
            19 => stranger(&wrong),
            20 => responder(),
            number => 30_000 + u16::try_from(number).unwrap(),
        };
        let service = if number == 16 { "https://" } else { "" };
        let mut row = Row {
            tells,
            service: format!("{service}127.0.0.1:{port}"),
            context: format!("\n  secret: {}", own(number)),
            secrets: vec![(own(number), secret.clone())],
            ..Row::default()
        };
        let stem = scene.store(&own(number), &secret);
        let root = secret.root.is_some().then(|| format!("{stem}.root.crt"));
        let mut context = common(&stem, root);
        let mut after = row.clone();
        let setting = |row: &mut Row, line: &str| row.context.push_str(&format!("\n  {line}"));
        match number {
            1 => after.secrets[0].1 = Secret::of(scene.pair("client")),
            2 | 12 => {
                let name = format!("ca{number}");
                let ca = ca_only(&scene.ca.pem, &pair);
                let stem = scene.store(&name, &ca);
                let newer = ca_only(&Authority::new("newer-ca").pem, &pair);
                setting(&mut after, &format!("ca_secret: {name}"));
                after.secrets.push((name.clone(), if number == 2 { newer } else { ca.clone() }));
                if number == 2 {
                    setting(&mut row, &format!("ca_secret: {name}"));
                    row.secrets.push((name, ca));
                    context["common_tls_context"]["validation_context"] =
                        json!({"trusted_ca": {"filename": format!("{stem}.crt")}});
                }
            }
            3 => after.secrets[0].1.root = Some(other.pem.clone()),
            4 | 5 | 22 => {
                let newer = scene.pair("client");
                scene.write(&format!("c{number}.crt"), &pair.cert);
                scene.write(&format!("c{number}.key"), &pair.key);
                scene.write(&format!("c{number}.ca"), &scene.ca.pem);
                let file = |end: &str| scene.file(&format!("c{number}.{end}"));
                row.secrets.clear();
                row.context = format!(
                    "\n  cert_chain_file: {}\n  private_key_file: {}\n  cacert_chain_file: {}",
                    file("crt"),
                    file("key"),
                    file("ca")
                );
                after = row.clone();
                context = common(&scene.file(&format!("c{number}")), Some(file("ca")));
                match number {
                    4 => {
                        planted.files.push(("c4.crt", newer.cert));
                        planted.files.push(("c4.key", newer.key));
                    }
                    5 => planted.files.push(("c5.ca", other.pem.clone())),
                    _ => {
                        scene.write("d22.crt", &newer.cert);
                        let changed = after.context.replace(&file("crt"), &scene.file("d22.crt"));
                        after.context = changed;
                    }
                }
            }
            6 => {
                setting(&mut row, "sni: old.example");
                setting(&mut after, "sni: new.example");
                context["sni"] = json!("old.example");
            }
            7 => {
                setting(&mut row, "alpn_protocols: http/1.1");
                setting(&mut after, "alpn_protocols: h2");
                context["common_tls_context"]["alpn_protocols"] = json!(["http/1.1"]);
            }
            8 => {
                setting(&mut row, "min_tls_version: v1.1");
                setting(&mut after, "min_tls_version: v1.2");
                context["common_tls_context"]["tls_params"] =
                    json!({"tls_minimum_protocol_version": "TLSv1_1"});
            }
            9 => setting(&mut after, "max_tls_version: v1.3"),
            10 => {
                let suite = |name: &str| format!("cipher_suites: [{name}]");
                setting(&mut row, &suite("ECDHE-RSA-AES128-GCM-SHA256"));
                setting(&mut after, &suite("ECDHE-ECDSA-AES128-GCM-SHA256"));
                context["common_tls_context"]["tls_params"] =
                    json!({"cipher_suites": ["ECDHE-RSA-AES128-GCM-SHA256"]});
            }
            11 => {
                setting(&mut row, "ecdh_curves: [P-256]");
                setting(&mut after, "ecdh_curves: [X25519]");
                context["common_tls_context"]["tls_params"] = json!({"ecdh_curves": ["P-256"]});
            }
            13 => {
                after.context = "\n  secret: t13".to_owned();
                after.secrets = vec![("t13".to_owned(), Secret::of(scene.pair("client")))];
            }
            14 => row.left_out = true,
            15 => after.left_out = true,
            16 => {
                row.no_context = true;
                context = json!({ "common_tls_context": {} });
            }
            17 => after.mapping.push_str("\n  grpc: true"),
            19 | 20 => planted.talks.push(number),
            21 => after.secrets[0].1.root = None,
            _ => {}
        }
        let name = match number {
            16 => format!("cluster_https___127_0_0_1_{port}_otls_default"),
            _ => format!("cluster_127_0_0_1_{port}_otls_c{number}_default"),
        };
        if number != 14 {
            planted.clusters.push(cluster(&name, port, Some(context)));
        }
        let secrets = row.secrets.iter().chain(&after.secrets);
        planted.keys.extend(secrets.map(|(_, secret)| secret.pair.key.clone()));
        planted.before.push(row);
        planted.after.push(after);
    }
    planted
}

impl Planted {
    fn run(&self, admin: &str, manifests: &str, more: &[&str]) -> (i32, String, String) {
        let map = format!("{0}={0}", self.scene.root.display());
        let usual = ["running", admin, "-f", manifests, "--map", &map, "--no-config"];
        let said = mtlsctl(&[&usual, more].concat());
        for key in &self.keys {
            for line in key.lines().filter(|line| !line.starts_with("-----")) {
                assert!(!said.1.contains(line) && !said.2.contains(line), "a key is shown");
            }
        }
        said
    }
}

fn differences(report: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(report).expect(report);
    let all = report["divergences"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|one| (text(&one["rule"]), text(&one["message"]))).collect()
}

fn nothing_then_each_planted_difference(version: &str) {
    let mut planted = plant();
    let here = planted.scene.root.clone();
    let routes: Vec<Value> = planted
        .talks
        .iter()
        .map(|number| {
            let name = planted.clusters.iter().find_map(|cluster| {
                let name = cluster["name"].as_str()?;
                name.contains(&format!("_c{number}_")).then_some(name)
            });
            json!({"match": {"prefix": format!("/{number}/")}, "route": {"cluster": name}})
        })
        .collect();
    let mut envoy = Running::start(version, &here, &planted.clusters, &routes);
    let before = planted.scene.manifests("before.yaml", &planted.before);
    let (code, out, err) = planted.run(&envoy.admin, before.to_str().unwrap(), &["-o", "json"]);
    assert_eq!(code, 0, "Envoy {version}: {out}{err}");
    assert_eq!(differences(&out), [], "Envoy {version}");
    let healthy: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(healthy["unknown"], json!([]), "Envoy {version}");
    assert_eq!(healthy["envoy"]["version"], version);

    for number in &planted.talks {
        envoy.request(&format!("/{number}/"));
    }
    for (name, text) in &planted.files {
        planted.scene.write(name, text);
    }
    for row in &planted.after {
        for (name, secret) in &row.secrets {
            planted.scene.store(name, secret);
        }
    }
    // A configuration that Envoy rejects, because of one broken context.
    let mut broken = planted.clusters.clone();
    let params = json!({"tls_params": {"cipher_suites": ["NO-SUCH-SUITE"]}});
    broken.push(cluster("broken", 30_099, Some(json!({ "common_tls_context": params }))));
    envoy.hand_over(&here, &broken, "cluster_manager.cds.update_rejected");

    let after = planted.scene.manifests("after.yaml", &planted.after);
    let later = OffsetDateTime::now_utc() + Duration::days(45);
    let later = format!("{}T00:00:00Z", later.date());
    let arguments = ["-o", "json", "--at", &later];
    let (code, out, err) = planted.run(&envoy.admin, after.to_str().unwrap(), &arguments);
    assert_eq!(code, 1, "Envoy {version}: {out}{err}");
    let found = differences(&out);
    for row in &planted.after {
        let (rule, words) = row.tells;
        let told = found.iter().filter(|(own, message)| own == rule && message.contains(words));
        assert_eq!(told.count(), 1, "Envoy {version}: {words}\n{found:#?}");
    }
    assert_eq!(found.len(), planted.after.len(), "Envoy {version}: {found:#?}");
    assert!(out.contains("Envoy rejected 1 update(s) of clusters"), "Envoy {version}: {out}");
    planted.before.clear();
    if version == installed::versions("envoy")[0] {
        every_format_has_them(&planted, &envoy, after.to_str().unwrap(), &later);
    }
}

fn every_format_has_them(planted: &Planted, envoy: &Running, after: &str, later: &str) {
    let run = |format: &str| planted.run(&envoy.admin, after, &["-o", format, "--at", later]).1;
    let text = run("text");
    assert!(text.contains("error[envoy-certificate-stale]"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80 || line.contains("/files/")),
        "{text}"
    );
    assert!(run("table").contains("default/m1 "), "{}", run("table"));
    let sarif: Value = serde_json::from_str(&run("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    for rule in [STALE, FROZEN] {
        assert!(results.iter().any(|result| result["ruleId"] == rule), "{rule}");
    }
    let metrics = run("prom");
    let stale = "mtlsctl_envoy_divergences{rule=\"envoy-certificate-stale\"} 5";
    assert!(metrics.contains(stale), "{metrics}");
    // Saved responses give the same findings as the interface.
    let saved = planted.scene.root.join("saved");
    std::fs::create_dir_all(&saved).unwrap();
    for (name, path) in
        [("a", "/config_dump"), ("b", "/certs"), ("c", "/stats"), ("d", "/server_info")]
    {
        std::fs::write(saved.join(name), envoy.get(path)).unwrap();
    }
    let arguments = ["-o", "json", "--at", later];
    let again = planted.run(saved.to_str().unwrap(), after, &arguments).1;
    assert_eq!(differences(&again), differences(&run("json")));
}

#[test]
fn planted_differences_of_envoy_1_36_are_found() {
    nothing_then_each_planted_difference("1.36.4");
}

#[test]
fn planted_differences_of_envoy_1_37_are_found() {
    nothing_then_each_planted_difference("1.37.0");
}

#[test]
fn planted_differences_of_envoy_1_38_are_found() {
    nothing_then_each_planted_difference("1.38.3");
}

#[test]
fn planted_differences_of_envoy_1_39_are_found() {
    nothing_then_each_planted_difference("1.39.3");
}

#[test]
fn planted_differences_of_envoy_1_40_are_found() {
    nothing_then_each_planted_difference("1.40.0");
}

#[test]
fn other_servers_are_distinguished_from_a_silent_admin_interface() {
    let scene = Scene::new("running-foreign");
    let manifests = scene
        .manifests("m.yaml", &[Row { service: "127.0.0.1:30001".to_owned(), ..Row::default() }]);
    let manifests = manifests.to_str().unwrap();
    let foreign = format!("127.0.0.1:{}", responder());
    let (code, _, err) = mtlsctl(&["running", &foreign, "-f", manifests, "--no-config"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("this is not Envoy's admin interface"), "{err}");
    let (code, _, err) = mtlsctl(&["running", "127.0.0.1:1", "-f", manifests, "--no-config"]);
    assert_eq!(code, 4, "{err}");
    assert!(err.contains("127.0.0.1:8001"), "{err}");
    let (code, _, err) = mtlsctl(&["running", manifests, "-f", manifests, "--no-config"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("not one of /config_dump"), "{err}");
    let (code, _, err) = mtlsctl(&["running", "nowhere", "-f", manifests, "--no-config"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("HOST:PORT"), "{err}");
}

//! `consul export`: what is written, and everything that must not be.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::agent_double::AgentDouble;
use crate::command::{Said, run};
use crate::double::{Double, Reply};
use crate::mesh::{Authority, Wanted, roots, uri};
use crate::support::golden::assert_golden;
use crate::support::peer::folder;

/// A time at which the recorded certificates are valid.
const THEN: &str = "2026-11-25T12:00:00Z";

fn recorded(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/consul").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn export(agent: &AgentDouble, more: &[&str]) -> Said {
    let address = agent.address();
    let arguments = [&["consul", "export"], more].concat();
    run(&arguments, &[("CONSUL_HTTP_ADDR", &address)])
}

/// Nothing of the key may be in the output.
fn assert_silent(said: &Said, leaf: &Value) {
    let key = leaf["PrivateKeyPEM"].as_str().unwrap_or_default();
    for line in key.lines().filter(|line| line.len() > 20 && !line.starts_with("-----")) {
        let encoded = STANDARD.encode(line);
        for text in [&said.out, &said.err] {
            assert!(!text.contains(&line[..20]), "a key is shown: {text}");
            assert!(!text.contains(&encoded[..20]), "a key is shown: {text}");
        }
    }
}

#[test]
fn the_manifest_of_a_recorded_agent() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/consul");
    for (when, leaf, roots) in [
        ("before", "leaf-before.json", "roots-before.json"),
        ("while", "leaf-before.json", "roots-after.json"),
        ("after", "leaf-after.json", "roots-after.json"),
    ] {
        let agent = AgentDouble::start(recorded(leaf), recorded(roots));
        let said = export(&agent, &["--at", THEN]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert_golden(&golden.join(format!("manifest-{when}.yaml")), &said.out);
        assert_silent(&Said { out: String::new(), ..said }, &recorded(leaf));
    }
}

#[test]
fn compat_writes_what_the_connector_wrote() {
    let (leaf, roots) = (recorded("leaf-after.json"), recorded("roots-after.json"));
    let agent = AgentDouble::start(leaf.clone(), roots.clone());
    let said = export(&agent, &["--at", THEN, "--compat", "--ambassador-id", "foo"]);
    let active = roots["Roots"].as_array().unwrap().iter();
    let active = active.into_iter().find(|root| root["ID"] == roots["ActiveRootID"]).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let chain = STANDARD.encode(text(&leaf["CertPEM"]) + &text(&active["RootCert"]));
    let key = STANDARD.encode(text(&leaf["PrivateKeyPEM"]));
    // `secretTemplate` of cmd/consul_connect_integration/main.go.
    let wanted = [
        "---",
        "kind: Secret",
        "apiVersion: v1",
        "metadata:",
        "    name: \"ambassador-foo-consul-connect\"",
        "type: \"kubernetes.io/tls\"",
        "data:",
        &format!("    tls.crt: \"{chain}\""),
        &format!("    tls.key: \"{key}\""),
        "",
    ];
    // The recorded leaf is that of `ambassador`; the connector never compared.
    assert_eq!(said.code, 2, "{}", said.err);
    let said =
        export(&agent, &["--at", THEN, "--compat", "--secret", "ambassador-foo-consul-connect"]);
    assert_eq!(said.out, wanted.join("\n"));
}

#[test]
fn formats_of_chain_and_key() {
    let agent = AgentDouble::start(recorded("leaf-before.json"), recorded("roots-before.json"));
    let entries = |more: &[&str]| -> Value {
        let said = export(&agent, &[&["--at", THEN, "-o", "json"], more].concat());
        let object: Value = serde_json::from_str(&said.out).expect(&said.err);
        let data = object["data"].as_object().unwrap().iter();
        let text =
            |value: &Value| String::from_utf8(STANDARD.decode(value.as_str().unwrap()).unwrap());
        data.map(|(name, value)| (name.clone(), text(value).unwrap().into()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let usual = entries(&[]);
    assert!(usual["tls.key"].as_str().unwrap().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert_eq!(usual["ca.crt"], usual["root-cert.pem"]);
    assert_eq!(usual["tls.crt"].as_str().unwrap().matches("BEGIN").count(), 1);
    let old = entries(&["--include-root", "--key-form", "sec1"]);
    assert_eq!(old["tls.key"], recorded("leaf-before.json")["PrivateKeyPEM"]);
    let both =
        format!("{}{}", usual["tls.crt"].as_str().unwrap(), usual["ca.crt"].as_str().unwrap());
    assert_eq!(old["tls.crt"], both);
}

#[test]
fn pairs_that_do_not_verify_are_never_written() {
    let (ours, other) = (Authority::new("aa:01"), Authority::new("bb:02"));
    let good = || ours.leaf(&Wanted::good());
    let ours_only = || roots(&[&ours]);
    let with = |mut value: Value, name: &str, new: Value| {
        value[name] = new;
        value
    };
    let dated = |minutes| ours.leaf(&Wanted { minutes, ..Wanted::good() });
    let foreign =
        "spiffe://99999999-2222-3333-4444-555555555555.consul/ns/default/dc/dc1/svc/ambassador";
    let cases = [
        ("expired", dated((-90, -30)), ours_only(), "has expired at"),
        ("not yet valid", dated((60, 120)), ours_only(), "is the clock right?"),
        ("of another CA", other.leaf(&Wanted::good()), ours_only(), "no root of the mesh issued"),
        (
            "with another's key",
            with(good(), "PrivateKeyPEM", good()["PrivateKeyPEM"].clone()),
            ours_only(),
            "it is not the certificate's",
        ),
        (
            "without a key",
            with(good(), "PrivateKeyPEM", "".into()),
            ours_only(),
            "there is no private key",
        ),
        (
            "of another identity",
            with(good(), "ServiceURI", uri("web").into()),
            ours_only(),
            "the certificate is for spiffe://",
        ),
        (
            "of another trust domain",
            ours.leaf(&Wanted { uri: foreign.to_owned(), ..Wanted::good() }),
            ours_only(),
            "whose roots these are",
        ),
        ("no certificate", with(good(), "CertPEM", "hello".into()), ours_only(), "there is none"),
        (
            "a broken certificate",
            with(
                good(),
                "CertPEM",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".into(),
            ),
            ours_only(),
            "the certificate cannot be read",
        ),
        (
            "no active root",
            good(),
            with(ours_only(), "ActiveRootID", "cc:03".into()),
            "none of them is the active one",
        ),
        (
            "a broken root",
            good(),
            json!({"ActiveRootID": "a", "TrustDomain": crate::mesh::DOMAIN, "Roots": [{"ID": "a", "RootCert": ""}]}),
            "holds no certificate",
        ),
    ];
    let here = folder("never");
    for (what, leaf, roots, wanted) in cases {
        let agent = AgentDouble::start(leaf.clone(), roots);
        let (dir, file) = (here.join(what), here.join(format!("{what}.yaml")));
        let said = export(
            &agent,
            &[
                "-o",
                &format!("dir={}", dir.display()),
                "-o",
                &format!("manifest={}", file.display()),
                "-o",
                "manifest",
            ],
        );
        assert_eq!(said.code, 1, "{what}: {}", said.err);
        assert!(said.err.contains(wanted), "{what}: {}", said.err);
        assert!(said.out.is_empty(), "{what} is printed");
        assert!(!dir.join("tls.crt").exists() && !file.exists(), "{what} is written");
        assert_silent(&said, &leaf);
    }
}

#[test]
fn a_chain_without_a_final_newline_is_repaired() {
    let (ours, old) = (Authority::new("aa:01"), Authority::new("bb:02"));
    let mut leaf = ours.leaf(&Wanted::good());
    let own = leaf["CertPEM"].as_str().unwrap().trim_end().to_owned();
    // As from Vault: directly followed by the next block (hashicorp/consul#8178).
    leaf["CertPEM"] = format!("{own}{}", old.pem.trim_end()).into();
    let agent = AgentDouble::start(leaf, roots(&[&ours, &old]));
    let dir = folder("glued");
    let said = export(&agent, &["-o", &format!("dir={}", dir.display())]);
    assert_eq!(said.code, 0, "{}", said.err);
    let chain = fs::read_to_string(dir.join("tls.crt")).unwrap();
    assert_eq!(chain.trim_end(), own, "a root is no part of the chain");
    assert!(fs::read_to_string(dir.join("ca.crt")).unwrap().starts_with(&ours.pem));
    let mode = |name: &str| fs::metadata(dir.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("tls.key"), 0o600);
}

#[test]
fn unexpected_responses_are_rejected() {
    let plain =
        |status, text: &str| Reply::Whole { status, headers: Vec::new(), body: text.to_owned() };
    let key = "MHcCAQEEIGTzqGm2yhyGKVsrGz8wTLvo6fPQrmo6gBNR6K7fAbcdoAoGCCqGSM49";
    let cases = [
        (plain(403, "Permission denied"), 2, "rejected the request: Permission denied", "policy = \"write\""),
        (plain(403, "ACL not found"), 2, "rejected the request: ACL not found", "does not know this token"),
        (plain(401, ""), 2, "rejected the request: status 401", "token"),
        (
            plain(400, "Client sent an HTTP request to an HTTPS server.\n"),
            2,
            "answered 400",
            "https://",
        ),
        (plain(404, "404 page not found"), 2, "answered 404", "Connect"),
        (plain(500, "rpc error: No cluster leader"), 2, "has a problem (500)", "temporary"),
        (plain(429, "slow down"), 2, "has a problem (429)", "temporary"),
        (plain(500, &format!("bad {key} here")), 2, "bad [left out] here", "temporary"),
        (plain(200, "<html>"), 2, "it is not JSON", "8500"),
        (plain(200, "{}"), 2, "a field is missing", "8500"),
        (
            plain(200, &json!({"Service": "ambassador", "ServiceURI": "x", "CertPEM": 1, "PrivateKeyPEM": key}).to_string()),
            2,
            "of another kind",
            "8500",
        ),
        (plain(302, ""), 2, "answered 302", "8500"),
        (plain(200, &"x".repeat(5 << 20)), 4, "cannot be reached", "--consul-addr"),
        (Reply::Raw(b"\x15\x03\x01\x00\x02\x02\x0a"), 4, "is not HTTP", "--consul-addr"),
        (Reply::Raw(b""), 4, "the connection ended before the answer", "--consul-addr"),
        (
            Reply::Cut(90, Box::new(Reply::json(200, "x".repeat(500)))),
            4,
            "cannot be reached",
            "--consul-addr",
        ),
    ];
    for (reply, code, wanted, hint) in cases {
        let shown = format!("{reply:?}");
        let shown: String = shown.chars().take(120).collect();
        let server = Double::start(move |_| reply.clone());
        let address = format!("127.0.0.1:{}", server.port);
        let said = run(&["consul", "export"], &[("CONSUL_HTTP_ADDR", &address)]);
        assert_eq!(said.code, code, "{shown}: {}", said.err);
        assert!(said.err.contains(wanted), "{shown}: {}", said.err);
        assert!(said.err.contains(hint), "{shown}: {}", said.err);
        assert!(!said.err.contains(&key[..20]), "{shown}: {}", said.err);
        assert!(said.out.is_empty());
    }
    let nobody = run(&["consul", "export", "--http-addr", "127.0.0.1:1"], &[]);
    assert_eq!(nobody.code, 4);
    assert!(nobody.err.contains("connection refused"), "{}", nobody.err);
}

#[test]
fn the_token_is_only_sent_in_a_header() {
    let ours = Authority::new("aa:01");
    let agent = AgentDouble::start(ours.leaf(&Wanted::good()), roots(&[&ours]));
    let token = "b1946ac9-2492-4b8b-8ba5-ddd1e2f1d1f0";
    agent.learn(|knows| knows.token = Some(token.to_owned()));
    let address = agent.address();
    let variables = [
        ("CONSUL_HTTP_ADDR", address.as_str()),
        ("CONSUL_HTTP_TOKEN", token),
        ("CONSUL_NAMESPACE", "team a"),
        ("CONSUL_PARTITION", "p1"),
        ("CONSUL_HTTP_AUTH", "joe:sesame"),
    ];
    let said = run(&["consul", "export", "-o", "json", "-v"], &variables);
    assert_eq!(said.code, 0, "{}", said.err);
    for text in [&said.out, &said.err] {
        assert!(!text.contains(token) && !text.contains("sesame"));
    }
    for asked in agent.http.asked() {
        assert_eq!(asked.header("x-consul-token"), Some(token));
        assert_eq!(asked.header("authorization"), Some("Basic am9lOnNlc2FtZQ=="));
        assert_eq!(asked.query, "ns=team%20a&partition=p1");
    }
    // The token file takes precedence over the token.
    let file = folder("token").join("token");
    fs::write(&file, "another\n").unwrap();
    let with_file =
        [&variables[..], &[("CONSUL_HTTP_TOKEN_FILE", file.to_str().unwrap())]].concat();
    let said = run(&["consul", "export"], &with_file);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("ACL not found"), "{}", said.err);
}

#[test]
fn the_connectors_environment_variables_are_read() {
    let ours = Authority::new("aa:01");
    let agent = AgentDouble::start(ours.leaf(&Wanted::of("ambassador-foo")), roots(&[&ours]));
    let port = agent.http.port.to_string();
    let said = run(
        &["consul", "export"],
        &[
            ("_AMBASSADOR_ID", "foo"),
            ("_CONSUL_HOST", "127.0.0.1"),
            ("_CONSUL_PORT", &port),
            ("_AMBASSADOR_TLS_SECRET_NAME", "mesh-identity"),
            ("_AMBASSADOR_TLS_SECRET_NAMESPACE", "edge"),
            ("CONSUL_HTTP_ADDR", "127.0.0.1:1"),
        ],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("name: \"mesh-identity\"\n  namespace: \"edge\"\n"), "{}", said.out);
    assert_eq!(agent.http.asked()[0].path, "/v1/agent/connect/ca/leaf/ambassador-foo");
}

#[test]
fn it_waits_for_a_starting_agent() {
    let ours = Authority::new("aa:01");
    let agent = AgentDouble::start(ours.leaf(&Wanted::good()), roots(&[&ours]));
    agent.learn(|knows| knows.trouble = Some(Reply::json(500, "no leader")));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| export(&agent, &["--wait", "30s"]));
        std::thread::sleep(std::time::Duration::from_millis(2500));
        // Created after the start, and valid from then on.
        let fresh = ours.leaf(&Wanted { minutes: (0, 60), ..Wanted::good() });
        agent.learn(|knows| {
            knows.trouble = None;
            knows.leaf = fresh;
        });
        assert_eq!(waiting.join().unwrap().code, 0);
    });
    assert!(agent.http.count("GET") >= 3);
}

#[test]
fn the_agent_is_reached_over_a_unix_socket() {
    use std::io::{Read as _, Write as _};
    use std::os::unix::net::UnixListener;
    let ours = Authority::new("aa:01");
    let agent = AgentDouble::start(ours.leaf(&Wanted::good()), roots(&[&ours]));
    let socket = folder("unix").join("consul.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    let port = agent.http.port;
    std::thread::spawn(move || {
        for mut here in listener.incoming().flatten() {
            let mut there = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
            let mut request = [0; 4096];
            let length = here.read(&mut request).unwrap();
            there.write_all(&request[..length]).unwrap();
            let mut answer = Vec::new();
            there.read_to_end(&mut answer).unwrap();
            here.write_all(&answer).unwrap();
        }
    });
    let said =
        run(&["consul", "export", "--http-addr", &format!("unix://{}", socket.display())], &[]);
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn lint_finds_nothing_in_the_generated_manifests() {
    let lint = |manifests: &str| -> Said {
        let file = folder("manifests").join("all.yaml");
        let mapping = "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: qotm\n  \
                       namespace: ambassador\nspec:\n  hostname: \"*\"\n  prefix: /qotm/\n  service: \
                       https://qotm-proxy:20000\n  tls: ambassador-consul\n";
        fs::write(&file, format!("{manifests}{mapping}")).unwrap();
        run(&["lint", "-o", "concise", file.to_str().unwrap()], &[])
    };
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/consul/deployment.yaml");
    let usual = run(&["consul", "export", "--manifests"], &[]);
    assert_golden(&golden, &usual.out);
    let said = lint(&usual.out);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    let named =
        ["consul", "export", "--manifests", "--secret", "consul.identity", "--service", "edge"];
    let said = lint(&run(&named, &[("_AMBASSADOR_TLS_SECRET_NAMESPACE", "ambassador")]).out);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    // What the connector wrote has no CA, and lint reports that.
    let said = lint(&run(&["consul", "export", "--manifests", "--compat"], &[]).out);
    assert!(said.out.contains("upstream-unverified"), "{}", said.out);
}

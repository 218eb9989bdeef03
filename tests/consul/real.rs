//! A real Consul agent: ACLs, HTTPS, rotation, restart, outage, and its own mTLS proxy.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::command::{Running, Said, command, get, run};
use crate::support::installed;
use crate::support::peer::{Pki, Process, State, folder, free_port, responder};

/// How long an outage lasts, in seconds; `MTLSCTL_TEST_OUTAGE=3` is faster.
fn outage() -> Duration {
    let seconds = std::env::var("MTLSCTL_TEST_OUTAGE").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(60))
}

/// An agent with its own configuration, which can be stopped and restarted.
struct Agent {
    here: PathBuf,
    http: u16,
    https: Option<u16>,
    token: Option<String>,
    process: Option<Process>,
    proxy: Option<Process>,
}

const MASTER: &str = "11111111-aaaa-bbbb-cccc-222222222222";

impl Agent {
    /// `persistent` keeps its state in a folder, so that it survives a restart.
    fn start(persistent: bool, more: &Value) -> Self {
        let here = folder("agent");
        let http = free_port();
        let mut config = json!({
            "disable_update_check": true,
            "bind_addr": "127.0.0.1",
            "client_addr": "127.0.0.1",
            "connect": {"enabled": true},
            "ports": {
                "http": http, "dns": -1, "grpc": -1, "https": -1,
                "serf_lan": free_port(), "serf_wan": free_port(), "server": free_port(),
            },
        });
        if persistent {
            config["data_dir"] = here.join("data").display().to_string().into();
            config["server"] = true.into();
            config["bootstrap_expect"] = 1.into();
        }
        for (name, value) in more.as_object().unwrap() {
            config[name] = value.clone();
        }
        let https = more.get("key_file").map(|_| free_port());
        if let Some(port) = https {
            config["ports"]["https"] = port.into();
        }
        let token = more.get("acl").map(|_| MASTER.to_owned());
        fs::write(here.join("agent.json"), config.to_string()).unwrap();
        let mut agent = Self { here, http, https, token, process: None, proxy: None };
        agent.run(!persistent);
        agent
    }

    fn run(&mut self, dev: bool) {
        let mut command = installed::command("consul/usr/bin/consul");
        command.arg("agent").args(dev.then_some("-dev"));
        command.arg("-config-file").arg(self.here.join("agent.json"));
        self.process = Some(Process::start(command, self.here.join("log"), &[self.http]));
        // It has a CA some seconds after it starts listening.
        let end = Instant::now() + Duration::from_secs(60);
        while !self.ask("GET", "/v1/agent/connect/ca/roots", "").contains("RootCert") {
            assert!(Instant::now() < end, "the agent has no CA");
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// A service `web` behind Consul's built-in proxy; returns the port of the proxy.
    fn service_web(&mut self) -> u16 {
        let port = free_port();
        let sidecar = json!({"Port": port, "Proxy": {"Config": {"bind_address": "127.0.0.1"}}});
        let service =
            json!({"Name": "web", "Port": responder(), "Connect": {"SidecarService": sidecar}});
        self.ask("PUT", "/v1/agent/service/register", &service.to_string());
        let mut command = installed::command("consul/usr/bin/consul");
        command.args(["connect", "proxy", "-sidecar-for", "web", "-http-addr", &self.address()]);
        self.proxy = Some(Process::start(command, self.here.join("proxy.log"), &[port]));
        port
    }

    fn stop(&mut self) {
        self.process = None;
    }

    fn address(&self) -> String {
        format!("127.0.0.1:{}", self.http)
    }

    /// A response of the API; empty if there is none.
    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        use std::io::{Read as _, Write as _};
        let ask = || -> std::io::Result<String> {
            let mut stream = std::net::TcpStream::connect(("127.0.0.1", self.http))?;
            stream.set_read_timeout(Some(Duration::from_secs(20)))?;
            let token = self.token.as_deref().unwrap_or_default();
            let length = body.len();
            write!(
                stream,
                "{method} {path} HTTP/1.0\r\nx-consul-token: {token}\r\ncontent-length: {length}\r\n\r\n{body}"
            )?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        let answer = ask().unwrap_or_default();
        answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }

    /// Gives the CA a new key.
    fn rotate(&self) {
        let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
        // Consul reads SEC 1 here.
        let sec1 = installed::command("openssl/usr/bin/openssl")
            .args(["ecparam", "-name", "prime256v1", "-genkey", "-noout"])
            .output();
        let key = sec1.map_or(key, |made| String::from_utf8(made.stdout).unwrap());
        let config = json!({"Provider": "consul", "Config": {
            "PrivateKey": key, "RootCert": "", "LeafCertTTL": "72h", "IntermediateCertTTL": "8760h",
        }});
        let answer = self.ask("PUT", "/v1/connect/ca/configuration", &config.to_string());
        assert_eq!(answer, "", "the CA takes its new key");
    }

    /// A token with only these rules.
    fn token_for(&self, rules: &str) -> String {
        let name = format!("p{}", moment());
        let policy = json!({"Name": name, "Rules": rules});
        let made = self.until("/v1/acl/policy", &policy.to_string(), "\"ID\"");
        assert!(made.contains("\"ID\""), "{made}");
        let token = json!({"Policies": [{"Name": name}]});
        let made: Value =
            serde_json::from_str(&self.until("/v1/acl/token", &token.to_string(), "SecretID"))
                .unwrap();
        made["SecretID"].as_str().unwrap().to_owned()
    }

    fn until(&self, path: &str, body: &str, wanted: &str) -> String {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let answer = self.ask("PUT", path, body);
            if answer.contains(wanted) || Instant::now() > end {
                return answer;
            }
            thread::sleep(Duration::from_millis(200));
        }
    }
}

/// A unique name.
fn moment() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos()
}

fn export(agent: &Agent, variables: &[(&str, &str)], more: &[&str]) -> Said {
    let address = agent.address();
    let variables = [&[("CONSUL_HTTP_ADDR", address.as_str())], variables].concat();
    run(&[&["consul", "export", "--wait", "20s"], more].concat(), &variables)
}

/// A sync into a folder, with `SSL_CERT_FILE` and the like from the caller.
fn sync(agent: &Agent, variables: &[(&str, &str)], more: &[&str]) -> (Running, PathBuf) {
    let here = folder("real");
    let (output, address) = (format!("dir={}", here.join("out").display()), agent.address());
    let usual = ["consul", "sync", "-o", &output, "--listen", "127.0.0.1:0"];
    let variables = [&[("CONSUL_HTTP_ADDR", address.as_str())], variables].concat();
    let sync = Running::start(&[&usual, more].concat(), &variables, &here.join("log"));
    (sync, here.join("out"))
}

/// Whether OpenSSL verifies the pair in a folder.
fn openssl_verifies(here: &Path) -> bool {
    let path = |name: &str| here.join(name).display().to_string();
    let verified = installed::command("openssl/usr/bin/openssl")
        .args(["verify", "-CAfile", &path("root-cert.pem"), "-untrusted", &path("tls.crt")])
        .arg(path("tls.crt"))
        .output()
        .expect("openssl runs");
    verified.status.success()
}

fn serial(here: &Path) -> String {
    let text = fs::read(here.join("tls.crt")).unwrap_or_default();
    let chain = mtlsctl::cert::Chain::from_pem(&text);
    chain.leaf().map(|leaf| leaf.serial.clone()).unwrap_or_default()
}

fn roots_in(here: &Path) -> usize {
    fs::read_to_string(here.join("root-cert.pem")).unwrap_or_default().matches("BEGIN").count()
}

#[test]
fn a_token_with_minimal_rules_works_with_default_deny() {
    let acl =
        json!({"acl": {"enabled": true, "default_policy": "deny", "tokens": {"master": MASTER}}});
    let agent = Agent::start(false, &acl);
    let least = agent.token_for("service \"ambassador\" { policy = \"write\" }");
    let other = agent.token_for("service \"web\" { policy = \"write\" }");
    let quick = |token: &str| {
        let address = agent.address();
        let variables = [("CONSUL_HTTP_ADDR", address.as_str()), ("CONSUL_HTTP_TOKEN", token)];
        run(&["consul", "export"], &variables)
    };
    let nothing = run(&["consul", "export", "--http-addr", &agent.address()], &[]);
    for (said, wanted) in [
        (nothing, "Permission denied"),
        (quick(&other), "Permission denied"),
        (quick("99999999-aaaa-bbbb-cccc-222222222222"), "ACL not found"),
    ] {
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(said.err.contains(wanted) && said.out.is_empty(), "{}", said.err);
    }
    let said = export(&agent, &[("CONSUL_HTTP_TOKEN", &least)], &[]);
    assert_eq!(said.code, 0, "{}", said.err);

    // A sync whose token is revoked, and then gets another one.
    let file = folder("token").join("token");
    fs::write(&file, &least).unwrap();
    let variables = [("CONSUL_HTTP_TOKEN_FILE", file.to_str().unwrap())];
    let (mut sync, here) = sync(&agent, &variables, &["--max-wait", "2s"]);
    sync.until("a write", |said| said.contains("wrote"));
    // A revoked token still gets the leaf that the agent caches for it (Consul 1.8.7), so an
    // invalid token is used instead.
    fs::write(&file, "99999999-aaaa-bbbb-cccc-222222222222").unwrap();
    sync.until("a refusal", |said| said.contains("leaf: the Consul agent rejected the request"));
    assert!(openssl_verifies(&here), "the pair stays");
    let port = sync.port();
    assert_eq!(get(port, "/readyz").0, 200);
    fs::write(&file, agent.token_for("service \"ambassador\" { policy = \"write\" }")).unwrap();
    sync.until("it goes on", |said| said.contains("leaf: the agent is responding again"));
    assert!(!sync.said().contains(&least));
}

#[test]
fn the_agent_is_reached_over_https_with_a_client_certificate() {
    let pki = Pki::new(folder("https"));
    let client = pki.client(State::Good).unwrap();
    pki.write("client.pem", &client.cert);
    pki.write("client.key", &client.key);
    let tls = json!({
        "verify_incoming_https": true, "ca_file": pki.path("ca.pem"),
        "cert_file": pki.path("server.pem"), "key_file": pki.path("server.key"),
    });
    let agent = Agent::start(false, &tls);
    let https = format!("https://localhost:{}", agent.https.unwrap());
    let (ca, cert, key) = (pki.path("ca.pem"), pki.path("client.pem"), pki.path("client.key"));
    let all = [
        ("CONSUL_HTTP_ADDR", https.as_str()),
        ("CONSUL_CACERT", &ca),
        ("CONSUL_CLIENT_CERT", &cert),
        ("CONSUL_CLIENT_KEY", &key),
    ];
    let said = run(&["consul", "export", "--wait", "20s"], &all);
    assert_eq!(said.code, 0, "{}", said.err);
    let by_port = format!("127.0.0.1:{}", agent.https.unwrap());
    let named = [
        &all[1..],
        &[
            ("CONSUL_HTTP_ADDR", by_port.as_str()),
            ("CONSUL_HTTP_SSL", "true"),
            ("CONSUL_TLS_SERVER_NAME", "localhost"),
        ],
    ]
    .concat();
    let said = run(&["consul", "export"], &named);
    assert_eq!(said.code, 0, "{}", said.err);

    let refused = |variables: &[(&str, &str)], wanted: &str| {
        let said = run(&["consul", "export"], variables);
        assert_eq!(said.code, if wanted.contains("reached") { 4 } else { 2 }, "{}", said.err);
        assert!(said.err.contains(wanted) && said.out.is_empty(), "{wanted}: {}", said.err);
    };
    // In TLS 1.3 the agent requests one after the handshake.
    refused(&all[..2], "no TLS with the Consul agent");
    refused(&[all[0], all[2], all[3]], "no TLS with the Consul agent");
    refused(&[all[0], all[1], all[2]], "must be given together");
    refused(
        &[("CONSUL_HTTP_ADDR", by_port.as_str())],
        "Client sent an HTTP request to an HTTPS server",
    );
    let missing = [all[0], ("CONSUL_CACERT", "/nowhere.pem")];
    refused(&missing, "`/nowhere.pem` cannot be read");
    let unverified = [all[0], all[2], all[3], ("CONSUL_HTTP_SSL_VERIFY", "false")];
    assert_eq!(run(&["consul", "export"], &unverified).code, 0);
}

#[test]
fn sync_survives_rotation_restart_and_outage() {
    let mut agent = Agent::start(true, &json!({}));
    let (mut sync, here) = sync(&agent, &[], &["--max-pause", "5s"]);
    sync.until("a write", |said| said.contains("wrote"));
    assert!(openssl_verifies(&here));
    let first = serial(&here);

    agent.rotate();
    // Both roots are there before the new leaf is, and the pair always verifies.
    let end = Instant::now() + Duration::from_secs(90);
    while serial(&here) == first || roots_in(&here) < 2 {
        assert!(openssl_verifies(&here), "in between");
        assert!(Instant::now() < end, "no new leaf; {}", sync.said());
        thread::sleep(Duration::from_millis(200));
    }
    assert!(openssl_verifies(&here));
    let second = serial(&here);

    // During the outage nothing is lost, and requests do not pile up.
    let version = fs::read_link(here.join("..data")).unwrap();
    agent.stop();
    let begun = Instant::now();
    while begun.elapsed() < outage() {
        assert!(openssl_verifies(&here), "during the outage");
        thread::sleep(Duration::from_secs(1));
    }
    let port = sync.port();
    assert_eq!(get(port, "/readyz").0, 200);
    assert_eq!(fs::read_link(here.join("..data")).unwrap(), version);
    let complaints = sync.said().matches("warning:").count();
    assert!((2..=6).contains(&complaints), "{}", sync.said());

    agent.run(false);
    sync.until("both answer", |said| said.matches("the agent is responding again").count() >= 2);
    // The agent loses its leaf in a restart; any new one is written if it verifies.
    sync.until("the pair verifies", |_| openssl_verifies(&here) && roots_in(&here) == 2);
    let third = serial(&here);
    agent.rotate();
    sync.until("a third root", |_| roots_in(&here) == 3 || serial(&here) != third);
    let end = Instant::now() + Duration::from_secs(90);
    while serial(&here) == third {
        assert!(openssl_verifies(&here) && Instant::now() < end, "{}", sync.said());
        thread::sleep(Duration::from_millis(200));
    }
    assert!(openssl_verifies(&here));
    println!("serials {first}, {second}, {third}, {}", serial(&here));
    let (time, code) = sync.terminate();
    assert!(code == 0 && time < Duration::from_secs(3), "{time:?}");
}

#[test]
fn a_command_line_shows_no_secret() {
    let agent = Agent::start(false, &json!({}));
    let token = "77777777-aaaa-bbbb-cccc-222222222222";
    let address = agent.address();
    let here = folder("argv");
    let output = format!("dir={}", here.display());
    let mut child = command(
        &["consul", "sync", "-o", &output],
        &[("CONSUL_HTTP_ADDR", &address), ("CONSUL_HTTP_TOKEN", token)],
    )
    .stderr(std::process::Stdio::null())
    .spawn()
    .unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while !here.join("tls.key").exists() {
        assert!(Instant::now() < end, "nothing is written");
        thread::sleep(Duration::from_millis(50));
    }
    let line = fs::read_to_string(format!("/proc/{}/cmdline", child.id())).unwrap();
    let _ = child.kill();
    let _ = child.wait();
    assert!(line.contains("consul") && !line.contains(token) && !line.contains("PRIVATE"));
}

#[test]
fn a_mapping_with_the_exported_pair_connects_through_consuls_own_proxy() {
    let mut agent = Agent::start(false, &json!({}));
    let proxy = agent.service_web();
    let here = folder("mapping");
    let manifests = format!(
        "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: qotm\n  namespace: \
         ambassador\nspec:\n  hostname: \"*\"\n  prefix: /qotm/\n  service: \
         https://127.0.0.1:{proxy}\n  tls: ambassador-consul\n"
    );
    fs::write(here.join("mapping.yaml"), manifests).unwrap();
    let context = run(&["consul", "export", "--manifests"], &[]).out;
    fs::write(here.join("context.yaml"), context).unwrap();
    let secret = format!("manifest={}", here.join("secret.yaml").display());
    let said = export(&agent, &[], &["-o", &secret, "--secret-namespace", "ambassador"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let address = agent.address();
    let probe = |more: &[&str]| {
        let usual = ["probe", "qotm", "-f", here.to_str().unwrap()];
        run(&[&usual[..], more].concat(), &[("CONSUL_HTTP_ADDR", address.as_str())])
    };
    let direct = ["--consul", "ambassador", "--expect-spiffe"];
    let said = probe(&[]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("the server accepts our certificate"), "{}", said.out);
    assert!(said.out.contains("Envoy accepts the server's certificate chain"), "{}", said.out);
    let domain: Value =
        serde_json::from_str(&agent.ask("GET", "/v1/agent/connect/ca/roots", "")).unwrap();
    let domain = domain["TrustDomain"].as_str().unwrap();
    let said = probe(&[&direct[..], &[domain]].concat());
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("intentions allow `ambassador` access to `web`"), "{}", said.out);

    let deny = json!({
        "SourceName": "ambassador", "DestinationName": "web", "SourceType": "consul", "Action": "deny",
    });
    agent.ask("POST", "/v1/connect/intentions", &deny.to_string());
    // The proxy checks each connection, and its agent learns of the change within a moment.
    let end = Instant::now() + Duration::from_secs(20);
    let mut said = probe(&[]);
    while said.code == 0 && Instant::now() < end {
        thread::sleep(Duration::from_millis(200));
        said = probe(&[]);
    }
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("alert bad_certificate"), "{}", said.out);
    let said = probe(&["--consul", "ambassador"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("intentions deny `ambassador` access to `web`"), "{}", said.out);
    assert!(said.out.contains("DENY default/ambassador => default/web"), "{}", said.out);

    // A certificate that is really wrong: the intention allows the connection, so it must be the
    // certificate.
    let other = Pki::new(folder("stranger"));
    let stranger = other.client(State::Good).unwrap();
    other.write("client.pem", &stranger.cert);
    other.write("client.key", &stranger.key);
    let said = probe(&["--cert", &other.path("client.pem"), "--key", &other.path("client.key")]);
    assert!(said.code == 1 && said.out.contains("alert bad_certificate"), "{}", said.out);

    let looked = run(&["inspect", "consul:ambassador"], &[("CONSUL_HTTP_ADDR", address.as_str())]);
    assert_eq!(looked.code, 0, "{}", looked.err);
    assert!(
        looked.out.contains("Consul service `ambassador`") && looked.out.contains("consul:roots")
    );
    agent.stop();
}

//! The Secret in a cluster: over real sockets, against a double of the API server.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::agent_double::AgentDouble;
use crate::command::{Running, Said, get, run};
use crate::double::Reply;
use crate::kube_double::{Kube, SECRET, TOKEN, status};
use crate::mesh::{Authority, Wanted, roots};
use crate::support::installed;
use crate::support::peer::folder;

const COPY: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn export(kube: &Kube, agent: &AgentDouble, more: &[&str]) -> Said {
    export_to(&kube.kubeconfig, agent, more)
}

pub(crate) fn export_to(kubeconfig: &Path, agent: &AgentDouble, more: &[&str]) -> Said {
    let address = agent.address();
    let usual = ["consul", "export", "-o", "kubernetes"];
    let variables =
        [("CONSUL_HTTP_ADDR", address.as_str()), ("KUBECONFIG", kubeconfig.to_str().unwrap())];
    run(&[&usual, more].concat(), &variables)
}

fn sync(kube: &Kube, agent: &AgentDouble, more: &[&str]) -> Running {
    let address = agent.address();
    let usual = ["consul", "sync", "-o", "kubernetes", "--listen", "127.0.0.1:0"];
    let usual = [&usual[..], &["--look", "200ms", "--max-pause", "300ms"]].concat();
    let variables =
        [("CONSUL_HTTP_ADDR", address.as_str()), ("KUBECONFIG", kube.kubeconfig.to_str().unwrap())];
    Running::start(&[&usual, more].concat(), &variables, &folder("kube").join("log"))
}

pub(crate) fn entry(secret: &Value, name: &str) -> String {
    let value = secret["data"][name].as_str().unwrap_or_default();
    String::from_utf8(STANDARD.decode(value).unwrap()).unwrap()
}

#[test]
fn the_secret_is_created_kept_and_replaced() {
    let (ours, kube) = (Authority::new("aa:01"), Kube::start());
    let leaf = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    let said = export(&kube, &agent, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("Secret edge/ambassador-consul-connect: written"), "{}", said.err);
    let secret = kube.secret().unwrap();
    assert_eq!(secret["type"], "kubernetes.io/tls");
    assert_eq!(entry(&secret, "tls.crt"), leaf["CertPEM"]);
    assert_eq!(entry(&secret, "root-cert.pem"), ours.pem);
    // The key is not copied anywhere else, as it was to kubectl's annotation.
    let metadata = secret["metadata"].to_string();
    assert!(!metadata.contains("last-applied") && !metadata.contains("PRIVATE"));
    let write = &kube.writes()[0];
    assert_eq!(write.query, "fieldManager=mtlsctl&force=false");

    let said = export(&kube, &agent, &[]);
    assert!(said.err.contains("already up to date"), "{}", said.err);
    assert_eq!(kube.writes().len(), 1);

    // A pair that has used two thirds of its lifetime is replaced.
    let old = ours.leaf(&Wanted { minutes: (-100, 20), ..Wanted::good() });
    let before = AgentDouble::start(old, roots(&[&ours]));
    let fresh = Kube::start();
    assert_eq!(export(&fresh, &before, &[]).code, 0);
    assert_eq!(export(&fresh, &agent, &[]).code, 0);
    assert_eq!(entry(&fresh.secret().unwrap(), "tls.crt"), leaf["CertPEM"]);
}

#[test]
fn two_syncs_with_different_agents_do_not_overwrite_each_other() {
    let (old, new, kube) = (Authority::new("aa:01"), Authority::new("bb:02"), Kube::start());
    let agent = || AgentDouble::start(old.leaf(&Wanted::good()), roots(&[&old]));
    let (one, other) = (agent(), agent());
    let mut first = sync(&kube, &one, &[]);
    let mut second = sync(&kube, &other, &[]);
    let settled = |said: &str| said.contains("wrote") || said.contains("left unchanged");
    first.until("it wrote or left it", settled);
    second.until("it wrote or left it", settled);
    // Each checks a dozen times.
    std::thread::sleep(Duration::from_secs(3));
    assert!(kube.writes().len() <= 2, "{} writes", kube.writes().len());

    // A new CA: one agent learns of it and has a new leaf first, then the other.
    let before = kube.writes().len();
    for agent in [&one, &other] {
        agent.learn(|knows| {
            knows.roots = roots(&[&new, &old]);
            knows.leaf = new.leaf(&Wanted::good());
            knows.index += 1;
        });
        std::thread::sleep(Duration::from_secs(2));
    }
    std::thread::sleep(Duration::from_secs(2));
    let writes = kube.writes().len() - before;
    assert!((1..=4).contains(&writes), "{writes} writes; {}{}", first.said(), second.said());
    let secret = kube.secret().unwrap();
    assert_eq!(entry(&secret, "root-cert.pem"), format!("{}{}", new.pem, old.pem));
    for sync in [&mut first, &mut second] {
        let port = sync.port();
        assert_eq!(get(port, "/readyz").0, 200);
        assert!(get(port, "/metrics").1.contains("mtlsctl_consul_current 1"));
    }
}

#[test]
fn two_syncs_of_different_identities_report_an_error() {
    let (ours, kube) = (Authority::new("aa:01"), Kube::start());
    let agent = |name: &str| AgentDouble::start(ours.leaf(&Wanted::of(name)), roots(&[&ours]));
    let (one, other) = (agent("ambassador"), agent("web"));
    let mut first = sync(&kube, &one, &[]);
    first.until("a write", |said| said.contains("wrote"));
    let secret = ["--service", "web", "--secret", "ambassador-consul-connect"];
    let mut second = sync(&kube, &other, &secret);
    second.until("a write", |said| said.contains("wrote"));
    first.until("it says so", |said| said.contains("was overwritten with a certificate for"));
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(kube.writes().len(), 2);
}

#[test]
fn a_rejection_has_a_next_step() {
    let ours = Authority::new("aa:01");
    let leaf = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    let gone = || status(404, "NotFound", "secrets \"ambassador-consul-connect\" not found");
    let denied =
        "secrets \"ambassador-consul-connect\" is forbidden: User \"me\" cannot patch resource";
    let key = leaf["PrivateKeyPEM"].as_str().unwrap();
    let echo = format!("Secret is invalid: data[tls.key]: Invalid value: {}", STANDARD.encode(key));
    let cases: [(&str, Vec<Reply>, i32, &str, &str); 11] = [
        (
            "401",
            vec![status(401, "Unauthorized", "Unauthorized")],
            2,
            "cannot be read",
            "does not accept these credentials",
        ),
        (
            "403 to read",
            vec![status(403, "Forbidden", "cannot get")],
            2,
            "cannot get",
            "--manifests",
        ),
        (
            "403 to write",
            vec![gone(), status(403, "Forbidden", denied)],
            2,
            "cannot patch",
            "--manifests",
        ),
        (
            "404",
            vec![gone(), status(404, "NotFound", "namespaces \"edge\" not found")],
            2,
            "namespaces",
            "--secret-namespace",
        ),
        (
            "422",
            vec![gone(), status(422, "Invalid", "field is immutable")],
            2,
            "immutable",
            "delete it",
        ),
        (
            "429",
            vec![status(429, "TooManyRequests", "please try again").with("retry-after", 1)],
            2,
            "try again",
            "often temporary",
        ),
        (
            "500",
            vec![status(500, "InternalError", "etcdserver: timed out")],
            2,
            "etcdserver",
            "often temporary",
        ),
        ("html", vec![Reply::json(200, "<html>")], 2, "not a Kubernetes", "address"),
        (
            "cut",
            vec![Reply::Cut(70, Box::new(Reply::json(200, "x".repeat(400))))],
            4,
            "cannot be reached",
            "address",
        ),
        ("nothing", vec![Reply::Raw(b"")], 4, "cannot be reached", "address"),
        ("an echo", vec![gone(), status(400, "BadRequest", &echo)], 2, "[left out]", "Kubernetes"),
    ];
    for (what, replies, code, wanted, hint) in cases {
        let kube = Kube::start();
        kube.fail(replies);
        let said = export(&kube, &agent, &[]);
        assert_eq!(said.code, code, "{what}: {}", said.err);
        assert!(said.err.contains(wanted) && said.err.contains(hint), "{what}: {}", said.err);
        assert!(!said.err.contains(&STANDARD.encode(key)[..30]) && !said.err.contains(TOKEN));
        assert_eq!(kube.secret(), None, "{what}");
    }
    // With enough time, a temporary error is not a failure.
    let kube = Kube::start();
    kube.fail([status(409, "Conflict", "modified"), status(503, "ServiceUnavailable", "busy")]);
    let said = export(&kube, &agent, &["--wait", "20s"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let nowhere = run(
        &["consul", "export", "-o", "kubernetes"],
        &[("CONSUL_HTTP_ADDR", agent.address().as_str())],
    );
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.err.contains("cannot connect to a cluster"), "{}", nowhere.err);
}

#[test]
fn a_failed_write_is_retried() {
    let (ours, kube) = (Authority::new("aa:01"), Kube::start());
    let leaf = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    let gone = || status(404, "NotFound", "secrets \"ambassador-consul-connect\" not found");
    kube.fail([
        status(500, "InternalError", "etcdserver: leader changed"),
        status(429, "TooManyRequests", "please try again").with("retry-after", 1),
        gone(),
        Reply::Cut(40, Box::new(Reply::json(201, "{}"))),
        gone(),
        status(409, "Conflict", "the object has been modified"),
        gone(),
        Reply::Late(
            Duration::from_millis(700),
            Box::new(status(503, "ServiceUnavailable", "apiserver is shutting down")),
        ),
    ]);
    let mut sync = sync(&kube, &agent, &[]);
    sync.until("a write", |said| said.contains("wrote"));
    assert_eq!(entry(&kube.secret().unwrap(), "tls.crt"), leaf["CertPEM"]);
    let metrics = get(sync.port(), "/metrics").1;
    assert!(metrics.contains("mtlsctl_consul_writes_total 1"), "{metrics}");
    for kind in ["trouble", "unreachable", "conflict"] {
        assert!(metrics.contains(&format!("side=\"sink\",kind=\"{kind}\"")), "{kind}: {metrics}");
    }
    let (time, code) = sync.terminate();
    assert!(time < Duration::from_secs(3) && code == 0, "{time:?}");
}

#[test]
fn sigterm_does_not_wait_for_the_cluster() {
    let (ours, kube) = (Authority::new("aa:01"), Kube::start());
    let agent = AgentDouble::start(ours.leaf(&Wanted::good()), roots(&[&ours]));
    let late = Reply::Late(Duration::from_secs(30), Box::new(Reply::json(200, "{}")));
    kube.fail([late]);
    let mut sync = sync(&kube, &agent, &[]);
    let asked = || kube.http.count("GET") > 0;
    sync.until("it asks", |_| asked());
    let (time, code) = sync.terminate();
    assert!(time < Duration::from_secs(3) && code == 0, "{time:?}");
}

#[test]
fn the_connectors_secret_is_only_taken_over_with_the_flag() {
    let (ours, kube) = (Authority::new("aa:01"), Kube::start());
    let agent = AgentDouble::start(ours.leaf(&Wanted::good()), roots(&[&ours]));
    let connectors = |kind: &str| {
        json!({
            "apiVersion": "v1", "kind": "Secret", "type": kind,
            "metadata": {
                "name": "ambassador-consul-connect", "namespace": "edge",
                // What `kubectl apply` leaves behind.
                "annotations": {COPY: "{\"data\":{\"tls.key\":\"b2xk\"}}", "team": "edge"},
            },
            "data": {"tls.crt": STANDARD.encode("old"), "tls.key": STANDARD.encode("old")},
        })
    };
    kube.store(connectors("kubernetes.io/tls"), "kubectl-client-side-apply");
    let said = export(&kube, &agent, &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("another client wrote .data.tls.crt, .data.tls.key"), "{}", said.err);
    assert!(said.err.contains("--force-conflicts"), "{}", said.err);
    assert_eq!(entry(&kube.secret().unwrap(), "tls.crt"), "old");
    assert_eq!(export(&kube, &agent, &["--force-conflicts"]).code, 0);
    let annotations = kube.secret().unwrap()["metadata"]["annotations"].clone();
    assert_eq!(annotations.get(COPY), None, "the old key still lies there");
    assert_eq!(annotations["team"], "edge");
    assert!(entry(&kube.secret().unwrap(), "tls.crt").contains("BEGIN CERTIFICATE"));

    kube.store(connectors("Opaque"), "kubectl");
    let said = export(&kube, &agent, &["--force-conflicts"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("has the type `Opaque`") && said.err.contains("delete it"),
        "{}",
        said.err
    );
}

fn kubectl(kube: &Kube, arguments: &[&str]) -> String {
    let output = installed::command("kubectl/usr/bin/kubectl")
        .args(arguments)
        .env("KUBECONFIG", &kube.kubeconfig)
        .env("HOME", folder("kubectl"))
        .output()
        .expect("kubectl runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn a_real_kubectl_reads_our_secret_and_writes_the_same() {
    let (ours, kube) = (Authority::new("aa:01"), Kube::start());
    let leaf = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    let file = folder("manifest").join("secret.yaml");
    let both = ["-o", &format!("manifest={}", file.display())];
    assert_eq!(
        export(&kube, &agent, &[&both[..], &["--secret-namespace", "edge"]].concat()).code,
        0
    );
    let read = kubectl(&kube, &["get", "secret", "ambassador-consul-connect", "-o", "json"]);
    let read: Value = serde_json::from_str(&read).unwrap();
    assert_eq!(entry(&read, "tls.crt"), leaf["CertPEM"]);

    // The manifest that we print, applied by kubectl, is the same request as ours.
    let apply = ["apply", "--server-side", "--validate=false", "--field-manager=mtlsctl", "-f"];
    kubectl(&kube, &[&apply[..], &[file.to_str().unwrap()]].concat());
    let writes = kube.writes();
    let (ours, theirs) = (&writes[0], &writes[1]);
    assert_eq!((ours.path.as_str(), theirs.path.as_str()), (SECRET, SECRET));
    assert_eq!(ours.header("content-type"), theirs.header("content-type"));
    assert!(theirs.query.contains("fieldManager=mtlsctl"), "{}", theirs.query);
    let body = |text: &str| -> Value { serde_json::from_str(text).expect(text) };
    assert_eq!(body(&ours.body), body(&theirs.body));
}

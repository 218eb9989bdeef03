//! A cluster as the input, and its pods as the starting point of probes: with a real API server.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::api_server::ApiServer;
use crate::double::{Double, Reply};
use crate::kubelet::{self, Kubelet, Logs};
use crate::scene::{Row, Running, Scene, Secret, cluster, mtlsctl};
use crate::support::peer::{
    Authority, Door, Kind, Mode, Pki, Process, Server, State, Wanted, folder,
};
use crate::via::{relayed_like_direct, verdict};

fn namespaces() -> &'static str {
    "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n\
     ---\napiVersion: v1\nkind: Namespace\nmetadata: {name: certs}\n"
}

/// Twenty upstreams, half of them faulty; and a Helm Secret that must not be read.
pub(crate) fn world(key: &mut String) -> String {
    let ca = Authority::new("ca");
    let pair = ca.issue(&Wanted { name: "client", days: (-1, 900), ..Wanted::default() });
    key.clone_from(&pair.key);
    let secret = |name: &str, namespace: &str, kind: &str, crt: &str| {
        format!(
            "---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: {namespace}}}\ntype: {kind}\ndata:\n  tls.crt: {}\n  tls.key: {}\n",
            STANDARD.encode(crt),
            STANDARD.encode(&pair.key)
        )
    };
    let mut text = namespaces().to_owned();
    for number in 0..10 {
        text.push_str(&secret(&format!("s{number}"), "shop", "kubernetes.io/tls", &pair.cert));
    }
    text.push_str(&secret("elsewhere", "certs", "kubernetes.io/tls", &pair.cert));
    text.push_str(
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: sh.helm.release.v1.shop.v1, namespace: shop}\n\
         type: helm.sh/release.v1\ndata: {release: c2VjcmV0}\n",
    );
    for number in 0..20 {
        let secret = if number == 19 { "elsewhere.certs".to_owned() } else { format!("s{number}") };
        let _ = write!(
            text,
            "---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: c{number}, namespace: shop}}\nspec: {{secret: {secret}}}\n\
             ---\napiVersion: getambassador.io/{}\nkind: Mapping\nmetadata: {{name: m{number}, namespace: shop}}\n\
             spec: {{hostname: \"*\", prefix: /{number}/, service: \"https://svc{number}:8443\", tls: {}}}\n",
            if number % 2 == 0 { "v3alpha1" } else { "v2" },
            if number == 5 { "nowhere".to_owned() } else { format!("c{number}") },
        );
    }
    text.push_str(
        "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: noted\n  namespace: shop\n  annotations:\n    getambassador.io/config: |\n      \
         ---\n      apiVersion: getambassador.io/v3alpha1\n      kind: Mapping\n      name: noted\n      hostname: \"*\"\n      prefix: /noted/\n      \
         service: https://noted:443\n      tls: absent\nspec: {ports: [{port: 443}]}\n",
    );
    text
}

pub(crate) fn told(report: &str) -> BTreeSet<(String, String, String)> {
    let report: Value = serde_json::from_str(report).expect(report);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = report["findings"].as_array().expect("findings").iter();
    all.map(|one| (text(&one["rule"]), one["object"].to_string(), text(&one["message"])))
        // The number of texts differs: one per object, or all in one.
        .map(|(rule, object, message)| {
            let place = [" in the ", " in this "].into_iter().find_map(|word| message.find(word));
            (rule, object, message[..place.unwrap_or(message.len())].to_owned())
        })
        .collect()
}

pub(crate) fn lint(api: &ApiServer, more: &[&str]) -> (i32, String, String) {
    let usual = ["lint", "--kubeconfig", &api.kubeconfig, "--no-config", "-o", "json"];
    mtlsctl(&[&usual, more].concat())
}

#[test]
fn a_cluster_has_the_findings_of_its_manifests_without_guesses() {
    let api = ApiServer::start();
    let mut key = String::new();
    api.apply(&world(&mut key));
    // By default kubectl requests v2, which it considers newer; Emissary reads v3alpha1.
    let kinds =
        "services,secrets,mappings.v3alpha1.getambassador.io,tlscontexts.v3alpha1.getambassador.io";
    let manifests = api.kubectl(&["get", kinds, "-A", "-o", "yaml"]);
    let file = api.file("all.yaml", &manifests);
    let mut child = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["lint", "-", "--no-config", "-o", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(&file).unwrap()).unwrap();
    let piped = child.wait_with_output().unwrap();
    let wanted = told(&String::from_utf8_lossy(&piped.stdout));
    let (code, out, err) = lint(&api, &["-A"]);
    assert_eq!(code, 1, "{out}{err}");
    assert_eq!(told(&out), wanted);
    assert!(wanted.iter().any(|(rule, ..)| rule == "mapping-context-undefined"), "{wanted:#?}");
    assert!(wanted.iter().any(|(rule, ..)| rule == "secret-missing"), "{wanted:#?}");
    assert_eq!(err.matches("warning:").count(), 0, "{err}");
    no_key(&key, &[&out, &err]);

    // With a file, the cluster is checked as if the file were applied.
    let fixed = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: m5, namespace: shop}\n\
                 spec: {hostname: \"*\", prefix: /5/, service: \"https://svc5:8443\", tls: c5}\n";
    let fixed = api.file("fixed.yaml", fixed);
    let (_, out, err) = lint(&api, &["-A", "-f", &fixed]);
    let gone: Vec<_> = wanted.difference(&told(&out)).cloned().collect();
    assert_eq!(gone.len(), 1, "{gone:#?}{err}");
    assert!(gone[0].0 == "mapping-context-undefined" && gone[0].1.contains("m5"), "{gone:#?}");

    // The effect of applying the file, and a cluster as one of two sides.
    let usual = ["diff", "--kubeconfig", &api.kubeconfig, "--no-config", "-A"];
    let (code, out, err) = mtlsctl(&[&usual[..], &[fixed.as_str()]].concat());
    assert!(out.contains("improvement: Mapping shop/m5"), "{out}{err}");
    assert!(out.contains("20 upstreams are the same") && code == 0, "{out}{err}");
    no_key(key.as_str(), &[&out, &err]);
    let (code, out, err) = mtlsctl(&[&usual[..], &["cluster:", &file]].concat());
    assert!(out.contains("0 upstreams differ") || out.contains("no difference"), "{out}{err}");
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = mtlsctl(&[&usual[..], &["git:HEAD", &file]].concat());
    assert!(code == 2 && err.contains("cannot be applied over a cluster"), "{out}{err}");

    watched(&api, &fixed);

    // A single namespace: what may be in another one is not reported as missing.
    let (_, out, _) = lint(&api, &["-n", "certs", "--allow-empty"]);
    assert_eq!(told(&out).len(), 0, "{out}");

    rights(&api, &wanted, &key);
    unusable(&api);
}

/// Changes in a cluster are noticed, and new and fixed findings reported.
fn watched(api: &ApiServer, fixed: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
    command.args(["lint", "--watch", "-A", "--kubeconfig", &api.kubeconfig, "--no-config"]);
    command.args(["-o", "concise"]).env_clear();
    let watching = Process::start(command, PathBuf::from(api.file("watch.log", "")), &[]);
    let until = |wanted: &str| {
        let end = Instant::now() + Duration::from_secs(120);
        while !fs::read_to_string(&watching.log).unwrap().contains(wanted) {
            assert!(Instant::now() < end, "`{wanted}` is not in {}", watching.said());
            std::thread::sleep(Duration::from_millis(200));
        }
    };
    until("reading the cluster every");
    api.kubectl(&["apply", "--validate=false", "-f", fixed]);
    until("  fixed  cluster:Mapping/shop/m5");
    api.apply(&fs::read_to_string(fixed).unwrap().replace("tls: c5", "tls: nowhere"));
    until("  new    cluster:Mapping/shop/m5");
}

/// What an account may read, and the messages about the rest.
fn rights(api: &ApiServer, wanted: &BTreeSet<(String, String, String)>, key: &str) {
    let (code, _, err) = lint(api, &["-A", "--context", "reader"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("getambassador.io") && err.contains("forbidden"), "{err}");
    assert!(err.contains("mtlsctl config rbac"), "{err}");

    let role = mtlsctl(&["config", "rbac"]).1;
    let without: String = role.replace("[\"secrets\", \"configmaps\"]", "[\"configmaps\"]");
    api.apply(&without);
    let bind =
        ["create", "clusterrolebinding", "r", "--clusterrole=mtlsctl-reader", "--user=reader"];
    api.kubectl(&bind);
    let (_, out, err) = lint(api, &["-A", "--context", "reader"]);
    assert_eq!(err.matches("warning: Secret shop/").count(), 1, "{err}");
    assert!(!told(&out).iter().any(|(rule, ..)| rule == "secret-missing"), "{out}");
    assert!(told(&out).iter().any(|(rule, ..)| rule == "mapping-context-undefined"), "{out}");

    api.apply(&role);
    let (_, out, err) = lint(api, &["-A", "--context", "reader"]);
    assert_eq!(told(&out), *wanted, "{err}");
    assert_eq!(err.matches("warning:").count(), 0, "{err}");
    no_key(key, &[&out, &err]);
    let text = mtlsctl(&["lint", "-A", "--kubeconfig", &api.kubeconfig, "--no-config", "-v"]);
    no_key(key, &[&text.1, &text.2]);
}

/// No partial world: each of these ends the command.
fn unusable(api: &ApiServer) {
    let (code, out, err) = lint(api, &["-A", "--context", "expired"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("Unauthorized") && err.contains("expired"), "{err}");
    let (code, out, err) = lint(api, &["-A", "--context", "no-such"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("cannot connect to a cluster"), "{err}");
    let text = fs::read_to_string(&api.kubeconfig).unwrap();
    let strict = api.file("strict", &text.replace("insecure-skip-tls-verify: true", ""));
    let (code, out, err) = mtlsctl(&["lint", "-A", "--kubeconfig", &strict, "--no-config"]);
    assert_eq!((code, out.as_str()), (4, ""), "{err}");
    assert!(err.contains("certificate"), "{err}");
}

pub(crate) fn no_key(key: &str, outputs: &[&str]) {
    let encoded = STANDARD.encode(key);
    for output in outputs {
        assert!(!output.contains(&encoded[..60]), "a Secret's data is shown");
        for line in key.lines().filter(|line| !line.starts_with("-----")) {
            assert!(!output.contains(line), "a key is shown");
        }
    }
}

/// A node whose kubelet is the double, with a running pod.
fn pod(api: &ApiServer, port: u16) {
    api.apply(&format!(
        "{}---\napiVersion: v1\nkind: Node\nmetadata: {{name: n1}}\n\
         ---\napiVersion: v1\nkind: Pod\nmetadata: {{name: ambassador-1, namespace: shop, labels: {{service: ambassador, app.kubernetes.io/name: emissary-ingress}}}}\n\
         spec: {{nodeName: n1, containers: [{{name: side, image: x}}, {{name: ambassador, image: x}}]}}\n\
         ---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: ambassador, namespace: shop}}\n\
         spec: {{selector: {{matchLabels: {{service: ambassador}}}}, template: {{metadata: {{labels: {{service: ambassador}}}}, spec: {{containers: [{{name: ambassador, image: x}}]}}}}}}\n",
        namespaces()
    ));
    let node = json!({
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"},
        "status": {
            "addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": port}},
        },
    });
    let node = api.file("node.json", &node.to_string());
    api.kubectl(&["replace", "--raw", "/api/v1/nodes/n1/status", "-f", &node]);
    let stored = api.kubectl(&["get", "pod", "-n", "shop", "ambassador-1", "-o", "json"]);
    let mut stored: Value = serde_json::from_str(&stored).unwrap();
    stored["status"] = json!({"phase": "Running"});
    let file = api.file("pod.json", &stored.to_string());
    let path = "/api/v1/namespaces/shop/pods/ambassador-1/status";
    api.kubectl(&["replace", "--raw", path, "-f", &file]);
}

#[test]
fn a_probe_from_inside_a_pod_has_the_result_of_a_direct_probe() {
    let api = ApiServer::start();
    let Kubelet { port, ran, logs } = kubelet::start();
    pod(&api, port);
    let pki = Pki::new(folder("in-pod"));
    let client = pki.client(State::Good).unwrap();
    pki.write("client.pem", &client.cert);
    pki.write("client.key", &client.key);
    let server = Server::start(Kind::Nginx, &pki);
    let inside = ["--in", "deploy/ambassador", "--kubeconfig", &api.kubeconfig];
    for kind in Kind::ALL {
        relayed_like_direct(&pki, &Server::start(kind, &pki), &inside);
    }
    let auto = ["--in", "auto", "--kubeconfig", &api.kubeconfig];
    relayed_like_direct(&pki, &server, &auto);
    running_inside(&api);
    assert!(ran.load(Ordering::Relaxed) > 0);
    let nowhere = mtlsctl(&[&["probe", "127.0.0.1:1", "--no-config"][..], &inside].concat());
    assert!(nowhere.1.contains("refused the connection"), "{}{}", nowhere.1, nowhere.2);
    let unknown = mtlsctl(&[&["probe", "no.such.invalid:1", "--no-config"][..], &inside].concat());
    assert_eq!(unknown.0, 4, "{}{}", unknown.1, unknown.2);

    // A hundred at once, without losing any.
    let door = server.doors.iter().find(|door| door.mode == Mode::Required).unwrap();
    let place = format!("127.0.0.1:{}", door.port);
    let mut arguments = vec!["probe"];
    arguments.extend(std::iter::repeat_n(place.as_str(), 100));
    let (cert, key) = (pki.path("client.pem"), pki.path("client.key"));
    let ca = pki.path("ca.pem");
    arguments.extend(["--cert", &cert, "--key", &key, "--ca", &ca, "--concurrency", "100"]);
    arguments.extend(["--max-tls-version", "v1.3", "--no-negative", "--timeout", "60s"]);
    arguments.extend(["-o", "json", "--no-config"]);
    arguments.extend(inside);
    let (code, out, err) = mtlsctl(&arguments);
    let report: Value = serde_json::from_str(&out).expect(&err);
    let targets = report["targets"].as_array().unwrap();
    let good = targets.iter().filter(|target| verdict(target) == "accepted").count();
    assert_eq!((code, targets.len(), good), (0, 100, 100), "{out}");

    forbidden(&api, &place);
    as_job(&api, &logs, &place);
}

/// The configuration of an Envoy in the pod is read through the pod, with the same result.
fn running_inside(api: &ApiServer) {
    let scene = Scene::new("running-inside");
    let secret = Secret::of(scene.pair("client"));
    let stem = scene.store("s1", &secret);
    let row = Row {
        service: "127.0.0.1:30001".to_owned(),
        context: "\n  secret: s1".to_owned(),
        secrets: vec![("s1".to_owned(), secret)],
        ..Row::default()
    };
    let manifests = scene.manifests("m.yaml", &[row]);
    let manifests = manifests.to_str().unwrap();
    let tls = json!({"common_tls_context": {"tls_certificates": [{
        "certificate_chain": {"filename": format!("{stem}.crt")},
        "private_key": {"filename": format!("{stem}.key")},
    }]}});
    let cluster = cluster("cluster_127_0_0_1_30001_otls_c1_default", 30001, Some(tls));
    let envoy = Running::start("1.38.3", &scene.root, &[cluster], &[]);
    let compare = |way: &[&str]| {
        let usual = ["running", &envoy.admin, "-f", manifests, "--no-config", "-o", "json"];
        let (code, out, err) = mtlsctl(&[&usual[..], way].concat());
        let mut report: Value = serde_json::from_str(&out).expect(&err);
        // The uptime differs.
        report["envoy"]["uptime"] = Value::Null;
        (code, report)
    };
    let (code, direct) = compare(&[]);
    assert_eq!(code, 0, "{direct}");
    assert_eq!(direct["clusters"][0]["held"], true, "{direct}");
    for named in ["deploy/ambassador", "auto"] {
        let inside = compare(&["--in", named, "--kubeconfig", &api.kubeconfig]);
        assert_eq!(inside, (0, direct.clone()));
    }
    // The release of Emissary is read from it.
    let diagnostics = Double::start(|asked| {
        assert_eq!(
            (asked.path.as_str(), asked.query.as_str()),
            ("/ambassador/v0/diag/", "json=true&filter=system")
        );
        Reply::json(200, json!({"version": "3.8.2", "ambassador_id": "default", "hostname": "a"}))
    });
    let place = format!("127.0.0.1:{}", diagnostics.port);
    let inside = ["--in", "auto", "--kubeconfig", &api.kubeconfig];
    for way in [&inside[..], &[]] {
        let (code, report) = compare(&[way, &["--diagnostics", &place]].concat());
        assert_eq!((code, &report["emissary"]), (0, &json!("3.8.2")), "{report}");
        assert_eq!(report["notes"], direct["notes"], "{report}");
    }
    let (_, report) = compare(&["--diagnostics", &place, "--emissary", "4.1"]);
    let note = report["notes"][0].as_str().unwrap();
    assert!(note.contains("Emissary 3.8.2 is running") && note.contains("4.1"), "{note}");
}

fn forbidden(api: &ApiServer, place: &str) {
    let usual = ["probe", place, "--no-config", "--kubeconfig", &api.kubeconfig];
    let reader = ["--context", "reader", "--in", "deploy/ambassador"];
    let (code, _, err) = mtlsctl(&[&usual[..], &reader].concat());
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("forbidden") && err.contains("config rbac --exec"), "{err}");
    let (code, _, err) = mtlsctl(&[&usual[..], &["--in", "deploy/no-such"]].concat());
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("no-such"), "{err}");
    // The printed Role is sufficient.
    api.apply(&mtlsctl(&["config", "rbac", "--exec"]).1);
    let bind =
        ["create", "clusterrolebinding", "x", "--clusterrole=mtlsctl-reader", "--user=reader"];
    api.kubectl(&bind);
    let (_, out, err) = mtlsctl(&[&usual[..], &reader].concat());
    assert!(out.contains("connected to 127.0.0.1:"), "{out}{err}");
}

/// Does what a cluster does with a new Job: runs a pod of its template to completion, on this
/// machine.
fn run_jobs(api: &ApiServer, logs: &Logs) -> Value {
    let end = Instant::now() + Duration::from_secs(30);
    let job = loop {
        let jobs = api.kubectl(&["get", "jobs", "-n", "shop", "-o", "json"]);
        let jobs: Value = serde_json::from_str(&jobs).unwrap();
        if let Some(job) = jobs["items"].get(0) {
            break job.clone();
        }
        assert!(Instant::now() < end, "no Job was created");
        std::thread::sleep(Duration::from_millis(100));
    };
    let name = job["metadata"]["name"].as_str().unwrap().to_owned();
    let mut pod = job["spec"]["template"].clone();
    pod["apiVersion"] = json!("v1");
    pod["kind"] = json!("Pod");
    pod["metadata"]["name"] = json!(format!("{name}-x"));
    pod["metadata"]["namespace"] = json!("shop");
    pod["metadata"]["labels"]["job-name"] = json!(name);
    pod["spec"]["nodeName"] = json!("n1");
    api.apply(&pod.to_string());
    let arguments = pod["spec"]["containers"][0]["args"].as_array().unwrap().iter();
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(arguments.map(|argument| argument.as_str().unwrap()))
        .env_clear()
        .env("KUBECONFIG", &api.kubeconfig)
        .output()
        .unwrap();
    let log = [output.stdout, output.stderr].concat();
    let log = String::from_utf8(log).unwrap();
    logs.lock().unwrap().insert(format!("shop/{name}-x/mtlsctl"), log);
    let stored = api.kubectl(&["get", "pod", "-n", "shop", &format!("{name}-x"), "-o", "json"]);
    let mut stored: Value = serde_json::from_str(&stored).unwrap();
    let ended = json!({"exitCode": output.status.code()});
    stored["status"] = json!({"phase": "Running", "containerStatuses": [{
        "name": "mtlsctl", "image": "x", "imageID": "x", "ready": false, "restartCount": 0,
        "state": {"terminated": ended},
    }]});
    let file = api.file("job-pod.json", &stored.to_string());
    let path = format!("/api/v1/namespaces/shop/pods/{name}-x/status");
    api.kubectl(&["replace", "--raw", &path, "-f", &file]);
    job
}

/// A Job next to the pod has the result of a local probe; its printed manifest is accepted by the
/// API server.
fn as_job(api: &ApiServer, logs: &Logs, place: &str) {
    let usual = ["probe", place, "--no-config", "--kubeconfig", &api.kubeconfig, "-n", "shop"];
    let job = ["--in", "deploy/ambassador", "--sni", "a b", "--no-negative"];
    let (code, printed, err) = mtlsctl(&[&usual[..], &job, &["--as-job"]].concat());
    assert_eq!(code, 0, "{err}");
    let manifest: Value = serde_yaml::from_str(&printed).expect(&printed);
    let arguments = &manifest["spec"]["template"]["spec"]["containers"][0]["args"];
    let wanted = [
        "probe",
        place,
        "--namespace=shop",
        "--sni=a b",
        "--no-negative",
        "--fail-on=error",
        "--output=text",
        "--no-config",
    ];
    assert_eq!(arguments, &json!(wanted), "{printed}");
    let file = api.file("job.yaml", &printed);
    let dry = ["create", "--dry-run=server", "--validate=true", "-o", "name", "-f", &file];
    assert_eq!(api.kubectl(&dry).trim(), "job.batch/mtlsctl-probe");
    let none = api.kubectl(&["get", "jobs", "-A", "-o", "name"]);
    assert_eq!(none, "", "printing creates nothing");

    let direct = mtlsctl(&["probe", place, "--no-config", "--no-negative", "-o", "json"]);
    let run = [&usual[..], &["--in", "auto", "--no-negative", "-o", "json", "--as-job=run"]];
    let run = run.concat();
    let (ran, created) = std::thread::scope(|scope| {
        let ran = scope.spawn(|| mtlsctl(&run));
        let created = run_jobs(api, logs);
        (ran.join().unwrap(), created)
    });
    assert_eq!(ran.0, direct.0, "{}{}", ran.1, ran.2);
    let verdict_of = |report: &str| {
        let report: Value = serde_json::from_str(report).expect(report);
        report["targets"][0]["verdict"].clone()
    };
    assert_eq!(verdict_of(&ran.1), verdict_of(&direct.1));
    let name = created["metadata"]["name"].as_str().unwrap();
    assert!(ran.2.contains(name), "{}", ran.2);
    assert_eq!(api.kubectl(&["get", "jobs", "-A", "-o", "name"]), "", "the Job is deleted");

    let reader = ["probe", place, "--no-config", "--kubeconfig", &api.kubeconfig];
    let reader = [&reader[..], &["--context", "reader", "--in", "auto", "--as-job=run"]].concat();
    let (code, _, err) = mtlsctl(&reader);
    assert!(code == 2 && err.contains("config rbac --job"), "{err}");
    api.apply(&mtlsctl(&["config", "rbac", "--job"]).1);
    let (ran, _) = std::thread::scope(|scope| {
        let ran = scope.spawn(|| mtlsctl(&reader));
        let created = run_jobs(api, logs);
        (ran.join().unwrap(), created)
    });
    assert!(ran.1.contains("connected to 127.0.0.1:"), "{}{}", ran.1, ran.2);

    // Options that a Job cannot use are rejected.
    let (code, _, err) = mtlsctl(&["probe", "shop", "--no-config", "--in", "auto", "--as-job"]);
    assert_eq!(code, 2, "{err}");
}

/// The doors for a test.
pub(crate) fn doors(server: &Server) -> impl Iterator<Item = &Door> {
    server.doors.iter().filter(|door| door.mode != Mode::Optional)
}

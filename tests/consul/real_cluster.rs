//! The Secret in a real API server: verifies the double.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::agent_double::AgentDouble;
use crate::api_server::ApiServer;
use crate::cluster::{entry, export_to};
use crate::command::{Running, run};
use crate::mesh::{Authority, Wanted, roots};
use crate::support::peer::folder;

const NAME: &str = "ambassador-consul-connect";

fn stored(api: &ApiServer) -> Value {
    let text = api.kubectl(&["get", "secret", "-n", "shop", NAME, "-o", "json"]);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_real_api_server_behaves_like_the_double() {
    let api = ApiServer::start();
    api.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
    let ours = Authority::new("aa:01");
    let leaf = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    let kubeconfig = Path::new(&api.kubeconfig);
    let export = |more: &[&str]| export_to(kubeconfig, &agent, more);

    // An account without permissions, and a namespace that does not exist.
    let reader = folder("reader").join("config");
    let text = std::fs::read_to_string(kubeconfig).unwrap();
    std::fs::write(&reader, text.replace("current-context: admin", "current-context: reader"))
        .unwrap();
    let said = export_to(&reader, &agent, &[]);
    assert!(said.code == 2 && said.err.contains("forbidden"), "{}", said.err);
    let said = export(&["--secret-namespace", "nowhere"]);
    assert!(said.code == 2 && said.err.contains("--secret-namespace"), "{}", said.err);

    let said = export(&[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let secret = stored(&api);
    assert_eq!(secret["type"], "kubernetes.io/tls");
    assert_eq!(entry(&secret, "tls.crt"), leaf["CertPEM"]);
    let metadata = secret["metadata"].to_string();
    assert!(!metadata.contains("last-applied"), "{metadata}");
    let said = export(&[]);
    assert!(said.err.contains("already up to date"), "{}", said.err);
    assert_eq!(stored(&api)["metadata"]["resourceVersion"], secret["metadata"]["resourceVersion"]);

    // A Secret written by `kubectl apply` belongs to another manager, and has a copy of the key in
    // an annotation.
    api.kubectl(&["delete", "secret", "-n", "shop", NAME]);
    api.apply(&format!(
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: {NAME}, namespace: shop}}\ntype: kubernetes.io/tls\n\
         data: {{tls.crt: {old}, tls.key: {old}}}\n",
        old = STANDARD.encode("old")
    ));
    assert!(stored(&api)["metadata"].to_string().contains("last-applied"));
    let said = export(&[]);
    assert!(said.code == 2 && said.err.contains("another client wrote"), "{}", said.err);
    assert_eq!(entry(&stored(&api), "tls.crt"), "old");
    let said = export(&["--force-conflicts"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let secret = stored(&api);
    assert_eq!(entry(&secret, "tls.crt"), leaf["CertPEM"]);
    assert!(
        !secret["metadata"].to_string().contains("last-applied"),
        "the old key still lies there"
    );

    // It is taken over permanently: later writes need no force.
    let other = Authority::new("cc:03");
    let replaced = other.leaf(&Wanted::good());
    agent.learn(|knows| {
        knows.roots = roots(&[&other, &ours]);
        knows.leaf = replaced.clone();
        knows.index += 1;
    });
    let said = export(&[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(entry(&stored(&api), "tls.crt"), replaced["CertPEM"]);

    // The service continues after an export, and follows a new CA.
    api.kubectl(&["delete", "secret", "-n", "shop", NAME]);
    assert_eq!(export(&[]).code, 0);
    let address = agent.address();
    let usual = ["consul", "sync", "-o", "kubernetes", "--listen", "127.0.0.1:0"];
    let usual = [&usual[..], &["--look", "200ms", "--max-pause", "300ms"]].concat();
    let variables = [("CONSUL_HTTP_ADDR", address.as_str()), ("KUBECONFIG", &api.kubeconfig)];
    let mut sync = Running::start(&usual, &variables, &folder("kube").join("log"));
    sync.until("it finds it", |said| said.contains("already has it"));
    // A leaf of the same CA that is still good would be kept; another CA must be followed.
    let next = Authority::new("bb:02");
    let renewed = next.leaf(&Wanted::good());
    agent.learn(|knows| {
        knows.roots = roots(&[&next, &ours]);
        knows.leaf = renewed.clone();
        knows.index += 1;
    });
    sync.until("a write", |_| entry(&stored(&api), "tls.crt") == renewed["CertPEM"]);
    assert_eq!(entry(&stored(&api), "root-cert.pem"), format!("{}{}", next.pem, ours.pem));

    // `inspect` finds it in the cluster although nothing refers to it; by default in the context's
    // namespace.
    let inspect = |target: &str, more: &[&str]| {
        let usual = ["inspect", target, "-o", "json", "--no-config"];
        let cluster = ["--kubeconfig", &api.kubeconfig];
        run(&[&usual[..], &cluster, more].concat(), &[])
    };
    let said = inspect(&format!("secret/{NAME}"), &[]);
    for (target, more) in [
        (format!("secret/shop/{NAME}"), &["-n", "default"][..]),
        (format!("secret/{NAME}"), &["-n", "shop"]),
        (format!("secret/{NAME}"), &["-A"]),
    ] {
        assert_eq!(inspect(&target, more).out, said.out, "{target} {more:?}");
    }
    let none = inspect(&format!("secret/{NAME}"), &["-n", "default"]);
    assert!(none.code == 2 && none.err.contains("in the cluster"), "{}", none.err);
    let key = renewed["PrivateKeyPEM"].as_str().unwrap();
    let shown = said.out.clone() + &said.err;
    assert!(shown.contains("spiffe://"), "{shown}");
    assert!(!shown.contains(&STANDARD.encode(key)[..40]), "the key is shown");
    let secret_of_key = key.lines().nth(1).unwrap();
    assert!(!shown.contains(secret_of_key), "the key is shown");
}

//! `mtlsctl rehearse rotation`: orders of steps, gaps between them, and bundles if no order works.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use serde_json::Value;

/// A CA that issues leaf certificates.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

fn authority(name: &str) -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let pem = params.self_signed(&key).unwrap().pem();
    Authority { pem, issuer: Issuer::new(params, key) }
}

/// A certificate and its key in PEM.
fn leaf(authority: &Authority, usage: ExtendedKeyUsagePurpose) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["web.shop".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, "web");
    params.extended_key_usages = vec![usage];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let certificate = params.signed_by(&key, &authority.issuer).unwrap();
    (certificate.pem(), key.serialize_pem())
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mtlsctl-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A Mapping whose context has its pair and its CAs in two Secrets.
fn manifests((certificate, key): &(String, String), ca: &str) -> String {
    let data = |text: &str| STANDARD.encode(text);
    format!(
        "apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {{name: web, namespace: shop}}
spec: {{hostname: '*', prefix: /, service: 'https://web.shop:443', tls: upstream}}
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {{name: upstream, namespace: shop}}
spec: {{secret: client, ca_secret: ca}}
---
apiVersion: v1
kind: Secret
metadata: {{name: client, namespace: shop}}
type: kubernetes.io/tls
data: {{tls.crt: {}, tls.key: {}}}
---
apiVersion: v1
kind: Secret
metadata: {{name: ca, namespace: shop}}
data: {{tls.crt: {}}}
",
        data(certificate),
        data(key),
        data(ca)
    )
}

/// Runs the command; returns its report as JSON, as text, and its exit code.
fn rehearse(arguments: &[&str]) -> (Value, String, i32) {
    let run = |format: &str| {
        Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .args(["--at", "2027-01-15", "rehearse", "rotation", "--no-config", "-o", format])
            .args(arguments)
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
            .output()
            .unwrap()
    };
    let (json, text) = (run("json"), run("text"));
    let told = String::from_utf8(text.stdout).unwrap();
    let err = String::from_utf8(json.stderr).unwrap();
    let report = serde_json::from_slice(&json.stdout).unwrap_or_else(|why| panic!("{why}: {err}"));
    assert!(!told.contains("PRIVATE KEY"), "{told}");
    (report, told, json.status.code().unwrap())
}

#[test]
fn a_new_ca_needs_a_bundle_of_both_before_and_after_the_server_changes() {
    let folder = Folder::new("bundle");
    let (old, new) = (authority("Old CA"), authority("New CA"));
    let client = leaf(&old, ExtendedKeyUsagePurpose::ClientAuth);
    let before = folder.write("before.yaml", &manifests(&client, &old.pem));
    let after = folder.write("after.yaml", &manifests(&client, &new.pem));
    let server = |authority| leaf(authority, ExtendedKeyUsagePurpose::ServerAuth).0;
    let now = folder.write("now.pem", &server(&old));
    let then = folder.write("then.pem", &server(&new));
    let arguments =
        [before.as_str(), &after, "--server-chain", &now, "--server-chain-after", &then];
    let (report, told, code) = rehearse(&arguments);
    let rotation = &report["rotations"][0];
    assert_eq!(rotation["orders"], 2);
    assert_eq!(rotation["safe_orders"], 0);
    let way: Vec<(&str, bool)> = rotation["way"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["place"].as_str().unwrap(), step["bundle"].as_bool().unwrap()))
        .collect();
    assert_eq!(
        way,
        [("Secret shop/ca", true), ("the server's certificate", false), ("Secret shop/ca", false)],
        "{told}"
    );
    assert_eq!(rotation["gaps"].as_array().unwrap().len(), 2);
    assert!(told.contains("unable to get local issuer certificate"), "{told}");
    assert!(told.contains("all 2 orders have a gap"), "{told}");
    assert_eq!(code, 0);
}

#[test]
fn a_leaf_of_the_same_ca_is_one_step_and_one_of_a_new_ca_must_wait_for_the_server() {
    let folder = Folder::new("leaf");
    let (old, new) = (authority("Old CA"), authority("New CA"));
    let client = |authority| leaf(authority, ExtendedKeyUsagePurpose::ClientAuth);
    let before = folder.write("before.yaml", &manifests(&client(&old), &old.pem));
    let renewed = folder.write("renewed.yaml", &manifests(&client(&old), &old.pem));
    let ca = folder.write("ca.pem", &old.pem);
    let (report, told, code) = rehearse(&[&before, &renewed, "--server-ca", &ca]);
    assert_eq!(report["rotations"][0]["safe_orders"], 1, "{told}");
    assert!(told.contains("the server's chain is not given"), "{told}");
    assert_eq!(code, 0);
    // The server must trust both CAs before Envoy presents the new certificate.
    let foreign = folder.write("foreign.yaml", &manifests(&client(&new), &old.pem));
    let both = folder.write("both.pem", &format!("{}{}", old.pem, new.pem));
    let arguments = [before.as_str(), &foreign, "--server-ca", &ca, "--server-ca-after", &both];
    let (report, told, _) = rehearse(&arguments);
    let rotation = &report["rotations"][0];
    assert_eq!((&rotation["orders"], &rotation["safe_orders"]), (&2.into(), &1.into()), "{told}");
    assert_eq!(rotation["way"][0]["place"], "the server's CAs");
    let (_, told, code) = rehearse(&[&before, &foreign, "--server-ca", &ca]);
    assert!(told.contains("every order has a gap"), "{told}");
    assert_eq!(code, 1);
}

/// A second context with the same CAs and its own client certificate.
fn with_second((certificate, key): &(String, String)) -> String {
    let data = |text: &str| STANDARD.encode(text);
    format!(
        "---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {{name: pay, namespace: shop}}
spec: {{hostname: '*', prefix: /pay, service: 'https://pay.shop:443', tls: second}}
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {{name: second, namespace: shop}}
spec: {{secret: second, ca_secret: ca}}
---
apiVersion: v1
kind: Secret
metadata: {{name: second, namespace: shop}}
type: kubernetes.io/tls
data: {{tls.crt: {}, tls.key: {}}}
",
        data(certificate),
        data(key)
    )
}

#[test]
fn contexts_with_a_shared_place_are_rehearsed_together() {
    let folder = Folder::new("shared");
    let (old, new) = (authority("Old CA"), authority("New CA"));
    let client = |authority| leaf(authority, ExtendedKeyUsagePurpose::ClientAuth);
    let both = |first: &_, second: &_| manifests(first, &old.pem) + &with_second(second);
    let before = folder.write("before.yaml", &both(&client(&old), &client(&old)));
    let after = folder.write("after.yaml", &both(&client(&new), &client(&new)));
    let (now, then) = (folder.write("now.pem", &old.pem), folder.write("then.pem", &new.pem));
    let arguments = [before.as_str(), &after, "--server-ca", &now, "--server-ca-after", &then];
    let (report, told, code) = rehearse(&arguments);
    assert_eq!(report["rotations"].as_array().unwrap().len(), 1, "{told}");
    let rotation = &report["rotations"][0];
    assert_eq!(rotation["contexts"].as_array().unwrap().len(), 2, "{told}");
    let way: Vec<&str> = rotation["way"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["instruction"].as_str().unwrap())
        .collect();
    let [first, .., last] = way[..] else { panic!("{told}") };
    // The old CAs are removed when the last client certificate was replaced.
    assert_eq!(first, "give the server the new and the old CAs, in this order");
    assert_eq!((way.len(), last), (4, "give the server the new CAs"), "{told}");
    // The affected upstreams are named if not all are affected.
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("once Secret shop/second is new and the rest is old, the server rejects Envoy's certificate: refused at depth 0: unable to get local issuer certificate (TLSContext shop/second, Mapping shop/pay)"),
        "{told}"
    );
    assert_eq!(code, 0);
}

#[test]
fn trust_anchors_that_rotate_without_their_certificate_need_a_restart() {
    let folder = Folder::new("root");
    let (old, new) = (authority("Old CA"), authority("New CA"));
    let client = leaf(&old, ExtendedKeyUsagePurpose::ClientAuth);
    let other = leaf(&old, ExtendedKeyUsagePurpose::ClientAuth);
    let with_root = |pair: &(String, String), root: &str| {
        let text = manifests(pair, root).replace(", ca_secret: ca", "");
        text.replacen(
            ", tls.key:",
            &format!(", root-cert.pem: {}, tls.key:", STANDARD.encode(root)),
            1,
        )
    };
    let before = folder.write("before.yaml", &with_root(&client, &old.pem));
    let bundle = format!("{}{}", new.pem, old.pem);
    for (pair, restart) in [(&client, true), (&other, false)] {
        let after = folder.write("after.yaml", &with_root(pair, &bundle));
        let (report, told, _) = rehearse(&[&before, &after]);
        let step = &report["rotations"][0]["way"][0];
        assert_eq!(step["restart"], restart, "{told}");
        assert_eq!(told.contains("Envoy keeps the old `root-cert.pem`"), restart, "{told}");
    }
}

#[test]
fn a_secret_that_is_mounted_is_a_step_with_a_restart() {
    let folder = Folder::new("mounted");
    let (old, new) = (authority("Old CA"), authority("New CA"));
    let client = |authority| leaf(authority, ExtendedKeyUsagePurpose::ClientAuth);
    let mounted = |pair: &(String, String)| {
        manifests(pair, &old.pem).replace(
            "{secret: client, ca_secret: ca}",
            "{cert_chain_file: /certs/tls.crt, private_key_file: /certs/tls.key}",
        ) + "---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ambassador, namespace: shop}
spec: {template: {spec: {containers: [{name: ambassador, image: emissary, volumeMounts: [{name: certs, mountPath: /certs}]}], volumes: [{name: certs, secret: {secretName: client}}]}}}
"
    };
    let before = folder.write("before.yaml", &mounted(&client(&old)));
    let after = folder.write("after.yaml", &mounted(&client(&new)));
    let (report, told, _) = rehearse(&[&before, &after]);
    let step = &report["rotations"][0]["way"][0];
    assert_eq!(step["place"], "Secret shop/client (mounted as /certs/tls.crt)", "{told}");
    assert_eq!(step["restart"], true, "{told}");
}

#[test]
fn a_key_of_another_certificate_freezes_the_configuration_in_between() {
    let folder = Folder::new("frozen");
    let old = authority("Old CA");
    let pair = leaf(&old, ExtendedKeyUsagePurpose::ClientAuth);
    let other = leaf(&old, ExtendedKeyUsagePurpose::ClientAuth);
    let before = folder.write("before.yaml", &manifests(&pair, &old.pem));
    let mixed = folder.write("mixed.yaml", &manifests(&(other.0, pair.1.clone()), &old.pem));
    let (report, told, code) = rehearse(&[&before, &mixed]);
    assert_eq!(report["rotations"][0]["gaps"][0]["breaks"][0]["who"], "configuration", "{told}");
    assert_eq!(code, 1);
    let (report, told, code) = rehearse(&[&before, &before]);
    assert_eq!(report["rotations"], Value::Array(vec![]));
    assert!(told.contains("nothing rotates"), "{told}");
    assert_eq!(code, 0);
}

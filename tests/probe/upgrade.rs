//! The next Envoy's verdict on a server that works with the current one.

use std::process::Command;

use mtlsctl::cert::Chain;
use rcgen::{ExtendedKeyUsagePurpose, KeyUsagePurpose, PKCS_RSA_SHA256};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::Value;

use crate::support::peer::{Authority, Wanted, folder};
use crate::support::tls_server;

/// Envoy 1.38 enforces an RSA leaf's keyUsage in TLS 1.2 (envoyproxy/envoy#43433).
#[test]
fn a_failure_after_an_upgrade_is_reported() {
    let authority = Authority::new("upgrade-ca");
    let server = authority.issue(&Wanted {
        name: "server",
        usage: ExtendedKeyUsagePurpose::ServerAuth,
        algorithm: &PKCS_RSA_SHA256,
        key_usage: KeyUsagePurpose::KeyEncipherment,
        ..Wanted::default()
    });
    let chain = Chain::from_pem(server.cert.as_bytes());
    let ders = chain.certificates().iter().map(|one| one.der().to_vec()).collect();
    let key = PrivatePkcs8KeyDer::from_pem_slice(server.key.as_bytes()).expect("a key");
    let address = tls_server::start(ders, key.secret_pkcs8_der()).expect("a server");
    let ca = folder("upgrade").join("ca.pem");
    std::fs::write(&ca, &authority.pem).expect("a file");
    let probe = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .args(["probe", &address.to_string(), "--ca"])
            .arg(&ca)
            .args(arguments)
            .output()
            .expect("mtlsctl");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (code, text) = probe(&["--envoy", "1.37"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("fails after the upgrade to Envoy 1.38: KEY_USAGE_BIT_INCORRECT"),
        "{text}"
    );
    let verdict = |arguments: &[&str]| {
        let (_, report) = probe(&[&["-o", "json"], arguments].concat());
        serde_json::from_str::<Value>(&report).expect("JSON")["targets"][0]["verdict"].clone()
    };
    let (present, next) = (verdict(&["--envoy", "1.37"]), verdict(&["--envoy", "1.38"]));
    assert_eq!(present["envoy"], "accepted", "{present}");
    assert_eq!(present["upgrade"]["envoy_version"], "1.38");
    assert_eq!(present["upgrade"]["result"], "refused");
    assert_eq!(present["upgrade"]["reason"], "KEY_USAGE_BIT_INCORRECT");
    assert_eq!(next["envoy"], "refused", "{next}");
    assert!(next["upgrade"].is_null(), "{next}");
}

/// If two CAs have the same name and the certificate has no authorityKeyIdentifier, Envoy tries one
/// of them.
#[test]
fn the_ca_that_is_tried_of_two_with_the_same_name_is_reported() {
    let (old, new) = (Authority::new("twins"), Authority::new("twins"));
    let server = old.issue(&Wanted {
        name: "server",
        usage: ExtendedKeyUsagePurpose::ServerAuth,
        identifies_issuer: false,
        ..Wanted::default()
    });
    let chain = Chain::from_pem(server.cert.as_bytes());
    let ders = chain.certificates().iter().map(|one| one.der().to_vec()).collect();
    let key = PrivatePkcs8KeyDer::from_pem_slice(server.key.as_bytes()).expect("a key");
    let address = tls_server::start(ders, key.secret_pkcs8_der()).expect("a server");
    let ca = folder("twins").join("ca.pem");
    std::fs::write(&ca, old.pem.clone() + &new.pem).expect("a file");
    let probe = |version: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .args(["probe", &address.to_string(), "--envoy", version, "--ca"])
            .arg(&ca)
            .output()
            .expect("mtlsctl");
        let text = String::from_utf8(output.stdout).expect("text");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (before, after) = (probe("1.37"), probe("1.38"));
    assert!(before.contains("the last in the file; from 1.38 on, the first"), "{before}");
    assert!(after.contains("Envoy would get through"), "{after}");
}

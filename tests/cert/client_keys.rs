//! Which keys of clients Envoy accepts as a server, compared with a real one.

use std::io::Write as _;
use std::process::Stdio;

use mtlsctl::cert::Chain;
use mtlsctl::envoy::{
    EnvoyVerdict, EnvoyVersion, OfferedTls, PemSource, Purpose, ValidationContext,
};
use rcgen::{
    PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ECDSA_P521_SHA512, PKCS_ED25519,
    PKCS_RSA_SHA256,
};
use serde_json::json;
use time::OffsetDateTime;

use crate::support::installed;
use crate::support::peer::{Door, Envoy, Mode, Pki, Tls, Wanted, folder, listener, virtual_tls};

#[test]
fn a_clients_key_is_judged_as_by_a_real_listener() {
    let pki = Pki::new(folder("client-keys"));
    let doors: Vec<Door> =
        Door::all().into_iter().filter(|door| door.mode == Mode::Required).collect();
    let ports: Vec<u16> = doors.iter().map(|door| door.port).collect();
    let listeners: Vec<_> =
        doors.iter().map(|door| listener(door.port, virtual_tls(&pki, *door))).collect();
    let _envoy = Envoy::start(&json!({ "listeners": listeners }), &ports);
    let keys = [
        ("RSA", &PKCS_RSA_SHA256),
        ("P-256", &PKCS_ECDSA_P256_SHA256),
        ("P-384", &PKCS_ECDSA_P384_SHA384),
        ("P-521", &PKCS_ECDSA_P521_SHA512),
        ("Ed25519", &PKCS_ED25519),
    ];
    let mut refused = Vec::new();
    for (name, algorithm) in keys {
        let pair = pki.authority.issue(&Wanted { name: "client", algorithm, ..Wanted::default() });
        pki.write("client.pem", &pair.cert);
        pki.write("client.key", &pair.key);
        for door in &doors {
            let ca = PemSource::new("ca.pem", pki.authority.pem.as_bytes());
            let tls = OfferedTls { tls13: door.tls == Tls::V13, ..OfferedTls::default() };
            let verdict = ValidationContext::load(Some(ca), None, EnvoyVersion::default())
                .unwrap()
                .with_tls(tls)
                .with_purpose(Purpose::Client)
                .verify(&Chain::from_pem(pair.cert.as_bytes()), OffsetDateTime::now_utc());
            let case = format!("{name}, TLS {}", door.tls.number());
            let answered = answers(&pki, *door);
            assert_eq!(verdict == EnvoyVerdict::Accepted, answered, "{case}: {verdict}");
            if !answered {
                refused.push(case);
            }
        }
    }
    assert_eq!(refused, ["P-521, TLS 1.3", "Ed25519, TLS 1.2", "Ed25519, TLS 1.3"]);
}

/// Whether a request with the client's certificate is answered.
fn answers(pki: &Pki, door: Door) -> bool {
    let mut client = installed::command("openssl/usr/bin/openssl")
        .args(["s_client", "-ign_eof", "-connect", &format!("127.0.0.1:{}", door.port)])
        .args(["-cert", &pki.path("client.pem"), "-key", &pki.path("client.key")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    // A server that rejected us may have closed the connection.
    let _ = client.stdin.take().unwrap().write_all(request);
    let said = client.wait_with_output().unwrap();
    String::from_utf8_lossy(&said.stdout).contains("HTTP/1.1 200")
}

//! Sidecars are distinguished: Istio's modes, Consul's Envoy, and a real Consul agent's own proxy.

use mtlsctl::probe::{Mutual, PortMode, Presented, Sight, Story};

use crate::common::{identity, patient, probed, story, target, trusting, word};
use crate::support::peer::{Consul, Pki, Sidecar, State, Tls, folder, sidecar};

const ISTIO: &str = "spiffe://cluster.local/ns/default/sa/productpage";
const CONSUL: &str =
    "spiffe://11111111-2222-3333-4444-555555555555.consul/ns/default/dc/dc1/svc/web";

fn behind(kind: Sidecar, uri: &str, tls: Tls, alpn: Option<&str>, matrix: bool) -> Story {
    let pki = Pki::of(folder("mesh"), uri);
    let (_envoy, port) = sidecar(&pki, kind);
    let client = identity(&pki.client(State::Good).expect("a client"));
    let mut target = target(port, tls, Some(client));
    target.offer.alpn = alpn.map(str::to_owned);
    target.trust = trusting(Some(&pki.authority.pem));
    let mut conduct = patient();
    conduct.matrix = matrix;
    probed(target, &conduct)
}

fn mode(outcome: &Story) -> PortMode {
    outcome.matrix.as_ref().expect("a matrix").mode
}

#[test]
fn istio_strict_mode_is_detected() {
    for tls in [Tls::V12, Tls::V13] {
        let outcome = behind(Sidecar::IstioStrict, ISTIO, tls, None, true);
        assert_eq!(mode(&outcome), PortMode::IstioStrict, "{}", story(&outcome));
        assert_eq!(outcome.mutual, Mutual::Required);
        assert_eq!(word(&outcome.envoy), "accepted");
    }
}

#[test]
fn istio_permissive_mode_on_an_http_port_is_detected() {
    for tls in [Tls::V12, Tls::V13] {
        let outcome = behind(Sidecar::IstioPermissiveHttp, ISTIO, tls, None, true);
        assert_eq!(mode(&outcome), PortMode::IstioPermissiveHttp, "{}", story(&outcome));
        // The context of the original report, without `alpn_protocols: istio`.
        assert_eq!(word(&outcome.envoy), "refused");
        assert!(story(&outcome).contains("alpn_protocols: istio"));
        let outcome = behind(Sidecar::IstioPermissiveHttp, ISTIO, tls, Some("istio"), true);
        assert_eq!(mode(&outcome), PortMode::IstioPermissiveHttp, "{}", story(&outcome));
        assert_eq!(word(&outcome.envoy), "accepted");
    }
}

#[test]
fn istio_permissive_mode_on_an_undeclared_port_is_detected() {
    for tls in [Tls::V12, Tls::V13] {
        let outcome = behind(Sidecar::IstioPermissiveAuto, ISTIO, tls, None, true);
        assert_eq!(mode(&outcome), PortMode::IstioPermissiveAuto, "{}", story(&outcome));
        assert_eq!(word(&outcome.envoy), "refused");
        assert!(story(&outcome).contains("WRONG_VERSION_NUMBER"));
    }
}

#[test]
fn consuls_envoy_is_detected_when_it_allows_and_denies() {
    for tls in [Tls::V12, Tls::V13] {
        let tcp = |deny| behind(Sidecar::ConsulTcp { deny }, CONSUL, tls, None, true);
        let http = |deny| behind(Sidecar::ConsulHttp { deny }, CONSUL, tls, None, true);

        for outcome in [tcp(false), http(false)] {
            assert_eq!(mode(&outcome), PortMode::ConsulEnvoy, "{}", story(&outcome));
            assert_eq!(word(&outcome.envoy), "accepted", "{}", story(&outcome));
            assert_eq!(outcome.mutual, Mutual::Required);
        }

        // TCP: the connection ends at the first byte, and not before.
        let denied = tcp(true);
        assert_eq!(mode(&denied), PortMode::ConsulEnvoy, "{}", story(&denied));
        assert_eq!(word(&denied.envoy), "refused", "{}", story(&denied));
        assert_eq!(denied.mutual, Mutual::Required);
        assert!(
            story(&denied).contains("closed the connection on the request"),
            "{}",
            story(&denied)
        );
        assert!(story(&denied).contains("intentions"));

        // HTTP: Envoy passes on the 403, so TLS works and the story has a warning.
        let denied = http(true);
        assert_eq!(mode(&denied), PortMode::ConsulEnvoy, "{}", story(&denied));
        assert_eq!(word(&denied.envoy), "passed_on");
        assert!(story(&denied).contains("RBAC: access denied"), "{}", story(&denied));
    }
}

#[test]
fn the_built_in_proxy_of_a_real_consul_agent_is_detected() {
    let consul = Consul::start();
    consul.deny("stranger", "web");
    let (friend, stranger) = (consul.leaf("ambassador"), consul.leaf("stranger"));
    for tls in [Tls::V12, Tls::V13] {
        let probe = |pair| {
            let mut conduct = patient();
            conduct.matrix = true;
            let mut target = target(consul.proxy_port, tls, Some(identity(pair)));
            target.trust = trusting(Some(&consul.roots()));
            target.expect_spiffe =
                Some(mtlsctl::probe::Expected::read(&uri_of(&consul)).expect("a trust domain"));
            probed(target, &conduct)
        };
        let allowed = probe(&friend);
        assert_eq!(mode(&allowed), PortMode::ConsulNative, "{}", story(&allowed));
        assert_eq!(allowed.accepted(), Some(true), "{}", story(&allowed));
        assert_eq!(allowed.mutual, Mutual::Required);
        assert_eq!(word(&allowed.envoy), "accepted");

        let denied = probe(&stranger);
        assert_eq!(mode(&denied), PortMode::ConsulNative, "{}", story(&denied));
        assert_eq!(denied.accepted(), Some(false), "{}", story(&denied));
        assert_eq!(word(&denied.envoy), "refused");
        assert!(story(&denied).contains("bad_certificate"), "{}", story(&denied));
        assert!(story(&denied).contains("intention"));
        // The mode has the same pattern for every client.
        let matrix = denied.matrix.as_ref().expect("a matrix");
        let without = matrix.trials.iter().filter(|trial| trial.presented == Presented::Nothing);
        assert!(without.into_iter().all(|trial| trial.sight == Sight::TurnedAway(Some(42))));
    }
}

/// Any service in the agent's trust domain.
fn uri_of(consul: &Consul) -> String {
    let roots = consul.roots();
    assert!(roots.contains("BEGIN CERTIFICATE"));
    let leaf = consul.leaf("web").cert;
    let der = pem(&leaf);
    let start = der.windows(9).position(|bytes| bytes == b"spiffe://").expect("an identity");
    let domain: Vec<u8> =
        der[start + 9..].iter().copied().take_while(|byte| *byte != b'/').collect();
    String::from_utf8(domain).expect("ASCII")
}

fn pem(text: &str) -> Vec<u8> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    CertificateDer::from_pem_slice(text.as_bytes()).expect("a leaf").to_vec()
}

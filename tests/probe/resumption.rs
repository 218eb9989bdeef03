//! Servers that accept a certificate once, and fail the connection on which Envoy resumes the
//! session.

use std::fs;

use mtlsctl::probe::{CheckResult, EnvoyOutcome, Offer, Story, TlsVersion};

use crate::common::{identity, patient, probed, story, target, trusting, word};
use crate::support::installed;
use crate::support::peer::{Pki, Process, State, Tls, folder, free_port};

fn asked(port: u16, pki: &Pki, max: TlsVersion) -> Story {
    let mut target = target(port, Tls::V12, pki.client(State::Good).as_ref().map(identity));
    target.trust = trusting(Some(&pki.authority.pem));
    target.offer = Offer { max: Some(max), ..Offer::default() };
    probed(target, &patient())
}

/// socat, whose TLS server sets no session id context; it responds to each connection.
fn socat(pki: &Pki) -> (Process, u16) {
    let (port, dir) = (free_port(), folder("socat"));
    let answer = dir.join("answer");
    let lines = "read -r line\nprintf 'HTTP/1.1 200 OK\\r\\ncontent-length: 0\\r\\n\\r\\n'\n";
    fs::write(&answer, lines).expect("a script");
    let mut command = installed::command("socat/usr/bin/socat");
    command.arg(format!(
        "OPENSSL-LISTEN:{port},bind=127.0.0.1,fork,reuseaddr,verify=1,cert={},key={},cafile={}",
        pki.path("server.pem"),
        pki.path("server.key"),
        pki.path("ca.pem"),
    ));
    command.arg(format!("SYSTEM:sh {}", answer.display()));
    (Process::start(command, dir.join("log"), &[port]), port)
}

#[test]
fn a_server_without_a_session_id_context_answers_envoy_only_once() {
    let pki = Pki::new(folder("once"));
    let (_socat, port) = socat(&pki);
    for (max, which) in [
        (TlsVersion::V1_2, "after the first connection every one fails"),
        (TlsVersion::V1_3, "every second"),
    ] {
        let outcome = asked(port, &pki, max);
        let said = story(&outcome).split_whitespace().collect::<Vec<_>>().join(" ");
        let EnvoyOutcome::Refused(refusal) = &outcome.envoy else { panic!("{said}") };
        assert_eq!((refusal.flags, &*refusal.reason), ("UF", "TLSV1_ALERT_INTERNAL_ERROR"));
        assert_eq!(outcome.accepted(), Some(true), "{said}");
        assert!(said.contains("fails resumed sessions, with alert internal_error"), "{said}");
        assert!(said.contains(which), "{said}");
    }
}

#[test]
fn a_server_that_resumes_sessions_is_not_reported() {
    let pki = Pki::new(folder("again"));
    let port = free_port();
    let mut command = installed::command("openssl/usr/bin/openssl");
    command
        .args(["s_server", "-www", "-quiet", "-accept", &format!("127.0.0.1:{port}")])
        .args(["-cert", &pki.path("server.pem"), "-key", &pki.path("server.key")])
        .args(["-CAfile", &pki.path("ca.pem"), "-Verify", "3", "-verify_return_error"]);
    let _server = Process::start(command, folder("again-log").join("log"), &[port]);
    for max in [TlsVersion::V1_2, TlsVersion::V1_3] {
        let outcome = asked(port, &pki, max);
        assert_eq!(word(&outcome.envoy), "accepted", "{}", story(&outcome));
        assert!(outcome.checks.iter().all(|check| check.result != CheckResult::Error));
    }
}

//! Servers that misbehave: every probe ends in time, with the right message.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use mtlsctl::probe::{Ending, EnvoyOutcome, Identity, Mutual, Story};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::common::{conduct, identity, probed, story, target, word};
use crate::support::installed;
use crate::support::peer::{Pki, Process, State, Tls, folder, free_port};

const PATIENCE: Duration = Duration::from_millis(800);
/// TCP and TLS, a response, both again without a certificate, and a busy machine.
const BOUND: Duration = Duration::from_millis(800 * 4 + 2000);

/// A raw server; each connection runs `act` on its own thread.
pub(crate) fn raw(act: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let act = Arc::new(act);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let act = Arc::clone(&act);
            thread::spawn(move || act(stream));
        }
    });
    port
}

/// A server that completes the handshake, optionally requesting a certificate, and then runs `act`.
fn shaking(
    pki: &Pki,
    tickets: usize,
    act: impl Fn(&mut dyn ReadWrite) + Send + Sync + 'static,
) -> u16 {
    let chain = CertificateDer::pem_slice_iter(pki.server.cert.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .expect("a chain");
    let key = PrivateKeyDer::from_pem_slice(pki.server.key.as_bytes()).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a server");
    config.send_tls13_tickets = tickets;
    let config = Arc::new(config);
    raw(move |mut tcp| {
        let mut session = rustls::ServerConnection::new(Arc::clone(&config)).expect("a session");
        let mut stream = rustls::Stream::new(&mut session, &mut tcp);
        // The first write completes the handshake.
        if stream.flush().is_ok() && stream.conn.complete_io(stream.sock).is_ok() {
            act(&mut stream);
        }
    })
}

trait ReadWrite: Read + Write {}
impl<T: Read + Write> ReadWrite for T {}

fn bounded(port: u16, tls: Tls, identity: Option<Identity>) -> Story {
    let start = Instant::now();
    let outcome = probed(target(port, tls, identity), &conduct(PATIENCE));
    let took = start.elapsed();
    assert!(took < BOUND, "{took:?} is too long\n{}", story(&outcome));
    assert!(outcome.reached(), "the peer was reached\n{}", story(&outcome));
    outcome
}

fn refused(outcome: &Story) -> &str {
    match &outcome.envoy {
        EnvoyOutcome::Refused(refusal) => &refusal.reason,
        other => panic!("not refused: {other:?}\n{}", story(outcome)),
    }
}

#[test]
fn a_silent_server_times_out() {
    let port = raw(|_tcp| thread::sleep(Duration::from_secs(30)));
    for tls in [Tls::V12, Tls::V13] {
        let outcome = bounded(port, tls, None);
        assert_eq!(outcome.attempts[0].ending, Ending::HandshakeTimeout { received: 0 });
        assert_eq!(refused(&outcome), "connection_timeout");
        assert!(story(&outcome).contains("then sent nothing"));
    }
}

#[test]
fn many_kinds_of_plaintext_are_recognised() {
    for banner in [
        &b"HTTP/1.1 400 Bad Request\r\n\r\n"[..],
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"220 mail ESMTP\r\n",
        b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\x00\x04\x00\x00\xff\xff",
        b"-ERR unknown command\r\n",
    ] {
        let port = raw(move |mut tcp| {
            let _ = tcp.read(&mut [0; 64]);
            let _ = tcp.write_all(banner);
            thread::sleep(Duration::from_millis(200));
        });
        let outcome = bounded(port, Tls::V12, None);
        assert_eq!(refused(&outcome), "WRONG_VERSION_NUMBER", "{}", story(&outcome));
        let told = story(&outcome);
        assert!(
            told.contains("does not serve TLS") || told.contains("starts TLS only after"),
            "{told}"
        );
        assert_eq!(outcome.mutual, Mutual::Unknown);
    }
}

#[test]
fn closing_on_accept_and_on_the_client_hello_is_reported() {
    let at_accept = raw(drop);
    let at_hello = raw(|mut tcp| {
        let _ = tcp.read(&mut [0; 4096]);
    });
    for port in [at_accept, at_hello] {
        let outcome = bounded(port, Tls::V12, None);
        assert!(
            matches!(outcome.attempts[0].ending, Ending::HandshakeClosed { received: 0, .. }),
            "{:?}",
            outcome.attempts[0].ending
        );
        assert_eq!(word(&outcome.envoy), "refused");
        let story = story(&outcome);
        assert!(story.contains("the connection on our ClientHello"), "{story}");
    }
}

#[test]
fn a_half_closed_connection_is_reported() {
    let port = raw(|mut tcp| {
        let _ = tcp.shutdown(Shutdown::Write);
        let mut bytes = Vec::new();
        let _ = tcp.read_to_end(&mut bytes);
    });
    let outcome = bounded(port, Tls::V12, None);
    assert_eq!(word(&outcome.envoy), "refused", "{}", story(&outcome));
}

#[test]
fn a_trickling_handshake_times_out() {
    let port = raw(|mut tcp| {
        // The header of a large handshake record, and then single bytes forever.
        let _ = tcp.write_all(&[22, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xfb]);
        while tcp.write_all(&[0]).is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let outcome = bounded(port, Tls::V12, None);
    assert!(matches!(outcome.attempts[0].ending, Ending::HandshakeTimeout { received: 1.. }));
    assert_eq!(refused(&outcome), "connection_timeout");
}

#[test]
fn an_endless_handshake_is_cut_off() {
    let port = raw(|mut tcp| {
        let mut record = vec![22, 3, 3, 0x40, 0];
        record.resize(5 + 0x4000, 0);
        while tcp.write_all(&record).is_ok() {}
    });
    let outcome = bounded(port, Tls::V12, None);
    assert_ne!(word(&outcome.envoy), "accepted", "{}", story(&outcome));
}

#[test]
fn an_endless_response_is_cut_off() {
    let pki = Pki::new(folder("endless"));
    let port = shaking(&pki, 2, |stream| {
        let _ = stream.read(&mut [0; 1024]);
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    for tls in [Tls::V12, Tls::V13] {
        let outcome = bounded(port, tls, None);
        // It responded, but not in HTTP: Envoy would return 502.
        assert_eq!(refused(&outcome), "protocol_error", "{}", story(&outcome));
    }
}

#[test]
fn a_trickling_response_times_out() {
    let pki = Pki::new(folder("trickle"));
    let port = shaking(&pki, 2, |stream| {
        let _ = stream.read(&mut [0; 1024]);
        for byte in b"HTTP/1.1 200 OK\r\n\r\n".iter().cycle() {
            if stream.write_all(&[*byte]).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
    });
    let outcome = bounded(port, Tls::V13, None);
    assert_eq!(outcome.attempts[0].reply.as_ref().and_then(|reply| reply.status), Some(200));
    assert_eq!(outcome.envoy, EnvoyOutcome::Accepted);
}

#[test]
fn silence_after_the_handshake_is_not_taken_as_acceptance() {
    let pki = Pki::new(folder("mute"));
    // rustls sends tickets in TLS 1.3 and a Finished in 1.2: TLS has accepted us, and the
    // application may still close the connection.
    for tickets in [2, 0] {
        let port = shaking(&pki, tickets, |_| thread::sleep(Duration::from_secs(30)));
        for tls in [Tls::V12, Tls::V13] {
            let outcome = bounded(port, tls, None);
            assert_eq!(outcome.attempts[0].ending, Ending::Silence);
            assert_eq!(word(&outcome.envoy), "unknown", "{}", story(&outcome));
            assert!(story(&outcome).contains("there was no HTTP response"), "{}", story(&outcome));
        }
    }
}

#[test]
fn closing_after_the_handshake_is_reported() {
    let pki = Pki::new(folder("closing"));
    let at_once = shaking(&pki, 2, |_| {});
    let when_asked = shaking(&pki, 2, |stream| {
        let _ = stream.read(&mut [0; 1024]);
    });
    for port in [at_once, when_asked] {
        for tls in [Tls::V12, Tls::V13] {
            let outcome = bounded(port, tls, None);
            assert_eq!(refused(&outcome), "connection_termination", "{}", story(&outcome));
        }
    }
}

/// A leaf and enough other certificates for this many bytes.
fn long_chain(pki: &Pki, bytes: usize) -> Process {
    let port = free_port();
    let mut chain = String::new();
    while chain.len() < bytes * 4 / 3 {
        chain.push_str(&pki.stranger.pem);
    }
    pki.write("long.pem", &chain);
    pki.write("port", &port.to_string());
    let mut command = installed::command("openssl/usr/bin/openssl");
    command
        .args(["s_server", "-www", "-quiet", "-accept", &format!("127.0.0.1:{port}")])
        .args(["-cert", &pki.path("server.pem"), "-key", &pki.path("server.key")])
        .args(["-cert_chain", &pki.path("long.pem")]);
    Process::start(command, folder("long").join("log"), &[port])
}

#[test]
fn chains_up_to_64_kb_are_read_and_longer_ones_are_unknown() {
    for (bytes, verdict) in [(35_000, "accepted"), (75_000, "unknown")] {
        let pki = Pki::new(folder("long"));
        let _server = long_chain(&pki, bytes);
        let port =
            std::fs::read_to_string(pki.path("port")).expect("a port").parse().expect("a number");
        for tls in [Tls::V12, Tls::V13] {
            let outcome = bounded(port, tls, None);
            assert_eq!(word(&outcome.envoy), verdict, "{bytes}\n{}", story(&outcome));
        }
    }
}

#[test]
fn a_server_without_its_key_is_detected() {
    // The certificate of one key with the signature of another: no real server starts like that,
    // and the check does not need a record layer.
    let pki = Pki::new(folder("thief"));
    let other = pki.authority.issue(&crate::support::peer::Wanted::default());
    let chain = vec![CertificateDer::from_pem_slice(pki.server.cert.as_bytes()).expect("a leaf")];
    let key = PrivateKeyDer::from_pem_slice(other.key.as_bytes()).expect("a key");
    let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key).expect("a key that signs");
    let thief = Arc::new(Thief(Arc::new(rustls::sign::CertifiedKey::new(chain, key))));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_cert_resolver(thief);
    let config = Arc::new(config);
    let port = raw(move |mut tcp| {
        let mut session = rustls::ServerConnection::new(Arc::clone(&config)).expect("a session");
        let _ = session.complete_io(&mut tcp);
    });
    for tls in [Tls::V12, Tls::V13] {
        let client = identity(&pki.client(State::Good).expect("a client"));
        let outcome = bounded(port, tls, Some(client));
        assert_eq!(refused(&outcome), "BAD_SIGNATURE", "{}", story(&outcome));
    }
}

#[derive(Debug)]
struct Thief(Arc<rustls::sign::CertifiedKey>);

impl rustls::server::ResolvesServerCert for Thief {
    fn resolve(
        &self,
        _: rustls::server::ClientHello<'_>,
    ) -> Option<Arc<rustls::sign::CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

#[test]
fn only_an_unreachable_peer_counts_as_unreached() {
    let closed = free_port();
    let outcome = probed(target(closed, Tls::V12, None), &conduct(PATIENCE));
    assert!(!outcome.reached());
    let mut lost = target(1, Tls::V12, None);
    lost.host = "no-such-host.invalid".to_owned();
    let outcome = probed(lost, &conduct(PATIENCE));
    assert!(!outcome.reached());
    assert_eq!(word(&outcome.envoy), "unknown");
}

/// A server that requests a certificate and, in TLS 1.3, closes the connection of rejected clients
/// without an alert.
fn wordless(pki: &Pki) -> u16 {
    let chain = vec![CertificateDer::from_pem_slice(pki.server.cert.as_bytes()).expect("a leaf")];
    let key = PrivateKeyDer::from_pem_slice(pki.server.key.as_bytes()).expect("a key");
    let mut roots = rustls::RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(pki.authority.pem.as_bytes()).expect("a CA"))
        .expect("a root");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(
        Arc::new(roots),
        Arc::clone(&provider),
    );
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(verifier.build().expect("a verifier"))
        .with_single_cert(chain, key)
        .expect("a server");
    let config = Arc::new(config);
    raw(move |mut tcp| {
        let mut session = rustls::ServerConnection::new(Arc::clone(&config)).expect("a session");
        loop {
            while session.wants_write() {
                if session.write_tls(&mut tcp).is_err() {
                    return;
                }
            }
            if !matches!(session.read_tls(&mut tcp), Ok(1..)) {
                return;
            }
            if session.process_new_packets().is_err() {
                let old = session.protocol_version() != Some(rustls::ProtocolVersion::TLSv1_3);
                if old {
                    let _ = session.write_tls(&mut tcp);
                }
                return;
            }
        }
    })
}

#[test]
fn an_end_without_an_alert_in_tls13_is_retried_in_tls12() {
    let pki = Pki::new(folder("wordless"));
    let port = wordless(&pki);
    let outcome = bounded(port, Tls::V13, None);
    let capped: Vec<bool> = outcome.attempts.iter().map(|attempt| attempt.capped).collect();
    assert_eq!(capped, [false, true], "{}", story(&outcome));
    assert_eq!(outcome.mutual, Mutual::Required);
    assert_eq!(refused(&outcome), "connection_termination");

    let client = identity(&pki.client(State::UnknownCa).expect("a client"));
    let outcome = bounded(port, Tls::V13, Some(client));
    assert_eq!(outcome.accepted(), Some(false), "{}", story(&outcome));
    assert!(story(&outcome).contains("seen only with"), "{}", story(&outcome));
    assert_eq!(outcome.mutual, Mutual::Required);
    assert_eq!(refused(&outcome), "connection_termination");
}

/// Only the request that Envoy would send is sent, once per connection, or nothing.
#[test]
fn only_the_request_is_sent() {
    let pki = Pki::new(folder("heard"));
    let (sender, heard) = std::sync::mpsc::channel();
    let port = shaking(&pki, 2, move |stream| {
        let mut bytes = Vec::new();
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut buffer) {
            bytes.extend_from_slice(&buffer[..count]);
            if bytes.ends_with(b"\r\n\r\n") {
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
                let _ = stream.flush();
            }
        }
        let _ = sender.send(bytes);
    });
    let mut conduct = conduct(PATIENCE);
    let caught = || heard.recv_timeout(Duration::from_secs(5)).expect("a connection");
    let client = || Some(identity(&pki.client(State::Good).expect("a client")));
    for tls in [Tls::V12, Tls::V13] {
        conduct.request = true;
        let outcome = probed(target(port, tls, client()), &conduct);
        assert_eq!(outcome.envoy, EnvoyOutcome::Accepted, "{}", story(&outcome));
        assert_eq!(outcome.mutual, Mutual::NotRequested);
        let request = format!(
            "GET / HTTP/1.1\r\nhost: localhost\r\nuser-agent: mtlsctl/{}\r\naccept: */*\r\n\
             connection: close\r\n\r\n",
            env!("CARGO_PKG_VERSION")
        );
        for _ in 0..2 {
            assert_eq!(String::from_utf8_lossy(&caught()), request);
        }
        assert_eq!(outcome.attempts.len(), 2);

        conduct.request = false;
        probed(target(port, tls, client()), &conduct);
        let mut raw = target(port, tls, client());
        raw.offer.codec = mtlsctl::probe::Codec::Raw;
        conduct.request = true;
        probed(raw, &conduct);
        for _ in 0..4 {
            assert_eq!(caught(), b"");
        }

        // A chain that Envoy rejects: it would have stopped, so nothing is sent.
        let mut distrustful = target(port, tls, client());
        distrustful.trust = crate::common::trusting(Some(&pki.stranger.pem));
        let outcome = probed(distrustful, &conduct);
        assert!(refused(&outcome).starts_with("CERTIFICATE_VERIFY_FAILED"));
        for _ in 0..2 {
            assert_eq!(caught(), b"");
        }
    }
}

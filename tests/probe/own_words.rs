//! What real servers and clients log of a handshake that fails: `explain` names the true cause.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use mtlsctl::explain::{Said, read_log};
use serde_json::json;

use crate::support::installed;
use crate::support::peer::{
    Door, Envoy, Kind, Mode, Pki, Process, Server, State, Tls, folder, free_port, listener,
    virtual_tls,
};

/// Ways to fail, each with a word that an answer which names the cause has.
const FAULTS: [(&str, &[&str]); 5] = [
    (
        "client without certificate",
        &["sent none", "got none", "sent no certificate", "including a missing one"],
    ),
    (
        "client of an unknown CA",
        &[
            "does not trust the CA",
            "an issuer is missing",
            "is not in it",
            "no CA that",
            "its CA is not in",
            "unable to verify",
            VAGUE[0],
            VAGUE[1],
            VAGUE[2],
            VAGUE[3],
            VAGUE[4],
            VAGUE[5],
        ],
    ),
    (
        "expired client certificate",
        &["has expired", VAGUE[0], VAGUE[1], VAGUE[2], VAGUE[3], VAGUE[4], VAGUE[5]],
    ),
    (
        "client that does not trust the server",
        &[
            "client does not trust",
            "does not trust the CA",
            "does not trust haproxy's",
            "an issuer is missing",
            "the root that",
        ],
    ),
    ("plaintext to the TLS port", &["plaintext", "no TLS", "not TLS"]),
];

/// What may be said where the peer's own words are no clearer: Go's 42, GnuTLS' 49 and sentence, Java's 46,
/// nginx's page, Node's silence.
const VAGUE: [&str; 6] = [
    "(bad_certificate)",
    "(access_denied)",
    "(certificate_unknown)",
    "does not accept the client's certificate",
    "refused the client's certificate itself",
    "refuses silently",
];

/// A server whose log can be read as it grows.
struct Peer {
    name: &'static str,
    port: u16,
    log: Box<dyn Fn() -> String>,
}

fn peers(pki: &Pki) -> Vec<Peer> {
    let mut peers: Vec<Peer> = [
        ("OpenSSL", Kind::OpenSsl),
        ("nginx", Kind::Nginx),
        ("Go", Kind::Go),
        ("stunnel", Kind::Stunnel),
    ]
    .into_iter()
    .map(|(name, kind)| {
        let server = Server::start(kind, pki);
        let door =
            server.doors.iter().find(|door| door.tls == Tls::V12 && door.mode == Mode::Required);
        let port = door.expect("each server has this door").port;
        Peer { name, port, log: Box::new(move || server.logs()) }
    })
    .collect();
    peers.extend([haproxy(pki), envoy(pki), gnutls(pki), java(pki)]);
    let script = |name: &'static str, program: &str, file: &str| {
        let port = free_port();
        let mut command = Command::new(program);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/").to_owned() + file);
        command.args([
            pki.path("server.pem"),
            pki.path("server.key"),
            pki.path("ca.pem"),
            port.to_string(),
        ]);
        logging(name, command, port)
    };
    peers.push(script("Node", "node", "tls-server.js"));
    peers.push(script("Python", "python3", "tls-server.py"));
    peers
}

fn logging(name: &'static str, command: Command, port: u16) -> Peer {
    let process = Process::start(command, folder(name).join("log"), &[port]);
    Peer { name, port, log: Box::new(move || process.said()) }
}

fn haproxy(pki: &Pki) -> Peer {
    let (here, port) = (folder("haproxy-words"), free_port());
    let conf = format!(
        "global\n  log stdout format raw local0 info\ndefaults\n  log global\n  mode http\n  option httplog\n  timeout client 5s\n  timeout server 5s\n  timeout connect 5s
frontend fe
  bind 127.0.0.1:{port} ssl crt {} ca-file {} verify required ssl-max-ver TLSv1.2
  http-request return status 200 content-type text/plain string ok\n",
        pki.path("server-both.pem"),
        pki.path("ca.pem"),
    );
    fs::write(here.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("haproxy/usr/sbin/haproxy");
    command.arg("-db").arg("-f").arg(here.join("conf"));
    logging("haproxy", command, port)
}

fn envoy(pki: &Pki) -> Peer {
    let door = Door { port: free_port(), tls: Tls::V12, mode: Mode::Required };
    let mut listener = listener(door.port, virtual_tls(pki, door));
    let format = "[%START_TIME%] listener %DOWNSTREAM_LOCAL_ADDRESS% %RESPONSE_FLAGS% downstream_transport_failure_reason: %DOWNSTREAM_TRANSPORT_FAILURE_REASON%\n";
    listener["access_log"] = json!([{
        "name": "stdout",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
            "log_format": {"text_format_source": {"inline_string": format}},
        },
    }]);
    let envoy = Envoy::start(&json!({ "listeners": [listener] }), &[door.port]);
    Peer { name: "Envoy", port: door.port, log: Box::new(move || envoy.process.said()) }
}

fn gnutls(pki: &Pki) -> Peer {
    let port = free_port();
    let mut command = installed::command("gnutls/usr/bin/gnutls-serv");
    command
        .args(["--http", "--port", &port.to_string(), "--priority", "NORMAL:-VERS-TLS1.3"])
        .args(["--x509certfile", &pki.path("server.pem"), "--x509keyfile", &pki.path("server.key")])
        .args([
            "--x509cafile",
            &pki.path("ca.pem"),
            "--require-client-cert",
            "--verify-client-cert",
        ]);
    logging("GnuTLS", command, port)
}

fn java(pki: &Pki) -> Peer {
    let port = free_port();
    let openssl = |arguments: &[&str]| {
        installed::succeed(
            installed::command("openssl/usr/bin/openssl")
                .arg("pkcs12")
                .args(["-export", "-passout", "pass:peer-store"])
                .args(arguments),
        );
    };
    let server = pki.path("server.p12");
    openssl(&[
        "-in",
        &pki.path("server.pem"),
        "-inkey",
        &pki.path("server.key"),
        "-name",
        "server",
        "-out",
        &server,
    ]);
    let mut command = installed::command("jdk/java");
    command.args(["-Xshare:auto", "-XX:TieredStopAtLevel=1"]);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/TlsServer.java"));
    command.args([&server, &pki.path("ca.pem"), "peer-store", &port.to_string()]);
    logging("Java", command, port)
}

/// What a client of OpenSSL's says.
fn client(pki: &Pki, port: u16, state: State, ca: &str) -> String {
    let mut command = installed::command("openssl/usr/bin/openssl");
    command.args([
        "s_client",
        "-connect",
        &format!("127.0.0.1:{port}"),
        "-tls1_2",
        "-CAfile",
        ca,
        "-verify_return_error",
        "-ign_eof",
    ]);
    if let Some(pair) = pki.client(state) {
        pki.write("client.pem", &pair.cert);
        pki.write("client.key", &pair.key);
        command.args(["-cert", &pki.path("client.pem"), "-key", &pki.path("client.key")]);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("openssl runs");
    // A handshake that failed has closed the pipe.
    let _ = child
        .stdin
        .take()
        .expect("its input")
        .write_all(b"GET / HTTP/1.0\r\nhost: localhost\r\n\r\n");
    installed::both(&child.wait_with_output().expect("it ends"))
}

/// What a client sees that speaks plaintext.
fn plaintext(port: u16) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the peer listens");
    let _ = stream.set_read_timeout(Some(Duration::from_secs(3)));
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    let mut heard = Vec::new();
    let _ = stream.read_to_end(&mut heard);
    match heard.starts_with(b"HTTP/") {
        true => String::from_utf8_lossy(&heard).into_owned(),
        // An alert, or nothing: no line that anybody pastes.
        false => String::new(),
    }
}

/// What the server says after `before`, once it has said something.
fn said_since(peer: &Peer, before: usize) -> String {
    let give_up = Instant::now() + Duration::from_millis(1500);
    loop {
        let log = (peer.log)();
        if log.len() > before || Instant::now() > give_up {
            // The rest of what belongs together.
            thread::sleep(Duration::from_millis(80));
            return (peer.log)().split_off(before.min(log.len()));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn answer(said: &Said) -> String {
    [&said.title, &said.cause, &said.other].map(String::as_str).join(" ")
}

#[test]
fn the_true_cause_is_named_from_either_sides_own_words() {
    let pki = Pki::new(folder("own-words"));
    pki.write("stranger.pem", &pki.stranger.pem);
    let (mut table, mut right, mut all) = (String::new(), 0, 0);
    for peer in peers(&pki) {
        for (at, (fault, words)) in FAULTS.iter().enumerate() {
            let before = (peer.log)().len();
            let ours = pki.path("ca.pem");
            let heard = match at {
                0 => client(&pki, peer.port, State::None, &ours),
                1 => client(&pki, peer.port, State::UnknownCa, &ours),
                2 => client(&pki, peer.port, State::Expired, &ours),
                3 => client(&pki, peer.port, State::Good, &pki.path("stranger.pem")),
                _ => plaintext(peer.port),
            };
            for (side, text) in [("server", said_since(&peer, before)), ("client", heard)] {
                // A side that says nothing at all has no line to paste.
                if text.trim().is_empty() || (side == "client" && at == 4 && peer.name != "nginx") {
                    continue;
                }
                let reading =
                    read_log(&mut text.as_bytes(), &mut |_| {}).expect("memory can be read");
                let causes: Vec<&Said> = reading.causes.iter().map(|cause| &cause.said).collect();
                let told = causes.iter().max_by_key(|said| said.weight).map(|said| answer(said));
                let names_it =
                    told.as_ref().is_some_and(|told| words.iter().any(|word| told.contains(word)));
                all += 1;
                right += u32::from(names_it);
                let id = causes
                    .iter()
                    .max_by_key(|said| said.weight)
                    .map_or("-", |said| said.id.as_str());
                let _ = writeln!(
                    table,
                    "{} {:<8} {side:<7} {fault:<38} {id}",
                    if names_it { "yes" } else { "NO " },
                    peer.name
                );
                if !names_it {
                    let _ = writeln!(
                        table,
                        "    it said: {}",
                        text.trim()
                            .chars()
                            .take(600)
                            .collect::<String>()
                            .replace('\n', "\n             ")
                    );
                }
            }
        }
    }
    println!("{table}{right} of {all}");
    assert!(all >= 70, "a peer said less than it does:\n{table}");
    assert!(right * 10 >= all * 9, "{right} of {all}:\n{table}");
}

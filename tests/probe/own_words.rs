//! Log lines of real servers and clients about failed handshakes: `explain` names the true cause.

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

/// Ways to fail, each with words that an answer with the true cause contains.
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

/// Acceptable answers if the peer's own message is vague: Go's 42, GnuTLS's 49 and message, Java's
/// 46, nginx's page, Node's silence.
const VAGUE: [&str; 6] = [
    "(bad_certificate)",
    "(access_denied)",
    "(certificate_unknown)",
    "does not accept the client's certificate",
    "rejected the client's certificate itself",
    "rejects silently",
];

/// A server with a log that can be read while it runs.
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
    peers.extend([nss(pki), rustls(pki)]);
    peers
}

/// A program of NSS with its own database.
fn of_nss(program: &str) -> Command {
    installed::command(&format!("nss/usr/bin/{program}"))
}

fn nss(pki: &Pki) -> Peer {
    let (port, database) = (free_port(), format!("sql:{}", folder("nss").display()));
    let (store, here) = (pki.path("nss.p12"), ["-d", &database]);
    let mut pack = installed::command("openssl/usr/bin/openssl");
    pack.args(["pkcs12", "-export", "-name", "server", "-passout", "pass:peer", "-out", &store]);
    pack.args(["-in", &pki.path("server.pem"), "-inkey", &pki.path("server.key")]);
    installed::succeed(&mut pack);
    installed::succeed(of_nss("certutil").args(["-N", "--empty-password"]).args(here));
    installed::succeed(of_nss("pk12util").args(["-i", &store, "-W", "peer", "-K", ""]).args(here));
    let ca = pki.path("ca.pem");
    let trusted = ["-A", "-n", "ca", "-t", "CT,C,C", "-i", &ca];
    installed::succeed(of_nss("certutil").args(trusted).args(here));
    let mut command = of_nss("selfserv");
    command.args(["-n", "server", "-p", &port.to_string(), "-rr", "-v"]).args(here);
    command.args(["-V", "tls1.2:tls1.2"]);
    logging("NSS", command, port)
}

/// rustls in threads of the test; its errors as programs log them.
fn rustls(pki: &Pki) -> Peer {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use std::sync::{Arc, Mutex};
    let mut roots = rustls::RootCertStore::empty();
    let der = |pem: &str| CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
    roots.add(der(&pki.authority.pem)).expect("a root");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(
        Arc::new(roots),
        Arc::clone(&provider),
    );
    let key = PrivateKeyDer::from_pem_slice(pki.server.key.as_bytes()).expect("a key");
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS12])
        .expect("a version")
        .with_client_cert_verifier(verifier.build().expect("a verifier"))
        .with_single_cert(vec![der(&pki.server.cert)], key)
        .expect("a pair");
    let (config, log) = (Arc::new(config), Arc::new(Mutex::new(String::new())));
    let said = Arc::clone(&log);
    let port = crate::hostile::raw(move |mut tcp| {
        let mut session = rustls::ServerConnection::new(Arc::clone(&config)).expect("a session");
        let mut stream = rustls::Stream::new(&mut session, &mut tcp);
        if let Err(error) = stream.read(&mut [0; 512]) {
            let mut log = said.lock().expect("the log");
            let _ = writeln!(log, "error: TLS handshake failed: {error}");
        }
    });
    Peer { name: "rustls", port, log: Box::new(move || log.lock().expect("the log").clone()) }
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

/// The output of an OpenSSL client.
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
    // A failed handshake has closed the pipe.
    let _ = child
        .stdin
        .take()
        .expect("its input")
        .write_all(b"GET / HTTP/1.0\r\nhost: localhost\r\n\r\n");
    installed::both(&child.wait_with_output().expect("it ends"))
}

/// What a plaintext client sees.
fn plaintext(port: u16) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the peer listens");
    let _ = stream.set_read_timeout(Some(Duration::from_secs(3)));
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    let mut heard = Vec::new();
    let _ = stream.read_to_end(&mut heard);
    match heard.starts_with(b"HTTP/") {
        true => String::from_utf8_lossy(&heard).into_owned(),
        // An alert or nothing: not a line that anybody would paste.
        false => String::new(),
    }
}

/// The server's log after `before`, once there is some.
fn said_since(peer: &Peer, before: usize) -> String {
    let give_up = Instant::now() + Duration::from_millis(1500);
    loop {
        let log = (peer.log)();
        if log.len() > before || Instant::now() > give_up {
            // The rest of the same message.
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
fn the_true_cause_is_named_from_the_log_of_either_side() {
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
                // A side that logs nothing has no line to paste.
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

/// Messages of clients about a server that requires a certificate, one that they do not trust, and
/// a port without TLS: gRPC's C core, NSS's tstclnt, rustls.
#[test]
fn messages_of_other_client_libraries_are_explained() {
    let pki = Pki::new(folder("their-words"));
    pki.write("stranger.pem", &pki.stranger.pem);
    let server = Server::start(Kind::OpenSsl, &pki);
    let door = |mode| {
        let found = server.doors.iter().find(|door| door.tls == Tls::V12 && door.mode == mode);
        found.expect("each server has this door").port
    };
    let plain = crate::support::peer::responder();
    let cases: [(&str, u16, &str, &[&str]); 3] = [
        (
            "a certificate is wanted",
            door(Mode::Required),
            "ca.pem",
            &["got none", "or a client certificate that it accepts"],
        ),
        (
            "the server is not trusted",
            door(Mode::Never),
            "stranger.pem",
            &["does not trust the CA", "is not among", "no CA that"],
        ),
        ("the port has no TLS", plain, "ca.pem", &["does not serve TLS", "is no TLS", "plaintext"]),
    ];
    let mut table = String::new();
    let mut wrong = 0;
    for (name, port, ca, words) in cases {
        for (client, text) in [
            ("grpcio", grpcio(&pki, port, ca)),
            ("tstclnt", tstclnt(&pki, port, ca)),
            ("rustls", rustls_client(&pki, port, ca)),
        ] {
            let reading = read_log(&mut text.as_bytes(), &mut |_| {}).expect("memory can be read");
            let causes = reading.causes.iter().map(|cause| &cause.said);
            let told = causes.max_by_key(|said| said.weight).map(answer).unwrap_or_default();
            let names_it = words.iter().any(|word| told.contains(word));
            wrong += u32::from(!names_it);
            let _ = writeln!(table, "{names_it:<5} {client:<8} {name}: {text}\n      {told}");
        }
    }
    println!("{table}");
    assert!(wrong == 0, "{wrong}:\n{table}");
}

fn grpcio(pki: &Pki, port: u16, ca: &str) -> String {
    let script = format!(
        "import grpc
channel = grpc.secure_channel('localhost:{port}', grpc.ssl_channel_credentials(open({:?}, 'rb').read()))
try: channel.unary_unary('/a/b')(b'', timeout=3)
except grpc.RpcError as error: print(error.code(), error.details())",
        pki.path(ca)
    );
    installed::both(
        &installed::command("python/bin/python3").args(["-c", &script]).output().expect("Python"),
    )
}

fn tstclnt(pki: &Pki, port: u16, ca: &str) -> String {
    let database = format!("sql:{}", folder("tstclnt").display());
    let ca = pki.path(ca);
    installed::succeed(of_nss("certutil").args(["-N", "--empty-password", "-d", &database]));
    let trusted = ["-A", "-n", "ca", "-t", "CT,C,C", "-i", &ca, "-d", &database];
    installed::succeed(of_nss("certutil").args(trusted));
    let mut command = of_nss("tstclnt");
    command.args(["-h", "127.0.0.1", "-a", "localhost", "-p", &port.to_string(), "-d", &database]);
    command.args(["-V", "tls1.2:tls1.2"]).stdin(Stdio::null());
    installed::both(&command.output().expect("tstclnt"))
}

fn rustls_client(pki: &Pki, port: u16, ca: &str) -> String {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    let mut roots = rustls::RootCertStore::empty();
    let ca = fs::read(pki.path(ca)).expect("a CA");
    roots.add(CertificateDer::from_pem_slice(&ca).expect("a certificate")).expect("a root");
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS12])
        .expect("a version")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().expect("a name");
    let mut session = rustls::ClientConnection::new(config.into(), name).expect("a session");
    let mut tcp = TcpStream::connect(("127.0.0.1", port)).expect("a server");
    let mut stream = rustls::Stream::new(&mut session, &mut tcp);
    let done = stream.write_all(b"GET / HTTP/1.0\r\n\r\n").and_then(|()| stream.read(&mut [0; 9]));
    done.map_or_else(|error| error.to_string(), |_| String::new())
}

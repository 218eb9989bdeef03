//! `--via`: the same verdict through a relay as directly.

use serde_json::Value;

use crate::cluster::doors;
use crate::scene::mtlsctl;
use crate::support::peer::{Kind, Pki, Server, State, folder};

/// A minimal relay.
const RELAY: &str = "import os,socket,sys,threading\n\
s=socket.create_connection((sys.argv[1],int(sys.argv[2])))\n\
def up():\n\
\x20while True:\n\
\x20 d=os.read(0,65536)\n\
\x20 if not d: break\n\
\x20 s.sendall(d)\n\
threading.Thread(target=up,daemon=True).start()\n\
while True:\n\
\x20d=s.recv(65536)\n\
\x20if not d: break\n\
\x20os.write(1,d)\n\
os._exit(0)\n";

/// The result of a target in the report.
pub(crate) fn verdict(target: &Value) -> String {
    target["verdict"]["envoy"].as_str().unwrap_or_default().to_owned()
}

/// The verdicts for all doors at once, with and without a certificate.
pub(crate) fn relayed_like_direct(pki: &Pki, server: &Server, way: &[&str]) {
    let (cert, key, ca) = (pki.path("client.pem"), pki.path("client.key"), pki.path("ca.pem"));
    let places: Vec<String> =
        doors(server).map(|door| format!("127.0.0.1:{}", door.port)).collect();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let usual = ["--ca", &ca, "--max-tls-version", "v1.3", "--no-config", "--timeout", "30s"];
    for client in [&[][..], &["--cert", &cert, "--key", &key]] {
        let said = |way: &[&str]| {
            let all = [&["probe"][..], &places, &usual, client, way, &["-o", "json"]].concat();
            let (code, out, err) = mtlsctl(&all);
            let report: Value = serde_json::from_str(&out).expect(&err);
            let targets = report["targets"].as_array().unwrap().iter();
            (code, targets.map(|target| target["verdict"].clone()).collect::<Vec<_>>())
        };
        let (direct, relayed) = (said(&[]), said(way));
        assert_eq!(direct.1.len(), places.len());
        assert_eq!(relayed, direct, "{:?} {client:?}", server.kind);
    }
}

#[test]
fn a_probe_through_a_command_has_the_result_of_a_direct_probe() {
    let pki = Pki::new(folder("via"));
    let client = pki.client(State::Good).unwrap();
    pki.write("client.pem", &client.cert);
    pki.write("client.key", &client.key);
    pki.write("relay.py", RELAY);
    let relay = format!("python3 '{}' {{host}} {{port}}", pki.path("relay.py"));
    for kind in Kind::ALL {
        relayed_like_direct(&pki, &Server::start(kind, &pki), &["--via", &relay]);
    }
    // The command's standard error is reported.
    let (code, out, err) = mtlsctl(&["probe", "127.0.0.1:1", "--no-config", "--via", &relay]);
    assert_eq!(code, 4, "{out}{err}");
    assert!(out.contains("Traceback") || out.contains("refused"), "{out}");
    let missing = ["probe", "a:1", "--no-config", "--via", "/no/such/program {host} {port}"];
    let (code, out, err) = mtlsctl(&missing);
    assert_eq!(code, 4, "{out}{err}");
    assert!(out.contains("/no/such/program") && out.contains("cannot be started"), "{out}");
}

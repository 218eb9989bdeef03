//! The ClientHello: ours compared with that of five real Envoys, byte for byte.

use std::io::Read;
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use mtlsctl::probe::{Codec, Offer, TlsVersion};

use super::ambassador::Ambassador;
use super::case::{Case, Serving, case};
use crate::common::{conduct, probed, target};
use crate::support::installed;
use crate::support::peer::{Pki, Tls, folder};

/// A ClientHello as a record, with zeros for values that change: random, session id, key shares.
fn comparable(mut record: Vec<u8>) -> Vec<u8> {
    // Record header, handshake header, version.
    let mut at = 5 + 4 + 2;
    record[at..at + 32].fill(0);
    at += 32;
    let session = usize::from(record[at]);
    record[at + 1..at + 1 + session].fill(0);
    at += 1 + session;
    at += 2 + number(&record[at..at + 2]);
    at += 1 + usize::from(record[at]) + 2;
    while at < record.len() {
        let (kind, length) = (number(&record[at..at + 2]), number(&record[at + 2..at + 4]));
        at += 4;
        if kind == KEY_SHARE {
            let mut share = at + 2;
            while share < at + length {
                let size = number(&record[share + 2..share + 4]);
                record[share + 4..share + 4 + size].fill(0);
                share += 4 + size;
            }
        }
        at += length;
    }
    record
}

const KEY_SHARE: usize = 51;

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// A port that passes on every ClientHello, and closes the connection.
fn catcher() -> (u16, mpsc::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for mut tcp in listener.incoming().flatten() {
            let mut header = [0; 5];
            if tcp.read_exact(&mut header).is_err() {
                continue;
            }
            let mut record = header.to_vec();
            record.resize(5 + number(&header[3..]), 0);
            if tcp.read_exact(&mut record[5..]).is_ok() {
                let _ = sender.send(comparable(record));
            }
        }
    });
    (port, receiver)
}

/// Contexts with different ClientHellos, by name.
fn offers() -> Vec<(&'static str, Offer)> {
    let v13 = || Offer { max: Some(TlsVersion::V1_3), ..Offer::default() };
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let curves = |names: &[&str], base: Offer| Offer { ecdh_curves: list(names), ..base };
    let mut offers = vec![
        ("default", Offer::default()),
        ("v13", v13()),
        ("only13", Offer { min: Some(TlsVersion::V1_3), ..v13() }),
        ("grpc", Offer { codec: Codec::Http2, ..Offer::default() }),
        ("alpn", Offer { alpn: Some("istio,h2".to_owned()), ..Offer::default() }),
        ("sni", Offer { sni: Some("productpage.default".to_owned()), ..Offer::default() }),
        ("sni13", Offer { sni: Some("productpage.default".to_owned()), ..v13() }),
        (
            "suites",
            Offer {
                cipher_suites: list(&[
                    "ECDHE-RSA-AES256-GCM-SHA384",
                    "ECDHE-ECDSA-AES128-GCM-SHA256",
                ]),
                ..Offer::default()
            },
        ),
        ("curves", curves(&["P-384", "X25519"], Offer::default())),
        // 285 bytes, which Envoy pads to 512 up to 1.38.
        ("curves13", curves(&["P-384", "X25519"], v13())),
        ("p256", curves(&["P-256"], v13())),
        ("old-group", curves(&["X25519MLKEM768", "P-256"], Offer::default())),
    ];
    offers.push(("hybrid", curves(&["X25519MLKEM768"], v13())));
    offers.push(("hybrid-first", curves(&["X25519MLKEM768", "P-256"], v13())));
    offers.push(("hybrid-last", curves(&["P-256", "X25519MLKEM768"], v13())));
    offers
}

#[test]
fn our_client_hellos_equal_those_of_five_envoys() {
    let pki = Pki::new(folder("hello"));
    pki.write("stranger.pem", &pki.stranger.pem);
    let (port, hellos) = catcher();
    let caught = || hellos.recv_timeout(Duration::from_secs(5)).expect("a hello");
    let mut wrong = Vec::new();
    let versions = installed::versions("envoy");
    for minor in ["1.36.", "1.37.", "1.38.", "1.39.", "1.40."] {
        let version = versions.iter().find(|version| version.starts_with(minor)).expect("a peer");
        let cases: Vec<Case> = offers()
            .iter()
            .map(|(id, offer)| Case {
                server: Serving::There(port),
                offer: offer.clone(),
                ..case(id, "")
            })
            .collect();
        let ports = vec![port; cases.len()];
        let ambassador = Ambassador::start_peer(&format!("envoy-{version}"), &pki, &cases, &ports);
        for case in &cases {
            ambassador.asked(case.id);
            let envoys = caught();
            let mut target = target(port, Tls::V12, None);
            target.offer = Offer { envoy: version.parse().unwrap(), ..case.offer.clone() };
            let mut conduct = conduct(Duration::from_millis(500));
            conduct.negative = false;
            probed(target, &conduct);
            let ours = caught();
            // The catcher closes the connection, so the probe tries again with SNI.
            while hellos.try_recv().is_ok() {}
            if ours != envoys {
                wrong.push(format!(
                    "{version} {}:\n ours {ours:02x?}\nEnvoy {envoys:02x?}",
                    case.id
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

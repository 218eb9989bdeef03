//! The ClientHello itself: ours and a real Envoy's, field by field.

use std::io::Read;
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use mtlsctl::probe::{Codec, Offer, Version};

use super::ambassador::Ambassador;
use super::case::{Case, Serving, case};
use crate::common::{conduct, probed, target};
use crate::support::peer::{Pki, Tls, folder};

/// What a server can tell apart; order counts, GREASE and padding do not.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hello {
    suites: Vec<u16>,
    groups: Vec<u16>,
    schemes: Vec<u16>,
    alpn: Vec<String>,
    sni: Option<String>,
    key_shares: Vec<u16>,
    versions: Vec<u16>,
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// Takes a vector whose length stands in `width` bytes before it.
fn vector<'b>(bytes: &mut &'b [u8], width: usize) -> &'b [u8] {
    let length = number(&bytes[..width]);
    let (taken, rest) = bytes[width..].split_at(length);
    *bytes = rest;
    taken
}

fn pairs(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks(2).map(|pair| number(pair) as u16).collect()
}

fn read(record: &[u8]) -> Hello {
    // Record header, handshake header, version, random.
    let mut rest = &record[5 + 4 + 2 + 32..];
    vector(&mut rest, 1);
    let suites = pairs(vector(&mut rest, 2));
    vector(&mut rest, 1);
    let mut hello = Hello {
        // Where Envoy sends an empty renegotiation extension, rustls sends its signal; they mean the same.
        suites: suites.into_iter().filter(|suite| *suite != 0xff).collect(),
        groups: Vec::new(),
        schemes: Vec::new(),
        alpn: Vec::new(),
        sni: None,
        key_shares: Vec::new(),
        versions: vec![0x0303],
    };
    let mut extensions = vector(&mut rest, 2);
    while !extensions.is_empty() {
        let kind = number(&extensions[..2]);
        extensions = &extensions[2..];
        let mut body = vector(&mut extensions, 2);
        match kind {
            0 => hello.sni = Some(String::from_utf8_lossy(&body[5..]).into_owned()),
            10 => hello.groups = pairs(vector(&mut body, 2)),
            13 => hello.schemes = pairs(vector(&mut body, 2)),
            16 => {
                let mut names = vector(&mut body, 2);
                while !names.is_empty() {
                    let name = vector(&mut names, 1);
                    hello.alpn.push(String::from_utf8_lossy(name).into_owned());
                }
            }
            43 => hello.versions = pairs(vector(&mut body, 1)),
            51 => {
                let mut shares = vector(&mut body, 2);
                while !shares.is_empty() {
                    hello.key_shares.push(number(&shares[..2]) as u16);
                    shares = &shares[2..];
                    vector(&mut shares, 2);
                }
            }
            _ => {}
        }
    }
    hello
}

/// A port that gives away every hello it gets, and hangs up.
fn catcher() -> (u16, mpsc::Receiver<Hello>) {
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
                let _ = sender.send(read(&record));
            }
        }
    });
    (port, receiver)
}

#[test]
fn our_hello_is_envoys() {
    let pki = Pki::new(folder("hello"));
    pki.write("stranger.pem", &pki.stranger.pem);
    let v13 = || Offer { max: Some(Version::V1_3), ..Offer::default() };
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let offers = [
        ("default", Offer::default()),
        ("v13", v13()),
        ("only13", Offer { min: Some(Version::V1_3), ..v13() }),
        ("grpc", Offer { codec: Codec::Http2, ..Offer::default() }),
        ("alpn", Offer { alpn: Some("istio,h2".to_owned()), ..Offer::default() }),
        ("sni", Offer { sni: Some("productpage.default".to_owned()), ..Offer::default() }),
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
        ("curves", Offer { ecdh_curves: list(&["P-384", "X25519"]), ..v13() }),
    ];
    let (port, hellos) = catcher();
    let cases: Vec<Case> = offers
        .iter()
        .map(|(id, offer)| Case {
            server: Serving::There(port),
            offer: offer.clone(),
            ..case(id, "")
        })
        .collect();
    let ambassador = Ambassador::start(&pki, &cases, &vec![port; cases.len()]);
    for case in &cases {
        let caught = || hellos.recv_timeout(Duration::from_secs(5)).expect("a hello");
        ambassador.asked(case.id);
        let envoys = caught();
        let mut target = target(port, Tls::V12, None);
        target.offer = case.offer.clone();
        probed(target, &conduct(Duration::from_secs(2)));
        assert_eq!(caught(), envoys, "{}", case.id);
        // The catcher hangs up, so the probe knocked again, with a server name.
        while hellos.try_recv().is_ok() {}
    }
}

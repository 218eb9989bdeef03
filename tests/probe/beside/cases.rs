//! The cases, named as in the reference's appendix if they are in it.

use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use mtlsctl::probe::{Codec, TlsVersion};
use rcgen::{PKCS_ECDSA_P384_SHA384, PKCS_ECDSA_P521_SHA512, PKCS_ED25519, PKCS_RSA_SHA256};

use super::case::{Case, Serving, case};
use crate::support::peer::{Door, Pair, Pki, State, Wanted};

/// T: versions, suites, groups, transport.
pub(super) fn transport(pki: &Pki) -> Vec<Case> {
    use TlsVersion::{V1_0, V1_1, V1_3};
    let rsa = "-cert rsa.pem -key rsa.key";
    let old = "-cipher DEFAULT:@SECLEVEL=0";
    let with = |id, args: String| case(id, Box::leak(args.into_boxed_str()));
    let mut cases = vec![
        case("T01", "-tls1_2"),
        case("T02", "-tls1_3"),
        case("T03", "-tls1_3").max(V1_3),
        case("T03b", "").max(V1_3),
        case("T03c", "-tls1_2").min(V1_3).max(V1_3),
        case("T03d", "").min(V1_3),
        with("T04", format!("-tls1_1 {old}")).other_words(),
        with("T04b", format!("-tls1_1 {old}")).min(V1_1).other_words(),
        with("T04c", format!("-tls1 {old}")).min(V1_0).other_words(),
        with("T04d", format!("-tls1 {old} {rsa}"))
            .min(V1_0)
            .suites(&["ECDHE-RSA-AES128-SHA", "AES128-SHA"])
            .beyond_us(),
        with("T04e", format!("-tls1_1 {old} {rsa}"))
            .min(V1_1)
            .suites(&["ECDHE-RSA-AES128-SHA", "AES128-SHA"])
            .beyond_us(),
        case("T09a", "-tls1_2 -groups P-256"),
        case("T09b", "-tls1_2 -groups P-384"),
        case("T09b3", "-tls1_3 -groups P-384").max(V1_3),
        case("T09c", "-tls1_2 -groups P-521"),
        case("T09d", "-tls1_2 -groups X448"),
        case("T09d3", "-tls1_3 -groups X448").max(V1_3),
        case("T09e", "-tls1_2 -groups X25519"),
        case("T09f", "-tls1_2 -groups ffdhe2048"),
        case("T09f3", "-tls1_3 -groups ffdhe2048").max(V1_3),
        with("T13", format!("-tls1_2 -sigalgs RSA+SHA1 {old} {rsa}")),
        with("T13b", format!("-tls1_2 -sigalgs RSA+SHA512 {rsa}")),
        case("T15", "").raw(|mut tcp| {
            let _ = tcp.read(&mut [0; 4096]);
            let _ = tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }),
        case("T16", "").raw(|tcp| {
            // Unread bytes turn the close into a reset.
            thread::sleep(Duration::from_millis(50));
            drop(tcp);
        }),
        case("T16c", "").raw(|mut tcp| {
            // With nothing left unread, the close is orderly.
            let _ = tcp.read(&mut [0; 4096]);
        }),
        case("T16b", "").raw(|_tcp| thread::sleep(Duration::from_secs(20))),
        Case { server: Serving::Closed, ..case("T17", "") },
    ];
    for (id, suite) in [
        ("T05a", "AES128-GCM-SHA256"),
        ("T05b", "AES128-SHA"),
        ("T05c", "ECDHE-RSA-AES128-SHA"),
        ("T05d", "ECDHE-RSA-AES128-SHA256"),
        ("T05e", "DHE-RSA-AES128-GCM-SHA256"),
        ("T05f", "ECDHE-RSA-AES256-GCM-SHA384"),
        ("T05g", "ECDHE-RSA-CHACHA20-POLY1305"),
    ] {
        cases.push(with(id, format!("-tls1_2 -cipher {suite} {rsa}")));
    }
    for (id, kilobytes) in [("T23", 35), ("T23b", 70), ("T23c", 130)] {
        let mut chain = String::new();
        while chain.len() < kilobytes * 1000 * 4 / 3 {
            chain.push_str(&pki.stranger.pem);
        }
        let name = format!("{id}.pem");
        pki.write(&name, &chain);
        let long = with(id, format!("-tls1_2 -cert_chain {}", pki.path(&name)));
        cases.push(if id == "T23b" { long.beyond_us() } else { long });
    }
    cases
}

/// C: the client's certificate and key, as the server sees them.
pub(super) fn client(pki: &Pki) -> Vec<Case> {
    let required = "-Verify 1 -verify_return_error";
    let mut cases = Vec::new();
    let mut both = |id: &'static str, id13: &'static str, args: &str, pair: Option<Pair>| {
        let args: &'static str = Box::leak(args.to_owned().into_boxed_str());
        cases.push(case(id, args).client(pair.clone()));
        cases.push(case(id13, args).client(pair).max(TlsVersion::V1_3));
    };
    both("C01", "C01t", required, pki.client(State::Good));
    both("C02", "C02t", required, None);
    both("C03", "C03t", "-verify 1", None);
    both("C04", "C04t", required, pki.client(State::Expired));
    both("C05", "C05t", required, pki.client(State::NotYetValid));
    both("C07", "C07t", required, pki.client(State::UnknownCa));
    both("C12", "C12t", required, pki.client(State::WrongUsage));
    both("C22", "C22t", "", pki.client(State::Good));
    let keyed = |algorithm| {
        Some(pki.authority.issue(&Wanted { name: "client", algorithm, ..Wanted::default() }))
    };
    both("C14c", "C14ct", required, keyed(&PKCS_ECDSA_P384_SHA384));
    both("C14d", "C14dt", required, keyed(&PKCS_ECDSA_P521_SHA512));
    both("C14e", "C14et", required, keyed(&PKCS_ED25519));
    both("C14r", "C14rt", required, keyed(&PKCS_RSA_SHA256));
    let picky = "-client_sigalgs ECDSA+SHA256";
    let rsa = keyed(&PKCS_RSA_SHA256);
    both("C21", "C21t", &format!("{required} {picky}"), rsa.clone());
    both("C21o", "C21ot", &format!("-verify 1 {picky}"), rsa);
    cases.push(
        case("C14c2", required)
            .client(keyed(&PKCS_ECDSA_P384_SHA384))
            .curves(&["X25519", "P-256", "P-384"]),
    );
    cases
}

/// X: other fields of a context.
pub(super) fn options() -> Vec<Case> {
    vec![
        case("X02", "-tls1_2").alpn("h2,http/1.1"),
        case("X05", "-tls1_2 -cipher AES128-SHA -cert rsa.pem -key rsa.key")
            .suites(&["AES128-SHA"])
            .beyond_us(),
        case("X06", "-tls1_2 -groups P-384 -cert rsa.pem -key rsa.key").curves(&["secp384r1"]),
        case("X07", "-tls1_2 -groups P-384 -cert rsa.pem -key rsa.key").curves(&["P-384"]),
        case("X09", "").min(TlsVersion::V1_3).max(TlsVersion::V1_2),
        case("X09b", "-tls1_3").curves(&["X25519MLKEM768", "X25519"]).max(TlsVersion::V1_3),
    ]
}

/// S: a sample of server certificates, for the messages; `tests/cert/envoy.rs` has all of them.
pub(super) fn server(pki: &Pki) -> Vec<Case> {
    let shown = |id: &'static str, wanted: Wanted<'_>| {
        let pair = pki.authority.issue(&wanted);
        let (cert, key) = (format!("{id}.pem"), format!("{id}.key"));
        pki.write(&cert, &pair.cert);
        pki.write(&key, &pair.key);
        case(id, Box::leak(format!("-cert {cert} -key {key}").into_boxed_str()))
    };
    let usage = || rcgen::ExtendedKeyUsagePurpose::ServerAuth;
    let valid = || Wanted { name: "server", usage: usage(), ..Wanted::default() };
    vec![
        Case { stranger: true, ..case("S03", "") },
        Case { stranger: true, ..case("S03t", "").max(TlsVersion::V1_3) },
        shown("S05", Wanted { days: (-20, -10), ..valid() }),
        shown("S06", Wanted { days: (10, 20), ..valid() }),
        shown("S35", Wanted { name: "server", ..Wanted::default() }),
        shown("S60", Wanted { algorithm: &PKCS_ECDSA_P384_SHA384, ..valid() }),
        shown("S60t13", Wanted { algorithm: &PKCS_ECDSA_P384_SHA384, ..valid() })
            .max(TlsVersion::V1_3),
        shown("S62", Wanted { algorithm: &PKCS_ED25519, ..valid() }),
    ]
}

/// Names: a server that knows a single name, and one that requires SNI.
pub(super) fn names() -> Vec<Case> {
    let picky = "-servername known.example -servername_fatal -cert2 server.pem -key2 server.key";
    let named = |id, name: &str| {
        let mut case = case(id, picky);
        case.offer.sni = Some(name.to_owned());
        case
    };
    vec![named("N01", "known.example"), named("N02", "other.example"), case("N03", picky)]
}

/// Codecs: what happens if ALPN chooses another protocol than the pool's.
pub(super) fn codecs(doors: &[Door]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (door, [both, h2, grpc, plain]) in doors.iter().zip([
        ["Hn-both", "Hn-h2", "Hn-grpc", "Hn-plain"],
        ["Hh-both", "Hh-h2", "Hh-grpc", "Hh-plain"],
        ["He-both", "He-h2", "He-grpc", "He-plain"],
    ]) {
        let there = |id| Case { server: Serving::There(door.port), ..case(id, "") };
        cases.push(there(both).alpn("h2,http/1.1"));
        cases.push(there(h2).alpn("h2"));
        cases.push(there(grpc));
        if let Some(case) = cases.last_mut() {
            case.offer.codec = Codec::Http2;
        }
        cases.push(there(plain));
    }
    cases
}

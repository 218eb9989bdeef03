//! Our PEM scanner compared with `rustls-pemfile`: every difference is explained, and hostile texts
//! do no harm.

use std::time::{Duration, Instant};

use mtlsctl::cert::pem::{FaultKind, PemItem, scan};
use mtlsctl::envoy::load_pair;
use mtlsctl::envoy::{EnvoyVerdict, EnvoyVersion, PemSource};

/// The number of certificates that a reader returns, or that it rejects the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Certificates(usize),
    Refused,
}

/// Like Envoy reads a chain: until the first error.
fn ours(text: &[u8]) -> Read {
    let file = scan(text);
    if file.faults().any(|fault| {
        fault.is_fatal() || matches!(fault.kind, FaultKind::BlankLine | FaultKind::BlankLines)
    }) {
        return Read::Refused;
    }
    Read::Certificates(file.blocks().filter(|block| block.label.is_certificate()).count())
}

fn theirs(text: &[u8]) -> Read {
    let mut reader = text;
    match rustls_pemfile::certs(&mut reader).collect::<Result<Vec<_>, _>>() {
        Ok(certificates) => Read::Certificates(certificates.len()),
        Err(_) => Read::Refused,
    }
}

/// Cases of `testdata/verify` in which the two differ, and why.
const DIFFERENCES: &[(&str, &str)] = &[
    ("C16f", "a blank line inside the base64: BoringSSL takes what is above it for a header"),
    ("C16i", "carriage returns alone: to BoringSSL the file is one line"),
    ("C16j", "TRUSTED CERTIFICATE: BoringSSL reads it, pemfile passes over it"),
    ("C16k", "X509 CERTIFICATE: BoringSSL reads it, pemfile passes over it"),
    ("C16t", "END and BEGIN on one line: pemfile drops the second certificate silently"),
    ("C16u", "literal backslash-n: pemfile complains of the BEGIN line, BoringSSL sees no block"),
    ("C16v", "blanks for newlines: pemfile complains of the BEGIN line, BoringSSL sees no block"),
    (
        "N07",
        "a foreign block that is broken: BoringSSL decodes what it passes over, pemfile does not",
    ),
    ("A12", "END and BEGIN on one line: pemfile drops the second certificate silently"),
    ("A13", "TRUSTED CERTIFICATE: BoringSSL reads it, pemfile passes over it"),
    ("A15", "an encrypted key's header: BoringSSL knows it, pemfile chokes on it"),
    ("N13", "TRUSTED CERTIFICATE: BoringSSL reads it, pemfile passes over it"),
    ("N15", "a blank line inside the base64: BoringSSL takes what is above it for a header"),
    (
        "N18",
        "a foreign block that is broken: BoringSSL decodes what it passes over, pemfile does not",
    ),
    ("N19", "after a blank line BoringSSL wants full lines of 64 characters"),
    ("N20", "after a blank line BoringSSL wants full lines of 64 characters"),
];

#[test]
fn differences_from_rustls_pemfile_are_known() {
    let mut texts: Vec<(&str, Vec<u8>)> = Vec::new();
    for case in crate::support::file_cases::pairs() {
        texts.extend(case.certificate.map(|text| (case.id, text)));
    }
    for case in crate::support::file_cases::authorities().1 {
        texts.push((case.id, case.ca));
    }
    let mut unexplained = Vec::new();
    let mut differing = Vec::new();
    for (id, text) in &texts {
        let (ours, theirs) = (ours(text), theirs(text));
        if ours != theirs {
            differing.push(*id);
            if !DIFFERENCES.iter().any(|(known, _)| known == id) {
                unexplained.push(format!("{id}: ours {ours:?}, pemfile {theirs:?}"));
            }
        }
    }
    assert!(unexplained.is_empty(), "\n{}", unexplained.join("\n"));
    let stale: Vec<_> = DIFFERENCES.iter().filter(|(id, _)| !differing.contains(id)).collect();
    assert!(stale.is_empty(), "no longer different: {stale:?}");
}

#[test]
fn faults_have_their_line() {
    let text = |id: &str| {
        let mut cases = crate::support::file_cases::pairs().into_iter();
        cases.find(|case| case.id == id).unwrap().certificate.unwrap()
    };
    for (id, line, kind) in [
        ("C16b", 1, FaultKind::ByteOrderMark),
        ("C16e", 1, FaultKind::Indented),
        ("C16f", 6, FaultKind::BlankLine),
        ("C16i", 1, FaultKind::CarriageReturns),
        ("C16l", 1, FaultKind::EndMissing),
        ("C16o", 1, FaultKind::Der),
        ("C16p", 1, FaultKind::EncodedTwice),
        ("C16u", 1, FaultKind::LiteralNewlines),
        ("C16v", 1, FaultKind::NewlinesLost),
    ] {
        let file = scan(&text(id));
        let first = file.faults().next().unwrap_or_else(|| panic!("{id}: no fault"));
        assert_eq!((first.line, first.kind), (line, kind), "{id}");
    }
    let glued = scan(&text("C16t"));
    assert!(glued.faults().any(|fault| fault.kind == FaultKind::EndAndBeginGlued));
    assert_eq!(glued.blocks().count(), 2, "both certificates are described");
}

#[test]
fn blocks_have_their_byte_range() {
    let text = b"# ours\n\n-----BEGIN FOO-----\nAAAA\n-----END FOO-----\nrest\n";
    let file = scan(text);
    let block = file.blocks().next().unwrap();
    assert_eq!((block.line, block.end_line), (3, 5));
    assert_eq!(&text[block.range.clone()], b"-----BEGIN FOO-----\nAAAA\n-----END FOO-----\n");
    assert_eq!(block.label.to_string(), "FOO");
    assert!(!format!("{block:?}").contains('['), "Debug shows no bytes");
}

/// Texts that could make a careless reader slow, use much memory, or panic.
#[test]
fn hostile_texts_take_linear_time() {
    let long_line = vec![b'A'; 20_000_000];
    let begins = b"-----BEGIN CERTIFICATE-----\n".repeat(300_000);
    let ends = b"-----END CERTIFICATE-----\n".repeat(300_000);
    let glued =
        [&b"-----BEGIN A-----\n"[..], &b"-----END A----------BEGIN A-----\n".repeat(200_000)]
            .concat();
    let one_line = b"-----BEGIN CERTIFICATE----- ".repeat(200_000);
    let zeros = vec![0; 10_000_000];
    let high = vec![0xff; 10_000_000];
    for text in [long_line, begins, ends, glued, one_line, zeros, high] {
        let start = Instant::now();
        let file = scan(&text);
        assert!(file.items.len() <= 1_000_000);
        let verdict = load_pair(
            Some(PemSource::new("c.pem", &text)),
            Some(PemSource::new("c.key", &text)),
            EnvoyVersion::V1_38,
        );
        assert!(matches!(verdict, EnvoyVerdict::ConfigRejected { .. }));
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}

/// Cut or changed at any position: nothing panics, and every item is inside the text.
#[test]
fn any_cut_and_any_change_can_be_scanned() {
    let (chain, _) = crate::support::file_cases::authorities();
    let text = chain.as_bytes();
    for end in 0..text.len() {
        check(&text[..end]);
    }
    for position in 0..text.len() {
        for byte in [0, b'\n', b'\r', b'-', b' ', 0xff] {
            let mut changed = text.to_vec();
            changed[position] = byte;
            check(&changed);
        }
    }
}

fn check(text: &[u8]) {
    for item in scan(text).items {
        match item {
            PemItem::Block(block) => {
                assert!(block.range.end <= text.len() && block.line <= block.end_line)
            }
            PemItem::Fault(fault) => assert!(fault.line >= 1),
        }
    }
}

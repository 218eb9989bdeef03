//! Our PEM scanner compared with `rustls-pemfile`: the same certificates if neither reports a
//! fault.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::cert::pem::{PemLabel, scan};

fuzz_target!(|text: &[u8]| {
    let file = scan(text);
    let lines = text.split(|byte| *byte == b'\n').count();
    for block in file.blocks() {
        assert!(block.line >= 1 && block.line <= block.end_line && block.end_line <= lines);
        assert!(text[block.range.clone()].starts_with(b"-----"));
        // Only certificates: keys are not compared, not even by length.
        let _ = format!("{block:?}");
    }
    for fault in file.faults() {
        assert!(fault.line >= 1 && fault.line <= lines, "{fault:?}");
    }
    if file.faults().next().is_some() || differs_by_design(text) {
        return;
    }
    let ours: Vec<&[u8]> = file
        .blocks()
        .filter(|block| block.label == PemLabel::Certificate)
        .map(|block| block.der())
        .collect();
    let mut reader = text;
    let theirs = rustls_pemfile::certs(&mut reader).collect::<Result<Vec<_>, _>>();
    if let Ok(theirs) = theirs {
        let theirs: Vec<&[u8]> = theirs.iter().map(AsRef::as_ref).collect();
        assert_eq!(ours, theirs);
    }
});

/// Texts that BoringSSL, and so our scanner, reads differently (see `tests/cert/pem.rs`).
fn differs_by_design(text: &[u8]) -> bool {
    // The last line break of a text does not count.
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let holds = |needle: &[u8]| text.windows(needle.len()).any(|window| window == needle);
    // Lines that BoringSSL reads in pieces, bytes that it treats as blanks, labels that pemfile
    // does not support, headers and blank lines in blocks.
    text.split(|byte| *byte == b'\n').any(|line| line.len() > 200)
        || text.iter().any(|byte| *byte >= 0x80 || (*byte < 0x20 && *byte != b'\n'))
        || text.split(|byte| *byte == b'\n').any(|line| line.trim_ascii().is_empty())
        || holds(b"X509 CERTIFICATE")
        || holds(b"Proc-Type:")
}

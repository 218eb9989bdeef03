//! A private key from any bytes: read or rejected, and its bytes are never shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::cert::PrivateKey;
use mtlsctl::envoy::load_pair;

fuzz_target!(|text: &[u8]| {
    let shown = format!("{:?}", PrivateKey::from_pem(text));
    assert!(shown.len() < 2_000, "{shown}");
    let _ = load_pair;
});

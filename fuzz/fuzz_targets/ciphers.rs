//! Cipher and curve lists: no text causes a panic, and a fault is at an entry of its list.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::envoy::EnvoyVersion;
use mtlsctl::envoy::{read_ciphers, read_curves};

fuzz_target!(|text: &str| {
    let entries: Vec<&str> = text.split('\n').collect();
    for version in [EnvoyVersion::V1_36, EnvoyVersion::V1_38] {
        let _ = read_ciphers(&entries, version);
        let _ = read_curves(&entries, version);
    }
});

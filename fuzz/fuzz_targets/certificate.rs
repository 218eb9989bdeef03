//! A certificate from any bytes: described, and verified as a chain and as a CA, without a panic. A
//! second parser must be able to read what Envoy's verifier accepts.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use mtlsctl::cert::{Certificate, Chain};
use mtlsctl::envoy::{EnvoyVerdict, EnvoyVersion, PemSource, ValidationContext};
use time::macros::datetime;
use x509_parser::prelude::{FromDer, X509Certificate};

const CA: &[u8] = include_bytes!("../../testdata/verify/S01/ca.pem");

fn trusting() -> &'static ValidationContext {
    static CONTEXT: OnceLock<ValidationContext> = OnceLock::new();
    CONTEXT.get_or_init(|| {
        let ca = PemSource::new("ca.pem", CA);
        ValidationContext::load(Some(ca), None, EnvoyVersion::V1_38).expect("the CA loads")
    })
}

fuzz_target!(|der: &[u8]| {
    let certificate = Certificate::from_der(der.to_vec());
    let _ = format!("{certificate:?}");
    let chain = Chain::from_der([der.to_vec(), der.to_vec()]);
    let _ = chain.links();
    let now = datetime!(2026-06-01 0:00 UTC);
    if trusting().verify(&chain, now) == EnvoyVerdict::Accepted {
        assert!(X509Certificate::from_der(der).is_ok());
    }
    // As its own trust anchor.
    let mut text = String::from("-----BEGIN CERTIFICATE-----\n");
    text.push_str(&base64(der));
    text.push_str("\n-----END CERTIFICATE-----\n");
    let ca = PemSource::new("ca.pem", text.as_bytes());
    if let Ok(context) = ValidationContext::load(Some(ca), None, EnvoyVersion::V1_38) {
        let _ = context.verify(&chain, now);
    }
    let _ = mtlsctl::cert::judge;
});

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let value = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..4 {
            let digit = DIGITS[(value >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
        if text.len() % 65 == 64 {
            text.push('\n');
        }
    }
    text
}

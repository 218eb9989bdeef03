//! A CRL from any bytes: described, and loaded with a CA as Envoy would.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::cert::pem::PemLabel;
use mtlsctl::cert::{Chain, Crl};
use mtlsctl::envoy::{EnvoyVersion, PemSource, ValidationContext};
use time::macros::datetime;

const CA: &[u8] = include_bytes!("../../testdata/verify/S01/ca.pem");
const CHAIN: &[u8] = include_bytes!("../../testdata/verify/S01/chain.pem");

fuzz_target!(|bytes: &[u8]| {
    let crl = Crl::from_der(bytes.to_vec());
    let now = datetime!(2026-06-01 0:00 UTC);
    let _ = (format!("{crl:?}"), crl.is_expired(now), crl.revokes("01"));
    // DER wrapped in PEM, or PEM.
    let lists = Crl::from_pem(bytes);
    let blocks = mtlsctl::cert::pem::scan(bytes);
    assert_eq!(lists.len(), blocks.blocks().filter(|block| block.label == PemLabel::Crl).count());
    let ca = PemSource::new("ca.pem", CA);
    let crl = PemSource::new("crl.pem", bytes);
    if let Ok(context) = ValidationContext::load(Some(ca), Some(crl), EnvoyVersion::V1_38) {
        let _ = context.verify(&Chain::from_pem(CHAIN), now);
    }
});

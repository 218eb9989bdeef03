//! Large trust stores, whose order is unknown, and certificates that were tampered with.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::keys::{TestKey, unpem};
use crate::support::maker::{CrlSpec, Made, Spec, key_id, pem, pems, serial, subject_key_id};
use mtlsctl::cert::{Certificate, Chain, Crl, PrivateKey};
use mtlsctl::envoy::{EnvoyVerdict, EnvoyVersion, PemSource, ValidationContext};
use time::OffsetDateTime;
use time::macros::datetime;

const NOW: OffsetDateTime = datetime!(2026-06-01 0:00 UTC);

/// Verifies `chain` with `trusted` among thirty unrelated roots.
fn judge(chain: &[&Made], trusted: &[&Made], crls: &[Vec<u8>]) -> EnvoyVerdict {
    let key = TestKey::load("p256-other");
    let others: Vec<Made> = (0..30)
        .map(|number| Spec::root(&format!("Other Root {number:02}"), &key).self_signed(&key))
        .collect();
    let mut ca = pems(&others[..15].iter().collect::<Vec<_>>());
    ca.push_str(&pems(trusted));
    ca.push_str(&pems(&others[15..].iter().collect::<Vec<_>>()));
    let crl: String = crls.iter().map(|der| pem("X509 CRL", der)).collect();
    let crl = (!crls.is_empty()).then(|| PemSource::new("crl.pem", crl.as_bytes()));
    let ca = PemSource::new("ca.pem", ca.as_bytes());
    ValidationContext::load(Some(ca), crl, EnvoyVersion::V1_38)
        .unwrap()
        .verify(&Chain::from_der(chain.iter().map(|made| made.der.clone())), NOW)
}

/// Two roots with the same name: the leaf's, and one with another key; nothing distinguishes them.
fn twins() -> (Made, Made, Made) {
    let (key, wrong, leaf) =
        (TestKey::load("p256-root"), TestKey::load("p256-int"), TestKey::load("p256-leaf"));
    let plain = |key: &TestKey| Spec::root("Twin", key).without("2.5.29.14").self_signed(key);
    let (right, wrong) = (plain(&key), plain(&wrong));
    let leaf = Spec::leaf(&leaf).issued_plainly(&right, &leaf);
    (right, wrong, leaf)
}

#[test]
fn a_large_store_without_duplicate_names_is_certain() {
    let (right, _, leaf) = twins();
    assert_eq!(judge(&[&leaf], &[&right], &[]), EnvoyVerdict::Accepted);
}

#[test]
fn one_name_for_two_keys_in_a_large_store_is_uncertain() {
    let (right, wrong, leaf) = twins();
    assert!(matches!(judge(&[&leaf], &[&right, &wrong], &[]), EnvoyVerdict::Unknown { .. }));
    assert!(matches!(judge(&[&leaf], &[&wrong, &right], &[]), EnvoyVerdict::Unknown { .. }));
}

#[test]
fn a_renewed_root_with_the_same_key_is_certain() {
    let (right, _, leaf) = twins();
    let key = TestKey::load("p256-root");
    let renewed = Spec::root("Twin", &key)
        .without("2.5.29.14")
        .with(subject_key_id(&key_id(&key)))
        .serial(&[9])
        .self_signed(&key);
    assert_eq!(judge(&[&leaf], &[&right, &renewed], &[]), EnvoyVerdict::Accepted);
}

#[test]
fn crls_with_the_same_date_in_a_large_store_are_uncertain() {
    let (right, _, leaf) = twins();
    let key = TestKey::load("p256-root");
    let clean = CrlSpec::of(&right).signed_by(&key);
    let revoking = CrlSpec::of(&right).revoking(&serial(&leaf)).signed_by(&key);
    assert_eq!(judge(&[&leaf], &[&right], std::slice::from_ref(&clean)), EnvoyVerdict::Accepted);
    let verdict = judge(&[&leaf], &[&right], &[clean, revoking.clone()]);
    assert!(matches!(verdict, EnvoyVerdict::Unknown { .. }), "{verdict}");
    let verdict = judge(&[&leaf], &[&right], &[revoking.clone(), revoking]);
    assert!(matches!(verdict, EnvoyVerdict::Refused { depth: Some(0), .. }), "{verdict}");
}

#[test]
fn many_duplicate_names_are_handled_quickly() {
    let (right, _, leaf) = twins();
    let key = TestKey::load("p256-root");
    let doubles: Vec<Made> = (0..400u16)
        .map(|number| {
            let serial = number.saturating_add(256).to_be_bytes();
            Spec::root("Twin", &key).without("2.5.29.14").serial(&serial).self_signed(&key)
        })
        .collect();
    let mut trusted: Vec<&Made> = doubles.iter().collect();
    trusted.push(&right);
    let began = Instant::now();
    let verdict = judge(&[&leaf], &trusted, &[]);
    assert!(matches!(verdict, EnvoyVerdict::Unknown { .. }), "{verdict}");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

/// Changes a byte at every position to values with a meaning in DER.
fn tampered(der: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    const VALUES: [u8; 6] = [0x00, 0x02, 0x30, 0x7f, 0x80, 0xff];
    let changed = (0..der.len()).flat_map(move |place| {
        VALUES.iter().map(move |value| {
            let mut copy = der.to_vec();
            copy[place] = *value;
            copy
        })
    });
    changed.chain((0..der.len()).map(move |length| der[..length].to_vec()))
}

#[test]
fn tampered_certificates_are_described_and_never_accepted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/verify/S01");
    let chain = Chain::from_pem(&fs::read(folder.join("chain.pem")).unwrap());
    let ca = fs::read(folder.join("ca.pem")).unwrap();
    let load =
        || ValidationContext::load(Some(PemSource::new("ca.pem", &ca)), None, EnvoyVersion::V1_38);
    let context = load().unwrap();
    let ders: Vec<Vec<u8>> = chain.certificates().iter().map(|one| one.der().to_vec()).collect();
    for leaf in tampered(&ders[0]).filter(|leaf| *leaf != ders[0]) {
        let described = format!("{:?}", Certificate::from_der(leaf.clone()));
        assert!(!described.is_empty());
        let verdict = context.verify(&Chain::from_der([leaf, ders[1].clone()]), NOW);
        assert_ne!(verdict, EnvoyVerdict::Accepted);
    }
    for intermediate in tampered(&ders[1]).filter(|one| *one != ders[1]) {
        let verdict = context.verify(&Chain::from_der([ders[0].clone(), intermediate]), NOW);
        assert_ne!(verdict, EnvoyVerdict::Accepted);
    }
}

#[test]
fn tampered_lists_and_keys_are_rejected() {
    let (right, _, _) = twins();
    let list = CrlSpec::of(&right).revoking(&[1]).signed_by(&TestKey::load("p256-root"));
    for list in tampered(&list) {
        let described = format!("{:?}", Crl::from_der(list));
        assert!(!described.is_empty());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/pki/keys");
    for name in ["p256-leaf", "rsa1024", "ed25519"] {
        let key = unpem(&fs::read_to_string(folder.join(format!("{name}.key.pem"))).unwrap());
        for key in tampered(&key) {
            for label in ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"] {
                let shown = format!("{:?}", PrivateKey::from_pem(pem(label, &key).as_bytes()));
                assert!(shown.len() < 1000, "{shown}");
            }
        }
    }
}

//! The verifier against cases with verdicts of real Envoys.
//!
//! `testdata/verify/<case>/` has the files of each case; `MAKE=1 cargo test --test cert verdicts`
//! creates missing ones. `UPDATE=1` refreshes `testdata/verify/verdicts.txt`, which lists our
//! verdict for every Envoy version; the results of Envoy 1.38 are in `tests/support/` and are never
//! refreshed.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::cases::Case;
use mtlsctl::cert::Chain;
use mtlsctl::envoy::load_pair;
use mtlsctl::envoy::{EnvoyVersion, OfferedTls, PemSource, ValidationContext};
use time::OffsetDateTime;
use time::macros::datetime;

const NOW: OffsetDateTime = datetime!(2026-06-01 0:00 UTC);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/verify")
}

fn verdict(case: &Case, version: EnvoyVersion) -> String {
    let read = |name: &str| fs::read(folder().join(case.id).join(name)).ok();
    let (chain, ca, crl) =
        (read("chain.pem").expect("run MAKE=1 once"), read("ca.pem"), read("crl.pem"));
    let tls = OfferedTls { tls13: case.tls13, ..OfferedTls::default() }
        .with_curves(case.curves.iter().copied());
    let context = ValidationContext::load(
        ca.as_deref().map(|bytes| PemSource::new("ca.pem", bytes)),
        crl.as_deref().map(|bytes| PemSource::new("crl.pem", bytes)),
        version,
    );
    match context {
        Err(rejected) => rejected.to_string(),
        Ok(context) => context.with_tls(tls).verify(&Chain::from_pem(&chain), NOW).to_string(),
    }
}

fn make(case: &Case) {
    let folder = folder().join(case.id);
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &Option<String>| {
        if let Some(text) = text {
            fs::write(folder.join(name), text).unwrap();
        }
    };
    write("chain.pem", &Some(case.chain.clone()));
    write("ca.pem", &case.ca);
    write("crl.pem", &case.crl);
}

#[test]
fn verdicts_match_envoy_138() {
    let cases = crate::support::cases::all();
    if std::env::var_os("MAKE").is_some() {
        for case in cases.iter().filter(|case| !folder().join(case.id).exists()) {
            make(case);
        }
    }
    let mut wrong = String::new();
    let mut golden = String::new();
    for case in &cases {
        let ours = verdict(case, EnvoyVersion::V1_38);
        if ours != case.verdict {
            writeln!(
                wrong,
                "{} {}: Envoy says `{}`, we say `{ours}`",
                case.id, case.title, case.verdict
            )
            .unwrap();
        }
        for version in EnvoyVersion::ALL {
            writeln!(golden, "{} {version} {}", case.id, verdict(case, version)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    crate::support::golden::assert_golden(&folder().join("verdicts.txt"), &golden);
}

fn source<'a>(name: &'a str, file: &'a Option<Vec<u8>>) -> Option<PemSource<'a>> {
    file.as_deref().map(|bytes| PemSource::new(name, bytes))
}

/// Reads a case's file, or creates it with `MAKE=1`.
fn stored(case: &str, name: &str, made: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let path = folder().join(case).join(name);
    let made = made?;
    if std::env::var_os("MAKE").is_some() && !path.exists() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, made).unwrap();
    }
    Some(
        fs::read(&path)
            .unwrap_or_else(|error| panic!("{}: {error}; MAKE=1 makes it", path.display())),
    )
}

#[test]
fn loading_pairs_matches_envoy_138() {
    let mut wrong = String::new();
    for case in crate::support::file_cases::pairs() {
        let certificate = stored(case.id, "c.pem", case.certificate);
        let key = stored(case.id, "test-only.key", case.key);
        let ours =
            load_pair(source("c.pem", &certificate), source("c.key", &key), EnvoyVersion::V1_38);
        if ours.to_string() != case.verdict {
            writeln!(
                wrong,
                "{} {}: Envoy says `{}`, we say `{ours}`",
                case.id, case.title, case.verdict
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn loading_authorities_matches_envoy_138() {
    let (chain, cases) = crate::support::file_cases::authorities();
    let chain = stored("A", "chain.pem", Some(chain.into_bytes())).unwrap();
    let mut wrong = String::new();
    for case in cases {
        let ca = stored(case.id, "ca.pem", Some(case.ca));
        let ours = match ValidationContext::load(source("ca.pem", &ca), None, EnvoyVersion::V1_38) {
            Err(rejected) => rejected,
            Ok(context) => context.verify(&Chain::from_pem(&chain), NOW),
        };
        if ours.to_string() != case.verdict {
            writeln!(
                wrong,
                "{} {}: Envoy says `{}`, we say `{ours}`",
                case.id, case.title, case.verdict
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

//! Two thousand unusual and damaged client pairs, each loaded by real Envoys and checked by us.

use std::path::Path;

use mtlsctl::envoy::{EnvoyVerdict, EnvoyVersion, PemSource, load_pair};

use super::damage;
use crate::support::real_envoy::{Pair, load_pairs};

const PAIRS: usize = 2000;

/// The seed of the list; try another one with `SEED=2 cargo test --test cert damaged`.
fn seed() -> u64 {
    std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_130)
}

fn agree_with(version: &str) {
    let damaged = damage::pairs(PAIRS, seed());
    let pairs: Vec<Pair> = damaged
        .iter()
        .enumerate()
        .map(|(index, pair)| Pair {
            id: format!("pair-{index:04}"),
            certificate: pair.certificate.clone(),
            key: pair.key.clone(),
        })
        .collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("damaged-pairs-{version}"));
    let told = load_pairs(version, &pairs, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    let ours_is: EnvoyVersion = version.parse().unwrap();
    let (mut accepted, mut refused, mut open, mut words) = (vec![], vec![], vec![], vec![]);
    for ((pair, told), made) in pairs.iter().zip(&told).zip(&damaged) {
        let source = |name, bytes| Some(PemSource::new(name, bytes));
        let ours =
            load_pair(source("c.pem", &pair.certificate), source("c.key", &pair.key), ours_is);
        let line = format!("{} {}: Envoy {told:?}, we say {ours}", pair.id, made.what);
        match (&ours, told) {
            (EnvoyVerdict::Accepted, Some(_)) => accepted.push(line),
            (EnvoyVerdict::ConfigRejected { .. }, None) => refused.push(line),
            (EnvoyVerdict::ConfigRejected { reason }, Some(told)) => {
                let cause = reason.rsplit_once("Cause: ").map_or("", |(_, cause)| cause);
                if !told.contains(cause) {
                    words.push(line);
                }
            }
            (EnvoyVerdict::Accepted, None) => {}
            _ => open.push(line),
        }
    }
    let loaded = told.iter().filter(|told| told.is_none()).count();
    println!("Envoy {version}: {loaded} of {PAIRS} loaded, {} causes differ", words.len());
    for line in &words {
        println!("cause: {line}");
    }
    assert!((PAIRS / 10..PAIRS).contains(&loaded), "{loaded} pairs loaded: the list is one-sided");
    assert!(accepted.is_empty(), "wrongly accepted:\n{}", accepted.join("\n"));
    assert!(refused.is_empty(), "wrongly refused:\n{}", refused.join("\n"));
    assert!(open.is_empty(), "not told:\n{}", open.join("\n"));
    // All verdicts must agree; causes may differ for rare kinds of damage.
    assert!(words.len() * 50 <= PAIRS, "{} causes differ", words.len());
}

#[test]
fn damaged_pairs_are_judged_as_envoy_1_37_judges_them() {
    agree_with("1.37.0");
}

#[test]
fn damaged_pairs_are_judged_as_envoy_1_40_judges_them() {
    agree_with("1.40.0");
}

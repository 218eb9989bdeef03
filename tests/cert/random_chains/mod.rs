//! Random chains, verified by a real Envoy and by us.
//!
//! The chains are well-formed and then damaged in every way we could think of. A few hundred run
//! each time, the same ones except for ECDSA's randomness; for others, and more: `CHAINS=5000
//! SEED=7 cargo test --test cert random_chains`; for a single one: `SEED=7 FIRST=4711 CHAINS=1`. A
//! missing Envoy fails the test: `tests/peers/install` installs it.

mod damage;
mod names;
mod policies;
mod revocation;
mod scenario;
mod spoil;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::maker::pems;
use crate::support::real_envoy::{Answer, Upstream, ask, validate};
use mtlsctl::cert::Chain;
use mtlsctl::envoy::{EnvoyVerdict, EnvoyVersion, OfferedTls, PemSource, ValidationContext};
use scenario::{Scenario, scenario};

/// Envoy's version, as in `tests/cert/envoy.rs`.
fn version() -> String {
    std::env::var("ENVOY").unwrap_or_else(|_| "1.38.3".to_owned())
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| text.parse().unwrap())
}

fn ours(scenario: &Scenario) -> EnvoyVerdict {
    let version: EnvoyVersion = version().parse().unwrap();
    let crl = scenario.crl.as_ref().map(|text| PemSource::new("crl.pem", text.as_bytes()));
    let ca = PemSource::new("ca.pem", scenario.ca.as_bytes());
    match ValidationContext::load(Some(ca), crl, version) {
        Err(rejected) => rejected,
        Ok(context) => {
            let tls = OfferedTls { tls13: scenario.tls13, ..OfferedTls::default() };
            let chain = Chain::from_der(scenario.sent.iter().map(|made| made.der.clone()));
            context.with_tls(tls).verify(&chain, time::OffsetDateTime::now_utc())
        }
    }
}

/// A scenario with files for Envoy and a server that presents its chain.
struct Asked {
    number: u64,
    verdict: EnvoyVerdict,
    upstream: Upstream,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("differential")
}

/// `None` if the server cannot use such a key, or the certificate has another one.
fn prepared(seed: u64, number: u64) -> Option<Asked> {
    let scenario = scenario(seed, number);
    let verdict = ours(&scenario);
    let leaf = &scenario.sent[0];
    let key = leaf.key.info();
    if !leaf.der.windows(key.len()).any(|window| window == key) {
        return None;
    }
    let ders = scenario.sent.iter().map(|made| made.der.clone()).collect();
    let address = match verdict {
        EnvoyVerdict::ConfigRejected { .. } => "127.0.0.1:1".parse().unwrap(),
        _ => crate::support::tls_server::start(ders, &leaf.key.pkcs8)?,
    };
    let write = |name: &str, text: &str| {
        let path = folder().join(format!("{number}-{name}"));
        fs::write(&path, text).unwrap();
        path
    };
    // For debugging a difference.
    write("chain.pem", &pems(&scenario.sent.iter().collect::<Vec<_>>()));
    let upstream = Upstream {
        id: number.to_string(),
        address,
        ca: Some(write("ca.pem", &scenario.ca)),
        crl: scenario.crl.as_deref().map(|text| write("crl.pem", text)),
        tls13: scenario.tls13,
        curves: Vec::new(),
        pair: None,
    };
    Some(Asked { number, verdict, upstream })
}

/// Whether Envoy agrees with our verdict, including depth and reason.
fn agrees(answer: &Answer, verdict: &EnvoyVerdict) -> bool {
    match verdict {
        EnvoyVerdict::Accepted => answer.status == 200,
        EnvoyVerdict::Refused { depth: Some(depth), reason } => {
            let long = "certificate revocation check against provided CRLs failed: ";
            let reason = reason.replacen("CRL: ", long, 1);
            answer.reason.contains(&format!("at depth {depth}: {reason}"))
        }
        EnvoyVerdict::Refused { depth: None, .. } => answer.status != 200,
        EnvoyVerdict::ConfigRejected { .. } | EnvoyVerdict::Unknown { .. } => true,
    }
}

/// Removes, and reports, what Envoy does not even load.
fn loadable(mut asked: Vec<Asked>, wrong: &mut String) -> Vec<Asked> {
    loop {
        let upstreams: Vec<_> = asked.iter().map(|asked| asked.upstream.clone()).collect();
        let Err(told) = validate(&version(), &upstreams, &folder()) else { return asked };
        let file = |asked: &Asked| format!("/{}-", asked.number);
        let bad = asked.iter().position(|asked| told.contains(&file(asked)));
        let bad = asked.remove(bad.unwrap_or_else(|| panic!("{told}")));
        writeln!(wrong, "{}: we say `{}`, Envoy `{told}`", bad.number, bad.verdict).unwrap();
    }
}

#[test]
fn a_real_envoy_agrees_about_random_chains() {
    let (seed, count) = (number("SEED", 1), number("CHAINS", 240));
    let _ = fs::remove_dir_all(folder());
    fs::create_dir_all(folder()).unwrap();
    let mut wrong = String::new();
    let mut unknown = 0;
    let first = number("FIRST", 0);
    for start in (first..first + count).step_by(240) {
        let batch: Vec<Asked> = (start..(first + count).min(start + 240))
            .filter_map(|number| prepared(seed, number))
            .collect();
        let (rejected, served): (Vec<Asked>, Vec<Asked>) = batch
            .into_iter()
            .partition(|asked| matches!(asked.verdict, EnvoyVerdict::ConfigRejected { .. }));
        for asked in rejected {
            let loaded = validate(&version(), &[asked.upstream], &folder());
            if loaded.is_ok() {
                writeln!(wrong, "{}: we say `{}`, Envoy loads it", asked.number, asked.verdict)
                    .unwrap();
            }
        }
        let served = loadable(served, &mut wrong);
        let (facts, upstreams): (Vec<_>, Vec<_>) =
            served.into_iter().map(|asked| ((asked.number, asked.verdict), asked.upstream)).unzip();
        let answers = ask(&version(), &upstreams, &folder());
        for ((number, verdict), answer) in facts.iter().zip(&answers) {
            unknown += u64::from(matches!(verdict, EnvoyVerdict::Unknown { .. }));
            if !agrees(answer, verdict) {
                writeln!(wrong, "{number}: we say `{verdict}`, Envoy {answer:?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "seed {seed}:\n{wrong}");
    assert!(unknown * 50 <= count, "{unknown} of {count} verdicts are unknown");
}

//! A short version of the fuzz targets in every test run: randomly changed manifests, certificates
//! and keys, with a fixed seed. Nothing panics, and places are inside the text.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mtlsctl::cert::{Chain, Crl, PrivateKey};
use mtlsctl::console::Links;
use mtlsctl::document::Relevance;
use mtlsctl::envoy::load_pair;
use mtlsctl::envoy::read_ciphers;
use mtlsctl::envoy::{EnvoyVersion, PemSource, ValidationContext};
use mtlsctl::lint::{Baseline, lint};
use mtlsctl::report::{Look, resolve_text};
use mtlsctl::source::Sources;
use mtlsctl::world::{Horizon, ServiceAddress, Settings, World};
use time::macros::datetime;

/// No test here takes longer; on a slow machine it tries less.
const PATIENCE: Duration = Duration::from_secs(5);

/// xorshift64*: the same random numbers everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        value as usize % below.max(1)
    }

    fn pick<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[self.next(all.len())]
    }
}

/// Pieces with a meaning in YAML, PEM or DER.
const PIECES: [&[u8]; 26] = [
    b"\n",
    b"\r\n",
    b": ",
    b"- ",
    b"---\n",
    b"...\n",
    b"|\n",
    b">-\n",
    b"\"",
    b"'",
    b"#",
    b"[",
    b"}",
    b"&a ",
    b"*a",
    b"<<: ",
    b"!!str ",
    b"\t",
    b"\xc3\xa4",
    b"\\x41",
    b"%",
    b"{{ x }}",
    b"-----BEGIN CERTIFICATE-----\n",
    b"-----END CERTIFICATE-----\n",
    b"\x30\x80",
    b"\xff",
];

/// A few small changes: bytes replaced, pieces inserted, parts removed, repeated or swapped.
fn mutated(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.next(4) {
        let at = chance.next(bytes.len());
        let end = (at + chance.next(40)).min(bytes.len());
        match chance.next(5) {
            0 if !bytes.is_empty() => bytes[at] = chance.next(256) as u8,
            1 => drop(bytes.splice(at..at, chance.pick(&PIECES).iter().copied())),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].to_vec();
                let to = chance.next(bytes.len());
                drop(bytes.splice(to..to, part));
            }
            _ => bytes[at..end].reverse(),
        }
    }
    bytes
}

/// Files in testdata/ with an extension, small enough to be changed often.
fn seeds(extension: &str) -> Vec<Vec<u8>> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    let texts = found.iter().map(|path| fs::read(path).unwrap());
    texts.filter(|text| text.len() < 6_000).collect()
}

/// Tries changes of all seeds in turn until the time is up; at least one for each tenth seed.
fn try_all(extension: &str, mut check: impl FnMut(&[u8])) {
    let seeds = seeds(extension);
    assert!(seeds.len() > 50, "only {} seeds", seeds.len());
    let mut chance = Chance(0x6d74_6c73);
    let began = Instant::now();
    let mut tried = 0;
    while began.elapsed() < PATIENCE || tried < seeds.len() / 10 {
        let seed = &seeds[chance.next(seeds.len())];
        check(&mutated(seed, &mut chance));
        tried += 1;
    }
}

#[test]
fn changed_manifests_are_read_judged_and_shown() {
    try_all("yaml", |bytes| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut sources = Sources::default();
        sources.add("a.yaml".to_owned(), text.clone());
        let now = Some(datetime!(2026-06-01 0:00 UTC));
        let settings = Settings { now, horizon: Horizon::of_files(), ..Settings::default() };
        let world = World::read(sources, settings, &Relevance::everything());
        for found in lint(&world) {
            for label in std::iter::once(&found.primary).chain(&found.related) {
                let source = world.sources.get(label.span.source);
                let place = source.text.get(label.span.start as usize..label.span.end as usize);
                assert!(place.is_some(), "{label:?} of {} in {text:?}", found.rule);
            }
        }
        let look = Look { width: 80, color: false, unicode: true, links: Links::Hidden };
        assert!(resolve_text(&world, |_| true, look).len() < 1 << 20);
        for word in text.split_whitespace() {
            let _ = (ServiceAddress::parse(word), read_ciphers(&[word], EnvoyVersion::V1_38));
        }
        let _ = Baseline::parse(&text);
    });
}

#[test]
fn changed_certificates_keys_and_lists_are_described_and_judged() {
    let now = datetime!(2026-06-01 0:00 UTC);
    try_all("pem", |bytes| {
        let chain = Chain::from_pem(bytes);
        let _ = (chain.problems(), chain.path(), Crl::from_pem(bytes));
        let shown = format!("{:?}", PrivateKey::from_pem(bytes));
        assert!(shown.len() < 2_000, "{shown}");
        let file = || PemSource::new("a.pem", bytes);
        for crl in [None, Some(file())] {
            if let Ok(context) = ValidationContext::load(Some(file()), crl, EnvoyVersion::V1_38)
                && !chain.is_empty()
            {
                let _ = context.verify(&chain, now);
            }
        }
        let _ = load_pair(Some(file()), Some(file()), EnvoyVersion::V1_38);
        for certificate in chain.certificates() {
            let mut chance = Chance(bytes.len() as u64 + 1);
            let changed = mutated(certificate.der(), &mut chance);
            let _ = (Chain::from_der([changed.clone()]).problems(), Crl::from_der(changed));
        }
    });
}

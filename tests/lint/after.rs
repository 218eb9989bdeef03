//! A judgement after another one takes over what has not changed, and finds what a fresh one finds.

use std::fs;

use mtlsctl::lint::{Judged, Policy, Session};
use mtlsctl::resource::{Documents, Ingest, relevance};
use mtlsctl::rule::ALL;
use mtlsctl::source::{Origin, Sources};
use mtlsctl::world::Settings;

/// What stands beside the example of a rule, and is typed in.
const MAPPING: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: typed, namespace: default}\nspec:\n  hostname: '*'\n  prefix: /typed/\n  service: https://typed.default:8443\n  tls: upstream\n";

/// Another file, whose objects the first one's refer to and the other way round.
const CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: upstream, namespace: default}\nspec:\n  secret: client-cert\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: client-cert, namespace: default}\ntype: kubernetes.io/tls\ndata: {}\n";

/// What somebody may type in place of something else; the last ones break the text.
const EDITS: [(&str, &str); 14] = [
    ("tls: upstream", "tls: upstrea"),
    ("tls: upstream", "tls: no-cert-upstream"),
    ("tls: upstream", "tls: client"),
    ("  tls: upstream\n", ""),
    ("https://typed", "typed"),
    ("https://typed", "http://typed"),
    (":8443", ":443"),
    ("prefix: /typed/", "prefix: /other/"),
    ("name: typed", "name: other"),
    ("hostname: '*'", "hostname: example.com"),
    ("spec:", "  labels: {a: b}\nspec:"),
    ("metadata:", "# one line more\nmetadata:"),
    ("spec:", "spec: ["),
    ("kind: Mapping", "kind: Service"),
];

fn session(sources: Sources, at: time::OffsetDateTime) -> Session {
    let documents = Documents::read(sources, Ingest::Snapshot, &relevance());
    let settings = Settings { now: Some(at), ..Settings::default() };
    let policy = Policy { honours_ignores: true, ..Policy::default() };
    Session::new(documents, settings, policy)
}

fn found(judged: &Judged) -> String {
    format!("{:#?}\n{:#?}", judged.outcome.findings, judged.outcome.suppressed)
}

#[test]
fn a_judgement_after_another_one_finds_what_a_fresh_one_finds() {
    let seed = std::env::var("MTLSCTL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    let mut random = fastrand::Rng::with_seed(seed);
    let at = time::macros::datetime!(2026-11-30 12:00 UTC);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rule");
    for rule in ALL {
        let example = fs::read_to_string(folder.join(rule.id).join("bad.yaml")).unwrap();
        let file = |name: &str| Origin::File(name.into());
        let mut texts =
            [("context.yaml", CONTEXT), ("example.yaml", &example), ("typed.yaml", MAPPING)]
                .map(|(name, text)| (name, text.to_owned()));
        let mut sources = Sources::default();
        for (name, text) in &texts {
            sources.add((*name).to_owned(), text.clone());
        }
        let mut typed = session(sources, at);
        let mut before: Option<Judged> = None;
        for step in 0..8 {
            let (place, text) = match random.u8(..8) {
                // Mappings of the example itself change, too.
                0 => (1, example.replacen("tls: ", "tls: x", 1)),
                1 => (1, example.clone()),
                2 => (0, CONTEXT.replacen("name: upstream", "name: other", 1)),
                3 => (0, CONTEXT.to_owned()),
                _ => {
                    let (from, to) = EDITS[random.usize(..EDITS.len())];
                    (2, MAPPING.replacen(from, to, 1))
                }
            };
            typed.put(file(texts[place].0), text.clone());
            texts[place].1 = text;
            let judged = typed.judge_after(before.as_ref());
            let mut sources = Sources::default();
            for (name, text) in &texts {
                sources.add((*name).to_owned(), text.clone());
            }
            let fresh = session(sources, at).judge();
            assert_eq!(
                found(&judged),
                found(&fresh),
                "{}, step {step}; MTLSCTL_SEED={seed}",
                rule.id
            );
            before = Some(judged);
        }
    }
}

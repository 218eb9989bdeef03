//! A judgement after another one reuses what has not changed, and has the same findings as a fresh
//! one.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use mtlsctl::lint::{Judged, Policy, Session};
use mtlsctl::resource::{Documents, Ingest, relevance};
use mtlsctl::rule::ALL;
use mtlsctl::source::{SourceOrigin, Sources};
use mtlsctl::world::Settings;

/// A Mapping next to the example of a rule, which is being edited.
const MAPPING: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: typed, namespace: default}\nspec:\n  hostname: '*'\n  prefix: /typed/\n  service: https://typed.default:8443\n  tls: upstream\n";

/// Another file; its objects refer to the first one's, and vice versa.
const CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: upstream, namespace: default}\nspec:\n  secret: client-cert\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: client-cert, namespace: default}\ntype: kubernetes.io/tls\ndata: {}\n";

/// A Host and a Module, which affect all traffic.
const GATEWAY: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: {name: all, namespace: default}\nspec:\n  hostname: '*'\n---\napiVersion: getambassador.io/v3alpha1\nkind: Module\nmetadata: {name: ambassador, namespace: default}\nspec:\n  config:\n    diagnostics: {enabled: true}\n";

/// More Mappings, which may share a cluster, a route and a context with the edited one.
const NEIGHBOURS: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: neighbour, namespace: default}\nspec: {hostname: '*', prefix: /other/, service: 'https://typed.default:8443', tls: upstream}\n---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: canary, namespace: default, labels: {a: b}}\nspec: {hostname: '*', prefix: /typed/, service: typed.default, weight: 10}\n---\napiVersion: getambassador.io/v3alpha1\nkind: TCPMapping\nmetadata: {name: port, namespace: default}\nspec: {port: 9000, service: typed.default, tls: no-cert-upstream}\n";

/// Edits: the file, a text and its replacement.
const EDITS: [(usize, &str, &str); 33] = [
    (0, "name: upstream", "name: other"),
    (0, "name: upstream", "name: no-cert-upstream"),
    (0, "secret: client-cert", "secret: client-cer"),
    (0, "  secret: client-cert\n", "  secret: client-cert\n  min_tls_version: v1.3\n"),
    (0, "  secret: client-cert\n", "  secret: client-cert\n  hosts: [example.com]\n"),
    (0, "name: client-cert", "name: client"),
    (0, "data: {}", "data: {tls.crt: Z2FyYmFnZQ==, tls.key: Z2FyYmFnZQ==}"),
    (0, "type: kubernetes.io/tls", "type: Opaque"),
    (3, "hostname: '*'", "hostname: '*.example.com'"),
    (3, "hostname: '*'", "hostname: '*'\n  mappingSelector: {matchLabels: {a: b}}"),
    (3, "hostname: '*'", "hostname: '*'\n  tlsSecret: {name: client-cert}"),
    (3, "kind: Host", "kind: TLSContext"),
    (3, "diagnostics: {enabled: true}", "use_ambassador_namespace_for_service_resolution: true"),
    (3, "diagnostics: {enabled: true}", "load_balancer: {policy: round_robin}"),
    (3, "diagnostics: {enabled: true}", "resolver: nowhere"),
    (3, "name: ambassador", "name: tls"),
    (2, "tls: upstream", "tls: upstrea"),
    (2, "tls: upstrea\n", "tls: upstream\n"),
    (2, "tls: upstream", "tls: no-cert-upstream"),
    (2, "tls: upstream", "tls: client"),
    (2, "  tls: upstream\n", ""),
    (2, "https://typed", "typed"),
    (2, "https://typed", "http://typed"),
    (2, ":8443", ":443"),
    (2, "prefix: /typed/", "prefix: /other/"),
    (2, "name: typed", "name: other"),
    (2, "hostname: '*'", "hostname: example.com"),
    (2, "spec:", "  labels: {a: b}\nspec:"),
    (2, "metadata:", "# one line more\nmetadata:"),
    (2, "spec:\n", "spec:\n  shadow: true\n"),
    (4, "prefix: /typed/", "prefix: /else/"),
    (2, "spec:", "spec: ["),
    (2, "kind: Mapping", "kind: Service"),
];

fn session(sources: Sources, at: time::OffsetDateTime) -> Session {
    let documents = Documents::read(sources, Ingest::Snapshot, &relevance());
    let settings = Settings { now: Some(at), ..Settings::default() };
    let policy = Policy { honours_ignores: true, ..Policy::default() };
    Session::new(documents, settings, policy)
}

fn found(judged: &Judged) -> String {
    let world = &judged.world;
    format!(
        "{:#?}\n{:#?}\n{:?}\n{:?}\n{:?}",
        judged.outcome.findings,
        judged.outcome.suppressed,
        &*world.upstreams,
        &*world.clusters,
        &*world.freezes
    )
}

#[test]
fn a_judgement_after_another_one_has_the_findings_of_a_fresh_one() {
    let seed = std::env::var("MTLSCTL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    let mut random = fastrand::Rng::with_seed(seed);
    let at = time::macros::datetime!(2026-11-30 12:00 UTC);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rule");
    for rule in ALL {
        let example = fs::read_to_string(folder.join(rule.id).join("bad.yaml")).unwrap();
        let file = |name: &str| SourceOrigin::File(name.into());
        let originals = [
            ("context.yaml", CONTEXT),
            ("example.yaml", &*example),
            ("typed.yaml", MAPPING),
            ("gateway.yaml", GATEWAY),
            ("neighbours.yaml", NEIGHBOURS),
        ];
        let mut texts = originals.map(|(name, text)| (name, text.to_owned()));
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
                // The edit is undone.
                1 | 2 => {
                    let place = random.usize(..originals.len());
                    (place, originals[place].1.to_owned())
                }
                _ => {
                    let (place, from, to) = EDITS[random.usize(..EDITS.len())];
                    // Edits of the same file accumulate.
                    (place, texts[place].1.replacen(from, to, 1))
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

#[test]
fn an_outdated_judgement_is_abandoned() {
    let at = time::macros::datetime!(2026-11-30 12:00 UTC);
    let mut sources = Sources::default();
    sources.add("context.yaml".to_owned(), CONTEXT.to_owned());
    sources.add("typed.yaml".to_owned(), MAPPING.to_owned());
    let mut typed = session(sources, at);
    let before = typed.judge_after(None);
    typed.put(
        SourceOrigin::File("typed.yaml".into()),
        MAPPING.replacen("tls: upstream", "tls: x", 1),
    );
    // It is outdated after a few rules have run.
    let asked = AtomicUsize::new(0);
    let is_wanted = || asked.fetch_add(1, Ordering::Relaxed) < 9;
    assert!(typed.judge_after_while(Some(&before), &is_wanted).is_none());
    assert!(asked.into_inner() <= ALL.len(), "it went on");
    let judged = typed.judge_after_while(Some(&before), &|| true).unwrap();
    assert_eq!(found(&judged), found(&typed.judge()));
    assert_ne!(found(&judged), found(&before));
}

#[test]
fn folders_that_become_environments_by_a_reference_are_separated_as_in_a_fresh_judgement() {
    const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: default}\nspec: {ports: [{port: 443}]}\n";
    const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata: {name: client-cert, namespace: default}\ndata: {}\n";
    let at = time::macros::datetime!(2026-11-30 12:00 UTC);
    let context = CONTEXT.split_once("---\n").unwrap().0;
    for (twice, edited, from, to) in [
        (SERVICE, "typed.yaml", "https://typed.default:8443", "https://cart.default:443"),
        (SECRET, "context.yaml", "secret: other", "secret: client-cert"),
    ] {
        let texts = |edited_text: Option<&str>| {
            let mut sources = Sources::default();
            for (name, text) in [
                ("context.yaml", context.replace("secret: client-cert", "secret: other")),
                ("dev/a.yaml", twice.to_owned()),
                ("prod/a.yaml", twice.to_owned()),
                ("typed.yaml", MAPPING.to_owned()),
            ] {
                let text = edited_text.filter(|_| name == edited).map_or(text, str::to_owned);
                sources.add(name.to_owned(), text);
            }
            sources
        };
        let mut typed = session(texts(None), at);
        let before = typed.judge_after(None);
        assert!(before.division.is_none(), "nothing concerns Ambassador in {twice}");
        let old = typed.documents().sources().find(&SourceOrigin::File(edited.into())).unwrap();
        let text = typed.documents().sources().get(old).text.replacen(from, to, 1);
        typed.put(SourceOrigin::File(edited.into()), text.clone());
        let judged = typed.judge_after(Some(&before));
        let fresh = session(texts(Some(&text)), at).judge();
        assert!(fresh.division.is_some(), "two folders define what {edited} names");
        assert_eq!(found(&judged), found(&fresh));
        assert_eq!(judged.worlds.len(), fresh.worlds.len());
    }
}

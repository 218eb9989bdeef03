//! The steps of a run in isolation: `cargo bench --bench inside`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use mtlsctl::document::{Bearing, Tree, split};
use mtlsctl::lint::lint;
use mtlsctl::resource::{Documents, Ingest, relevance};
use mtlsctl::source::{SourceId, Sources};
use mtlsctl::world::{Settings, World};

fn main() {
    divan::main();
}

const CONTEXT: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: upstream-NUMBER, namespace: apps}
spec:
  hosts: []
  secret: client-NUMBER
  ca_secret: ca
  sni: svc-NUMBER.apps.svc.cluster.local
  alpn_protocols: \"h2,http/1.1\"  # what the backends speak
";

const MAPPING: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: route-NUMBER
  namespace: apps
spec:
  hostname: \"*\"
  prefix: /api/NUMBER/
  service: https://svc-NUMBER.apps:8443
  tls: upstream-CONTEXT
";

/// This many Mappings, and a tenth as many TLSContexts.
fn manifests(mappings: usize) -> String {
    let contexts = (mappings / 10).max(1);
    let documents = (0..contexts)
        .map(|number| CONTEXT.replace("NUMBER", &number.to_string()))
        .chain((0..mappings).map(|number| {
            let context = (number % contexts).to_string();
            MAPPING.replace("NUMBER", &number.to_string()).replace("CONTEXT", &context)
        }));
    documents.collect::<Vec<_>>().join("---\n")
}

fn sources(text: &str) -> (Sources, SourceId) {
    let mut sources = Sources::default();
    let id = sources.add("bench.yaml".to_owned(), text.to_owned());
    (sources, id)
}

#[divan::bench]
fn borders_and_relevance(bencher: Bencher<'_, '_>) {
    let text = manifests(10_000).replace("getambassador.io/v3alpha1", "apps/v1");
    let relevance = relevance();
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let documents = split(&text).into_iter();
        let can_matter = |part: &str| relevance.signs(part).bearing == Bearing::Relevant;
        documents.filter(|part| can_matter(&text[part.start..part.end])).count()
    });
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let text = manifests(1_000);
    let (_, id) = sources(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        for part in split(&text) {
            black_box(Tree::parse(id, part.start as u32, &text[part.start..part.end]).is_ok());
        }
    });
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 20)]
fn resources(bencher: Bencher<'_, '_>, mappings: usize) {
    let text = manifests(mappings);
    let relevance = relevance();
    bencher
        .with_inputs(|| sources(&text).0)
        .bench_values(|sources| Documents::read(sources, Ingest::Snapshot, &relevance));
}

/// Everything that `resolve` does between reading files and writing the report.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 20)]
fn world(bencher: Bencher<'_, '_>, mappings: usize) {
    let text = manifests(mappings);
    let relevance = relevance();
    bencher
        .with_inputs(|| sources(&text).0)
        .bench_values(|sources| World::read(sources, Settings::default(), &relevance));
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 20)]
fn rules(bencher: Bencher<'_, '_>, mappings: usize) {
    let (sources, _) = sources(&manifests(mappings));
    let world = World::read(sources, Settings::default(), &relevance());
    bencher.bench(|| lint(&world));
}

//! Anything that `resolve` calls unusable, dropped or frozen is reported by `lint`.

use std::fs;
use std::path::{Path, PathBuf};

use mtlsctl::diagnostic::Severity;
use mtlsctl::lint::lint;
use mtlsctl::resource::{Ingest, relevance};
use mtlsctl::source::Sources;
use mtlsctl::world::{Horizon, Reference, Settings, World};

/// The inputs of all cases and all examples of rules.
fn inputs() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["testdata/resolve", "testdata/rule"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for case in fs::read_dir(folder).unwrap() {
            for file in fs::read_dir(case.unwrap().path()).unwrap() {
                let path = file.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "yaml") {
                    found.push(path);
                }
            }
        }
    }
    found.sort();
    assert!(found.len() > 300, "only {} inputs", found.len());
    found
}

/// The faults of a world by its own account.
fn faults(world: &World) -> Vec<String> {
    let mut faults = Vec::new();
    for upstream in &world.upstreams {
        let name = &world.mapping(upstream).object.name.value;
        if let Reference::Bad { name: context, .. } = &upstream.reference {
            faults.push(format!("{name}: `{context}` is not usable"));
        }
        if let Some(fault) = upstream.fault() {
            faults.push(format!("{name}: {fault}"));
        }
    }
    let hosts = world.host_setup_faults.iter().filter(|fault| fault.drops());
    faults.extend(hosts.map(ToString::to_string));
    let contexts = world.contexts.iter().filter(|context| !context.is_good());
    faults.extend(contexts.map(|context| format!("{}: {:?}", context.name, context.messages())));
    faults.extend(world.freezes.iter().map(|freeze| freeze.reason.clone()));
    faults
}

#[test]
fn lint_reports_everything_that_resolve_calls_broken() {
    let mut silent = Vec::new();
    for path in inputs() {
        let text = fs::read_to_string(&path).unwrap();
        // Ignored findings are not expected.
        if text.contains("mtlsctl: ignore") || text.contains("mtlsctl.dev/ignore") {
            continue;
        }
        let bare = text.contains("--ingest fs");
        let kubernetes = text.contains("--ingest k8s");
        let ingest = match (bare, kubernetes) {
            (true, _) => Ingest::Files,
            (_, true) => Ingest::Kubernetes,
            _ => Ingest::Snapshot,
        };
        for horizon in [Horizon::default(), Horizon::of_files()] {
            let settings = Settings { ingest, horizon, ..Settings::default() };
            let mut sources = Sources::default();
            sources.add("input.yaml".to_owned(), text.clone());
            let world = World::read(sources, settings, &relevance());
            let faults = faults(&world);
            let told = lint(&world).iter().any(|found| found.severity >= Severity::Warning);
            if !faults.is_empty() && !told {
                silent.push(format!("{}: {}", path.display(), faults.join("; ")));
            }
        }
    }
    silent.dedup();
    assert!(silent.is_empty(), "nothing is said about:\n{}", silent.join("\n"));
}

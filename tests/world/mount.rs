//! Mount trails: the original report's Istio example down to the Secret's keys, and each broken
//! variant reported once.

use crate::support::{golden, resolved};
use std::fs;
use std::path::{Path, PathBuf};

use mtlsctl::console::Links;
use mtlsctl::diagnostic::Diagnostic;
use mtlsctl::lint::lint;
use mtlsctl::report::{Look, lint_text, resolve_text};
use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{ContextId, Horizon, Settings, World};

/// Each broken variant of `seed.yaml`, and the only rule that reports it.
const VARIANTS: [(&str, &str); 12] = [
    ("wrong-path", "context-file-not-mounted"),
    ("wrong-mount-name", "mount-volume-undefined"),
    ("missing-volume", "mount-volume-undefined"),
    ("other-container", "context-file-in-other-container"),
    ("wrong-key", "volume-key-missing"),
    ("items-rename", "volume-items-leave-out"),
    ("sub-path", "mount-sub-path-wrong"),
    ("optional-and-missing", "volume-secret-missing"),
    ("other-namespace", "volume-secret-missing"),
    ("shadowed-mount", "mount-shadowed"),
    ("sidecar-only", "context-file-in-other-container"),
    ("read-from-config-map", "volume-reads-config-map"),
];

const LOOK: Look = Look { width: 80, color: false, unicode: true, links: Links::Hidden };

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/mount")
}

fn read(path: &Path) -> (World, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    sources.add(name, fs::read_to_string(path).unwrap());
    let now = time::macros::datetime!(2026-06-01 00:00 UTC);
    let settings = Settings { horizon: Horizon::of_files(), now: Some(now), ..Settings::default() };
    let world = World::read(sources, settings, &relevance());
    let findings = lint(&world);
    (world, findings)
}

/// The trails of the context's files: path, result and key.
fn ends(world: &World) -> Vec<(String, String, Option<String>)> {
    let report = resolved::json(world);
    let mounts = report["upstreams"][0]["effective"]["mounts"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let end = |mount: &serde_json::Value| {
        (text(&mount["file"]).unwrap(), text(&mount["result"]).unwrap(), text(&mount["key"]))
    };
    mounts.iter().map(end).collect()
}

#[test]
fn the_example_is_proved_down_to_the_keys_of_its_secret() {
    let (world, _) = read(&folder().join("seed.yaml"));
    let proved =
        |key: &str| (format!("/etc/istiocerts/{key}"), "proved".to_owned(), Some(key.to_owned()));
    assert_eq!(ends(&world), ["cert-chain.pem", "key.pem", "root-cert.pem"].map(proved));
    golden::assert_golden(&folder().join("seed.txt"), &resolve_text(&world, |_| true, LOOK));
}

#[test]
fn each_broken_variant_has_exactly_one_finding() {
    let (_, known) = read(&folder().join("seed.yaml"));
    let mut report = String::new();
    for (name, rule) in VARIANTS {
        let (world, findings) = read(&folder().join(format!("{name}.yaml")));
        let is_new = |found: &&Diagnostic| known.iter().all(|known| known.rule != found.rule);
        let new: Vec<Diagnostic> = findings.iter().filter(is_new).cloned().collect();
        let rules: Vec<&str> = new.iter().map(|found| found.rule).collect();
        assert_eq!(rules, [rule], "{name}");
        report.push_str(&lint_text(&world, &new, LOOK));
    }
    golden::assert_golden(&folder().join("variants.txt"), &report);
}

#[test]
fn every_working_form_of_mount_is_proved() {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder().join("proved"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 10, "only {} cases", cases.len());
    for case in cases {
        let (world, findings) = read(&case);
        let name = case.display();
        let wanted = match fs::read_to_string(&case).unwrap().lines().next().unwrap() {
            line if line.starts_with("# result: ") => line["# result: ".len()..].to_owned(),
            _ => "proved".to_owned(),
        };
        let ends = ends(&world);
        assert!(!ends.is_empty(), "{name}: no files");
        for (path, result, _) in ends {
            let end = world.trail(&path).to_string();
            assert_eq!(result, wanted, "{name}: {path}: {end}");
        }
        let about_mounts = |found: &&Diagnostic| {
            ["mount", "volume", "context-file-"].iter().any(|start| found.rule.starts_with(start))
                && found.rule != "context-files-not-reloaded"
        };
        let told: Vec<&Diagnostic> = findings.iter().filter(about_mounts).collect();
        assert!(told.is_empty(), "{name}: {told:?}");
    }
}

#[test]
fn a_context_whose_file_cannot_exist_is_dropped() {
    for name in ["wrong-path", "other-container", "sidecar-only", "shadowed-mount"] {
        let (world, _) = read(&folder().join(format!("{name}.yaml")));
        assert!(!world.context(ContextId(0)).is_kept(), "{name}");
    }
    let (world, _) = read(&folder().join("seed.yaml"));
    assert!(world.context(ContextId(0)).is_good());
}

#[test]
fn a_path_with_dots_leads_to_the_same_file() {
    let (world, _) = read(&folder().join("seed.yaml"));
    let context = world.context(ContextId(0));
    let path = context.private_key.as_ref().and_then(|key| key.path()).unwrap().to_owned();
    let (dir, name) = path.rsplit_once('/').unwrap();
    let last = dir.rsplit_once('/').unwrap().1;
    for same in
        [format!("{dir}//{name}"), format!("{dir}/./{name}"), format!("{dir}/../{last}/{name}")]
    {
        assert_eq!(world.trail(&same).result(), world.trail(&path).result(), "{same}");
        assert!(world.trail(&same).fault().is_none(), "{same}");
    }
    assert_eq!(world.trail(&format!("/nowhere/..{path}")).result(), "unknown");
}

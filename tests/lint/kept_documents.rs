//! Documents that are not kept in memory make no difference: not to findings, their lines, or the
//! output of `resolve`.

use crate::support::{manifests, resolved};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use mtlsctl::console::Links;
use mtlsctl::lint::lint;
use mtlsctl::report::{Look, lint_text};
use mtlsctl::resource::{Documents, Reading, relevance};
use mtlsctl::source::{Selection, Source};
use mtlsctl::world::{Horizon, Settings, World};

const LOOK: Look = Look { color: false, unicode: true, width: 80, links: Links::Hidden };

fn world(folder: &Path, is_whole: bool) -> World {
    let selection = Selection {
        paths: vec![folder.to_path_buf()],
        excludes: Vec::new(),
        excludes_from: folder.to_path_buf(),
        honour_gitignore: false,
        stdin_name: None,
    };
    let settings = Settings { horizon: Horizon::of_files(), ..Settings::default() };
    let reading = Reading {
        ingest: settings.ingest,
        relevance: relevance(),
        is_whole,
        passes_over: |_| false,
        before: None,
    };
    let gathered = Documents::gather(&selection, &mut std::io::empty(), &reading);
    let (documents, unreadable) = gathered.unwrap();
    assert!(unreadable.is_empty(), "{unreadable:?}");
    World::build(&documents, settings)
}

/// All findings and upstreams of a world, with places.
fn said(world: &World) -> String {
    let findings = lint(world);
    // If a document cannot be read, all values of Secrets in its file are hidden.
    let is_read = world.resources.problems.is_empty();
    let mut text = if is_read { lint_text(world, &findings, LOOK) } else { String::new() };
    for found in &findings {
        for label in std::iter::once(&found.primary).chain(&found.related) {
            let source = world.sources.get(label.span.source);
            let (start, end) = (source.position(label.span.start), source.position(label.span.end));
            let _ = writeln!(text, "{} {start:?} {end:?} {}", source.name, label.text);
        }
    }
    let _ = writeln!(text, "{} documents", world.resources.documents);
    text + &format!("{:#}", resolved::json(world))
}

/// Compares a folder of these texts as kept with the complete texts; returns how many files were
/// cut.
fn compare(name: &str, texts: &[String]) -> usize {
    let files: Vec<(String, &str)> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| {
            let kind = if text.trim_start().starts_with('{') { "json" } else { "yaml" };
            (format!("{number}.{kind}"), text.as_str())
        })
        .collect();
    compare_files(name, &files)
}

fn compare_files(name: &str, files: &[(String, &str)]) -> usize {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keep").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    let whole = world(&folder, true);
    let kept = world(&folder, false);
    let (kept_says, whole_says) = (said(&kept), said(&whole));
    let mut lines = kept_says.lines().zip(whole_says.lines());
    assert_eq!(lines.find(|(kept, whole)| kept != whole), None, "{name}");
    assert_eq!(kept_says.len(), whole_says.len(), "{name}");
    kept.sources.iter().filter(|source| source.is_cut()).count()
}

fn config_map(lines: usize) -> String {
    let lines =
        (0..lines).fold(String::new(), |text, line| text + &format!("    line {line} = x\n"));
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\n  namespace: of-the-map\ndata:\n  text: |\n{lines}"
    )
}

fn deployment() -> String {
    let env = "        - {name: A, value: b}\n".repeat(40);
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: other\nspec:\n  template:\n    metadata:\n      labels: {{app: productpage}}\n    spec:\n      containers:\n      - name: main\n        env:\n{env}"
    )
}

fn secret(name: &str) -> String {
    let data = format!("  token: {}\n", "QUJD".repeat(100))
        + &(0..20)
            .fold(String::new(), |text, n| text + &format!("  entry{n}: {}\n", "QUJD".repeat(20)));
    format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\n  namespace: default\ndata:\n{data}"
    )
}

#[test]
fn documents_that_are_not_kept_change_nothing() {
    let mut cut = 0;
    let fixtures = manifests::below(&["rule", "resolve"]);
    assert!(fixtures.len() > 200, "only {} fixtures", fixtures.len());
    for (number, path) in fixtures.iter().enumerate() {
        let text = fs::read_to_string(path).unwrap();
        let fillers = [config_map(40), deployment(), secret("nobody-names-it"), config_map(2)];
        let (first, second) = (&fillers[number % 4], &fillers[(number / 4) % 4]);
        let texts = [
            format!("{first}---\n{text}\n---\n{second}---\n{first}"),
            format!("{}---\n{}", deployment(), config_map(30)),
        ];
        let name = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let file = path.file_stem().unwrap().to_str().unwrap();
        cut += compare(&format!("{name}-{file}"), &texts);
    }
    assert!(cut > 400, "only {cut} files were cut");
}

#[test]
fn large_secrets_are_kept_if_another_file_has_their_names() {
    let context = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: up, namespace: default}\nspec: {secret: opaque}\n";
    let spelt = context.replace("opaque}", "\"op\\x61que\"}");
    let tab = context
        .replace("metadata", "# secret:\\topaque\nmetadata")
        .replace("secret: opaque}", "secret: \"opa\\\n  que\"}");
    let variable = context.replace("opaque}", "\"opa${QUE}\"}");
    let qualified = context.replace("opaque}", "opaque.default}");
    for (name, context) in [
        ("named", context),
        ("spelt", &spelt),
        ("qualified", &qualified),
        ("tab", &tab),
        ("variable", &variable),
    ] {
        let texts = [secret("opaque") + "---\n" + &secret("other"), context.to_owned()];
        compare(name, &texts);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keep").join(name);
        let kept = world(&folder, false);
        let names = kept.resources.secrets.iter().map(|secret| secret.object.name.as_str());
        assert!(names.collect::<Vec<_>>().contains(&"opaque"), "{name}");
    }
}

#[test]
fn rules_about_all_secrets_include_unnamed_ones() {
    let context = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: m, namespace: default}\nspec: {hostname: \"*\", prefix: /, service: \"https://api.io\"}\n";
    let other = |from: &str, to: &str| secret("nobody-names-it").replace(from, to);
    let cases = [
        ("long", other("nobody-names-it", &"n".repeat(254))),
        ("capitals", other("nobody-names-it", "DbCreds")),
        (
            "ignored",
            other(
                "  namespace:",
                "  annotations: {mtlsctl.dev/ignore: secret-missing some reason}\n  namespace:",
            ),
        ),
        ("data", other("  entry0:", "  namespace: io\n  entry0:")),
        ("comment", other("data:", "# namespace: io\ndata:")),
        ("homeless", other("  namespace: default\n", "")),
    ];
    for (name, secret) in cases {
        compare(name, &[secret, context.to_owned()]);
    }
    let kustomization = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n- path: patch.yaml\n";
    let files = [
        ("kustomization.yaml".to_owned(), kustomization),
        ("patch.yaml".to_owned(), &secret("db")),
        ("m.yaml".to_owned(), context),
    ];
    compare_files("patch", &files);
}

#[test]
fn texts_that_are_kept_whole_also_call_for_workloads() {
    let policy = r#"{"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication", "metadata": {"name": "p", "namespace": "default"}, "spec": {"selector": {"matchLabels": {"app": "productpage"}}, "mtls": {"mode": "STRICT"}}}"#;
    for (name, policy) in [
        ("policy-json", policy.to_owned()),
        ("policy-indented", format!("\n  {policy}")),
        ("policy-marked", format!("\u{feff}# a mark\n---\n{policy}")),
    ] {
        compare(name, &[deployment() + "---\n" + &config_map(40), policy]);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keep").join(name);
        let kept = world(&folder, false);
        assert_eq!(kept.resources.workloads.len(), 1, "{name}");
    }
}

#[test]
fn workloads_are_kept_if_a_later_file_has_a_policy() {
    let policy = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: p, namespace: default}\nspec:\n  selector: {matchLabels: {app: productpage}}\n  mtls: {mode: STRICT}\n";
    let texts = [deployment() + "---\n" + &config_map(40), policy.to_owned()];
    compare("policy", &texts);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keep/policy");
    let kept = world(&folder, false);
    assert_eq!(kept.resources.workloads.len(), 1);
    assert!(kept.sources.iter().any(Source::is_cut), "the ConfigMap is not kept");
}

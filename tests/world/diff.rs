//! `mtlsctl diff`: over the examples of all rules, two folders, git revisions, versions and moments.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mtlsctl::rule::ALL;
use serde_json::Value;

use crate::support::golden::assert_golden;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `diff` in a folder; gives what it wrote and its exit code.
fn diff(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["--at", "2026-06-01", "diff", "--no-config", "--allow-empty"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() != Some(101) && !err.contains("panicked"), "{err}");
    (told + &err, output.status.code().unwrap())
}

fn report(before: &str, after: &str) -> Value {
    let (told, _) = diff(root(), &["-o", "json", before, after]);
    serde_json::from_str(&told).unwrap_or_else(|error| panic!("{before}, {after}: {error}: {told}"))
}

/// Aspects, ranks and values of all differences, without places.
fn told(report: &Value, from: &str, to: &str) -> Vec<String> {
    let mut told = Vec::new();
    let whole = report["configuration"].as_array().unwrap().iter();
    let whole = whole.map(|entry| ("every upstream".to_owned(), entry));
    let upstreams = report["upstreams"].as_array().unwrap();
    let each = upstreams.iter().flat_map(|upstream| {
        let part = |key: &str| upstream[key].as_str().unwrap();
        let name = format!("{} {}/{}", part("kind"), part("namespace"), part("name"));
        let entries = upstream["differences"].as_array().unwrap();
        entries.iter().map(move |entry| (name.clone(), entry))
    });
    for (name, entry) in whole.chain(each) {
        let side = |key: &str| entry[key]["value"].as_str().unwrap_or("-").to_owned();
        let what = entry["what"].as_str().unwrap();
        told.push(format!("{name}: {what}: {} -> {}", side(from), side(to)));
    }
    told.sort();
    told
}

#[test]
fn each_rules_examples_differ_as_its_page_says() {
    let mut text = String::new();
    for rule in ALL {
        let path = |name| format!("testdata/rule/{}/{name}.yaml", rule.id);
        let report = report(&path("good"), &path("bad"));
        let _ = writeln!(text, "{}", rule.id);
        for upstream in report["upstreams"].as_array().unwrap() {
            let _ = writeln!(text, "  {}", upstream["rank"].as_str().unwrap());
        }
        for line in told(&report, "before", "after") {
            let _ = writeln!(text, "    {line}");
        }
    }
    assert_golden(&root().join("testdata/diff/rules.txt"), &text);
}

#[test]
fn nothing_differs_from_itself_and_a_mirrored_diff_says_the_reverse() {
    let mut before: Option<String> = None;
    for rule in ALL {
        let bad = format!("testdata/rule/{}/bad.yaml", rule.id);
        let same = report(&bad, &bad);
        assert!(told(&same, "before", "after").is_empty(), "{bad}: {same}");
        assert_eq!(same["new_findings"], Value::Array(vec![]), "{bad}");
        assert_eq!(same["gone_findings"], Value::Array(vec![]), "{bad}");
        // Every tenth is enough, and pairs of unlike inputs tell more than the rule's own pair.
        if let Some(other) = before.take_if(|_| rule.id.len() % 10 == 0) {
            let (there, back) = (report(&other, &bad), report(&bad, &other));
            assert_eq!(told(&there, "before", "after"), told(&back, "after", "before"));
            assert_eq!(there["new_findings"], back["gone_findings"]);
            assert!(there["summary"]["downgrades"].is_u64());
        }
        before = Some(bad);
    }
}

/// A repository with one Mapping in mutual TLS.
fn repository(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("mtlsctl-diff-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("deploy")).unwrap();
    fs::copy(root().join("testdata/rule/secret-missing/good.yaml"), folder.join("deploy/a.yaml"))
        .unwrap();
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    git(&folder, &[&identity[..], &["commit", "--quiet", "-m", "first"]].concat());
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git").args(arguments).current_dir(folder).status().unwrap();
    assert!(status.success(), "git {arguments:?}");
}

/// Takes `tls:` off the Mapping.
fn break_tls(folder: &Path) {
    let path = folder.join("deploy/a.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with("  tls: "));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    fs::write(path, text.replace("service: https://", "service: ")).unwrap();
}

#[test]
fn the_working_tree_is_compared_with_a_revision() {
    let folder = repository("tree");
    assert_eq!(diff(&folder, &["--base", "HEAD"]).1, 0);
    break_tls(&folder);
    let (told, code) = diff(&folder, &["--base", "HEAD"]);
    assert!(told.contains("downgrade:") && told.contains("plaintext"), "{told}");
    assert_eq!(code, 1);
    let (told, code) = diff(&folder, &["git:HEAD", "."]);
    assert!(told.contains("HEAD:deploy/a.yaml:"), "{told}");
    assert_eq!(code, 1);
    assert_eq!(diff(&folder, &["--base", "HEAD", "--fail-on", "never"]).1, 0);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_staged_is_told_apart_from_what_is_not() {
    let folder = repository("staged");
    break_tls(&folder);
    let (told, code) = diff(&folder, &["--staged"]);
    assert_eq!(code, 0, "{told}");
    git(&folder, &["add", "."]);
    assert_eq!(diff(&folder, &["--staged"]).1, 1);
    // A file that only the working tree has is new there, and not staged.
    fs::copy(folder.join("deploy/a.yaml"), folder.join("deploy/b.yaml")).unwrap();
    git(&folder, &["rm", "--quiet", "--cached", "deploy/a.yaml"]);
    let (told, _) = diff(&folder, &["--staged"]);
    assert!(told.contains("upstream     before"), "{told}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn one_input_is_compared_under_two_moments_and_versions() {
    let secret = "testdata/rule/certificate-expired/good.yaml";
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["--at", "2026-06-01..2099-01-01", "diff", "--no-config", secret])
        .current_dir(root())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("expired"), "{told}");
    assert_eq!(output.status.code(), Some(1));
    let input = "testdata/rule/object-api-version-outdated/bad.yaml";
    let (told, code) = diff(root(), &["--emissary", "4.1..4.1", input]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn what_cannot_be_compared_is_said_with_a_way_out() {
    let (told, code) = diff(root(), &["testdata/bookinfo"]);
    assert!(told.contains("there is nothing to compare with"), "{told}");
    assert_eq!(code, 2);
    let (told, code) = diff(root(), &["git:no-such-revision", "testdata/bookinfo"]);
    assert!(told.contains("cannot read no-such-revision"), "{told}");
    assert_eq!(code, 2);
    let (told, code) = diff(root(), &["--emissary", "3.9..banana", "testdata/bookinfo"]);
    assert!(told.contains("banana"), "{told}");
    assert_eq!(code, 2);
}

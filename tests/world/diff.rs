//! `mtlsctl diff`: on the examples of all rules, two folders, Git revisions, releases and times.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mtlsctl::rule::ALL;
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use crate::support::golden::assert_golden;
use crate::support::peer::{Authority, Wanted};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `diff` in a folder; returns its output and exit code.
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
fn each_rules_examples_differ_as_in_the_golden_file() {
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
fn an_input_equals_itself_and_a_mirrored_diff_is_the_reverse() {
    let mut before: Option<String> = None;
    for rule in ALL {
        let bad = format!("testdata/rule/{}/bad.yaml", rule.id);
        let same = report(&bad, &bad);
        assert!(told(&same, "before", "after").is_empty(), "{bad}: {same}");
        assert_eq!(same["new_findings"], Value::Array(vec![]), "{bad}");
        assert_eq!(same["gone_findings"], Value::Array(vec![]), "{bad}");
        // Every tenth is enough, and unrelated inputs test more than the rule's own pair.
        if let Some(other) = before.take_if(|_| rule.id.len() % 10 == 0) {
            let (there, back) = (report(&other, &bad), report(&bad, &other));
            assert_eq!(told(&there, "before", "after"), told(&back, "after", "before"));
            assert_eq!(there["new_findings"], back["gone_findings"]);
            assert!(there["summary"]["downgrades"].is_u64());
        }
        before = Some(bad);
    }
}

/// A repository with a Mapping that uses mutual TLS.
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

/// Removes `tls:` from the Mapping.
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

/// The examples of all rules in a tree, each in its own folder.
#[test]
fn a_revision_does_not_differ_from_the_files_that_were_committed() {
    let folder = repository("same");
    for rule in ALL {
        let own = folder.join(rule.id);
        fs::create_dir_all(&own).unwrap();
        fs::write(own.join("bad.yaml"), rule.bad).unwrap();
    }
    git(&folder, &["add", "."]);
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    git(&folder, &[&identity[..], &["commit", "--quiet", "-m", "all"]].concat());
    for sides in [
        &["git:HEAD", "."][..],
        &[".", "git:HEAD"],
        &["git:HEAD", "git:HEAD"],
        &["--base", "HEAD"],
        &["--staged"],
    ] {
        let (told, code) = diff(&folder, sides);
        let worlds = told.lines().filter(|line| line.contains(" the same")).count();
        let same = told.lines().filter(|line| line.starts_with("no difference in TLS: ")).count();
        assert!(worlds > 0 && same == worlds && code == 0, "{sides:?}: {told}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn staged_and_unstaged_changes_are_distinguished() {
    let folder = repository("staged");
    break_tls(&folder);
    let (told, code) = diff(&folder, &["--staged"]);
    assert_eq!(code, 0, "{told}");
    git(&folder, &["add", "."]);
    assert_eq!(diff(&folder, &["--staged"]).1, 1);
    // A file that is only in the working tree is new there, and not staged.
    fs::copy(folder.join("deploy/a.yaml"), folder.join("deploy/b.yaml")).unwrap();
    git(&folder, &["rm", "--quiet", "--cached", "deploy/a.yaml"]);
    let (told, _) = diff(&folder, &["--staged"]);
    assert!(told.contains("upstream      before"), "{told}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_input_is_compared_at_two_times_and_for_two_releases() {
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

/// GitHub replaces earlier uploads in the same category.
#[test]
fn sarif_of_a_diff_has_its_own_category_and_describes_its_rules() {
    let path = |name| format!("testdata/rule/mapping-context-undefined/{name}.yaml");
    let (told, code) = diff(root(), &["-o", "sarif", &path("good"), &path("bad")]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&told).unwrap();
    let run = &report["runs"][0];
    assert_eq!(run["automationDetails"]["id"], "mtlsctl/diff/");
    let described = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    for result in results {
        assert!(described.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
    }
    assert!(results.iter().any(|result| result["ruleId"] == "tls-downgrade"), "{results:?}");
}

#[test]
fn inputs_that_cannot_be_compared_get_an_error_with_a_next_step() {
    let (told, code) = diff(root(), &["testdata/bookinfo"]);
    assert!(told.contains("nothing to compare with"), "{told}");
    assert_eq!(code, 2);
    let (told, code) = diff(root(), &["git:no-such-revision", "testdata/bookinfo"]);
    assert!(told.contains("cannot read no-such-revision"), "{told}");
    assert_eq!(code, 2);
    let (told, code) = diff(root(), &["--emissary", "3.9..banana", "testdata/bookinfo"]);
    assert!(told.contains("banana"), "{told}");
    assert_eq!(code, 2);
}

#[test]
fn findings_in_two_folders_are_matched_by_relative_path() {
    let here = std::env::temp_dir().join(format!("mtlsctl-diff-paired-{}", std::process::id()));
    let text =
        fs::read_to_string(root().join("testdata/rule/document-unreadable/bad.yaml")).unwrap();
    for side in ["dev/app", "prod/app"] {
        fs::create_dir_all(here.join(side)).unwrap();
        fs::write(here.join(side).join("a.yaml"), &text).unwrap();
    }
    // A finding about the file rather than an object.
    let found = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["lint", "--no-config", "-o", "json", "dev"])
        .current_dir(&here)
        .output()
        .unwrap();
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert!(found["findings"][0]["object"].is_null(), "{found}");
    for sides in [["dev", "prod"], ["dev/", "./prod"], ["dev/app/a.yaml", "prod/app/a.yaml"]] {
        let (told, code) = diff(&here, &sides);
        assert!(!told.contains("document-unreadable") && code == 0, "{sides:?}: {told}");
    }
    // A kustomization is identified by its folder.
    let patched =
        fs::read_to_string(root().join("testdata/rule/patch-not-applied/bad.yaml")).unwrap();
    for side in ["dev", "prod"] {
        fs::write(here.join(side).join("app/kustomization.yaml"), &patched).unwrap();
    }
    let (told, code) = diff(&here, &["dev", "prod"]);
    assert!(told.contains("no difference") && code == 0, "{told}");
    // The same in another file is a different finding.
    fs::rename(here.join("prod/app/a.yaml"), here.join("prod/app/b.yaml")).unwrap();
    let (told, _) = diff(&here, &["dev", "prod"]);
    assert!(told.contains("dev/app/a.yaml") && told.contains("prod/app/b.yaml"), "{told}");
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn standard_input_is_a_side() {
    let good = root().join("testdata/rule/certificate-expired/good.yaml");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .args(["--at", "2026-06-01", "diff", "--no-config"])
            .args(arguments)
            .stdin(fs::File::open(&good).unwrap())
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    };
    let (told, code) = run(&["-", good.to_str().unwrap()]);
    assert!(told.contains("1 upstream is the same") && code == Some(0), "{told}");
    let bad = root().join("testdata/rule/certificate-expired/bad.yaml");
    let (told, code) = run(&["-", bad.to_str().unwrap()]);
    assert!(told.contains("before") && code == Some(1), "{told}");
}

/// A Mapping whose context has this client certificate and these CAs.
fn mutual(chain: &str, key: &str, ca: &str) -> String {
    let [chain, key, ca] = [chain, key, ca].map(|pem| STANDARD.encode(pem));
    format!(
        "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: web}}\n\
         spec: {{hostname: '*', prefix: /, service: 'https://web:443', tls: up}}\n\
         ---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: up}}\n\
         spec: {{secret: client, ca_secret: ca, max_tls_version: v1.3}}\n\
         ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: client}}\ntype: kubernetes.io/tls\n\
         data: {{tls.crt: {chain}, tls.key: {key}}}\n\
         ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: ca}}\ndata: {{tls.crt: {ca}}}\n",
    )
}

#[test]
fn envoys_verdicts_on_certificates_are_compared() {
    let here = std::env::temp_dir().join(format!("mtlsctl-diff-verdict-{}", std::process::id()));
    fs::create_dir_all(&here).unwrap();
    let now = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .args(["diff", "--no-config"])
            .args(arguments)
            .current_dir(&here)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        (told.split_whitespace().collect::<Vec<_>>().join(" "), output.status.code())
    };
    // The intermediate is missing: the same certificate, but nobody accepts it any more.
    let root_ca = Authority::new("root");
    let issuing = root_ca.below("issuing");
    let leaf = issuing.issue(&Wanted { name: "client", ..Wanted::default() });
    let whole = mutual(&format!("{}{}", leaf.cert, issuing.pem), &leaf.key, &root_ca.pem);
    fs::write(here.join("whole.yaml"), whole).unwrap();
    fs::write(here.join("leaf.yaml"), mutual(&leaf.cert, &leaf.key, &root_ca.pem)).unwrap();
    let (told, code) = now(&["whole.yaml", "leaf.yaml"]);
    assert!(told.contains("before accepted by an Envoy with the same CAs"), "{told}");
    assert!(told.contains("unable to get local issuer certificate"), "{told}");
    assert!(told.contains("downgrade:") && code == Some(1), "{told}");
    let (told, code) = now(&["leaf.yaml", "whole.yaml"]);
    assert!(told.contains("after accepted by an Envoy") && code == Some(0), "{told}");
    // A newer Envoy rejects the same chain, and offers other groups.
    let mesh = root_ca.below_for_host("mesh", "my_mesh.local");
    let uri = Some("spiffe://my_mesh.local/ns/a/sa/b");
    let leaf = mesh.issue(&Wanted { name: "client", uri, ..Wanted::default() });
    let mesh = mutual(&format!("{}{}", leaf.cert, mesh.pem), &leaf.key, &root_ca.pem);
    fs::write(here.join("mesh.yaml"), mesh).unwrap();
    let (told, code) = now(&["mesh.yaml", "--envoy", "1.38..1.40"]);
    assert!(told.contains("same CAs: unsupported or invalid name syntax"), "{told}");
    assert!(told.contains("Envoy's default (X25519MLKEM768, X25519, P-256)"), "{told}");
    assert_eq!(code, Some(1), "{told}");
    let (told, code) = now(&["mesh.yaml", "--envoy", "1.39..1.39"]);
    assert!(told.contains("no difference") && code == Some(0), "{told}");
    // At a time when it has expired: reported once.
    let tomorrow = (OffsetDateTime::now_utc() + Duration::days(1)).date();
    let (told, code) = now(&["whole.yaml", "--at", &format!("{tomorrow}..2099-01-01")]);
    assert!(told.contains("expired") && !told.contains("same CAs"), "{told}");
    assert_eq!(code, Some(1), "{told}");
    fs::remove_dir_all(here).unwrap();
}

/// The output of `upgrade` on one line.
fn upgrade(from: &str, to: &str, input: &Path) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["--at", "2026-06-01", "upgrade", "--no-config", "--from", from, "--to", to])
        .arg(input)
        .current_dir(root())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    (told.split_whitespace().collect::<Vec<_>>().join(" "), output.status.code())
}

#[test]
fn the_advice_for_an_upgrade_works_in_both_releases() {
    // 4.1 does not serve v2 by default, and 1.14 does not read the only other version: serve both
    // for a while. 3.9 reads v3alpha1.
    let seed = Path::new("testdata/mount/seed.yaml");
    let (told, code) = upgrade("1.14", "4.1", seed);
    assert!(told.contains("not read by the new release"), "{told}");
    assert!(told.contains("set `enableLegacyVersions` in the CRD chart of Emissary 4.1"), "{told}");
    assert!(told.contains("after the upgrade: Emissary 1.14 does not read it"), "{told}");
    assert!(told.contains("0 upstreams differ") && code == Some(1), "{told}");
    let (told, _) = upgrade("3.9", "4.1", seed);
    assert!(told.contains("before the upgrade: Emissary 3.9 also reads it"), "{told}");

    // After following it, both are right: the same TLS for 3.9, and no findings for 4.1.
    let here = std::env::temp_dir().join(format!("mtlsctl-upgrade-{}", std::process::id()));
    fs::create_dir_all(&here).unwrap();
    let converted = here.join("seed.yaml");
    let text = fs::read_to_string(root().join(seed)).unwrap();
    let text = text.replace("getambassador.io/v2", "getambassador.io/v3alpha1");
    fs::write(&converted, text.replace("  prefix:", "  hostname: \"*\"\n  prefix:")).unwrap();
    let seed = seed.to_str().unwrap();
    let (told, code) = diff(root(), &["--emissary", "3.9", seed, converted.to_str().unwrap()]);
    assert!(told.contains("no difference") && code == 0, "{told}");
    let (told, code) = upgrade("3.9", "4.1", &converted);
    assert!(told.contains("no difference") && code == Some(0), "{told}");
    fs::remove_dir_all(here).unwrap();
}

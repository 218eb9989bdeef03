//! Cases answered by Emissary's own code; they are the specification and never refreshed.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// Runs the built binary on a case and returns its output.
fn resolve(folder: &Path) -> Value {
    let input = folder.join("input.yaml");
    let text = fs::read_to_string(&input).unwrap();
    let arguments = text.lines().find_map(|line| line.strip_prefix("# arguments:"));
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["resolve", "-o", "json", "--allow-empty", "-f"])
        .arg(&input)
        .args(arguments.unwrap_or_default().split_whitespace())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", folder.display());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A source as the cases spell it: Emissary's file names have the kind of key, not its name.
fn kind_of_source(source: &Value) -> Value {
    let kind = match source["key"].as_str() {
        Some("tls.crt" | "cert-chain.pem") => "crt",
        Some("tls.key" | "key.pem") => "key",
        Some("root-cert.pem") => "root.crt",
        Some("user.key" | "crl.pem") => "user",
        Some(other) => panic!("a key that Emissary does not read: {other}"),
        None => return source.clone(),
    };
    json!({ "secret": source["secret"], "kind": kind })
}

/// The differences between an upstream and its expectation, field by field.
fn differences(expected: &Value, actual: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |field: &str, expected: &Value, actual: &Value| {
        if expected != actual {
            found.push(format!("{field}: expected {expected}, got {actual}"));
        }
    };
    if let Some(routed) = expected.get("routed") {
        compare("routed", routed, &actual["routed"]);
    }
    if expected["effective"].is_null() {
        compare("effective", &Value::Null, &actual["effective"]);
        return found;
    }
    for field in ["mode", "host", "port", "context", "sni", "alpn"] {
        compare(field, &expected["effective"][field], &actual["effective"][field]);
    }
    for field in ["min_tls_version", "max_tls_version"] {
        compare(field, &expected["effective"][field], &actual["effective"][field]);
    }
    for field in ["client_certificate", "private_key", "trusted_ca", "crl"] {
        let actual = kind_of_source(&actual["effective"][field]);
        compare(field, &expected["effective"][field], &actual);
    }
    compare("cluster", &expected["cluster"]["name"], &actual["cluster"]["name"]);
    let mut shared: Vec<String> =
        serde_json::from_value(actual["cluster"]["shared_with"].clone()).unwrap();
    shared.sort();
    compare("shared_with", &expected["cluster"]["shared_with"], &json!(shared));
    found
}

fn find<'v>(list: &'v Value, wanted: &Value, fields: &[&str]) -> Option<&'v Value> {
    let same = |candidate: &&Value| fields.iter().all(|field| candidate[field] == wanted[field]);
    list.as_array().unwrap().iter().find(same)
}

#[test]
fn every_case_agrees_with_emissary() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/resolve");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(cases).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let expected = fs::read_to_string(folder.join("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let actual = resolve(&folder);
        count += 1;
        let mut note = |what: String| wrong.push(format!("{name}: {what}"));
        let listed = actual["upstreams"].as_array().unwrap().len();
        if listed != expected["upstreams"].as_array().unwrap().len() {
            note(format!("{listed} upstreams"));
        }
        for upstream in expected["upstreams"].as_array().unwrap() {
            match find(&actual["upstreams"], upstream, &["kind", "namespace", "name"]) {
                None => note(format!("no {} {}", upstream["kind"], upstream["name"])),
                Some(actual) => {
                    for difference in differences(upstream, actual) {
                        note(format!("{} {difference}", upstream["name"]));
                    }
                }
            }
        }
        for context in expected["contexts"].as_array().unwrap() {
            match find(&actual["contexts"], context, &["namespace", "name"]) {
                None => note(format!("no context {}", context["name"])),
                Some(actual) => {
                    for field in ["state", "messages"] {
                        if actual[field] != context[field] {
                            let (ours, theirs) = (&actual[field], &context[field]);
                            note(format!("{} {field}: {ours}, expected {theirs}", context["name"]));
                        }
                    }
                }
            }
        }
        let crashes =
            actual["freezes"].as_array().unwrap().iter().any(|freeze| freeze["cause"] == "crash");
        if json!(crashes) != expected["crashes"] {
            note(format!("crashes: {crashes}"));
        }
    }
    assert!(count >= 86, "only {count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

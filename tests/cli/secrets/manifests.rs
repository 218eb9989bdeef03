//! Secrets in manifests: the examples of all rules, broken ones, and keys in wrong places.

use std::fs;
use std::path::PathBuf;

use super::command::{
    DIFF, GRAPH, INSPECT, LINT, PROBE, REHEARSE, RESOLVE, RUNNING, root, run, run_each,
};
use super::pieces::{Pieces, assert_silent, of_keys, of_secrets};

/// Connects only to a closed port of this machine.
const NOWHERE: [&str; 4] = ["--connect-to", "::127.0.0.1:1", "--timeout", "200ms"];

/// All examples of rules that have a key.
fn examples() -> Vec<PathBuf> {
    let mut found = vec![root().join("testdata/inspect/bookinfo.yaml")];
    for folder in fs::read_dir(root().join("testdata/rule")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml");
            if is_yaml && fs::read_to_string(&path).is_ok_and(|text| !of_secrets(&text).is_empty())
            {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "only {} manifests hold Secrets", found.len());
    found
}

/// Runs every command with a manifest on standard input.
fn assert_all_silent(manifest: &str, secrets: &Pieces, keys: &Pieces, about: &str) {
    let bytes = manifest.as_bytes();
    let output = run(&["lint", "-"], LINT, bytes);
    assert_silent(&output, secrets, &format!("lint: {about}"));
    let output = run(&["lint", "--diff", "--unsafe-fixes", "-"], &[], bytes);
    assert_silent(&output, secrets, &format!("lint --diff: {about}"));
    let output = run(&["graph", "-f", "-"], GRAPH, bytes);
    assert_silent(&output, secrets, &format!("graph: {about}"));
    let output = run(&["resolve", "-f", "-"], RESOLVE, bytes);
    assert_silent(&output, secrets, &format!("resolve: {about}"));
    let output = run(&["inspect", "-"], INSPECT, bytes);
    assert_silent(&output, keys, &format!("inspect: {about}"));
    let output = run(&[&["probe", "--all", "-f", "-"][..], &NOWHERE].concat(), PROBE, bytes);
    assert_silent(&output, keys, &format!("probe: {about}"));
}

/// Runs the commands that compare, which read manifests like all others.
fn assert_comparisons_silent(manifest: &str, secrets: &Pieces, about: &str) {
    let bytes = manifest.as_bytes();
    let other = "testdata/rule/secret-key-mismatch/good.yaml";
    let output = run(&["diff", "-", other], DIFF, bytes);
    assert_silent(&output, secrets, &format!("diff: {about}"));
    let output = run(&["rehearse", "rotation", other, "-"], REHEARSE, bytes);
    assert_silent(&output, secrets, &format!("rehearse: {about}"));
    let output = run(&["upgrade", "--from", "1.14", "-"], REHEARSE, bytes);
    assert_silent(&output, secrets, &format!("upgrade: {about}"));
    let output = run(&["running", "testdata/running", "-f", "-"], RUNNING, bytes);
    assert_silent(&output, secrets, &format!("running: {about}"));
}

#[test]
fn no_format_shows_anything_of_a_secret() {
    for path in examples() {
        let text = fs::read_to_string(&path).unwrap();
        let (secrets, keys) = (of_secrets(&text), of_keys(&text));
        let about = path.display().to_string();
        assert_all_silent(&text, &secrets, &keys, &about);
        assert_comparisons_silent(&text, &secrets, &about);
    }
}

#[test]
fn no_format_on_standard_output_shows_anything_of_a_secret() {
    for path in ["testdata/rule/secret-key-mismatch/bad.yaml", "testdata/inspect/bookinfo.yaml"] {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let (secrets, keys) = (of_secrets(&text), of_keys(&text));
        assert!(!keys.is_empty(), "{path} holds no key");
        assert_silent(&run_each(&["lint", path], LINT), &secrets, "lint");
        assert_silent(&run_each(&["resolve", "-f", path], RESOLVE), &secrets, "resolve");
        assert_silent(&run_each(&["graph", "-f", path], GRAPH), &secrets, "graph");
        assert_silent(&run_each(&["inspect", path], INSPECT), &keys, "inspect");
        let other = "testdata/rule/secret-missing/good.yaml";
        assert_silent(&run_each(&["diff", path, other], DIFF), &secrets, "diff");
        assert_silent(
            &run_each(&["rehearse", "rotation", path, other], REHEARSE),
            &secrets,
            "rehearse",
        );
        let running = ["running", "testdata/running", "-f", path];
        assert_silent(&run_each(&running, RUNNING), &secrets, "running");
        let arguments = [&["probe", "--all", "-f", path][..], &NOWHERE].concat();
        assert_silent(&run_each(&arguments, PROBE), &keys, "probe");
    }
}

#[test]
fn explanations_show_nothing_of_the_keys_in_their_examples() {
    let list = run(&["explain"], &[], b"");
    let rules: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| root().join("testdata/rule").join(word).is_dir())
        .collect();
    assert!(rules.len() > 50, "{list}");
    for rule in rules {
        let folder = root().join("testdata/rule").join(rule);
        let texts: String = ["bad.yaml", "good.yaml"]
            .iter()
            .filter_map(|name| fs::read_to_string(folder.join(name)).ok())
            .collect();
        let keys = of_keys(&texts);
        if !keys.is_empty() {
            assert_silent(&run(&["explain", rule], &[], b""), &keys, rule);
        }
    }
}

#[test]
fn a_syntax_error_near_a_secret_shows_nothing_of_it() {
    let path = root().join("testdata/rule/secret-key-mismatch/bad.yaml");
    let text = fs::read_to_string(path).unwrap();
    let (secrets, keys) = (of_secrets(&text), of_keys(&text));
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        let indent = lines[at].len() - lines[at].trim_start().len();
        let glued = format!("{}{}", lines[at], lines.get(at + 1).unwrap_or(&"").trim_start());
        let unquoted = lines[at].replacen(": ", ":", 1);
        for broken in ["  - [", "\t: {", "%", &glued, &unquoted, &lines[at][..indent]] {
            let mut lines = lines.clone();
            lines[at] = broken;
            let about = format!("line {}: {broken:?}", at + 1);
            let manifest = lines.join("\n");
            let output = run(&["lint", "-"], LINT, manifest.as_bytes());
            assert_silent(&output, &secrets, &format!("lint: {about}"));
            if broken == "  - [" {
                assert_all_silent(&manifest, &secrets, &keys, &about);
            }
        }
    }
}

/// A key, and the places where people put one.
#[test]
fn a_key_anywhere_in_a_manifest_is_never_shown() {
    let key = fs::read_to_string(root().join("testdata/pki/keys/p256-leaf.key.pem")).unwrap();
    let keys = of_keys(&key);
    assert!(!keys.is_empty());
    let block = |indent: usize| -> String {
        let pad = " ".repeat(indent);
        let lines: String = key.lines().map(|line| format!("\n{pad}{line}")).collect();
        format!("|{lines}")
    };
    let one_line = format!("{key:?}");
    let escaped = format!("'{}'", key.replace('\n', "\\n"));
    let context = "apiVersion: getambassador.io/v2\nkind: TLSContext\nmetadata: {name: c}\n";
    let secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n";
    let mapping = "---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: m}\n\
                   spec: {prefix: /, service: \"https://up:443\", tls: c}\n";
    let mut places = Vec::new();
    for value in [&block(4), &one_line, &escaped] {
        for field in [
            "secret",
            "ca_secret",
            "private_key_file",
            "cert_chain_file",
            "cacert_chain_file",
            "crl_secret",
            "sni",
            "alpn_protocols",
            "min_tls_version",
            "cipher_suites",
            "hosts",
            "ecdh_curves",
            "redirect_cleartext_from",
            "unknown_field",
            "secret_namespacing",
            "ambassador_id",
            "ca_file",
        ] {
            places.push(format!("{context}spec:\n  {field}: {value}\n{mapping}"));
        }
        for entry in ["tls.crt", "tls.key", "ca.crt", "crl.pem", "cert-chain.pem", "odd"] {
            for table in ["data", "stringData"] {
                places.push(format!(
                    "{secret}type: kubernetes.io/tls\n{table}:\n  {entry}: {value}\n"
                ));
            }
        }
        places.push(format!("{secret}type: {value}\n"));
        places.push(format!("{secret}data: {value}\n"));
        places.push(format!("{secret}  namespace: {value}\n"));
        for field in ["prefix", "service", "tls", "host_rewrite", "hostname"] {
            places.push(format!(
                "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {{name: m}}\n\
                 spec:\n  {field}: {value}\n"
            ));
        }
        places.push(format!("{value}\n"));
        places.push(format!("kind: {value}\n"));
        places.push(format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n  k: {value}\n"
        ));
        places.push(format!("{secret}  annotations:\n    getambassador.io/config: {value}\n"));
        places.push(format!(
            "{secret}  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: {value}\n"
        ));
    }
    places.push(key.clone());
    for manifest in places {
        assert_all_silent(&manifest, &keys, &keys, &manifest);
    }
}

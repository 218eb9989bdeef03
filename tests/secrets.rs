//! Nothing of a Secret or a private key reaches any output of `lint` or `resolve`, whatever is wrong
//! with the manifest that holds it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FORMATS: [&str; 3] = ["text", "concise", "json"];

/// How much of a value gives it away.
const WINDOW: usize = 24;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Both outputs of a call, as one text.
fn run(arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = pipe.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// Pieces of everything that looks like Secret data or a line of a key.
fn pieces(text: &str) -> BTreeSet<String> {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    text.split(|c: char| !is_base64(c))
        .filter(|word| word.len() > 2 * WINDOW && word.contains(|c: char| c.is_uppercase()))
        .flat_map(|word| [&word[..WINDOW], &word[word.len() / 2 - WINDOW / 2..][..WINDOW]])
        .map(str::to_owned)
        .collect()
}

/// All examples of rules that hold a key.
fn manifests() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in fs::read_dir(root().join("testdata/rule")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml");
            if is_yaml && fs::read_to_string(&path).is_ok_and(|text| !pieces(&text).is_empty()) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "only {} manifests hold Secrets", found.len());
    found
}

fn assert_silent(output: &str, secrets: &BTreeSet<String>, about: &str) {
    let shown = secrets.iter().find(|secret| output.contains(secret.as_str()));
    assert_eq!(shown, None, "{about} shows a part of a Secret");
}

#[test]
fn no_format_shows_anything_of_a_secret() {
    for path in manifests() {
        let secrets = pieces(&fs::read_to_string(&path).unwrap());
        let path = path.to_str().unwrap();
        for format in FORMATS {
            let output = run(&["lint", "-o", format, path], "");
            assert!(!output.is_empty());
            assert_silent(&output, &secrets, &format!("lint -o {format} {path}"));
        }
        for format in ["text", "json"] {
            let output = run(&["resolve", "-o", format, "-f", path], "");
            assert_silent(&output, &secrets, &format!("resolve -o {format} -f {path}"));
        }
    }
}

#[test]
fn a_syntax_error_anywhere_near_a_secret_shows_nothing_of_it() {
    let path = root().join("testdata/rule/secret-key-mismatch/bad.yaml");
    let text = fs::read_to_string(path).unwrap();
    let secrets = pieces(&text);
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        let indent = lines[at].len() - lines[at].trim_start().len();
        let glued = format!("{}{}", lines[at], lines.get(at + 1).unwrap_or(&"").trim_start());
        let unquoted = lines[at].replacen(": ", ":", 1);
        for broken in ["  - [", "\t: {", "%", &glued, &unquoted, &lines[at][..indent]] {
            let mut lines = lines.clone();
            lines[at] = broken;
            let manifest = lines.join("\n");
            for format in FORMATS {
                let output = run(&["lint", "-o", format, "-"], &manifest);
                assert_silent(&output, &secrets, &format!("line {}: {broken:?}", at + 1));
            }
        }
    }
}

//! The architecture as a test: imports go down only, and each third-party crate has one door.

use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up; modules of one floor do not import each other, except where the
/// house has them on the ground together with the outside world's values.
const FLOORS: &[(&str, u32)] = &[
    ("source", 0),
    ("cert", 0),
    ("envoy", 1),
    ("kubernetes", 1),
    ("diagnostic", 1),
    ("document", 2),
    ("resource", 3),
    ("world", 4),
    ("rule", 5),
    ("fix", 6),
    ("lint", 6),
    ("graph", 6),
    ("inspect", 6),
    ("probe", 6),
    ("explain", 6),
    ("running", 6),
    ("consul", 5),
    ("rehearse", 6),
    ("diff", 7),
    ("demo", 7),
    ("report", 8),
    ("cli", 9),
    ("main", 10),
];

/// Values of the outside world, for floors 6 to 9 only.
const OUTSIDE: [&str; 3] = ["console", "exit", "failure"];

/// Third-party crates, and the only modules that may import them.
const DOORS: &[(&str, &[&str])] = &[
    ("granit_parser", &["document"]),
    ("schemars", &["lint", "report"]),
    ("notify", &["cli"]),
    ("x509_parser", &["cert"]),
    ("rustls", &["probe", "cert", "envoy", "consul", "demo"]),
    ("tokio_rustls", &["probe", "consul", "demo"]),
    ("rcgen", &["demo"]),
    ("httparse", &["probe"]),
    ("hyper", &["consul", "kubernetes", "running"]),
    ("hyper_util", &["consul", "running"]),
    ("http_body_util", &["consul", "kubernetes", "running"]),
    ("kube", &["kubernetes"]),
    ("k8s_openapi", &["kubernetes"]),
    ("serde_yaml", &["kubernetes"]),
    ("shlex", &["probe"]),
    ("zeroize", &["cert", "consul", "kubernetes"]),
    ("aws_lc_rs", &["cert", "envoy", "probe", "consul"]),
    ("tokio", &["probe", "consul", "kubernetes", "running", "demo", "cli"]),
    ("miette", &["report"]),
    ("comfy_table", &["report"]),
    ("owo_colors", &["report"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("roff", &["cli"]),
    ("ignore", &["source"]),
    ("quick_xml", &["report"]),
    ("supports_hyperlinks", &["cli"]),
    ("similar", &["report"]),
    ("tempfile", &["fix", "cli"]),
];

/// Every source file with the top-level module it belongs to.
fn files() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(&root).unwrap();
                let first = relative.iter().next().unwrap().to_str().unwrap();
                found.push((first.trim_end_matches(".rs").to_owned(), path));
            }
        }
    }
    found.sort();
    found
}

/// Code of a file without its tests, comments and doc comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn floor(module: &str) -> Option<u32> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

#[test]
fn imports_go_down_only() {
    let mut climbing = Vec::new();
    for (module, path) in files() {
        let Some(own) = floor(&module) else { continue };
        for part in code(&path).split("crate::").skip(1) {
            let target: String =
                part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let allowed = match floor(&target) {
                Some(other) => target == module || other < own,
                None if OUTSIDE.contains(&target.as_str()) => (6..=9).contains(&own),
                None => target.is_empty(),
            };
            if !allowed {
                climbing.push(format!("{} imports {target}", path.display()));
            }
        }
    }
    assert!(climbing.is_empty(), "{}", climbing.join("\n"));
}

#[test]
fn each_third_party_crate_has_one_door() {
    let mut wrong = Vec::new();
    for (module, path) in files() {
        let code = code(&path);
        for (name, doors) in DOORS {
            let used = code.contains(&format!("use {name}::"))
                || code.match_indices(&format!("{name}::")).any(|(at, _)| {
                    let before = code[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
                });
            if used && !doors.contains(&module.as_str()) {
                wrong.push(format!("{} uses {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_a_sentence() {
    for (_, path) in files() {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! "), "{} has no opening sentence", path.display());
    }
}

#[test]
fn nothing_below_the_command_line_asks_the_clock() {
    for (module, path) in files() {
        let code = code(&path);
        let asks = code.contains("now_utc") || code.contains("SystemTime::now");
        assert!(!asks || module == "cli", "{} asks what time it is", path.display());
    }
}

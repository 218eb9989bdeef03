//! Tests the architecture: imports go down only, two folders deep, and each third-party crate may
//! only be imported by its door.

use std::fs;
use std::path::{Path, PathBuf};

use super::{circles, imports};

/// Floors from the ground up. Modules of the same floor do not import each other, except those on
/// the ground with the values of the outside world.
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
    ("lsp", 9),
    ("cli", 10),
    ("main", 11),
];

/// Values of the outside world, only for floors 6 to 10.
const OUTSIDE: [&str; 3] = ["console", "exit", "failure"];

/// Third-party crates, and the only modules that may import them.
const DOORS: &[(&str, &[&str])] = &[
    ("granit_parser", &["document"]),
    ("smol_str", &["document"]),
    ("libc", &["source"]),
    ("schemars", &["lint", "report"]),
    ("notify", &["cli", "lsp"]),
    ("lsp_server", &["lsp"]),
    ("ls_types", &["lsp"]),
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
    ("zeroize", &["cert", "consul", "kubernetes", "source", "resource", "world", "cli"]),
    ("aws_lc_rs", &["cert", "envoy", "probe", "consul", "demo"]),
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
    ("imara_diff", &["source"]),
    ("textwrap", &["report"]),
    ("tempfile", &["fix", "cli"]),
];

/// The rooms of each module, from the ground up: a room only imports from lower rows, and rooms in
/// the same row do not import each other. The module's own files are the room without a name.
const ROOMS: &[(&str, &[&[&str]])] = &[
    ("cert", &[&["der", "pem"], &["x509"], &["golang", "key"], &[""]]),
    ("envoy", &[&["", "log"], &["verify"], &["load"]]),
    ("document", &[&["tape"], &["block"], &[""], &["revise"]]),
    (
        "resource",
        &[
            &["schema"],
            &[""],
            &["ambassador", "core"],
            &["others"],
            &["kustomize"],
            &["render"],
            &["read"],
        ],
    ),
    (
        "world",
        &[
            &["premise"],
            &["installation"],
            &["mount", "secret"],
            &["context"],
            &["ground"],
            &["upstream"],
            &[""],
            &["istio", "question"],
        ],
    ),
    (
        "rule",
        &[
            &["check"],
            &["shared"],
            &[
                "consul",
                "context",
                "document",
                "handshake",
                "host",
                "istio",
                "mapping",
                "module",
                "mount",
                "trust",
            ],
            &["secret"],
            &["object"],
            &[""],
        ],
    ),
    ("lint", &[&[""], &["config"], &["worlds"], &["session"]]),
    ("explain", &[&["matching"], &["dictionary"], &[""]]),
    ("probe", &[&["", "hello"], &["target"], &["wire"], &["verdict"], &["story"]]),
    ("consul", &[&["", "agent"], &["pair"], &["sink"], &["sync"]]),
    (
        "report",
        &[
            &[""],
            &["form"],
            &["explain", "graph", "lint", "rehearse", "resolve", "running"],
            &["diff", "inspect"],
            &["probe"],
            &["schema"],
        ],
    ),
    (
        "cli",
        &[
            &["help", "shared"],
            &["config", "consul"],
            &["diff", "inspect", "lint", "probe", "running"],
            &["rehearse"],
            &[""],
        ],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file with its top-level module.
fn files() -> Vec<(String, PathBuf)> {
    let root = root();
    let module = |path: &Path| {
        let first = path.strip_prefix(&root).unwrap().iter().next().unwrap();
        first.to_str().unwrap().trim_end_matches(".rs").to_owned()
    };
    imports::files(&root).into_iter().map(|path| (module(&path), path)).collect()
}

/// The code of a file without tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn floor(module: &str) -> Option<u32> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// The module and room of a file.
fn place(file: &str) -> (&str, &str) {
    match file.split('/').collect::<Vec<_>>()[..] {
        [file] => (file.trim_end_matches(".rs"), ""),
        [module, _] => (module, ""),
        [module, room, ..] => (module, room),
        [] => ("", ""),
    }
}

fn row(module: &str, room: &str) -> Option<usize> {
    let (_, rows) = ROOMS.iter().find(|(name, _)| *name == module)?;
    rows.iter().position(|row| row.contains(&room))
}

#[test]
fn imports_go_down_only() {
    let mut climbing = Vec::new();
    for (file, targets) in imports::between_files(&root()) {
        let (module, room) = place(&file);
        let Some(own) = floor(module) else { continue };
        for (target, names) in targets {
            let (other, other_room) = place(&target);
            let goes_down = match floor(other) {
                Some(_) if other == module && room == other_room => true,
                Some(_) if other == module => row(module, other_room) < row(module, room),
                Some(floor) => floor < own,
                None => OUTSIDE.contains(&other) && (6..=10).contains(&own),
            };
            let is_known = circles::KNOWN.iter().any(|circle| {
                circle.files.contains(&file.as_str()) && circle.files.contains(&target.as_str())
            });
            if !goes_down && !is_known {
                climbing.push(format!("{file} imports {names:?} of {target}"));
            }
        }
    }
    assert!(climbing.is_empty(), "{}", climbing.join("\n"));
}

#[test]
fn every_room_has_its_row() {
    let mut unknown = Vec::new();
    for folder in imports::between_folders(&imports::between_files(&root())).keys() {
        let (module, room) = folder.split_once('/').unwrap_or((folder, ""));
        let has_rooms = ROOMS.iter().any(|(name, _)| *name == module);
        if (has_rooms || !room.is_empty()) && row(module, room).is_none() {
            unknown.push(folder.clone());
        }
    }
    assert!(unknown.is_empty(), "not in ROOMS: {}", unknown.join(", "));
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

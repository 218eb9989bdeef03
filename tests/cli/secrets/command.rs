//! Runs the built binary in every format.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) const LINT: &[&str] = &[
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "tap",
];
pub(crate) const RESOLVE: &[&str] = &["text", "table", "json"];
pub(crate) const GRAPH: &[&str] = &["text", "mermaid", "dot", "json", "html"];
pub(crate) const INSPECT: &[&str] = &["text", "table", "wide", "json", "prom"];
pub(crate) const DIFF: &[&str] = &["text", "table", "json", "markdown", "github", "sarif"];
pub(crate) const REHEARSE: &[&str] = &["text", "json"];
pub(crate) const RUNNING: &[&str] = &["text", "table", "json", "prom", "sarif"];
pub(crate) const PROBE: &[&str] = &["text", "short", "table", "json", "sarif", "github"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder for this test run that does not exist yet.
pub(crate) fn scratch() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("secrets-{}-{number}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Everything that a call writes: both outputs, and a report in each of `formats`.
pub(crate) fn run(arguments: &[&str], formats: &[&str], input: &[u8]) -> String {
    let folder = scratch();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
    command.current_dir(root()).env("COLUMNS", "200").env("RUST_BACKTRACE", "0");
    command.args(["-v", "-v"]).args(arguments);
    for format in formats {
        command.arg("-o").arg(format!("{format}={}", folder.join(format).display()));
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = pipe.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text += &String::from_utf8_lossy(&output.stderr);
    assert!(!text.contains("panicked"), "{arguments:?}: {text}");
    for format in formats {
        text += &fs::read_to_string(folder.join(format)).unwrap_or_default();
    }
    let _ = fs::remove_dir_all(folder);
    text
}

/// The same with every format on standard output, where a report may be coloured or cut
/// differently.
pub(crate) fn run_each(arguments: &[&str], formats: &[&str]) -> String {
    let one = |format: &&str| run(&[arguments, &["-o", format]].concat(), &[], b"");
    formats.iter().map(one).collect()
}

#[test]
fn every_format_of_every_command_is_searched_for_keys() {
    let commands = [
        (&["lint"][..], LINT),
        (&["resolve"], RESOLVE),
        (&["graph"], GRAPH),
        (&["inspect"], INSPECT),
        (&["diff"], DIFF),
        (&["rehearse", "rotation"], REHEARSE),
        (&["running"], RUNNING),
        (&["probe"], PROBE),
    ];
    for (command, formats) in commands {
        let said = run(&[command, &["-o", "no-such-format"]].concat(), &[], b"");
        let known = said.split_once("of this command: ").unwrap().1.lines().next().unwrap();
        assert_eq!(known, formats.join(", "), "{command:?}");
    }
}

//! Every command in the README and on the site: those in `console` blocks are run and must print
//! what the page shows (`UPDATE=1` rewrites it); those in `sh` blocks need more than a test has,
//! and are only parsed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use mtlsctl::cli::command;

use super::blocks::{Block, blocks};
use super::{pages, root};
use crate::support::golden::assert_golden;
use crate::support::keys::{TestKey, unpem};
use crate::support::maker::{Spec, alternative_names, dns, name as name_of};
use crate::support::tls_server;

/// Marks an output that `UPDATE=1` should fill in.
const TO_BE_FILLED: &str = "…";

/// Blocks whose commands would run these tests.
const NOT_HERE: &str = "console,not-here";

/// After the expiry of every certificate in `testdata`: the pages must still be right, so commands
/// that show one use `--at`.
const LATER: &str = "2045-06-01";

/// A command and its output.
struct Call {
    command: String,
    output: Vec<String>,
}

fn calls(block: &Block) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for line in &block.lines {
        match (line.strip_prefix("$ "), calls.last_mut()) {
            (Some(command), _) => {
                calls.push(Call { command: command.to_owned(), output: Vec::new() });
            }
            (None, Some(call)) => match line.strip_prefix("> ") {
                Some(more) if call.output.is_empty() => {
                    call.command.push('\n');
                    call.command.push_str(more);
                }
                _ => call.output.push(line.clone()),
            },
            (None, None) => panic!("a console block begins with output: {line}"),
        }
    }
    calls
}

/// A folder with the files of a clone that the commands of a page name.
fn clone(page: &Path, text: &str) -> PathBuf {
    let name = page.strip_prefix(root()).unwrap().to_str().unwrap().replace(['/', '.'], "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("docs-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join(".git")).unwrap();
    for entry in fs::read_dir(root().join("testdata")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let below = format!("testdata/{name}");
        if text.contains(&below) {
            let into = folder.join("testdata");
            fs::create_dir_all(&into).unwrap();
            let copied = Command::new("cp").arg("-r").arg(root().join(below)).arg(into).status();
            assert!(copied.unwrap().success());
        }
    }
    folder
}

/// The server that `productpage` means on the pages: it has Bookinfo's certificate, requires client
/// certificates, and is the target of `--connect-to`.
fn productpage() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let ca = Spec::root("Bookinfo CA", &TestKey::load("p256-root"));
        let ca = ca.self_signed(&TestKey::load("p256-root"));
        let key = TestKey::load("p256-leaf");
        let names = alternative_names(&[dns("productpage.default")]);
        let leaf = Spec::leaf(&key).subject(name_of("productpage")).with(names);
        let leaf = leaf.valid("20260101000000", "20270101000000").issued_by(&ca, &key);
        let pem = fs::read_to_string(root().join("testdata/pki/keys/p256-leaf.key.pem")).unwrap();
        let address = tls_server::start_mutual(vec![leaf.der], &unpem(&pem), ca.subject).unwrap();
        format!("productpage.default:9080:{}:{}", address.ip(), address.port())
    })
}

/// The output of a command in an 80-column terminal, and its exit code.
fn run(command: &str, folder: &Path) -> (i32, String) {
    // Readers without a binary build it first; here it is already built.
    let command = command.replace("cargo run --release -- ", "mtlsctl ");
    let binaries = Path::new(env!("CARGO_BIN_EXE_mtlsctl")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut bash = Command::new("bash");
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if ["MTLSCTL_", "CONSUL_", "KUBE", "CLICOLOR", "FORCE_", "CI"]
            .iter()
            .any(|it| name.starts_with(it))
        {
            bash.env_remove(name);
        }
    }
    let output = bash
        .args(["--norc", "-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", binaries.display()))
        .env("HOME", folder)
        .env("COLUMNS", "80")
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .env("MTLSCTL_HYPERLINKS", "never")
        .env("MTLSCTL_AT", LATER)
        .env("MTLSCTL_CONNECT_TO", productpage())
        .output()
        .unwrap();
    let output = (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap());
    (output.0, steady(&output.1))
}

/// An output without the test server's address and durations.
fn steady(output: &str) -> String {
    let port = productpage().rsplit(':').next().unwrap();
    let output = output.replace(&format!("127.0.0.1:{port}"), "10.4.7.12:9080");
    let output = output.replace("127.0.0.1", "10.4.7.12");
    let parts: Vec<&str> = output.split(" ms").collect();
    let mut steady = String::new();
    for (at, part) in parts.iter().enumerate() {
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let kept = if at + 1 < parts.len() { part.trim_end_matches(is_digit) } else { part };
        steady.push_str(kept);
        if at + 1 < parts.len() {
            steady.push_str("1.4 ms");
        }
    }
    steady
}

#[test]
fn commands_print_what_the_pages_show() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let mut consoles = blocks(&text);
        consoles.retain(|block| block.info.starts_with("console") && block.info != NOT_HERE);
        if consoles.is_empty() {
            continue;
        }
        let folder = clone(&page, &text);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut shift: isize = 0;
        for block in consoles {
            let wanted = block.info.split("exit=").nth(1).map(|code| code.parse::<i32>().unwrap());
            let mut shown = Vec::new();
            for call in calls(&block) {
                let (code, output) = run(&call.command, &folder);
                let fine = wanted.map_or(code == 0 || code == 1, |wanted| code == wanted);
                assert!(fine, "{}: `{}` ends with {code}\n{output}", page.display(), call.command);
                let mut command = call.command.lines();
                shown.push(format!("$ {}", command.next().unwrap()));
                shown.extend(command.map(|line| format!("> {line}")));
                if !call.output.is_empty() {
                    shown.extend(output.trim_end().lines().map(|line| line.trim_end().to_owned()));
                }
            }
            let indent = " ".repeat(block.indent);
            let shown =
                shown.into_iter().map(|line| format!("{indent}{line}").trim_end().to_owned());
            let start = block.start.checked_add_signed(shift).unwrap();
            let before = block.lines.len();
            let shown: Vec<String> = shown.collect();
            shift += shown.len() as isize - before as isize;
            lines.splice(start..start + before, shown);
        }
        assert!(!lines.iter().any(|line| line == TO_BE_FILLED), "{}", page.display());
        assert_golden(&page, &format!("{}\n", lines.join("\n")));
        fs::remove_dir_all(folder).unwrap();
    }
}

/// The mtlsctl calls in a shell line, as words.
fn calls_in(line: &str) -> Vec<Vec<String>> {
    let mut words: Vec<Vec<String>> = vec![Vec::new()];
    let (mut word, mut quote, mut started) = (String::new(), None, false);
    for c in line.chars().chain([' ']) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => (quote, started) = (Some(c), true),
            (None, '|' | '(' | ')' | ';' | '&') => {
                words.push(Vec::new());
                word.clear();
            }
            (None, ' ') if started || !word.is_empty() => {
                words.last_mut().unwrap().push(std::mem::take(&mut word));
                started = false;
            }
            (None, ' ') => {}
            (None, c) => word.push(c),
        }
    }
    let is_end = |word: &String| word.starts_with('#') || word.starts_with('>');
    let called = |words: Vec<String>| {
        let words: Vec<String> = words.into_iter().take_while(|word| !is_end(word)).collect();
        let at = words.iter().position(|word| word == "mtlsctl")?;
        // `pipx install mtlsctl` only names it, and `COMPLETE=bash mtlsctl` requests a script.
        let calls = words[..at].iter().all(|word| ["uvx", "kubectl"].contains(&word.as_str()));
        calls.then(|| words[at..].to_vec())
    };
    words.into_iter().filter_map(called).collect()
}

#[test]
fn commands_that_need_more_than_a_clone_are_valid() {
    let mut seen = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for block in blocks(&text).iter().filter(|block| block.info == "sh") {
            let joined = block.lines.join("\n").replace("\\\n", " ");
            for words in joined.lines().flat_map(calls_in) {
                seen += 1;
                if let Err(error) = command().try_get_matches_from(&words) {
                    let asks = error.exit_code() == 0;
                    assert!(asks, "{}: {}\n{error}", page.display(), words.join(" "));
                }
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn every_command_is_in_a_block_that_is_checked() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let generated = page.to_string_lossy().contains("reference/commands");
        let mut fenced = vec![false; text.lines().count()];
        for block in blocks(&text) {
            for line in &mut fenced[block.start..block.start + block.lines.len()] {
                *line = true;
            }
            // The last three are editor configurations.
            let known = ["console", "sh", "yaml", "diff", "json", "text", "lua", "toml", "lisp"];
            let kind = block.info.split(',').next().unwrap();
            assert!(known.contains(&kind), "{}: a block of {}", page.display(), block.info);
            let is_checked = ["console", "sh"].contains(&kind) || generated;
            let calls = block
                .lines
                .iter()
                .any(|line| line.trim_start_matches("$ ").starts_with("mtlsctl "));
            assert!(is_checked || !calls, "{}: {:?}", page.display(), block.lines);
        }
        for (line, fenced) in text.lines().zip(fenced) {
            assert!(fenced || !line.starts_with("    "), "{}: indented: {line}", page.display());
        }
    }
}

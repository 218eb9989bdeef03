//! `lint --watch` as a real process: every way in which files change is noticed immediately.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

/// How long to wait for a report on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A folder with one broken Mapping, and a process that watches it.
struct Watching {
    folder: Folder,
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn new(arguments: &[&str]) -> Self {
        let folder = Folder::new();
        folder.write("deploy/a.yaml", bad());
        let mut child = mtlsctl()
            .args(["lint", "--watch", "-o", "concise"])
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        let watching = Self { folder, child, lines };
        watching.report();
        watching
    }

    /// Everything up to the line that says that it is watching again.
    fn report(&self) -> String {
        let mut report = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.starts_with("watching for changes") => break,
                Ok(line) => report.push(line),
                Err(_) => panic!("no report within {PATIENCE:?}; so far: {report:?}"),
            }
        }
        // The other stream may be slightly delayed.
        while let Ok(line) = self.lines.recv_timeout(Duration::from_millis(50)) {
            report.push(line);
        }
        report.join("\n")
    }

    /// Waits for a report with this text; reports of half a change may precede it.
    fn until(&self, wanted: &str) {
        let end = Instant::now() + PATIENCE;
        let mut last = String::new();
        while Instant::now() < end {
            last = self.report();
            if last.contains(wanted) {
                return;
            }
        }
        panic!("`{wanted}` is not in: {last}");
    }

    fn is_quiet(&self) -> bool {
        self.lines.recv_timeout(Duration::from_millis(300)).is_err()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        self.folder.write(name, text);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn bad() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("testdata/rule/mapping-context-undefined/bad.yaml")).unwrap()
}

fn good() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("testdata/rule/mapping-context-undefined/good.yaml")).unwrap()
}

const CLEAN: &str = "no findings";
const BROKEN: &str = "error[mapping-context-undefined]";

#[test]
fn every_way_of_saving_a_file_is_noticed() {
    let watching = Watching::new(&[]);
    watching.write("deploy/a.yaml", &good());
    watching.until(CLEAN);
    // As vim and many others save: to a temporary file that replaces the old one.
    watching.write("deploy/.a.yaml.swp", &bad());
    fs::rename(watching.path("deploy/.a.yaml.swp"), watching.path("deploy/a.yaml")).unwrap();
    watching.until(BROKEN);
    // As others do: rename the old file, then create a new one.
    fs::rename(watching.path("deploy/a.yaml"), watching.path("deploy/a.yaml~")).unwrap();
    watching.write("deploy/a.yaml", &good());
    watching.until(CLEAN);
    watching.write("deploy/more/deep/b.yaml", &bad().replace("productpage", "details"));
    watching.until("deploy/more/deep/b.yaml");
    fs::remove_dir_all(watching.path("deploy/more")).unwrap();
    watching.until(CLEAN);
    // A whole tree is renamed and back.
    fs::rename(watching.path("deploy"), watching.path("away")).unwrap();
    fs::write(watching.path("away/a.yaml"), bad()).unwrap();
    watching.until("away/a.yaml");
}

#[test]
fn new_and_fixed_findings_are_reported() {
    let watching = Watching::new(&[]);
    watching.write("deploy/b.yaml", &bad().replace("productpage", "details"));
    watching.until("\n  new    deploy/b.yaml:31");
    // Moved lines are not a change.
    watching.write("deploy/a.yaml", &format!("# moved\n{}", bad()));
    watching.until(" UTC: no change");
    watching.write("deploy/a.yaml", &good());
    watching.until(" UTC: 1 fixed\n  fixed  deploy/a.yaml:");
}

#[test]
fn named_files_and_folders_may_be_removed_and_created_again() {
    let watching = Watching::new(&["deploy", "one.txt"]);
    watching.write("one.txt", &bad());
    watching.until("one.txt:31");
    fs::remove_dir_all(watching.path("deploy")).unwrap();
    watching.until("cannot read `deploy`");
    watching.write("deploy/a.yaml", &bad());
    watching.until("deploy/a.yaml:18");
    fs::remove_file(watching.path("one.txt")).unwrap();
    watching.until("cannot read `one.txt`");
}

#[test]
fn the_configuration_is_read_again() {
    let watching = Watching::new(&["deploy"]);
    watching.write(".mtlsctl.yaml", "rules: { mapping-*: off }\n");
    watching.until(CLEAN);
    watching.write(".mtlsctl.yaml", "rule: {}\n");
    watching.until("error: .mtlsctl.yaml:1:1: `rule` is not a known field here");
    watching.write(".mtlsctl.yaml", "rules: { mapping-*: note }\n");
    watching.until("note[mapping-context-undefined]");
    fs::remove_file(watching.path(".mtlsctl.yaml")).unwrap();
    watching.until(BROKEN);
}

#[test]
fn changes_of_unread_files_are_ignored() {
    let watching = Watching::new(&["-o", "json=deploy/report.json"]);
    assert!(watching.is_quiet(), "its own report set it off");
    watching.write("deploy/notes.txt", "x");
    watching.write(".git/index", "x");
    watching.write("deploy/.a.yaml.swp", "x");
    fs::read(watching.path("deploy/a.yaml")).unwrap();
    assert!(watching.is_quiet());
    watching.write("deploy/a.yaml", &good());
    watching.until(CLEAN);
}

#[test]
fn a_report_follows_a_save_immediately() {
    let watching = Watching::new(&[]);
    let mut took = Vec::new();
    for turn in 0..20 {
        let text = if turn % 2 == 0 { good() } else { bad() };
        let beside = watching.path("deploy/.new");
        fs::write(&beside, text).unwrap();
        let saved = Instant::now();
        fs::rename(&beside, watching.path("deploy/a.yaml")).unwrap();
        loop {
            let line = watching.lines.recv_timeout(PATIENCE).expect("a report");
            if line.starts_with("watching for changes") {
                break;
            }
        }
        took.push(saved.elapsed());
        while watching.lines.recv_timeout(Duration::from_millis(30)).is_ok() {}
    }
    took.sort();
    // The machine may be busy with other tests; the quickest ones show how long it takes.
    println!("quickest {:?}, median {:?}, slowest {:?}", took[0], took[10], took[19]);
    assert!(took[2] < Duration::from_millis(50), "{took:?}");
}

#[test]
fn after_any_change_watch_reports_the_same_as_lint() {
    const CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: reviews, namespace: default}\nspec: {secret: client}\n";
    const HOST: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: {name: all, namespace: default}\nspec: {hostname: '*', tlsSecret: {name: client}}\n";
    const MAPPING: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: reviews, namespace: default}\nspec: {hostname: '*', prefix: /reviews/, service: 'reviews:443', tls: reviews}\n";
    let at = ["--at", "2026-11-30T12:00:00Z"];
    let watching = Watching::new(&at);
    for (name, text) in [
        ("deploy/b.yaml", MAPPING.to_owned()),
        ("deploy/context.yaml", CONTEXT.to_owned()),
        ("deploy/b.yaml", MAPPING.replace("443", "80")),
        ("deploy/context.yaml", CONTEXT.replace("name: reviews", "name: review")),
        ("deploy/context.yaml", format!("{CONTEXT}# the same\n")),
        (
            "deploy/context.yaml",
            CONTEXT.replace("{secret: client}", "{sni: a, min_tls_version: v9}"),
        ),
        ("deploy/a-host.yaml", HOST.to_owned()),
        ("deploy/a-host.yaml", HOST.replace("'*'", "example.com")),
        ("deploy/b.yaml", MAPPING.replace("reviews}", "no-cert-upstream}")),
    ] {
        watching.write(name, &text);
        let look = watching.report();
        let is_news = |line: &&str| line.contains(" UTC: ") || line.starts_with("  ");
        let mut look: Vec<&str> = look.lines().filter(|line| !is_news(line)).collect();
        let call = mtlsctl()
            .args(["lint", "-o", "concise"])
            .args(at)
            .current_dir(watching.folder.path())
            .output()
            .unwrap();
        let call = [call.stdout, call.stderr].concat();
        let call = String::from_utf8(call).unwrap();
        let mut call: Vec<&str> = call.lines().collect();
        // The two streams of the process are read in any order.
        look.sort_unstable();
        call.sort_unstable();
        assert_eq!(look, call, "after {name}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it() {
    use std::os::unix::process::ExitStatusExt;
    let mut watching = Watching::new(&[]);
    let process = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    let end = Instant::now() + PATIENCE;
    let status = loop {
        match watching.child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > end => panic!("it goes on"),
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    // A shell reports that as 130.
    assert_eq!(status.signal(), Some(2));
}

#[test]
fn inputs_that_cannot_be_watched_are_a_usage_error() {
    let binary = env!("CARGO_BIN_EXE_mtlsctl");
    for arguments in [&["lint", "--watch", "-"][..], &["lint", "--watch", "--list-rules"]] {
        let output = Command::new(binary).args(arguments).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

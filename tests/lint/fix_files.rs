//! `lint --fix` and related flags as users run them: files, streams and exit codes.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

const BAD: &str = "testdata/rule/context-tls-versions-exclude/bad.yaml";
const FIXED: &str = "testdata/rule/context-tls-versions-exclude/fixed.yaml";

/// A `lint` command in this folder.
fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = mtlsctl();
    command.current_dir(folder.path()).args(["lint", "--at", "2026-06-01"]).args(arguments);
    command
}

fn lint(folder: &Folder, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn lint_input(folder: &Folder, arguments: &[&str], input: &str) -> Output {
    let mut command = command(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn example(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn files_are_fixed_in_place_and_keep_their_mode_and_links() {
    let folder = Folder::new();
    folder.write("real.yaml", example(BAD));
    let real = folder.path().join("real.yaml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(folder.path().join("links")).unwrap();
    symlink("../real.yaml", folder.path().join("links/a.yaml")).unwrap();
    let done = lint(&folder, &["--fix", "links/a.yaml"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert!(err(&done).contains("fixed 1 finding in 1 file, 0 left\n"), "{}", err(&done));
    assert_eq!(folder.read("real.yaml"), example(FIXED));
    assert_eq!(fs::metadata(&real).unwrap().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path().join("links/a.yaml")).unwrap().is_symlink());
    let inode = fs::metadata(&real).unwrap().ino();
    assert_eq!(lint(&folder, &["--fix"]).status.code(), Some(0));
    assert_eq!(fs::metadata(&real).unwrap().ino(), inode, "untouched files are not written");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn remaining_findings_decide_the_exit_code() {
    let folder = Folder::new();
    let text = example(BAD).replace("prefix: /productpage/", "prefix: /a/\n  resolver: nowhere");
    folder.write(
        "a.yaml",
        format!("{text}---\n{}", example("testdata/rule/document-unreadable/bad.yaml")),
    );
    let done = lint(&folder, &["--fix", "--fail-on", "warning"]);
    assert_eq!(done.status.code(), Some(1), "{}", err(&done));
    assert!(folder.read("a.yaml").contains("max_tls_version: v1.3"));
    assert!(!out(&done).contains("context-tls-versions-exclude"), "{}", out(&done));
}

#[test]
fn unsafe_fixes_need_a_flag() {
    let folder = Folder::new();
    let bad = example("testdata/rule/service-port-443-plaintext/bad.yaml");
    folder.write("a.yaml", &bad);
    let told = lint(&folder, &[]);
    assert!(err(&told).contains("1 can be fixed with --fix --unsafe-fixes"), "{}", err(&told));
    assert!(out(&told).contains("= fix: write `https://` (--fix --unsafe-fixes)"));
    lint(&folder, &["--fix"]);
    assert_eq!(folder.read("a.yaml"), bad);
    lint(&folder, &["--fix", "--unsafe-fixes"]);
    assert_eq!(
        folder.read("a.yaml"),
        example("testdata/rule/service-port-443-plaintext/fixed.yaml")
    );
}

#[test]
fn diffs_are_shown_and_can_be_applied_by_other_tools() {
    let folder = Folder::new();
    let crlf = example(BAD).replace('\n', "\r\n");
    let unended = example("testdata/rule/mapping-context-undefined/bad.yaml")
        .replace("mesh-", "other-")
        .replace("productpage", "reviews");
    folder.write("a.yaml", &crlf);
    folder.write("b.yaml", unended.trim_end());
    let shown = lint(&folder, &["--diff"]);
    assert_eq!(shown.status.code(), Some(1));
    assert!(err(&shown).contains("would fix "), "{}", err(&shown));
    assert_eq!(folder.read("a.yaml"), crlf);
    folder.write("changes.patch", out(&shown));
    let patch = Command::new("git")
        .args(["apply", "-p0", "--whitespace=nowarn", "changes.patch"])
        .current_dir(folder.path())
        .env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap())
        .output()
        .expect("git is not installed: apt-get install git");
    assert!(patch.status.success(), "{}\n{}", err(&patch), out(&shown));
    let by_patch = (folder.read("a.yaml"), folder.read("b.yaml"));
    folder.write("a.yaml", &crlf);
    folder.write("b.yaml", unended.trim_end());
    lint(&folder, &["--fix"]);
    assert_eq!(by_patch, (folder.read("a.yaml"), folder.read("b.yaml")));
    let nothing = lint(&folder, &["--diff", "a.yaml"]);
    assert_eq!((nothing.status.code(), out(&nothing)), (Some(0), String::new()));
}

#[test]
fn diffs_show_nothing_of_a_secret() {
    let folder = Folder::new();
    let secret =
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: 123\ndata:\n  tls.key: aGlkZGVu\n";
    folder.write("a.yaml", secret);
    let flow = "{apiVersion: v1, kind: Secret, metadata: {name: 123}, data: {tls.key: aGlkZGVu}}\n";
    folder.write("b.yaml", flow);
    let shown = lint(&folder, &["--diff"]);
    assert!(out(&shown).contains("+  name: \"123\"\n"), "{}", out(&shown));
    assert!(!out(&shown).contains("aGlk") && !err(&shown).contains("aGlk"), "{}", out(&shown));
    assert!(err(&shown).contains("`b.yaml` would change"), "{}", err(&shown));
    assert_eq!(shown.status.code(), Some(1));
}

#[test]
fn fixed_standard_input_is_written_to_standard_output() {
    let folder = Folder::new();
    let done = lint_input(&folder, &["--fix", "-"], &example(BAD));
    assert_eq!(out(&done), example(FIXED));
    assert_eq!(done.status.code(), Some(0));
    let bad = example("testdata/rule/context-unused/bad.yaml");
    let left = lint_input(&folder, &["--fix", "-"], &bad);
    assert_eq!(out(&left), bad);
    assert!(err(&left).contains("[context-unused]"), "{}", err(&left));
    let shown = lint_input(&folder, &["--diff", "-"], &example(BAD));
    assert!(out(&shown).starts_with("--- <stdin>\n+++ <stdin>\n@@ "), "{}", out(&shown));
}

#[test]
fn no_file_changes_if_one_cannot_be_written() {
    let folder = Folder::new();
    folder.write("a.yaml", example(BAD));
    let other = example("testdata/rule/object-name-not-text/bad.yaml");
    folder.write("b.yaml", &other);
    fs::set_permissions(folder.path().join("b.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    let done = lint(&folder, &["--fix"]);
    assert_eq!(done.status.code(), Some(2), "{}", err(&done));
    assert!(err(&done).contains("cannot write `b.yaml`: it is write-protected"), "{}", err(&done));
    assert_eq!(folder.read("a.yaml"), example(BAD));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn only_files_in_scope_are_fixed() {
    let folder = Folder::new();
    let text = example(BAD);
    let (contexts, mapping) = text.rsplit_once("---\n").unwrap();
    folder.write("contexts.yaml", contexts);
    folder.write("mapping.yaml", mapping);
    let arguments = ["--fix", "--report-scope=files", "--root", ".", "mapping.yaml"];
    assert_eq!(lint(&folder, &arguments).status.code(), Some(0));
    assert_eq!(folder.read("contexts.yaml"), contexts);
}

#[test]
fn ignores_are_added_once_with_a_reason() {
    let folder = Folder::new();
    let bad = example("testdata/rule/mapping-context-undefined/bad.yaml");
    folder.write("a.yaml", &bad);
    let refused = lint(&folder, &["--add-ignores", " "]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("it gives no reason"), "{}", err(&refused));
    let shown = lint(&folder, &["--add-ignores", "known", "--diff"]);
    assert_eq!((shown.status.code(), folder.read("a.yaml")), (Some(1), bad.clone()));
    let added = lint(&folder, &["--add-ignores", "known, until=2026-12-31"]);
    assert_eq!(added.status.code(), Some(0), "{}", err(&added));
    let comment = "  # mtlsctl: ignore[mapping-context-undefined] known, until=2026-12-31\n";
    let expected = bad.replace("  tls: mesh-upstrem\n", &format!("{comment}  tls: mesh-upstrem\n"));
    assert_eq!(folder.read("a.yaml"), expected);
    lint(&folder, &["--add-ignores", "again"]);
    assert_eq!(folder.read("a.yaml"), expected);
    let json = lint_input(
        &folder,
        &["--add-ignores", "known", "-"],
        "{\"apiVersion\":\"getambassador.io/v3alpha1\",\"kind\":\"mapping\",\"metadata\":{\"name\":\"a\"}}",
    );
    assert!(err(&json).contains("no comment can be added for 1 finding"), "{}", err(&json));
    assert_eq!(json.status.code(), Some(1));
}

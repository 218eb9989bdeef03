//! `lint --fix` and its kin as users call them: files, streams and exit codes.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BAD: &str = "testdata/rule/context-tls-versions-exclude/bad.yaml";
const FIXED: &str = "testdata/rule/context-tls-versions-exclude/fixed.yaml";

/// A folder of its own below the target folder, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("MTLSCTL_") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C.UTF-8").current_dir(&self.0).args(["lint", "--at", "2026-06-01"]);
        command.args(arguments);
        command
    }

    fn lint(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn lint_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
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
fn files_are_mended_in_place_and_keep_their_mode_and_their_links() {
    let folder = Folder::new("in-place");
    folder.write("real.yaml", &example(BAD));
    let real = folder.0.join("real.yaml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(folder.0.join("links")).unwrap();
    symlink("../real.yaml", folder.0.join("links/a.yaml")).unwrap();
    let done = folder.lint(&["--fix", "links/a.yaml"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert!(err(&done).contains("fixed 1 finding in 1 file, 0 left\n"), "{}", err(&done));
    assert_eq!(folder.read("real.yaml"), example(FIXED));
    assert_eq!(fs::metadata(&real).unwrap().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.0.join("links/a.yaml")).unwrap().is_symlink());
    let inode = fs::metadata(&real).unwrap().ino();
    assert_eq!(folder.lint(&["--fix"]).status.code(), Some(0));
    assert_eq!(fs::metadata(&real).unwrap().ino(), inode, "untouched files are not written");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn what_is_left_decides_the_exit_code() {
    let folder = Folder::new("left");
    let text = example(BAD).replace("prefix: /productpage/", "prefix: /a/\n  resolver: nowhere");
    folder.write(
        "a.yaml",
        &format!("{text}---\n{}", example("testdata/rule/document-unreadable/bad.yaml")),
    );
    let done = folder.lint(&["--fix", "--fail-on", "warning"]);
    assert_eq!(done.status.code(), Some(1), "{}", err(&done));
    assert!(folder.read("a.yaml").contains("max_tls_version: v1.3"));
    assert!(!out(&done).contains("context-tls-versions-exclude"), "{}", out(&done));
}

#[test]
fn unsafe_fixes_wait_to_be_asked_for() {
    let folder = Folder::new("unsafe");
    let bad = example("testdata/rule/service-port-443-plaintext/bad.yaml");
    folder.write("a.yaml", &bad);
    let told = folder.lint(&[]);
    assert!(err(&told).contains("1 can be fixed with --fix --unsafe-fixes"), "{}", err(&told));
    assert!(out(&told).contains("= fix: write `https://` (--fix --unsafe-fixes)"));
    folder.lint(&["--fix"]);
    assert_eq!(folder.read("a.yaml"), bad);
    folder.lint(&["--fix", "--unsafe-fixes"]);
    assert_eq!(
        folder.read("a.yaml"),
        example("testdata/rule/service-port-443-plaintext/fixed.yaml")
    );
}

#[test]
fn differences_are_shown_and_other_tools_apply_them() {
    let folder = Folder::new("diff");
    let crlf = example(BAD).replace('\n', "\r\n");
    let unended = example("testdata/rule/mapping-context-undefined/bad.yaml")
        .replace("mesh-", "other-")
        .replace("productpage", "reviews");
    folder.write("a.yaml", &crlf);
    folder.write("b.yaml", unended.trim_end());
    let shown = folder.lint(&["--diff"]);
    assert_eq!(shown.status.code(), Some(1));
    assert!(err(&shown).contains("would fix "), "{}", err(&shown));
    assert_eq!(folder.read("a.yaml"), crlf);
    folder.write("changes.patch", &out(&shown));
    let patch = Command::new("git")
        .args(["apply", "-p0", "--whitespace=nowarn", "changes.patch"])
        .current_dir(&folder.0)
        .env("GIT_CEILING_DIRECTORIES", folder.0.parent().unwrap())
        .output()
        .expect("git is not installed: apt-get install git");
    assert!(patch.status.success(), "{}\n{}", err(&patch), out(&shown));
    let by_patch = (folder.read("a.yaml"), folder.read("b.yaml"));
    folder.write("a.yaml", &crlf);
    folder.write("b.yaml", unended.trim_end());
    folder.lint(&["--fix"]);
    assert_eq!(by_patch, (folder.read("a.yaml"), folder.read("b.yaml")));
    let nothing = folder.lint(&["--diff", "a.yaml"]);
    assert_eq!((nothing.status.code(), out(&nothing)), (Some(0), String::new()));
}

#[test]
fn differences_show_nothing_of_a_secret() {
    let folder = Folder::new("diff-secret");
    let secret =
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: 123\ndata:\n  tls.key: aGlkZGVu\n";
    folder.write("a.yaml", secret);
    let flow = "{apiVersion: v1, kind: Secret, metadata: {name: 123}, data: {tls.key: aGlkZGVu}}\n";
    folder.write("b.yaml", flow);
    let shown = folder.lint(&["--diff"]);
    assert!(out(&shown).contains("+  name: \"123\"\n"), "{}", out(&shown));
    assert!(!out(&shown).contains("aGlk") && !err(&shown).contains("aGlk"), "{}", out(&shown));
    assert!(err(&shown).contains("`b.yaml` would change"), "{}", err(&shown));
    assert_eq!(shown.status.code(), Some(1));
}

#[test]
fn standard_input_is_mended_onto_standard_output() {
    let folder = Folder::new("stdin");
    let done = folder.lint_input(&["--fix", "-"], &example(BAD));
    assert_eq!(out(&done), example(FIXED));
    assert_eq!(done.status.code(), Some(0));
    let bad = example("testdata/rule/context-unused/bad.yaml");
    let left = folder.lint_input(&["--fix", "-"], &bad);
    assert_eq!(out(&left), bad);
    assert!(err(&left).contains("[context-unused]"), "{}", err(&left));
    let shown = folder.lint_input(&["--diff", "-"], &example(BAD));
    assert!(out(&shown).starts_with("--- <stdin>\n+++ <stdin>\n@@ "), "{}", out(&shown));
}

#[test]
fn a_file_that_cannot_be_written_leaves_all_as_they_were() {
    let folder = Folder::new("protected");
    folder.write("a.yaml", &example(BAD));
    let other = example("testdata/rule/object-name-not-text/bad.yaml");
    folder.write("b.yaml", &other);
    fs::set_permissions(folder.0.join("b.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    let done = folder.lint(&["--fix"]);
    assert_eq!(done.status.code(), Some(2), "{}", err(&done));
    assert!(err(&done).contains("cannot write `b.yaml`: it is write-protected"), "{}", err(&done));
    assert_eq!(folder.read("a.yaml"), example(BAD));
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2);
}

#[test]
fn only_files_in_scope_are_mended() {
    let folder = Folder::new("scope");
    let text = example(BAD);
    let (contexts, mapping) = text.rsplit_once("---\n").unwrap();
    folder.write("contexts.yaml", contexts);
    folder.write("mapping.yaml", mapping);
    let arguments = ["--fix", "--report-scope=files", "--root", ".", "mapping.yaml"];
    assert_eq!(folder.lint(&arguments).status.code(), Some(0));
    assert_eq!(folder.read("contexts.yaml"), contexts);
}

#[test]
fn ignores_are_added_once_with_a_reason() {
    let folder = Folder::new("ignores");
    let bad = example("testdata/rule/mapping-context-undefined/bad.yaml");
    folder.write("a.yaml", &bad);
    let refused = folder.lint(&["--add-ignores", " "]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("it gives no reason"), "{}", err(&refused));
    let shown = folder.lint(&["--add-ignores", "known", "--diff"]);
    assert_eq!((shown.status.code(), folder.read("a.yaml")), (Some(1), bad.clone()));
    let added = folder.lint(&["--add-ignores", "known, until=2026-12-31"]);
    assert_eq!(added.status.code(), Some(0), "{}", err(&added));
    let comment = "  # mtlsctl: ignore[mapping-context-undefined] known, until=2026-12-31\n";
    let expected = bad.replace("  tls: mesh-upstrem\n", &format!("{comment}  tls: mesh-upstrem\n"));
    assert_eq!(folder.read("a.yaml"), expected);
    folder.lint(&["--add-ignores", "again"]);
    assert_eq!(folder.read("a.yaml"), expected);
    let json = folder.lint_input(&["--add-ignores", "known", "-"], "{\"apiVersion\":\"getambassador.io/v3alpha1\",\"kind\":\"mapping\",\"metadata\":{\"name\":\"a\"}}");
    assert!(err(&json).contains("no comment can be added for 1 finding"), "{}", err(&json));
    assert_eq!(json.status.code(), Some(1));
}

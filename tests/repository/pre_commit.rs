//! The hooks as run by the real pre-commit: on changed files only, but aware of the others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::installed::{self, both, succeed};

const CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
    metadata: {name: mesh-upstream}\nspec: {secret: client}\n";
const OTHER_CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
    metadata: {name: other}\nspec: {secret: client}\n";
const MAPPING: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\n\
    metadata: {name: productpage}\n\
    spec: {hostname: \"*\", prefix: /p/, service: \"https://p.default:9080\", tls: mesh-upstream}\n";
/// An error unrelated to the commit.
const UNRELATED: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
    metadata: {name: unrelated}\nspec: {secret: client, min_tls_version: v1.7}\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let name = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"];
    succeed(Command::new("git").current_dir(folder).args(name).args(arguments))
}

/// A separate empty folder.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pre-commit-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// A commit of this repository in its current state.
fn hooks(name: &str) -> (PathBuf, String) {
    let path = folder(name);
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name();
        if name != "target" && name != ".git" {
            copy(&root().join(&name), &path.join(&name));
        }
    }
    git(&path, &["init", "-q"]);
    git(&path, &["add", "-A"]);
    git(&path, &["commit", "-qm", "hooks"]);
    let commit = git(&path, &["rev-parse", "HEAD"]).trim().to_owned();
    (path, commit)
}

/// A user's repository with a context, a Mapping that names it, and an unrelated object.
struct User {
    path: PathBuf,
    home: PathBuf,
    /// Where pip finds unpublished packages.
    wheels: Option<PathBuf>,
}

impl User {
    fn new(name: &str, hook: &str) -> Self {
        let (hooks, commit) = hooks(&format!("hooks-{name}"));
        let path = folder(name);
        git(&path, &["init", "-q"]);
        let config = format!(
            "repos:\n- repo: {}\n  rev: {commit}\n  hooks:\n  - id: {hook}\n",
            hooks.display()
        );
        let user = Self { path, home: folder(&format!("home-{name}")), wheels: None };
        user.write(".pre-commit-config.yaml", &config);
        user.write("deploy/contexts.yaml", &format!("{CONTEXT}---\n{OTHER_CONTEXT}"));
        user.write("apps/mapping.yaml", MAPPING);
        user.write("apps/unrelated.yaml", UNRELATED);
        git(&user.path, &["add", "-A"]);
        git(&user.path, &["commit", "-qm", "first", "--no-verify"]);
        user
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Stages everything and runs the hooks as `git commit` would; returns whether they pass, and
    /// their output.
    fn commit(&self) -> (bool, String) {
        git(&self.path, &["add", "-A"]);
        let binaries = Path::new(env!("CARGO_BIN_EXE_mtlsctl")).parent().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = installed::command("linters/bin/pre-commit");
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("MTLSCTL_") || name.starts_with("GIT_") {
                command.env_remove(name.as_ref());
            }
        }
        let output = command
            .current_dir(&self.path)
            .arg("run")
            .env("PATH", format!("{}:{path}", binaries.display()))
            .env("PRE_COMMIT_HOME", &self.home)
            .envs(self.wheels.iter().map(|wheels| ("PIP_FIND_LINKS", wheels)))
            .output()
            .unwrap();
        (output.status.success(), both(&output))
    }

    fn undo(&self) {
        git(&self.path, &["reset", "-q", "--hard"]);
    }
}

#[test]
fn the_installed_hook_reports_effects_on_other_files() {
    let user = User::new("system", "mtlsctl-system");
    let broken = |said: &str| {
        assert!(said.contains("mapping-context-undefined"), "{said}");
        assert!(said.contains("apps/mapping.yaml"), "{said}");
        // Errors in unchanged files are not reported.
        assert!(!said.contains("context-tls-version-spelling"), "{said}");
    };
    // A context is deleted from a file that remains; the Mapping that names it is in another one.
    user.write("deploy/contexts.yaml", OTHER_CONTEXT);
    let (passed, said) = user.commit();
    assert!(!passed, "{said}");
    broken(&said);
    user.undo();
    // The whole file is deleted, so pre-commit passes no file at all.
    fs::remove_file(user.path.join("deploy/contexts.yaml")).unwrap();
    let (passed, said) = user.commit();
    assert!(!passed, "{said}");
    broken(&said);
    user.undo();
    // A context that was deleted earlier: when the Mapping is changed, it is reported.
    fs::remove_file(user.path.join("deploy/contexts.yaml")).unwrap();
    git(&user.path, &["commit", "-qam", "delete", "--no-verify"]);
    user.write("apps/mapping.yaml", &MAPPING.replace("/p/", "/q/"));
    let (passed, said) = user.commit();
    assert!(!passed, "{said}");
    broken(&said);
}

#[test]
fn the_installed_hook_ignores_unrelated_errors() {
    let user = User::new("quiet", "mtlsctl-system");
    user.write("apps/mapping.yaml", &MAPPING.replace("/p/", "/q/"));
    let (passed, said) = user.commit();
    assert!(passed && said.contains("Passed"), "{said}");
    user.undo();
    user.write("README.md", "nothing of Ambassador's\n");
    let (passed, said) = user.commit();
    assert!(passed, "{said}");
    // Errors in a changed file are reported.
    user.write("apps/unrelated.yaml", &format!("# changed\n{UNRELATED}"));
    let (passed, said) = user.commit();
    assert!(!passed && said.contains("context-tls-version-spelling"), "{said}");
}

#[test]
fn the_hook_of_diff_stops_a_commit_that_leaves_an_upstream_worse_off() {
    let user = User::new("diff", "mtlsctl-diff-system");
    // It ignores findings in unchanged files.
    user.write("apps/mapping.yaml", &MAPPING.replace("/p/", "/q/"));
    let (passed, said) = user.commit();
    assert!(passed && said.contains("Passed"), "{said}");
    user.undo();
    user.write("apps/mapping.yaml", &MAPPING.replace(", tls: mesh-upstream", ""));
    let (passed, said) = user.commit();
    assert!(!passed && said.contains("mutual TLS"), "{said}");
    assert!(said.contains("Mapping default/productpage"), "{said}");
    // The first commit of a repository has nothing to compare with.
    let first = folder("diff-first");
    git(&first, &["init", "-q"]);
    fs::write(first.join("mapping.yaml"), MAPPING).unwrap();
    git(&first, &["add", "-A"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
    let said = succeed(command.args(["diff", "--staged"]).current_dir(&first));
    assert!(said.contains("productpage") && said.contains("after"), "{said}");
}

/// The hook `mtlsctl` with the wheel of a release; nothing is compiled.
pub(super) fn the_hook_installs_the_wheel(wheels: &Path) {
    let user = User { wheels: Some(wheels.to_owned()), ..User::new("wheel", "mtlsctl") };
    user.write("deploy/contexts.yaml", OTHER_CONTEXT);
    let started = Instant::now();
    let (passed, said) = user.commit();
    let took = started.elapsed();
    assert!(!passed && said.contains("mapping-context-undefined"), "{said}");
    // Six seconds on an idle machine.
    assert!(took < Duration::from_secs(180), "{took:?}");
    user.undo();
    user.write("apps/mapping.yaml", &MAPPING.replace("/p/", "/q/"));
    let (passed, said) = user.commit();
    assert!(passed, "{said}");
}

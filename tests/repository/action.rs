//! The GitHub action as a runner would run it, and the workflows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::packages::{folder, root};
use crate::support::installed::{self, both, succeed};

fn action() -> Value {
    serde_yaml::from_str(&fs::read_to_string(root().join("action.yml")).unwrap()).unwrap()
}

/// Runs the action's step with this name as GitHub's runner does, in a folder, with these
/// variables; returns its outputs, too.
pub(super) fn step(name: &str, working: &Path, environment: &[(&str, &str)]) -> (Output, String) {
    let action = action();
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == name).unwrap();
    assert_eq!(step["shell"], "bash");
    // GitHub expands expressions before the shell runs; one in a script would execute user input.
    let script = step["run"].as_str().unwrap();
    assert!(!script.contains("${{"), "{script}");
    let here = folder(&format!("step-{}", name.to_lowercase()));
    let (path, outputs) = (here.join("run.sh"), here.join("outputs"));
    fs::write(&path, script).unwrap();
    fs::write(&outputs, "").unwrap();
    let binaries = Path::new(env!("CARGO_BIN_EXE_mtlsctl")).parent().unwrap();
    let search = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail"])
        .arg(path)
        .current_dir(working)
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("GITHUB_OUTPUT", &outputs)
        .env("PATH", format!("{}:{search}", binaries.display()))
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    (output, fs::read_to_string(outputs).unwrap())
}

fn lint(environment: &[(&str, &str)]) -> (Output, String) {
    let given: Vec<_> =
        [("PATHS", "."), ("ARGS", ""), ("SARIF", ""), ("FOLDER", "."), ("INSTALLED", "/none")]
            .into_iter()
            .map(|(name, value)| {
                environment.iter().find(|(it, _)| *it == name).map_or((name, value), |it| *it)
            })
            .collect();
    step("Lint", root(), &given)
}

#[test]
fn the_action_annotates_fails_and_writes_sarif() {
    let (found, outputs) = lint(&[("PATHS", "testdata/bookinfo")]);
    assert_eq!(found.status.code(), Some(1), "{}", both(&found));
    assert!(both(&found).contains("::error file=testdata/bookinfo/reviews.yaml,line=21"));
    assert_eq!(outputs, format!("version={}\nexit-code=1\n", env!("CARGO_PKG_VERSION")));
    let sarif = folder("sarif").join("out.sarif");
    let (all, _) = lint(&[
        ("PATHS", "testdata/bookinfo testdata/graph"),
        ("ARGS", "--exit-zero --min-severity error"),
        ("SARIF", sarif.to_str().unwrap()),
    ]);
    assert_eq!(all.status.code(), Some(0), "{}", both(&all));
    let log: Value = serde_json::from_str(&fs::read_to_string(sarif).unwrap()).unwrap();
    assert_eq!(log["version"], "2.1.0");
}

#[test]
fn the_action_succeeds_if_there_is_nothing_to_check() {
    let empty = folder("empty");
    let (nothing, outputs) = lint(&[("FOLDER", empty.to_str().unwrap())]);
    assert_eq!(nothing.status.code(), Some(0), "{}", both(&nothing));
    assert!(outputs.contains("exit-code=0"), "{outputs}");
    // A path that does not exist is an error.
    let (missing, outputs) = lint(&[("PATHS", "no-such-folder")]);
    assert_eq!(missing.status.code(), Some(2), "{}", both(&missing));
    assert!(outputs.contains("exit-code=2"), "{outputs}");
}

fn git(folder: &Path, arguments: &[&str]) {
    let name = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"];
    succeed(Command::new("git").current_dir(folder).args(name).args(arguments));
}

#[test]
fn the_action_reports_what_a_pull_request_changes() {
    let here = folder("diff");
    let manifest = |tls: &str| {
        format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: web}}\n\
             spec: {{hostname: '*', prefix: /, service: '{tls}web:443'}}\n"
        )
    };
    fs::write(here.join("a.yaml"), manifest("https://")).unwrap();
    git(&here, &["init", "-q"]);
    git(&here, &["add", "-A"]);
    git(&here, &["commit", "-qm", "base"]);
    fs::write(here.join("a.yaml"), manifest("")).unwrap();
    let (summary, comment) = (here.join("summary.md"), here.join("comment.md"));
    let run = |base: &str, paths: &str, args: &str| {
        let folder = here.to_str().unwrap();
        let given = [
            ("PATHS", paths),
            ("BASE", base),
            ("ARGS", args),
            ("MARKDOWN", "comment.md"),
            ("FOLDER", folder),
            ("INSTALLED", "/none"),
            ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ];
        step("Diff", root(), &given)
    };
    let (found, outputs) = run("HEAD", ".", "");
    assert_eq!(found.status.code(), Some(1), "{}", both(&found));
    assert!(both(&found).contains("::error file=a.yaml,line=4"), "{}", both(&found));
    let wanted = format!("exit-code=1\nmarkdown={}/comment.md\n", here.display());
    assert_eq!(outputs, wanted);
    let told = fs::read_to_string(comment).unwrap();
    assert!(told.contains("| :red_circle: | Mapping default/web | mode |"), "{told}");
    assert_eq!(fs::read_to_string(&summary).unwrap(), told);
    assert_eq!(run("HEAD", "a.yaml a.yaml", "--fail-on never").0.status.code(), Some(0));
    // A base that was not fetched is reported as an error.
    let (missing, outputs) = run("origin/main", ".", "");
    assert_eq!(missing.status.code(), Some(2), "{}", both(&missing));
    assert!(both(&missing).contains("fetch it first") && outputs.contains("exit-code=2"));
    // A base is a single argument, not an option.
    let (option, _) = run("--output=/etc/passwd", ".", "");
    assert_eq!(option.status.code(), Some(2), "{}", both(&option));
}

#[test]
fn inputs_of_the_action_are_single_arguments() {
    let marker = folder("marker").join("hit");
    let attack = format!("$(touch${{IFS}}{0}) ; touch {0}", marker.display());
    let (output, _) = lint(&[("PATHS", &attack)]);
    assert_eq!(output.status.code(), Some(2), "{}", both(&output));
    assert!(!marker.exists());
}

#[test]
fn the_action_installs_the_release_of_its_own_version() {
    let choose = |version, system| {
        let action = root().to_str().unwrap();
        let given =
            [("VERSION", version), ("SYSTEM", system), ("CACHE", "/cache"), ("ACTION", action)];
        step("Choose", root(), &given)
    };
    let own = action()["inputs"]["version"]["default"].as_str().unwrap().to_owned();
    let version = env!("CARGO_PKG_VERSION");
    for (system, archive) in [
        ("Linux-X64", "mtlsctl-x86_64-unknown-linux-gnu.tar.gz"),
        ("Linux-ARM64", "mtlsctl-aarch64-unknown-linux-gnu.tar.gz"),
        ("macOS-ARM64", "mtlsctl-aarch64-apple-darwin.tar.gz"),
        ("Windows-X64", "mtlsctl-x86_64-pc-windows-msvc.zip"),
    ] {
        let (output, outputs) = choose(&own, system);
        assert!(output.status.success(), "{}", both(&output));
        assert_eq!(
            outputs,
            format!("version={version}\narchive={archive}\nfolder=/cache/mtlsctl/{version}\n")
        );
    }
    assert!(choose("9.9.9", "Linux-X64").1.starts_with("version=9.9.9\n"));
    let (unknown, _) = choose(&own, "Windows-ARM64");
    assert!(!unknown.status.success() && both(&unknown).contains("::error::"));
    assert!(choose("path", "Windows-ARM64").0.status.success());
}

/// The workflows, and the example in the action's comment as one.
fn workflows() -> Vec<PathBuf> {
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    let example: String = action
        .lines()
        .skip_while(|line| *line != "#")
        .skip(1)
        .take_while(|line| line.starts_with('#'))
        .map(|line| format!("    {}\n", line.strip_prefix("#   ").unwrap()))
        .collect();
    assert!(example.lines().count() > 5, "{example}");
    let path = folder("workflow").join("lint.yml");
    let jobs = "jobs:\n  lint:\n    runs-on: ubuntu-latest\n";
    fs::write(&path, format!("on: push\n{jobs}{example}")).unwrap();
    let folder = fs::read_dir(root().join(".github/workflows")).unwrap();
    let mut all: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    all.push(path);
    all
}

#[test]
fn actionlint_and_zizmor_find_nothing_in_the_workflows() {
    let shellcheck = installed::file("shellcheck/usr/bin/shellcheck");
    let workflows = workflows();
    let mut actionlint = installed::command("publishing/bin/actionlint");
    let said = succeed(actionlint.arg("-shellcheck").arg(shellcheck).args(&workflows));
    assert_eq!(said, "");
    let mut zizmor = installed::command("publishing/bin/zizmor");
    zizmor.args(["--offline", "--no-progress", "--quiet"]);
    let said = succeed(zizmor.arg(root().join(".github")).arg(root().join("action.yml")));
    assert!(said.contains("No findings"), "{said}");
}

#[test]
fn action_workflows_and_hooks_match_their_schemas() {
    let check = |schema: &str, files: &[PathBuf]| {
        let mut check = installed::command("linters/bin/check-jsonschema");
        succeed(check.args(["--builtin-schema", schema]).args(files));
    };
    let (action, hooks) = (root().join("action.yml"), root().join(".pre-commit-hooks.yaml"));
    check("vendor.github-actions", std::slice::from_ref(&action));
    check("vendor.github-workflows", &workflows());
    succeed(installed::command("linters/bin/pre-commit").arg("validate-manifest").arg(&hooks));
    let rules = "{extends: default, rules: {line-length: {max: 120}, document-start: disable, \
                 truthy: {check-keys: false}, braces: {max-spaces-inside: 1}, \
                 comments: {min-spaces-from-content: 1}}}";
    succeed(
        installed::command("linters/bin/yamllint")
            .args(["--strict", "-d", rules])
            .args([action, hooks])
            .arg(root().join(".github")),
    );
}

#[test]
fn all_packages_have_the_same_version() {
    let notes = |root: &Path| {
        Command::new("python3")
            .arg(root.join("packaging/notes"))
            .arg(env!("CARGO_PKG_VERSION"))
            .output()
            .unwrap()
    };
    // Before a release the changelog's section has no date, but nothing else may be wrong.
    let said = both(&notes(root()));
    let date =
        format!("CHANGELOG.md has no section `## {} - YYYY-MM-DD`", env!("CARGO_PKG_VERSION"));
    assert!(said.trim() == date || said.starts_with("### "), "{said}");
    let copy = folder("notes");
    for name in ["packaging/notes", "Cargo.toml", "pyproject.toml"] {
        fs::create_dir_all(copy.join(name).parent().unwrap()).unwrap();
        fs::copy(root().join(name), copy.join(name)).unwrap();
    }
    let changelog = format!(
        "# Changelog\n\n## {} - 2026-12-01\n\n### Added\n\n- All.\n\n## 0.0.1 - 2026-01-01\n",
        env!("CARGO_PKG_VERSION")
    );
    fs::write(copy.join("CHANGELOG.md"), changelog).unwrap();
    let released = notes(&copy);
    assert!(released.status.success());
    assert_eq!(both(&released), "### Added\n\n- All.\n");
    let hook = fs::read_to_string(copy.join("pyproject.toml")).unwrap();
    fs::write(copy.join("pyproject.toml"), hook.replace("mtlsctl==", "mtlsctl==1")).unwrap();
    assert!(!notes(&copy).status.success());
}

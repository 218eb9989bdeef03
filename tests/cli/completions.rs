//! Completion in real shells: generated scripts, names that are completed while typing, and the
//! command as a kubectl plugin.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::installed::{self, succeed};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A program that finds mtlsctl on its path, in a folder with manifests.
fn in_bookinfo(program: impl AsRef<std::ffi::OsStr>) -> Command {
    placed(Command::new(program))
}

/// The same for a shell that is installed for the tests.
fn shell(path: &str) -> Command {
    placed(installed::command(path))
}

fn placed(mut command: Command) -> Command {
    let binaries = Path::new(env!("CARGO_BIN_EXE_mtlsctl")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    command
        .current_dir(root().join("testdata/bookinfo"))
        .env("PATH", format!("{}:{path}", binaries.display()))
        .env("HOME", env!("CARGO_TARGET_TMPDIR"))
        .env("LC_ALL", "C.UTF-8");
    command
}

/// The completions of bash, zsh and fish for the last of some words.
fn offered(words: &[&str]) -> [String; 3] {
    let line = words.join(" ");
    let last = words.last().unwrap();
    let bash = format!(
        "source <(COMPLETE=bash mtlsctl); COMP_WORDS=({}); COMP_CWORD={}; COMP_TYPE=9\n\
         _clap_complete_mtlsctl mtlsctl '{last}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.iter().map(|word| format!("'{word}' ")).collect::<String>(),
        words.len() - 1,
    );
    let zsh = format!(
        "compdef() {{}}; _describe() {{ print -l -- \"${{(@P)3}}\" }}\n\
         source <(COMPLETE=zsh mtlsctl); words=({}); CURRENT={}; _clap_dynamic_completer_mtlsctl",
        words.iter().map(|word| format!("'{word}' ")).collect::<String>(),
        words.len(),
    );
    let fish = format!("COMPLETE=fish mtlsctl | source; complete -C '{line}'");
    let zsh_says = succeed(shell("shells/bin/zsh").args(["-f", "-c", &zsh]));
    let fish_says = succeed(shell("shells/usr/bin/fish").args(["--no-config", "-c", &fish]));
    [succeed(in_bookinfo("bash").args(["--norc", "-c", &bash])), zsh_says, fish_says]
}

#[test]
fn names_in_the_manifests_are_offered_in_every_shell() {
    for said in offered(&["mtlsctl", "probe", "prod"]) {
        assert!(said.contains("productpage") && !said.contains("reviews"), "{said}");
    }
    for said in offered(&["mtlsctl", "resolve", "-f", "consul.yaml", ""]) {
        assert!(said.contains("qotm") && !said.contains("reviews"), "{said}");
    }
    for said in offered(&["mtlsctl", "inspect", "context/i"]) {
        assert!(said.contains("context/istio-upstream"), "{said}");
    }
}

#[test]
fn rules_and_flags_are_offered_in_every_shell() {
    for said in offered(&["mtlsctl", "explain", "secret-key-m"]) {
        assert!(said.contains("secret-key-mismatch"), "{said}");
    }
    for said in offered(&["mtlsctl", "lint", "--select", "cluster-s"]) {
        assert!(said.contains("cluster-shared"), "{said}");
    }
    for said in offered(&["mtlsctl", "graph", "-o", "merm"]) {
        assert!(said.contains("mermaid"), "{said}");
    }
    for said in offered(&["mtlsctl", "consul", "export", "--output", "man"]) {
        assert!(said.contains("manifest"), "{said}");
    }
    for said in offered(&["mtlsctl", "lint", "--report-sc"]) {
        assert!(said.contains("--report-scope"), "{said}");
    }
}

#[test]
fn static_scripts_are_valid_and_offer_commands() {
    let folder = root().join("completions");
    let bash = format!(
        "source {}; COMP_WORDS=(mtlsctl res); COMP_CWORD=1; _mtlsctl mtlsctl res mtlsctl\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        folder.join("mtlsctl.bash").display()
    );
    let said = succeed(in_bookinfo("bash").args(["--norc", "-c", &bash]));
    assert_eq!(said, "resolve\n");
    let fish =
        format!("source {}; complete -C 'mtlsctl gr'", folder.join("mtlsctl.fish").display());
    let said = succeed(shell("shells/usr/bin/fish").args(["--no-config", "-c", &fish]));
    assert!(said.starts_with("graph\t"), "{said}");
    succeed(shell("shells/bin/zsh").arg("-fn").arg(folder.join("_mtlsctl")));
}

#[test]
fn kubectl_runs_it_as_a_plugin() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugin");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let plugin = folder.join("kubectl-mtlsctl");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_mtlsctl"), &plugin).unwrap();
    let help = succeed(in_bookinfo(&plugin).args(["graph", "-h"]));
    assert!(help.contains("Usage: kubectl mtlsctl graph [OPTIONS]"), "{help}");
    let usage = in_bookinfo(&plugin).args(["lint", "--nope"]).output().unwrap();
    assert_eq!(usage.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&usage.stderr).contains("kubectl mtlsctl lint"));
    // kubectl runs this for completion; its output follows Cobra's protocol.
    let script = folder.join("kubectl_complete-mtlsctl");
    fs::write(&script, succeed(in_bookinfo(&plugin).args(["completions", "kubectl"]))).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let said = succeed(in_bookinfo("sh").arg(&script).args(["resolve", "prod"]).env("PATH", path));
    assert_eq!(said, "productpage\thttps://productpage.default:9080\n:4\n");
}

#[test]
fn files_are_offered_after_a_format() {
    // Bash splits `sarif=i` into three words, and expects completions for what follows the `=`.
    for (words, wanted) in [
        (&["-o", "sarif", "=", "is"][..], "istio.yaml"),
        (&["-o", "sarif", "="], "istio.yaml"),
        (&["--output", "=", "sarif", "=", "is"], "istio.yaml"),
        (&["-o", "sar"], "sarif"),
    ] {
        let words: String = words.iter().map(|word| format!("'{word}' ")).collect();
        let last = words.trim().rsplit(' ').next().unwrap().trim_matches('\'').replace('=', "");
        let script = format!(
            "source <(COMPLETE=bash mtlsctl); COMP_WORDS=(mtlsctl lint {words}); COMP_TYPE=9\n\
             COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
             _clap_complete_mtlsctl mtlsctl '{last}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let said = succeed(in_bookinfo("bash").args(["--norc", "-c", &script]));
        assert!(said.lines().any(|line| line == wanted), "{words}: {said}");
        assert!(!said.contains("--"), "{words}: {said}");
    }
    for said in &offered(&["mtlsctl", "lint", "-o", "sarif=is"])[1..] {
        assert!(said.contains("sarif=istio.yaml"), "{said}");
    }
}

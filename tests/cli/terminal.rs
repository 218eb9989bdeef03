//! What people see: the last screen of a real terminal, one finding per cause, tables that fit.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder with 20 contexts whose Secrets are elsewhere, and 60 Mappings, one with a typo.
struct Tree(PathBuf);

impl Tree {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("screen-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let mut contexts = String::new();
        for team in 0..20 {
            let _ = write!(
                contexts,
                "---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
                 metadata: {{name: team{team}-upstream, namespace: t{team}}}\n\
                 spec: {{secret: team{team}-client, ca_secret: team{team}-ca}}\n"
            );
        }
        let mut mappings = String::new();
        for number in 0..60 {
            let team = number % 20;
            let tls =
                if number == 41 { "team13-upstrem".into() } else { format!("team{team}-upstream") };
            mappings +=
                &mapping(&format!("m{number}"), &format!("https://svc{number}.invalid:8443"), &tls);
        }
        fs::write(path.join("contexts.yaml"), contexts).unwrap();
        fs::write(path.join("mappings.yaml"), mappings).unwrap();
        Self(path)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_mtlsctl"));
        command.args(arguments).output().unwrap()
    }

    /// The final contents of an 80 by 24 terminal, and the total number of lines.
    fn screen(&self, arguments: &[&str]) -> (String, usize) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/terminal.py");
        let output = self
            .command("python3")
            .arg(script)
            .args(["24", "80", env!("CARGO_BIN_EXE_mtlsctl")])
            .args(arguments)
            .output()
            .expect("python3, which gives programs a terminal");
        let written = String::from_utf8(output.stdout).unwrap().replace('\r', "");
        let lines: Vec<&str> = written.lines().collect();
        for line in &lines {
            assert!(line.chars().count() <= 80, "a line is broken: {line}");
        }
        // The prompt takes the last row.
        let last = &lines[lines.len().saturating_sub(23)..];
        (last.join("\n"), lines.len())
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.0).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.envs([("LC_ALL", "C.UTF-8"), ("TERM", "xterm"), ("NO_COLOR", "1")]);
        command
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mapping(name: &str, service: &str, tls: &str) -> String {
    format!(
        "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\n\
         metadata: {{name: {name}, namespace: shop}}\nspec:\n  hostname: \"*\"\n  \
         prefix: /{name}/\n  service: {service}\n  tls: {tls}\n"
    )
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn the_only_error_among_sixty_mappings_is_on_the_last_screen() {
    let tree = Tree::new("one-error");
    let (screen, _) = tree.screen(&["lint", "."]);
    assert!(screen.contains("error[mapping-context-undefined]: Mapping shop/m41"), "{screen}");
    assert!(screen.contains("more: mtlsctl explain mapping-context-undefined"), "{screen}");
    assert!(screen.ends_with("1 error, 40 warnings (60 upstreams in 2 files)"), "{screen}");
}

#[test]
fn the_first_of_forty_errors_is_on_the_last_screen() {
    let tree = Tree::new("forty-errors");
    fs::remove_file(tree.0.join("contexts.yaml")).unwrap();
    let mut text = String::new();
    for number in 0..40 {
        // Each is a separate fault.
        text += &mapping(&format!("m{number}"), "https://a:8443", "\"true\"");
    }
    fs::write(tree.0.join("mappings.yaml"), text).unwrap();
    let report: Value = serde_json::from_slice(&tree.run(&["lint", "-o", "json"]).stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let errors = findings.iter().filter(|one| one["severity"] == "error");
    assert!(errors.count() >= 40, "{report:#}");
    let (screen, lines) = tree.screen(&["lint"]);
    assert!(
        lines > 100 && screen.contains("error[") && screen.contains("Mapping shop/m0"),
        "{screen}"
    );
}

#[test]
fn a_pipe_gets_findings_in_file_order() {
    let tree = Tree::new("pipe");
    let output = tree.run(&["lint", "."]);
    let heads: Vec<&str> = out(&output).lines().filter(|line| line.contains("[")).collect();
    let at = |what: &str| heads.iter().position(|line| line.contains(what)).unwrap();
    assert!(at("secret-missing") < at("mapping-context-undefined"), "{heads:#?}");
    assert!(!out(&output).contains("more: mtlsctl"), "a pipe has the address of the page");
    assert!(out(&output).contains("= docs: https://"));
}

#[test]
fn a_shared_cause_is_one_finding_for_people_and_forty_for_programs() {
    let tree = Tree::new("cause");
    let output = tree.run(&["lint", "."]);
    let text = out(&output);
    assert_eq!(text.matches("[secret-missing]").count(), 1, "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "20 TLSContexts name Secrets that are not in the input: `t0/team0-client`, \
                `t0/team0-ca`, `t1/team1-client` and 37 more";
    assert!(words.contains(told), "{text}");
    assert!(text.contains("--external"), "{text}");
    let concise = tree.run(&["lint", ".", "-o", "concise"]);
    assert_eq!(out(&concise).matches("[secret-missing]").count(), 40);
    let json: Value = serde_json::from_slice(&tree.run(&["lint", "-o", "json"]).stdout).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 41);
    let advised = tree.run(&["lint", ".", "--external", "Secret/*/*"]);
    assert!(err(&advised).starts_with("1 error (60 upstreams"), "{}", err(&advised));
}

#[test]
fn three_hundred_contexts_without_one_secret_are_one_finding() {
    let tree = Tree::new("one-secret");
    let mut text = String::new();
    for number in 0..300 {
        let _ = write!(
            text,
            "---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
             metadata: {{name: c{number}, namespace: shop}}\nspec: {{secret: ca}}\n"
        );
    }
    fs::write(tree.0.join("contexts.yaml"), text).unwrap();
    let output = tree.run(&["lint", "contexts.yaml"]);
    assert_eq!(out(&output).matches("[secret-missing]").count(), 1, "{}", out(&output));
    let headline = out(&output).lines().take(2).collect::<Vec<_>>().join(" ");
    assert!(headline.contains("300 TLSContexts name Secret `shop/ca`, which"), "{headline}");
}

#[test]
fn headings_numbers_and_a_cap_are_for_people() {
    let tree = Tree::new("layout");
    let by_rule = tree.run(&["lint", ".", "--group-by", "rule"]);
    let text = out(&by_rule);
    assert!(text.starts_with("secret-missing: 40 warnings\n"), "{text}");
    assert!(text.contains("\nmapping-context-undefined: 1 error\n"), "{text}");
    let by_object = tree.run(&["lint", ".", "--group-by", "object"]);
    assert!(out(&by_object).starts_with("TLSContext t0/team0-upstream: 2 warnings\n"));
    let by_file = tree.run(&["lint", ".", "--group-by", "file"]);
    assert!(out(&by_file).contains("mappings.yaml: 1 error\n"), "{}", out(&by_file));

    let statistics = tree.run(&["lint", ".", "--statistics"]);
    let rows: Vec<&str> = out(&statistics).lines().collect();
    assert!(rows[0].starts_with("  1  error    mapping-context-undefined"), "{rows:#?}");
    assert!(rows.iter().any(|row| row.starts_with(" 40  warning  secret-missing")), "{rows:#?}");
    assert_eq!(statistics.status.code(), Some(1));

    let capped = tree.run(&["lint", ".", "-o", "concise", "--max-per-rule", "2"]);
    let rows: Vec<&str> = out(&capped).lines().collect();
    assert_eq!(rows.len(), 4, "{rows:#?}");
    assert_eq!(rows[2], "and 38 more of secret-missing (--max-per-rule)");
}

#[test]
fn a_long_line_is_scrolled_to_the_wrong_value() {
    let tree = Tree::new("long-line");
    let labels: String = (0..40).map(|at| format!("label{at}: value{at}, ")).collect();
    let text = format!(
        "{{apiVersion: getambassador.io/v3alpha1, kind: Mapping, metadata: {{name: m, labels: {{{labels}}}}}, \
         spec: {{hostname: '*', prefix: /, service: 'https://a:8443', tls: nowhere}}}}\n"
    );
    fs::write(tree.0.join("flow.yaml"), text).unwrap();
    let output = tree.run(&["lint", "flow.yaml"]);
    let shown = out(&output).lines().find(|line| line.contains("tls: nowhere"));
    assert!(shown.is_some_and(|line| line.contains('…')), "{}", out(&output));
}

#[test]
fn upstreams_are_a_table_with_a_count() {
    let tree = Tree::new("table");
    let output = tree.run(&["resolve", "-f", ".", "-o", "table"]);
    let rows: Vec<&str> = out(&output).lines().collect();
    let header: Vec<&str> = rows[0].split_whitespace().collect();
    assert_eq!(header, ["MAPPING", "SERVICE", "MODE", "PRESENTS", "TRUSTS", "SNI", "ENDS"]);
    assert_eq!(rows.len(), 61);
    let cells: Vec<&str> = rows[1].split_whitespace().collect();
    let wanted = ["shop/m0", "https://svc0.invalid:8443", "mutual?", "t0/team0-client"];
    assert_eq!(cells[..4], wanted);
    let count = "60 upstreams: 59 mutual, 1 TLS, 1 unverified; 59 only if Secrets exist that are not in \
                 the input (?)\n";
    assert_eq!(err(&output), count);
    let exposed = tree.run(&["resolve", "-f", ".", "-o", "table", "--mode", "unverified"]);
    assert_eq!(out(&exposed).lines().count(), 2, "{}", out(&exposed));
    assert!(out(&exposed).contains("shop/m41"));
    assert_eq!(err(&exposed), "1 upstream: 1 TLS, 1 unverified\n");
    // Every line fits, as checked by `screen`.
    let (screen, lines) = tree.screen(&["resolve", "-q", "-f", ".", "-o", "table"]);
    assert_eq!(lines, 61, "{screen}");
}

#[test]
fn names_that_do_not_resolve_here_are_reported_once() {
    let tree = Tree::new("nowhere");
    let output = tree.run(&["probe", "--all", "-f", "."]);
    let text = out(&output);
    let (one, all) = text.split_once("\n\n").unwrap();
    // Other faults are reported separately.
    assert!(one.starts_with("Mapping shop/m41 -> https://svc41.invalid:8443"), "{text}");
    let told = "× 59 of 60 names do not resolve from here: svc0.invalid, svc1.invalid,\n";
    assert!(all.starts_with(told) && all.contains("more\n") && all.contains("--in"), "{text}");
    assert!(all.lines().count() < 8, "{text}");
    assert!(err(&output).ends_with("60 probed: 60 not reached\n"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(4));
    let two =
        mapping("a", "https://a.invalid", "null") + &mapping("b", "https://b.invalid", "null");
    fs::write(tree.0.join("two.yaml"), two).unwrap();
    let output = tree.run(&["probe", "--all", "-f", "two.yaml"]);
    let told = "× none of the 2 names resolve from here: a.invalid, b.invalid\n";
    assert!(out(&output).starts_with(told), "{}", out(&output));
    let (screen, _) = tree.screen(&["probe", "-q", "--all", "-f", ".", "-o", "table"]);
    assert!(screen.contains("shop/m59"), "{screen}");
}

#[test]
fn the_demo_finds_shows_and_fixes_a_fault() {
    let tree = Tree::new("demo");
    let before = fs::read_dir(&tree.0).unwrap().count();
    let output = tree.run(&["demo"]);
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", err(&output));
    let steps = [
        "error[mapping-context-undefined]: Mapping shop/orders",
        "Envoy would fail",
        "+  tls: orders-upstream",
        "mutual",
        "Envoy would get through",
    ];
    let mut rest = text;
    for step in steps {
        let at = rest.find(step).unwrap_or_else(|| panic!("`{step}` is not in its place: {text}"));
        rest = &rest[at..];
    }
    assert!(!text.contains("PRIVATE KEY"), "{text}");
    assert_eq!(fs::read_dir(&tree.0).unwrap().count(), before, "nothing is written");
}

#[test]
fn doctor_has_a_next_step_for_each_problem() {
    let tree = Tree::new("doctor");
    let output = tree.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    for word in ["version", "config", "kubectl", "cluster", "helm", "completion", "authorities"] {
        assert!(out(&output).contains(&format!(" {word}")), "{word}: {}", out(&output));
    }
    fs::write(tree.0.join(".mtlsctl.yaml"), "fail_on: nonsense\n").unwrap();
    let broken = tree.run(&["doctor"]);
    assert!(out(&broken).contains("× config") && broken.status.code() == Some(2));
}

#[test]
fn the_version_lists_the_supported_releases() {
    let tree = Tree::new("version");
    let text = tree.run(&["version"]);
    let usual = "4.1 unless the input or --emissary says otherwise";
    assert!(out(&text).contains(usual) && out(&text).contains("1.0 to 1.14"), "{}", out(&text));
    let json: Value = serde_json::from_slice(&tree.run(&["version", "-o", "json"]).stdout).unwrap();
    assert_eq!(json["emissary"]["default"], "4.1");
    assert_eq!(json["envoy"]["default"], "1.37");
}

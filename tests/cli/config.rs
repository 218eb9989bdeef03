//! `.mtlsctl.yaml` in use: where it is found, what it sets, and how mistakes are reported.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

const BAD: &str = "testdata/rule/mapping-context-undefined/bad.yaml";

/// A repository in the target folder, removed at the end.
struct Repository(Folder);

impl Repository {
    fn new() -> Self {
        let folder = Folder::new();
        fs::create_dir(folder.path().join(".git")).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        folder.write("deploy/a.yaml", fs::read_to_string(root.join(BAD)).unwrap());
        Self(folder)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        self.0.write(name, text);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn config(&self, text: &str) {
        self.write(".mtlsctl.yaml", text);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = mtlsctl();
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// `lint -o json` with further arguments.
    fn lint(&self, more: &[&str]) -> Value {
        let output = self.run(&[&["lint", "-o", "json", "--at", "2026-06-01"], more].concat());
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }

    fn found(&self, more: &[&str]) -> String {
        let report = self.lint(more);
        let findings = report["findings"].as_array().unwrap().iter();
        let words = findings.map(|found| {
            let place = &found["locations"][0];
            let (path, line) = (place["path"].as_str().unwrap(), &place["line"]);
            let severity = found["severity"].as_str().unwrap();
            format!("{path}:{line} {severity} {}", found["rule"].as_str().unwrap())
        });
        words.collect::<Vec<_>>().join("\n")
    }
}
fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

const UNDEFINED: &str = "deploy/a.yaml:31 error mapping-context-undefined";

#[test]
fn manifests_are_found_from_every_folder_and_paths_are_relative_to_the_file() {
    let repository = Repository::new();
    repository.config("manifests: [deploy]\nexclude: [deploy/old]\n");
    repository.write("elsewhere/b.yaml", repository.0.read("deploy/a.yaml"));
    repository.write("deploy/old/b.yaml", repository.0.read("deploy/a.yaml"));
    assert_eq!(repository.found(&[]), UNDEFINED);
    let mut below = repository.command(&["lint", "-o", "concise"]);
    let below = below.current_dir(repository.path("elsewhere")).output().unwrap();
    assert!(out(&below).starts_with("../deploy/a.yaml:31:"), "{}", out(&below));
    assert_eq!(out(&below).lines().count(), 1, "{}", out(&below));
    let resolved = out(&repository.run(&["resolve", "-o", "json"]));
    assert_eq!(
        serde_json::from_str::<Value>(&resolved).unwrap()["upstreams"].as_array().unwrap().len(),
        1
    );
    let probe = repository.run(&["probe", "nothing-like-it"]);
    assert!(err(&probe).contains("productpage"), "{}", err(&probe));
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let repository = Repository::new();
    repository.config("fail-on: never\n");
    let code = |variable: Option<&str>, arguments: &[&str]| {
        let mut command = repository.command(arguments);
        if let Some(value) = variable {
            command.env("MTLSCTL_FAIL_ON", value);
        }
        command.output().unwrap().status.code()
    };
    assert_eq!(code(None, &["lint", "deploy"]), Some(0));
    assert_eq!(code(Some("error"), &["lint", "deploy"]), Some(1));
    assert_eq!(code(Some("error"), &["lint", "deploy", "--fail-on", "never"]), Some(0));
    assert_eq!(code(None, &["lint", "deploy", "--no-config"]), Some(1));
    assert_eq!(code(None, &["lint", "deploy", "--isolated"]), Some(1));
    repository.write("other/strict.yaml", "fail-on: error\n");
    assert_eq!(code(None, &["lint", "deploy", "--config", "other/strict.yaml"]), Some(1));
    assert_eq!(code(None, &["lint", "deploy", "--config", "no/such.yaml"]), Some(2));
    let named =
        "manifests: [deploy]\noverrides: [{ paths: [deploy/], rules: { '*': off }, reason: x }]\n";
    repository.write("other/named.yaml", named);
    let named = repository.run(&["lint", "--config", "other/named.yaml"]);
    assert!(err(&named).contains("1 suppressed"), "{}", err(&named));
}

#[test]
fn settings_are_shown_with_their_source() {
    let repository = Repository::new();
    repository.config("\nfail-on: never\nexpires-in: 25%\nrules:\n  secret-*: note\n");
    let mut command =
        repository.command(&["lint", "--show-settings", "--min-severity", "warning", "deploy"]);
    let shown = out(&command.env("MTLSCTL_EMISSARY", "3.9").output().unwrap());
    let row = |name: &str| {
        let row = shown.lines().find(|line| line.split_whitespace().next() == Some(name));
        let words: Vec<&str> =
            row.unwrap_or_else(|| panic!("{name}: {shown}")).split_whitespace().collect();
        words[1..].join(" ")
    };
    assert!(shown.starts_with("configuration: .mtlsctl.yaml\n"), "{shown}");
    assert_eq!(row("fail-on"), "never .mtlsctl.yaml:2");
    assert_eq!(row("expires-in"), "25% .mtlsctl.yaml:3");
    assert_eq!(row("min-severity"), "warning flag");
    assert_eq!(row("emissary"), "3.9 MTLSCTL_EMISSARY");
    assert_eq!(row("ambassador-id"), "- default");
    assert_eq!(row("color"), "auto default");
    assert_eq!(row("quiet"), "false default");
    assert_eq!(row("rules.secret-*"), "note .mtlsctl.yaml:5");
    repository.write("deploy/other.yaml", "kind: ConfigMapper\n---\nkind: Nothing\n");
    let verbose = err(&repository.run(&["lint", "-v", "--ignore", "secret-missing", "deploy"]));
    assert!(verbose.contains("configuration: .mtlsctl.yaml; "), "{verbose}");
    assert!(verbose.contains("; 2 that cannot matter here"), "{verbose}");
    for command in [&["resolve"][..], &["inspect", "deploy"], &["probe", "--all"]] {
        let shown = out(&repository.run(&[command, &["--show-settings"]].concat()));
        assert!(shown.contains("emissary"), "{command:?}: {shown}");
    }
}

#[test]
fn rules_have_levels() {
    let repository = Repository::new();
    repository.config("rules:\n  mapping-*: warning\n");
    assert_eq!(repository.found(&["deploy"]), UNDEFINED.replace("error", "warning"));
    repository.config("rules:\n  mapping-*: off\n");
    assert_eq!(repository.found(&["deploy"]), "");
    repository.config("rules:\n  mapping-*: off\n  mapping-context-undefined: note\n");
    assert_eq!(repository.found(&["deploy"]), UNDEFINED.replace("error", "note"));
    repository.config("rules: { mapping-context-undefined: off }\n");
    let asked = repository.found(&["deploy", "--select", "mapping-context-undefined"]);
    assert_eq!(asked, UNDEFINED, "asked for by its name");
    repository.config("ignore: [mapping-*]\n");
    assert_eq!(repository.found(&["deploy"]), "");
    assert_eq!(repository.found(&["deploy", "--ignore", "secret-*"]), UNDEFINED);
}

#[test]
fn overrides_apply_to_files_or_objects_and_have_a_reason() {
    let repository = Repository::new();
    let over = |which: &str, more: &str| {
        repository.config(&format!(
            "overrides:\n  - {which}\n    rules: {{ mapping-context-undefined: off }}\n    \
             reason: made elsewhere\n{more}"
        ));
    };
    let suppressed = |more: &[&str]| repository.lint(more)["summary"]["suppressed"].clone();
    for which in ["paths: [deploy/]", "paths: ['**/a.yaml']", "objects: [Mapping/*/product*]"] {
        over(which, "");
        assert_eq!(repository.found(&["deploy"]), "", "{which}");
        assert_eq!(suppressed(&["deploy"]), 1, "{which}");
        assert_eq!(repository.found(&["deploy", "--no-ignores"]), UNDEFINED, "{which}");
    }
    let shown = repository.lint(&["deploy", "--show-suppressed"]);
    let reason = &shown["findings"][0]["suppressed"];
    assert_eq!(
        (reason["by"].as_str(), reason["reason"].as_str()),
        (Some("config"), Some("made elsewhere"))
    );
    let text = out(&repository.run(&["lint", "deploy", "--show-suppressed"]));
    assert!(text.contains("suppressed[mapping-context-undefined]"), "{text}");
    assert!(text.contains("by the configuration: made elsewhere"), "{text}");
    let concise = out(&repository.run(&["lint", "deploy", "--show-suppressed", "-o", "concise"]));
    assert!(concise.starts_with("deploy/a.yaml:31:8: suppressed[mapping-"), "{concise}");
    repository.config(
        "rules: { mapping-*: note }\noverrides:\n  - paths: [deploy]\n    rules: { mapping-context-*: warning }\n    reason: x\n",
    );
    assert_eq!(repository.found(&["deploy"]), UNDEFINED.replace("error", "warning"));
}

#[test]
fn overrides_that_do_nothing_are_findings() {
    let repository = Repository::new();
    let over = |rules: &str, more: &str| {
        let over = format!(
            "overrides:\n  - paths: [deploy]\n    rules: {{ {rules} }}\n    reason: x\n{more}"
        );
        repository.config(&over);
    };
    over("mapping-context-undefined: off, secret-*: off", "");
    assert_eq!(repository.found(&["deploy"]), ".mtlsctl.yaml:3 warning ignore-unused");
    assert_eq!(repository.found(&["deploy", "--select", "mapping-*"]), "");
    over("mapping-context-undefined: off", "    until: 2026-06-01\n");
    assert_eq!(repository.found(&["deploy"]), "");
    over("mapping-context-undefined: off", "    until: 2026-05-31\n");
    let expired = format!("{UNDEFINED}\n.mtlsctl.yaml:5 warning ignore-expired");
    assert_eq!(repository.found(&["deploy"]), expired);
    over("mapping-context-undefind: off", "");
    let misspelt = format!("{UNDEFINED}\n.mtlsctl.yaml:3 warning ignore-invalid");
    assert_eq!(repository.found(&["deploy"]), misspelt);
    // Files that were not read do not make an override unused.
    over("secret-*: off", "");
    repository.write("elsewhere/b.yaml", "kind: ConfigMap\n");
    assert_eq!(repository.found(&["elsewhere", "--allow-empty"]), "");
    let mut below = repository.command(&["lint", "--allow-empty"]);
    let below = below.current_dir(repository.path("elsewhere")).output().unwrap();
    assert!(!err(&below).contains("warning"), "{}", err(&below));
    repository.write("elsewhere/b.yaml", "");
    assert!(repository.found(&[]).contains(".mtlsctl.yaml:3 warning ignore-unused"));
    repository.config("rules: { ignore-unused: off }\noverrides: [{ paths: [deploy], rules: { secret-*: off }, reason: x }]\n");
    assert_eq!(repository.found(&["deploy"]), UNDEFINED);
}

#[test]
fn the_margin_of_expiry_and_the_baseline_are_settings() {
    let repository = Repository::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let soon = root.join("testdata/rule/certificate-expires-soon/bad.yaml");
    repository.write("certs/a.yaml", fs::read_to_string(soon).unwrap());
    let soon = |more: &[&str]| {
        let found = repository.found(&[&["certs"], more].concat());
        found.contains("certificate-expires-soon")
    };
    assert!(soon(&[]));
    repository.config("expires-in: 1d\n");
    assert!(!soon(&[]));
    assert!(soon(&["--expires-in", "60d"]));
    repository.config("baseline: ci/known.json\n");
    fs::create_dir_all(repository.path("ci")).unwrap();
    assert_eq!(repository.run(&["lint", "deploy", "--update-baseline"]).status.code(), Some(0));
    assert!(repository.path("ci/known.json").exists());
    let mut below = repository.command(&["lint", "."]);
    let below = below.current_dir(repository.path("deploy")).output().unwrap();
    assert_eq!(below.status.code(), Some(0), "{}", err(&below));
}

#[test]
fn mistakes_have_a_place_a_reason_and_a_suggestion() {
    let repository = Repository::new();
    let slips = [
        ("exlude: [a]", "1:1: `exlude` is not a known field here", "`exclude`"),
        (
            "rules: { secret-mising: off }",
            "1:10: no rule is called `secret-mising`",
            "`secret-missing`",
        ),
        ("rules:\n  secret-missing: of", "2:19: `of` is not possible here", "`off`"),
        ("fail-on: eror", "1:10: `eror` is not possible here", "`error`"),
        (
            "overrides:\n  - paths: [a]\n    rules: {}\n    reson: x",
            "4:5: `reson` is not a known field here",
            "`reason`",
        ),
        ("overrides:\n  - paths: [a]\n    rules: {}", "2:5: `reason` is missing", ""),
        ("overrides:\n  - rules: {}\n    reason: x", "2:5: this override has neither", "`rules`"),
        (
            "overrides:\n  - paths: [a]\n    rules: {}\n    reason: ' '",
            "4:13: it gives no reason",
            "",
        ),
        ("ambassador-id: 5", "1:16: this is the number `5`, not text", "quotes"),
        ("manifests: deploy", "1:12: this is the text `deploy`, not a list", ""),
        ("- manifests", "1:3: this is a list, not settings", ""),
        ("emissary: four", "1:11: `four` is not a version", ""),
        ("emissary: 9.9", "1:11: Emissary 9.9 is not known", ""),
        ("expires-in: 30", "1:13: `30` is neither", ""),
        ("external:\n- Secret/x", "2:3: `Secret/x` is not KIND/NAMESPACE/NAME", ""),
        ("exclude: ['{a']", "1:11: `{a` is not a glob", ""),
        ("fail-on: error\nfail-on: never", "2:1: `fail-on` is already on line 1", ""),
        ("select: [", "1:9: this is not YAML", ""),
        ("fail-on: error\n---\nfail-on: error", "3:1: a configuration is one document", ""),
        ("select: {{ x }}", "", ""),
    ];
    for (text, message, hint) in slips {
        repository.config(text);
        for command in
            [&["lint", "deploy"][..], &["resolve"], &["inspect", "deploy"], &["probe", "--all"]]
        {
            let output = repository.run(command);
            let told = err(&output);
            assert_eq!(output.status.code(), Some(2), "{text}: {told}");
            assert!(told.starts_with(&format!("error: .mtlsctl.yaml:{message}")), "{text}: {told}");
            assert!(told.contains(hint), "{text}: {told}");
        }
    }
    repository.config("");
    repository.write(".mtlsctl.yml", "");
    let two = repository.run(&["lint", "deploy"]);
    assert_eq!(two.status.code(), Some(2));
    assert!(err(&two).contains("two configurations"), "{}", err(&two));
}

#[test]
fn hostile_configurations_get_a_message() {
    let repository = Repository::new();
    let mut bomb = String::from("a0: &a0 [x]\n");
    for level in 1..30 {
        let below = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{below}, {below}, {below}]\n"));
    }
    let texts = [
        bomb.as_bytes().to_vec(),
        format!("manifests: {}", "[".repeat(100_000)).into_bytes(),
        format!("select: &a [*a, {}]", "*a, ".repeat(1000)).into_bytes(),
        vec![0xFF, 0xFE, 0x00],
        b"a: \0\n".to_vec(),
        "overrides: [[[]]]".into(),
        "rules: [a]".into(),
        "? [a]\n: b\n".into(),
        "!!binary abc: x".into(),
        "until: *nothing".into(),
    ];
    for text in texts {
        repository.write(".mtlsctl.yaml", &text);
        let output = repository.run(&["lint", "deploy"]);
        let shown = String::from_utf8_lossy(&text[..text.len().min(60)]).into_owned();
        assert_eq!(output.status.code(), Some(2), "{shown}: {}", err(&output));
        assert!(err(&output).starts_with("error: "), "{shown}: {}", err(&output));
    }
    let endless = repository.run(&["lint", "deploy", "--config", "/dev/zero"]);
    assert_eq!(endless.status.code(), Some(2), "{}", err(&endless));
    for text in ["", "# nothing\n", "---\n", "{}", "manifests:\n", "---\nfail-on: error\n"] {
        repository.config(text);
        let output = repository.run(&["lint", "deploy"]);
        assert_eq!(output.status.code(), Some(1), "{text:?}: {}", err(&output));
    }
}

#[test]
fn the_schema_accepts_what_the_reader_accepts() {
    let repository = Repository::new();
    let schema: Value =
        serde_json::from_slice(&repository.run(&["config", "schema"]).stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let right = [
        "{}",
        "manifests: [a, b/c]",
        "manifests:",
        "exclude: ['**/x', '!y']",
        "no-ignore-vcs: true\ncheck-yaml: false\nforce-secret-validation: true",
        "ingest: k8s",
        "ambassador-id: main\nambassador-namespace: emissary",
        "emissary: 4.1",
        "emissary: 3",
        "emissary: v3.9.1",
        "external: [Secret/*/*, 'Secret/certs/x']",
        "files: check\nrootfs: ./root",
        "map: { /etc/certs: ./certs }",
        "expires-in: 30d",
        "expires-in: 25%",
        "select: [secret-*, mapping-context-undefined]\nignore: ['*-unused']",
        "rules: { 'secret-*': off, context-unused: note, mapping-*: error, '*': warning }",
        "overrides: [{ paths: [a], rules: { secret-missing: off }, reason: x, until: 2027-12-31 }]",
        "overrides: [{ objects: [Mapping/*/a], rules: {}, reason: x }]",
        "baseline: known.json\nfail-on: never\nmin-severity: note",
    ];
    let wrong = [
        "manifest: [a]",
        "manifests: a",
        "- a",
        "exclude: ['']",
        "no-ignore-vcs: maybe",
        "ingest: cluster",
        "ambassador-id: 5",
        "emissary: four",
        "emissary: [4]",
        "external: [Secret/x]",
        "external: [/a/b]",
        "files: maybe",
        "map: [a]",
        "map: { a: 1 }",
        "expires-in: 30",
        "expires-in: soon",
        "expires-in: 101%",
        "select: [secret-mising]",
        "rules: { secret-mising: off }",
        "rules: { secret-missing: fatal }",
        "rules: [secret-missing]",
        "overrides: [{ rules: {}, reason: x }]",
        "overrides: [{ paths: [a], rules: {} }]",
        "overrides: [{ paths: [a], reason: x }]",
        "overrides: [{ paths: [a], rules: {}, reason: '' }]",
        "overrides: [{ paths: [a], rules: {}, reason: x, until: tomorrow }]",
        "overrides: [{ paths: [a], rules: {}, reason: x, since: 2027-12-31 }]",
        "overrides: [{ objects: [a], rules: {}, reason: x }]",
        "overrides: { paths: [a] }",
        "fail-on: fatal",
        "baseline: [a]",
    ];
    for (texts, taken) in [(&right[..], true), (&wrong[..], false)] {
        for text in texts {
            let value: Value = serde_yaml::from_str(text).unwrap();
            assert_eq!(schema.is_valid(&value), taken, "the schema: {text}");
            repository.config(text);
            let output = repository.run(&["lint", "--show-settings", "deploy"]);
            let code = if taken { Some(0) } else { Some(2) };
            assert_eq!(output.status.code(), code, "the reader: {text}: {}", err(&output));
        }
    }
}

#[test]
fn the_example_on_the_page_is_a_valid_configuration() {
    let repository = Repository::new();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/reference/configuration.md");
    let page = fs::read_to_string(page).unwrap();
    let start = page.find("# yaml-language-server").expect("the example begins");
    let lines = page[start..].lines().take_while(|line| *line != "```");
    let example: String = lines.map(|line| format!("{line}\n")).collect();
    assert!(example.contains("overrides:") && example.contains("until:"), "{example}");
    repository.config(&example);
    let output = repository.run(&["lint", "--show-settings"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let schema = repository.run(&["config", "schema"]).stdout;
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let value: Value = serde_yaml::from_str(&example).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&value));
    // The page must have every setting of the schema.
    for name in schema["properties"].as_object().unwrap().keys() {
        assert!(
            page.contains(&format!("{name}:")) || page.contains(&format!("`{name}`")),
            "{name}"
        );
    }
}

#[test]
fn files_of_the_pod_are_mapped_relative_to_the_configuration() {
    let repository = Repository::new();
    repository.config("map: { /etc/istiocerts: certs }\nrootfs: pod\nfail-on: note\n");
    let mut command = repository.command(&["probe", "--all", "--show-settings", "-f", "a.yaml"]);
    let shown = out(&command.current_dir(repository.path("deploy")).output().unwrap());
    let has = |words: &[&str]| {
        let same = |line: &str| line.split_whitespace().eq(words.iter().copied());
        assert!(shown.lines().any(same), "{words:?} is not in {shown}");
    };
    has(&["map", "/etc/istiocerts=../certs", "../.mtlsctl.yaml:1"]);
    has(&["rootfs", "../pod", "../.mtlsctl.yaml:2"]);
    has(&["fail-on", "warning", "../.mtlsctl.yaml:3"]);
}

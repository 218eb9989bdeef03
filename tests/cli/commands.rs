//! The built binary as users run it: exit codes, streams, formats, standard input.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::secrets::LINT;
use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

const BAD: &str = "testdata/rule/mapping-context-undefined/bad.yaml";
const GOOD: &str = "testdata/rule/mapping-context-undefined/good.yaml";

fn run(arguments: &[&str]) -> Output {
    mtlsctl().args(arguments).output().unwrap()
}

fn code(arguments: &[&str]) -> i32 {
    run(arguments).status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn exit_codes_are_the_same_in_every_format() {
    for format in LINT {
        assert_eq!(code(&["lint", "-o", format, GOOD]), 0, "{format}");
        assert_eq!(code(&["lint", "-o", format, BAD]), 1, "{format}");
        assert_eq!(code(&["lint", "-o", format, "no-such-file.yaml"]), 2, "{format}");
        assert_eq!(code(&["lint", "-o", format, "LICENSE"]), 3, "{format}");
    }
    assert_eq!(code(&["lint", "--exit-zero", BAD]), 0);
    assert_eq!(code(&["lint", "--fail-on", "never", BAD]), 0);
    assert_eq!(code(&["lint", "--allow-empty", "LICENSE"]), 0);
    assert_eq!(code(&["lint", "--exit-zero", "no-such-file.yaml"]), 2);
    assert_eq!(code(&["lint", "-o", "nonsense", GOOD]), 2);
    assert_eq!(code(&["explain", "no-such-rule"]), 2);
    assert_eq!(code(&["resolve", "no-such-mapping", "-f", GOOD]), 2);
}

#[test]
fn findings_go_to_standard_output_and_the_summary_to_standard_error() {
    let output = run(&["lint", BAD]);
    assert!(out(&output).contains("error[mapping-context-undefined]"));
    assert!(!out(&output).contains("1 error ("));
    assert!(err(&output).contains("1 error ("), "{}", err(&output));
    assert_eq!(err(&run(&["lint", "-q", BAD])), "");
}

#[test]
fn all_inputs_of_one_call_are_one_world() {
    let folder = Folder::new();
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(GOOD)).unwrap();
    let (contexts, mappings) = text.split_at(text.rfind("---").unwrap());
    let contexts = folder.write("a/contexts.yaml", contexts);
    let mappings_path = folder.write("b/mappings.yaml", mappings);
    assert_eq!(code(&["lint", folder.name()]), 0);
    assert_eq!(code(&["lint", "--fail-on=warning", &mappings_path]), 1);
    let mut child = mtlsctl()
        .args(["lint", "-", &contexts])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(mappings.as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn gitignore_and_excludes_leave_files_out_and_named_files_are_always_read() {
    let folder = Folder::new();
    let bad = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BAD)).unwrap();
    let named = folder.write("ignored/bad.txt", &bad);
    folder.write("ignored/bad.yaml", &bad);
    folder.write(".gitignore", "ignored/\n");
    assert_eq!(code(&["lint", folder.name()]), 3);
    assert_eq!(code(&["lint", "--no-ignore-vcs", folder.name()]), 1);
    assert_eq!(code(&["lint", "--no-ignore-vcs", "--exclude", "**/bad.yaml", folder.name()]), 3);
    assert_eq!(code(&["lint", &named]), 1);
}

#[test]
fn reports_are_written_to_files_completely_or_not_at_all() {
    let folder = Folder::new();
    let json = folder.path().join("report.json");
    let output = run(&["lint", "-o", "concise", "-o", &format!("json={}", json.display()), BAD]);
    assert_eq!(output.status.code(), Some(1));
    let lines = out(&output).lines().count();
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["error"], 1);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), lines);
    let finding =
        findings.iter().find(|found| found["rule"] == "mapping-context-undefined").unwrap();
    assert_eq!(finding["object"]["name"], "productpage");
    assert_eq!(finding["locations"][0]["line"], 31);
    assert_eq!(finding["locations"][0]["column"], 8);
    assert_eq!(finding["locations"][0]["primary"], true);
    let nowhere = format!("json={}/no/such/folder/x.json", folder.name());
    assert_eq!(code(&["lint", "-o", &nowhere, BAD]), 2);
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "a partial report is left behind");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child =
        mtlsctl().args(["explain"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(err(&output), "");
}

#[test]
fn colour_follows_the_usual_variables() {
    let colored = |command: &mut Command| out(&command.output().unwrap()).contains('\u{1b}');
    assert!(!colored(mtlsctl().args(["lint", BAD])));
    assert!(colored(mtlsctl().args(["lint", "--color", "always", BAD])));
    assert!(colored(mtlsctl().env("FORCE_COLOR", "1").args(["lint", BAD])));
    assert!(!colored(mtlsctl().env("FORCE_COLOR", "1").env("NO_COLOR", "1").args(["lint", BAD])));
    assert!(colored(mtlsctl().env("NO_COLOR", "").env("FORCE_COLOR", "1").args(["lint", BAD])));
}

#[test]
fn rule_names_are_links_if_the_terminal_supports_them_and_urls_otherwise() {
    const LINK: &str =
        "\u{1b}]8;;https://mtlsctl.github.io/mtlsctl/rules/mapping-context-undefined.html";
    const PRINTED: &str =
        "= docs: https://mtlsctl.github.io/mtlsctl/rules/mapping-context-undefined.html";
    let told = |command: &mut Command| {
        let text = out(&command.output().unwrap());
        (text.matches(LINK).count(), text.matches(PRINTED).count())
    };
    assert_eq!(told(mtlsctl().args(["lint", BAD])), (0, 1));
    assert_eq!(told(mtlsctl().args(["lint", "--hyperlinks", "always", BAD])), (1, 0));
    assert_eq!(told(mtlsctl().args(["lint", "--hyperlinks", "never", BAD])), (0, 0));
    assert_eq!(told(mtlsctl().env("FORCE_HYPERLINK", "1").args(["lint", BAD])), (1, 0));
    assert_eq!(told(mtlsctl().env("FORCE_HYPERLINK", "0").args(["lint", BAD])), (0, 1));
    let folder = Folder::new();
    let path = folder.path().join("report.txt");
    let output = format!("text={}", path.display());
    run(&["lint", "--hyperlinks", "always", "--color", "always", "-o", &output, BAD]);
    assert!(!fs::read_to_string(path).unwrap().contains('\u{1b}'));
}

#[test]
fn long_lines_are_cut_to_the_terminal() {
    let folder = Folder::new();
    let bad = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BAD)).unwrap();
    let text = bad.replace("  tls: ", &format!("  # {}\n  tls: ", "long ".repeat(60)));
    let path = folder.write("a.yaml", text);
    for columns in ["60", "80"] {
        let output = mtlsctl().env("COLUMNS", columns).args(["lint", &path]).output().unwrap();
        let wide = out(&output);
        let wide = wide.lines().filter(|line| line.contains("long ")).map(|l| l.chars().count());
        assert_eq!(wide.max(), Some(columns.parse().unwrap()), "{}", out(&output));
    }
}

#[test]
fn misspelt_words_get_a_suggestion() {
    let told = |arguments: &[&str]| err(&run(arguments));
    assert!(told(&["resolve", "testdata/rule"]).contains("-f testdata/rule"));
    assert!(told(&["probe", "testdata/rule", "-f", GOOD]).contains("-f testdata/rule"));
    let part = told(&["explain", "mapping-context"]);
    assert!(part.contains("`mapping-context-undefined`"), "{part}");
    let part = told(&["lint", "--select", "mapping-context", GOOD]);
    assert!(part.contains("`mapping-context-undefined`"), "{part}");
    let folder = Folder::new();
    let broken = folder.write("a.yaml", "a: [\n---\nb: 1\n");
    let output = run(&["lint", &broken]);
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("1 document is not YAML; --check-yaml"), "{}", err(&output));
    assert!(!told(&["lint", "action.yml"]).contains("--check-yaml"));
    assert_eq!(code(&["lint", "--check-yaml", &broken]), 1);
    let empty = folder.path().join("empty");
    fs::create_dir_all(&empty).unwrap();
    let piped = |input: Stdio| {
        let output = mtlsctl().current_dir(&empty).arg("lint").stdin(input).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        err(&output).contains("mtlsctl lint -")
    };
    assert!(!piped(Stdio::null()));
    assert_eq!(piped(Stdio::piped()), cfg!(unix));
}

#[test]
fn a_misspelt_format_is_recognized_by_each_command() {
    let slips = [
        (&["lint", "-o", "sariff"][..], "sarif"),
        (&["resolve", "-o", "jsn"], "json"),
        (&["graph", "-o", "mermade"], "mermaid"),
        (&["inspect", "x", "-o", "tabel"], "table"),
        (&["probe", "x", "-o", "githb=report"], "github"),
        (&["consul", "export", "-o", "manifst"], "manifest"),
    ];
    for (arguments, meant) in slips {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        let told = err(&output);
        assert!(told.contains(&format!("did you mean `{meant}`?")), "{arguments:?}: {told}");
    }
    let told = err(&run(&["resolve", "-o", "xml"]));
    assert!(told.contains("not a format of this command: text, table, json"), "{told}");
}

#[test]
fn an_unknown_emissary_release_is_rejected() {
    for version in ["4.1", "4.1.2", "v3.9.1", "3"] {
        assert_eq!(code(&["lint", "--emissary", version, GOOD]), 0, "{version}");
    }
    // Its API server serves no v3alpha1.
    assert_eq!(code(&["lint", "--emissary", "1.14", GOOD]), 1);
    for version in ["9.9", "4.2", "3.13", "2.6", "1.15", "0.86", "5"] {
        let output = run(&["lint", "--emissary", version, GOOD]);
        assert_eq!(output.status.code(), Some(2), "{version}");
        let told = err(&output);
        assert!(told.contains("3.0 to 3.12") && told.contains("4.1"), "{told}");
    }
}

#[test]
fn text_fits_into_eighty_columns() {
    let output = mtlsctl().env("COLUMNS", "80").args(["lint", BAD]).output().unwrap();
    let resolve = mtlsctl().env("COLUMNS", "80").args(["resolve", "-f", GOOD]).output().unwrap();
    for line in out(&output).lines().chain(out(&resolve).lines()) {
        // Only paths and source lines may be wider than the terminal.
        let fits = line.chars().count() <= 80 || line.contains(".yaml") || line.contains('│');
        assert!(fits, "{line}");
    }
}

#[test]
fn hostile_input_gets_a_message_and_hides_nothing() {
    let folder = Folder::new();
    let good = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BAD)).unwrap();
    let deep = format!("kind: Secret\na: {}\n---\n", "[".repeat(100_000));
    let path = folder.write("deep.yaml", format!("{deep}{good}"));
    let output = run(&["lint", "-o", "concise", &path]);
    assert!(out(&output).contains("mapping-context-undefined"), "{}", out(&output));
    let broken = folder.write("broken.yaml", format!("kind: Secret\nmetadata: [\n---\n{good}"));
    assert!(out(&run(&["lint", "-o", "concise", &broken])).contains("mapping-context-undefined"));
    let mut bomb = String::from("kind: Mapping\nambassador: 1\na0: &a0 {x: y}\n");
    for level in 1..40 {
        let below = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} {{<<: [{below}, {below}, {below}]}}\n"));
    }
    bomb.push_str("metadata:\n  <<: *a39\n  name: x\napiVersion: getambassador.io/v3alpha1\n");
    let bomb = folder.write("bomb.yaml", format!("{bomb}---\n{good}"));
    assert!(out(&run(&["lint", "-o", "concise", &bomb])).contains("mapping-context-undefined"));
    let binary = folder.write("binary.yaml", [0xFF_u8, 0x00, 0xC0, 0x80]);
    let output = run(&["lint", &binary]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("not UTF-8"), "{}", err(&output));
    let dashes = folder.write("dashes.yaml", "- ".repeat(200_000));
    assert!([1, 3].contains(&code(&["lint", "--check-yaml", &dashes])));
}

#[test]
fn rules_are_selected_by_globs_and_typos_are_usage_errors() {
    assert_eq!(code(&["lint", "--ignore", "mapping-context-*", BAD]), 0);
    assert_eq!(code(&["lint", "--select", "secret-*", BAD]), 0);
    assert_eq!(code(&["lint", "--select", "mapping-*,secret-*", BAD]), 1);
    let slip = run(&["lint", "--ignore", "mapping-context-undefind", BAD]);
    assert_eq!(slip.status.code(), Some(2));
    assert!(err(&slip).contains("did you mean `mapping-context-undefined`?"), "{}", err(&slip));
    let list = out(&run(&["lint", "--list-rules", "--select", "secret-key-m*"]));
    assert_eq!(list.lines().count(), 1, "{list}");
    assert_eq!(out(&run(&["lint", "--show-files", BAD, BAD])), format!("{BAD}\n"));
}

#[test]
fn only_findings_of_the_given_files_count_but_all_files_are_read() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path().join(".git")).unwrap();
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(GOOD)).unwrap();
    let (contexts, mapping) = text.split_at(text.rfind("---").unwrap());
    folder.write("contexts.yaml", contexts);
    folder.write("deploy/mapping.yaml", mapping);
    folder.write("other.yaml", mapping.replace("productpage", "other").replace("tls: ", "tls: x"));
    let scoped = |here: &str, file: &str| {
        let here = folder.path().join(here);
        let arguments =
            ["lint", "-o", "concise", "--fail-on=warning", "--report-scope=files", file];
        mtlsctl().current_dir(here).args(arguments).output().unwrap()
    };
    let clean = scoped("", "deploy/mapping.yaml");
    assert_eq!(clean.status.code(), Some(0), "{}", out(&clean));
    assert_eq!(scoped("deploy", "mapping.yaml").status.code(), Some(0));
    assert_eq!(scoped("", "other.yaml").status.code(), Some(1));
    fs::remove_file(folder.path().join("contexts.yaml")).unwrap();
    let broken = scoped("", "./deploy/mapping.yaml");
    assert_eq!(broken.status.code(), Some(1));
    assert!(out(&broken).starts_with("deploy/mapping.yaml:"), "{}", out(&broken));
    assert!(!out(&broken).contains("other.yaml"), "{}", out(&broken));
}

#[test]
fn standard_input_may_replace_an_unsaved_file() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path().join(".git")).unwrap();
    let bad = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BAD)).unwrap();
    let good = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(GOOD)).unwrap();
    let path = folder.write("deploy/a.yaml", &good);
    let lint = |text: &str, more: &[&str]| {
        let mut child = mtlsctl()
            .current_dir(folder.path())
            .args(["lint", "-o", "concise", "--stdin-filename", "deploy/a.yaml", "-"])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    for more in [&[][..], &["."], &["deploy"], &["--report-scope=files"]] {
        let output = lint(&bad, more);
        assert_eq!(out(&output).lines().count(), 1, "{more:?}: {}", out(&output));
        assert!(out(&output).starts_with("deploy/a.yaml:31:8: error"), "{}", out(&output));
        assert_eq!(lint(&good, more).status.code(), Some(0), "{more:?}");
    }
    folder.write(
        ".mtlsctl.yaml",
        "overrides: [{ paths: [deploy], rules: { mapping-*: off }, reason: x }]",
    );
    assert_eq!(out(&lint(&bad, &[])), "");
    fs::remove_file(folder.path().join(".mtlsctl.yaml")).unwrap();
    let fixed =
        lint(&bad.replace("tls: mesh-upstrem", "tls: mesh-upstream\n  timeout-ms: 5"), &["--fix"]);
    assert!(out(&fixed).contains("kind: Mapping"), "{}", err(&fixed));
    assert_eq!(fs::read_to_string(path).unwrap(), good, "the file on the disk was changed");
}

#[test]
fn ignores_need_a_reason_and_must_be_in_comments_or_annotations() {
    let folder = Folder::new();
    let manifest = |annotation: &str, above: &str, behind: &str| {
        format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: m\n{annotation}\
             spec:\n  hostname: \"*\"\n  prefix: /m/\n  service: m:80\n{above}  tls: gone{behind}\n"
        )
    };
    let lint = |text: String, more: &[&str]| {
        let path = folder.write("a.yaml", text);
        let mut arguments = vec!["lint", "-o", "json", "--at", "2026-06-01", &path];
        arguments.extend(more);
        let report: serde_json::Value = serde_json::from_slice(&run(&arguments).stdout).unwrap();
        let rules = report["findings"].as_array().unwrap().iter();
        let rules: Vec<_> = rules.map(|f| f["rule"].as_str().unwrap().to_owned()).collect();
        (rules.join(" "), report["summary"]["suppressed"].as_u64().unwrap())
    };
    let ignored = (String::new(), 1);
    let comment = "# mtlsctl: ignore[mapping-context-undefined] it is made elsewhere";
    assert_eq!(lint(manifest("", "", &format!(" {comment}")), &[]), ignored);
    assert_eq!(lint(manifest("", &format!("  {comment}\n  # and more\n"), ""), &[]), ignored);
    let note = |rest: &str| {
        format!("  annotations:\n    mtlsctl.dev/ignore: '[mapping-context-undefined] {rest}'\n")
    };
    assert_eq!(lint(manifest(&note("elsewhere, until=2026-06-01"), "", ""), &[]), ignored);
    let undefined = "mapping-context-undefined";
    let expired = lint(manifest(&note("elsewhere, until=2026-05-31"), "", ""), &[]);
    assert_eq!(expired, (format!("ignore-expired {undefined}"), 0));
    assert_eq!(lint(manifest(&note(""), "", ""), &[]), (format!("ignore-invalid {undefined}"), 0));
    let text = format!("  annotations:\n    x: |\n      {comment}\n");
    assert_eq!(lint(manifest(&text, "", ""), &[]), (undefined.to_owned(), 0));
    let shown = lint(manifest("", "", &format!(" {comment}")), &["--show-suppressed"]);
    assert_eq!(shown, (undefined.to_owned(), 1));
    let all = lint(manifest("", "", &format!(" {comment}")), &["--no-ignores"]);
    assert_eq!(all, (undefined.to_owned(), 0));
    let other = lint(manifest("", "", &format!(" {comment}")), &["--select", "secret-*"]);
    assert_eq!(other, (String::new(), 0));
    let many = format!("  {comment}\n{}", "  # one of many\n".repeat(300));
    assert_eq!(lint(manifest("", &many, ""), &[]), ignored);
    let sarif: serde_json::Value = serde_json::from_slice(
        &run(&[
            "lint",
            "-o",
            "sarif",
            &folder.write("a.yaml", manifest("", "", &format!(" {comment}"))),
        ])
        .stdout,
    )
    .unwrap();
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppression["justification"], "it is made elsewhere");
}

#[test]
fn a_baseline_recognises_findings_whose_lines_moved() {
    let folder = Folder::new();
    let bad = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BAD)).unwrap();
    let path = folder.write("a.yaml", &bad);
    let known = folder.path().join("known.json");
    let known = known.to_str().unwrap();
    let absent = run(&["lint", "--baseline", known, &path]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(err(&absent).contains("--update-baseline"), "{}", err(&absent));
    assert_eq!(code(&["lint", "--baseline", known, "--update-baseline", &path]), 0);
    assert_eq!(code(&["lint", "--baseline", known, &path]), 0);
    folder.write("a.yaml", format!("# moved\n\n{bad}"));
    assert_eq!(code(&["lint", "--baseline", known, &path]), 0);
    folder.write("a.yaml", bad.replace("name: productpage", "name: another"));
    assert_eq!(code(&["lint", "--baseline", known, &path]), 1);
    assert_eq!(code(&["lint", "--update-baseline", &path]), 2);
    // It may be among the manifests but is not one; rules of other tools in it are kept.
    let counted = |folder: &Folder| {
        let told = err(&run(&["lint", "--exit-zero", folder.name()]));
        told.split_once(" file").map(|(count, _)| count.rsplit(' ').next().unwrap().to_owned())
    };
    assert_eq!(counted(&folder).as_deref(), Some("1"));
    folder.write("other.json", "{\n  \"version\": 1,\n  \"findings\": [7]\n}\n");
    assert_eq!(counted(&folder).as_deref(), Some("2"));
}

#[test]
fn explain_marks_the_lines_where_the_examples_differ() {
    let output = mtlsctl().args(["explain", "cluster-shared"]).output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    let (wrong, right) = page.split_once("\nRight\n").unwrap();
    assert!(wrong.contains("\n-   service: https://productpage:9443\n"), "{wrong}");
    assert!(right.contains("\n+   service: productpage:9443\n"), "{right}");
    assert!(right.contains("\n    tls: mesh-upstream\n"), "{right}");
}

#[test]
fn explain_finds_rules_by_words_and_why_envoy_rejects_a_configuration() {
    let hint = |words: &str| err(&run(&["explain", words]));
    assert!(hint("mapping-context").contains("mapping-context-undefined"));
    assert!(hint("mapping_context").contains("mapping-context-undefined"));
    assert!(hint("mapping-context-undefned").contains("did you mean `mapping-context-undefined`?"));
    let line = "Failed to load private key from /x.key, Cause: error:0b000074:X.509 certificate \
                routines:OPENSSL_internal:KEY_VALUES_MISMATCH";
    for words in ["KEY_VALUES_MISMATCH", line] {
        let output = run(&["explain", words]);
        assert_eq!(output.status.code(), Some(0));
        assert!(out(&output).contains("the private key belongs to another certificate"));
    }
}

#[test]
fn explain_knows_what_the_probe_prints_and_rejects_unknown_alerts() {
    let told = |words: &str| {
        let output = run(&["explain", words]);
        assert_eq!(output.status.code(), Some(0), "{words}: {}", err(&output));
        out(&output).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(told("UF").contains("the connection to the upstream failed"));
    let bodies = [
        "connection termination",
        "connection_termination",
        "reset reason: connection termination",
    ];
    for body in bodies {
        assert!(told(body).contains("plaintext was sent to a port that expects TLS"), "{body}");
    }
    let field = "no such field: require_client_certificate";
    assert!(told(field).contains("remove `cert_required` from the TLSContext"));
    assert!(
        told("CERTIFICATE_VERIFY_FAILED").contains("from 1.38 on it is only in the access log")
    );
    let none = run(&["explain", "1"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(err(&none).contains("no TLS alert has the number 1"), "{}", err(&none));
    assert!(told("268436457").contains("alert 1, which no standard defines"));
}

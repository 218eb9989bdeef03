//! Reports and packages checked by their real readers: validators and schemas.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::installed::{self, both, succeed};

const MULTITOOL: &str = "node/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool";

/// A context name with every problematic character, as a double-quoted YAML scalar.
const HOSTILE: &str =
    r#"::error::x%0A]]><a b=\"'&amp;\u202e\u2066\a\x7f\u0085\ufeff\U0001f980|`x](http://e.vil)"#;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reports in one format: for an input with findings of many rules, one without any, the README's
/// example, and hostile names.
fn reports(format: &str, ending: &str) -> Vec<PathBuf> {
    let folder = crate::support::peer::folder(&format!("validators-{format}"));
    fs::create_dir_all(folder.join(".git")).unwrap();
    let hostile = folder.join("hostile a,b:c%20 é.yaml");
    let text = format!(
        "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: \"{HOSTILE}\"}}\n\
         spec: {{hostname: \"*\", prefix: /a/, service: \"s:80\", tls: \"{HOSTILE}\"}}\n"
    );
    fs::write(&hostile, text).unwrap();
    let inputs = [
        ("many", "testdata/rule".to_owned(), root()),
        ("none", "testdata/rule/mapping-context-undefined/good.yaml".to_owned(), root()),
        ("bookinfo", "testdata/bookinfo".to_owned(), root()),
        ("hostile", hostile.file_name().unwrap().to_str().unwrap().to_owned(), &folder),
    ];
    let mut made = Vec::new();
    for (name, input, working) in inputs {
        let path = folder.join(format!("{name}.{ending}"));
        let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .current_dir(working)
            .env_remove("GITHUB_STEP_SUMMARY")
            .args(["lint", "-q", "--at", "2026-06-01", "--exit-zero"])
            .arg(format!("--output={format}={}", path.display()))
            .arg("--")
            .arg(&input)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{input}: {}", both(&output));
        made.push(path);
    }
    made
}

#[test]
fn sarif_multitool_reports_nothing() {
    let reports = reports("sarif", "sarif");
    let said = succeed(
        installed::command(MULTITOOL)
            .arg("validate")
            .args(&reports)
            .args(["--rule-kind", "Sarif;Ghas"]),
    );
    let known = ["Analyzing...", "THREADS:", "Done. ", "Analysis completed successfully."];
    let other = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .find(|line| !known.iter().any(|known| line.trim().starts_with(known)));
    assert_eq!(other, None, "{said}");
    assert!(said.contains(&format!("Done. {} files scanned.", reports.len())), "{said}");
}

#[test]
fn sarif_multitool_would_report_errors() {
    let path = reports("sarif", "sarif").swap_remove(2);
    let text = fs::read_to_string(&path).unwrap().replace("\"fullDescription\"", "\"other\"");
    let path = path.with_extension("broken.sarif");
    fs::write(&path, text).unwrap();
    let said = installed::command(MULTITOOL)
        .arg("validate")
        .arg(&path)
        .args(["--rule-kind", "Sarif;Ghas"])
        .output()
        .unwrap();
    assert!(both(&said).contains("GH"), "{}", both(&said));
}

fn against_json_schema(schema: &Path, reports: &[PathBuf]) {
    succeed(
        installed::command("linters/bin/check-jsonschema")
            .arg("--schemafile")
            .arg(schema)
            .args(reports),
    );
}

#[test]
fn json_reports_match_their_schemas() {
    let own = root().join("testdata/formats");
    let sarif = installed::file(MULTITOOL).with_file_name("sarif-2.1.0.json");
    against_json_schema(&sarif, &reports("sarif", "sarif"));
    against_json_schema(&own.join("gitlab-code-quality.schema.json"), &reports("gitlab", "json"));
    against_json_schema(&own.join("rdjson.schema.json"), &reports("rdjson", "json"));
    let graph = root().join("testdata/graph/bookinfo/graph.json");
    against_json_schema(&root().join("completions/graph.schema.json"), &[graph]);
}

#[test]
fn xml_reports_match_their_schemas() {
    for (format, schema) in [("junit", "junit-10.xsd"), ("checkstyle", "checkstyle.xsd")] {
        let script = "import sys\nfrom lxml import etree\n\
            schema = etree.XMLSchema(etree.parse(sys.argv[1]))\n\
            for path in sys.argv[2:]: schema.assertValid(etree.parse(path))\n";
        succeed(
            installed::command("linters/bin/python")
                .args(["-c", script])
                .arg(root().join("testdata/formats").join(schema))
                .args(reports(format, "xml")),
        );
    }
}

//! Machine-readable reports: hostile names are escaped, and each format keeps its contract.

use std::fs;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

/// A context name with every problematic character.
const HOSTILE: &str =
    "::error::x%0A]]><a b=\"'&amp;\u{202e}\u{7}\u{1b}[31m\u{1f980}|`x](http://e.vil)";

/// The same as a double-quoted YAML scalar.
const WRITTEN: &str = r#"::error::x%0A]]><a b=\"'&amp;\u202e\a\e[31m\U0001f980|`x](http://e.vil)"#;

/// The root of a repository.
fn repository() -> Folder {
    let folder = Folder::new();
    fs::create_dir(folder.path().join(".git")).unwrap();
    folder
}

fn mapping(number: usize, tls: &str) -> String {
    format!(
        "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: m{number}\n\
         spec:\n  hostname: \"*\"\n  prefix: /{number}/\n  service: s{number}:80\n  \
         # \u{e4}\u{1f980}\n  tls: \"{tls}\"\n"
    )
}

/// The same in an input with other contexts, so that a missing one is an error.
fn beside_contexts(text: &str) -> String {
    format!(
        "{text}---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: other}}\n\
         spec: {{ambassador_id: [other], secret: other}}\n"
    )
}

fn lint(folder: &Path, arguments: &[&str]) -> String {
    let output = mtlsctl()
        .current_dir(folder)
        .args(["lint", "-q", "--fail-on=warning", "-o"])
        .args(arguments)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The values of an attribute and all texts, as a real parser reads them.
fn xml(text: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                for pair in element.attributes() {
                    let pair = pair.unwrap();
                    let value = pair.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                    if pair.key.as_ref() == attribute {
                        found.push(value.into_owned());
                    }
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn hostile_names_are_escaped_in_every_format() {
    let folder = repository();
    let name = "a,b:c%20 é.yaml";
    folder.write(name, beside_contexts(&mapping(1, WRITTEN)));
    // Line formats replace characters that would break or reorder a line.
    let tamed = HOSTILE.replace(['\u{202e}', '\u{7}', '\u{1b}'], "\u{fffd}");

    let report = json(&lint(folder.path(), &["json", name]));
    assert!(report["findings"][0]["message"].as_str().unwrap().contains(HOSTILE));
    assert_eq!(report["findings"][0]["locations"][0]["path"], name);
    let lines = lint(folder.path(), &["jsonl", name]);
    assert_eq!(lines.lines().count(), 1);
    assert_eq!(json(&lines), report["findings"][0]);

    let sarif = json(&lint(folder.path(), &["sarif", name]));
    let result = &sarif["runs"][0]["results"][0];
    let text = result["message"]["text"].as_str().unwrap();
    assert!(text.contains(&tamed.replace("](", "\\](")), "{text}");
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "a%2Cb%3Ac%2520%20%C3%A9.yaml");

    let github = lint(folder.path(), &["github", name]);
    assert_eq!(github.lines().count(), 1);
    let (place, message) =
        github.trim_end().strip_prefix("::error ").unwrap().split_once("::").unwrap();
    assert!(place.starts_with("file=a%2Cb%3Ac%2520 é.yaml,line=11,"), "{place}");
    let unescaped = message.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
    assert!(unescaped.contains(&tamed), "{unescaped}");

    let gitlab = json(&lint(folder.path(), &["gitlab", name]));
    assert!(gitlab[0]["description"].as_str().unwrap().contains(&tamed));
    let rdjson = json(&lint(folder.path(), &["rdjson", name]));
    assert!(rdjson["diagnostics"][0]["message"].as_str().unwrap().contains(&tamed));

    for format in ["junit", "checkstyle"] {
        let messages = xml(&lint(folder.path(), &[format, name]), "message");
        assert!(messages[0].contains(&tamed), "{format}: {messages:?}");
        let paths = xml(&lint(folder.path(), &[format, name]), "name");
        assert!(paths.iter().any(|path| path == name), "{format}: {paths:?}");
    }
    let tap = lint(folder.path(), &["tap", name]);
    assert_eq!(tap.lines().count(), 4, "{tap}");
    assert_eq!(lint(folder.path(), &["concise", name]).lines().count(), 1);
}

/// Characters that would end a line, reorder it or control a terminal.
fn is_wild(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Runs another command than `lint`.
fn other(folder: &Path, arguments: &[&str]) -> String {
    let output = mtlsctl()
        .current_dir(folder)
        .args(arguments)
        .args(["--at", "2026-06-01"])
        .output()
        .unwrap();
    assert!(output.status.code() < Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn hostile_names_are_escaped_in_the_text_of_lint() {
    let folder = repository();
    let name = "a\u{202e}b\u{7}.yaml";
    folder.write(name, beside_contexts(&mapping(1, WRITTEN)));
    for format in ["text", "concise", "tap"] {
        let text = lint(folder.path(), &[format, name]);
        assert!(!text.chars().any(is_wild), "{format}: {text:?}");
    }
}

#[test]
fn hostile_names_are_escaped_in_resolve() {
    let folder = repository();
    folder.write("a.yaml", beside_contexts(&mapping(1, WRITTEN)));
    let report = json(&other(folder.path(), &["resolve", "-o", "json"]));
    assert_eq!(report["upstreams"][0]["tls"], HOSTILE);
    let text = other(folder.path(), &["resolve"]);
    assert!(!text.chars().any(is_wild), "{text:?}");
    assert!(!text.lines().any(|line| line.starts_with("::")), "{text}");
}

#[test]
fn hostile_names_are_escaped_in_inspect() {
    let folder = repository();
    let key = rcgen::KeyPair::generate().unwrap();
    let mut wanted = rcgen::CertificateParams::new(vec!["a.example".to_owned()]).unwrap();
    wanted.distinguished_name.push(rcgen::DnType::CommonName, HOSTILE);
    let certificate = wanted.self_signed(&key).unwrap().pem().replace('\n', "\n    ");
    let text = format!(
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: \"{WRITTEN}\"}}\ntype: Opaque\n\
         stringData:\n  tls.crt: |\n    {certificate}\n"
    );
    folder.write("a.yaml", text);
    let report = json(&other(folder.path(), &["inspect", "a.yaml", "-o", "json"]));
    let subject = report["subjects"][0]["certificates"][0]["subject"].as_str().unwrap();
    assert!(subject.contains("::error::x%0A]]><a b"), "{subject}");
    for format in ["text", "table", "wide"] {
        let text = other(folder.path(), &["inspect", "a.yaml", "-o", format]);
        assert!(!text.chars().any(is_wild), "{format}: {text:?}");
        assert!(text.contains("x%0A]]><a b"), "{format}: {text}");
    }
    // A reader of the exposition format undoes these three escapes to get the name.
    let prom = other(folder.path(), &["inspect", "a.yaml", "-o", "prom"]);
    let label = prom.split("secret_name=\"").nth(1).unwrap();
    let mut name = String::new();
    let mut characters = label.chars();
    loop {
        match characters.next().unwrap() {
            '"' => break,
            '\\' => name.push(match characters.next().unwrap() {
                'n' => '\n',
                escaped @ ('\\' | '"') => escaped,
                other => panic!("an escape of its own: {other}"),
            }),
            character => name.push(character),
        }
    }
    assert_eq!(name, HOSTILE);
    assert!(
        prom.lines().all(|line| ["# ", "x509_", "mtlsctl_"].iter().any(|s| line.starts_with(s)))
    );
}

#[test]
fn columns_are_counted_as_each_format_specifies() {
    let folder = repository();
    let text = "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: m}\n\
                spec: {hostname: \"*\", prefix: /ä🦀/, service: \"s:80\", tls: gone}\n";
    folder.write("a.yaml", beside_contexts(text));
    let line = text.lines().last().unwrap();
    let byte = line.find("gone").unwrap();
    let characters = line[..byte].chars().count();
    let range =
        &json(&lint(folder.path(), &["rdjson", "a.yaml"]))["diagnostics"][0]["location"]["range"];
    assert_eq!(range["start"]["column"], byte + 1);
    assert_eq!(range["end"]["column"], byte + 5);
    let sarif = json(&lint(folder.path(), &["sarif", "a.yaml"]));
    assert_eq!(sarif["runs"][0]["columnKind"], "unicodeCodePoints");
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startColumn"], characters + 1);
    assert_eq!(region["endColumn"], characters + 5);
}

#[test]
fn paths_start_at_the_root_of_the_repository() {
    let folder = repository();
    folder.write("deploy/prod/a.yaml", beside_contexts(&mapping(1, "gone")));
    folder.write("deploy/b.yaml", beside_contexts(&mapping(2, "gone")));
    let gitlab =
        json(&lint(&folder.path().join("deploy/prod"), &["gitlab", "./a.yaml", "../b.yaml"]));
    let paths: Vec<&str> = gitlab
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["location"]["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["deploy/prod/a.yaml", "deploy/b.yaml"]);
}

#[test]
fn github_gets_ten_annotations_per_level_a_total_and_a_table() {
    let folder = repository();
    let many: String = (0..14).map(|number| mapping(number, "gone|`<b>")).collect();
    folder.write("a.yaml", beside_contexts(&many));
    let summary = folder.write("summary.md", "before\n");
    let output = mtlsctl()
        .current_dir(folder.path())
        .env("GITHUB_STEP_SUMMARY", &summary)
        .args(["lint", "--fail-on=warning", "-o", "github"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(text.contains("::notice title=mtlsctl::14 errors"), "{text}");
    let table = fs::read_to_string(&summary).unwrap();
    assert!(table.starts_with("before\n### mtlsctl lint"), "{table}");
    assert_eq!(table.lines().filter(|line| line.starts_with("| error |")).count(), 14);
    assert!(table.contains("gone\\|\\`&lt;b>"), "{table}");
}

#[test]
fn sarif_describes_all_rules_and_contains_no_key() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bad = "testdata/rule/secret-key-mismatch/bad.yaml";
    let text = lint(folder, &["sarif", bad, "--at", "2026-06-01"]);
    assert!(!text.contains("MIGHAgEAMBMG"), "a private key reached the report");
    let sarif = json(&text);
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), mtlsctl::rule::ALL.len());
    for rule in rules {
        for field in ["shortDescription", "fullDescription", "help"] {
            let text = rule[field]["text"].as_str().unwrap();
            assert!(
                !text.is_empty() && (field == "help" || text.chars().count() <= 1024),
                "{rule}"
            );
        }
        let summary = mtlsctl::rule::ALL.iter().find(|one| rule["id"] == one.id).unwrap().summary;
        let short = rule["shortDescription"]["text"].as_str().unwrap();
        // A field keeps its spelling; other words are capitalised.
        match summary.strip_prefix('`') {
            Some(name) => assert!(short.starts_with(&name[..2]), "{short}"),
            None => assert!(short.starts_with(|c: char| !c.is_lowercase()), "{short}"),
        }
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Wrong"));
        assert!(rule["properties"]["tags"].as_array().unwrap().contains(&"security".into()));
    }
    let result = &sarif["runs"][0]["results"][0];
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(rules[index]["id"], result["ruleId"]);
    assert!(result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap().len() > 1);
    assert!(
        result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().ends_with(":1")
    );
    assert!(!text.contains("\"snippet\""));
}

//! The server's findings are those of `lint`, byte for byte.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::editor::{Editor, Folder, linted, without_tags};

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)
}

/// Both name files relative to the root of the repository, so that the folder has no configuration
/// above it.
fn compare(folders: &[PathBuf], flags: &[&str]) {
    let paths: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let editor = Editor::open_folders(&paths, flags, json!({}));
    let shown = without_tags(&editor.diagnostics);
    let mut count = 0;
    for folder in folders {
        let expected = linted(folder, flags);
        let prefix = crate::editor::uri(folder) + "/";
        let own: BTreeMap<String, Vec<Value>> = shown
            .iter()
            .filter(|(uri, _)| uri.starts_with(&prefix))
            .map(|(uri, list)| (uri.clone(), list.clone()))
            .collect();
        let names = |files: &BTreeMap<String, Vec<Value>>| -> Vec<String> {
            files.keys().cloned().collect()
        };
        assert_eq!(names(&own), names(&expected), "{}", folder.display());
        for (uri, list) in &expected {
            assert_eq!(&own[uri], list, "{uri}");
        }
        count += expected.values().map(Vec::len).sum::<usize>();
    }
    assert!(count > 0, "nothing was compared");
    assert_eq!(editor.end().code(), Some(0));
}

#[test]
fn all_of_testdata_has_the_findings_of_lint() {
    compare(&[testdata("rule").parent().unwrap().to_path_buf()], &["--no-config"]);
}

#[test]
fn every_workspace_folder_has_the_findings_of_lint() {
    let mut folders: Vec<PathBuf> =
        ["bookinfo", "mount", "resolve", "verify", "versions", "inspect", "graph"]
            .iter()
            .map(|name| testdata(name))
            .collect();
    let rules = std::fs::read_dir(testdata("rule")).unwrap().map(|entry| entry.unwrap().path());
    let mut rules: Vec<PathBuf> = rules.filter(|path| path.is_dir()).collect();
    rules.sort();
    // All of them together in the test above; separately every fifth.
    folders.extend(rules.into_iter().step_by(5));
    compare(&folders, &["--no-config"]);
}

#[test]
fn flags_and_configurations_count_as_they_do_for_lint() {
    let bad = std::fs::read_to_string(testdata("rule/mapping-context-undefined/bad.yaml")).unwrap();
    let folder = Folder::with(&[
        ("deploy/a.yaml", &bad),
        ("other/b.yaml", &bad),
        (
            ".mtlsctl.yaml",
            "manifests: [deploy]\nrules: {mapping-context-undefined: note}\noverrides:\n- paths: [none/]\n  rules: {secret-missing: 'off'}\n  reason: for the test\n",
        ),
    ]);
    compare(std::slice::from_ref(&folder.0), &[]);
    compare(std::slice::from_ref(&folder.0), &["--min-severity", "warning", "--no-config"]);
    compare(
        std::slice::from_ref(&folder.0),
        &["--no-config", "--emissary", "3.9", "--preset", "strict"],
    );
}

#[test]
fn findings_link_to_the_page_of_their_rule_and_mark_unused_ignores() {
    let unused = std::fs::read_to_string(testdata("rule/context-unused/bad.yaml")).unwrap();
    let old =
        std::fs::read_to_string(testdata("rule/object-api-version-outdated/bad.yaml")).unwrap();
    let folder = Folder::with(&[("unused/a.yaml", &unused), ("old/a.yaml", &old)]);
    let folders = [folder.0.join("unused"), folder.0.join("old")];
    let editor = Editor::open_folders(&[&folders[0], &folders[1]], &[], json!({}));
    let tags = |uri: &str, rule: &str| {
        let list = &editor.diagnostics[&folder.uri(uri)];
        let found = list.iter().find(|one| one["code"] == rule).unwrap();
        let href = found["codeDescription"]["href"].as_str().unwrap();
        assert!(href.ends_with(&format!("/rules/{rule}.html")), "{href}");
        found["tags"].clone()
    };
    assert_eq!(tags("unused/a.yaml", "context-unused"), json!([1]));
    assert_eq!(tags("old/a.yaml", "object-api-version-outdated"), json!([2]));
}

#[test]
fn pulled_diagnostics_equal_pushed_ones() {
    let folder = testdata("bookinfo");
    let told = Editor::open_folders(&[&folder], &["--no-config"], json!({}));
    let abilities = json!({ "initializationOptions": { "diagnostics": "pull" } });
    let mut editor = Editor::open_folders(&[&folder], &["--no-config"], abilities);
    assert!(editor.diagnostics.is_empty(), "they are not told as well");
    let all = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let items = all["items"].as_array().unwrap();
    let asked = items.iter().map(|one| {
        let list = one["items"].as_array().unwrap().clone();
        (one["uri"].as_str().unwrap().to_owned(), list)
    });
    let asked: BTreeMap<String, Vec<Value>> = asked.collect();
    assert!(!asked.is_empty());
    assert_eq!(asked, told.diagnostics);
    let uri = &items[0]["uri"];
    let params = json!({ "textDocument": { "uri": uri } });
    let one = editor.ask("textDocument/diagnostic", params).unwrap();
    assert_eq!(one["items"], items[0]["items"]);
    let known = json!({ "textDocument": { "uri": uri }, "previousResultId": one["resultId"] });
    let again = editor.ask("textDocument/diagnostic", known).unwrap();
    assert_eq!(again["kind"], "unchanged");
}

#[test]
fn a_helm_chart_has_a_note_and_no_false_errors() {
    let folder = Folder::with(&[(
        "chart/templates/mapping.yaml",
        "{{- if .Values.on }}\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  prefix: /\n  service: {{ .Values.service }}\n{{- end }}\n",
    )]);
    let editor = Editor::open_folder(&folder.0);
    let found: Vec<&Value> = editor.diagnostics.values().flatten().collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["code"], &found[0]["severity"]),
        (&json!("document-template"), &json!(3))
    );
}

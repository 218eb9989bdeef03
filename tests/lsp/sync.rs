//! Buffers over files: edits in every position encoding, files that are added and removed.

use std::fs;

use serde_json::json;

use crate::editor::{Editor, Folder, linted, without_tags};

const CONTEXT: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: upstream, namespace: shop}
spec: {secret: client-cert}
---
apiVersion: v1
kind: Secret
metadata: {name: client-cert, namespace: shop}
type: kubernetes.io/tls
data: {}
";

const MAPPING: &str = "\
# Grüße 🦀
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: cart, namespace: shop}
spec: {hostname: '*', prefix: /cart/, service: cart.shop, tls: upstream}
";

#[test]
fn an_edit_updates_all_files_that_it_affects() {
    let folder = Folder::with(&[("context.yaml", CONTEXT), ("mapping.yaml", MAPPING)]);
    let (context, mapping) = (folder.uri("context.yaml"), folder.uri("mapping.yaml"));
    let mut editor = Editor::open_folder(&folder.0);
    assert!(!editor.rules(&mapping).contains(&"mapping-context-undefined".to_owned()));
    editor.open(&context, CONTEXT);
    let renamed = CONTEXT.replace("name: upstream", "name: upstreams");
    editor.replace(&context, &renamed);
    editor.settle();
    assert!(editor.rules(&mapping).contains(&"mapping-context-undefined".to_owned()));
    editor.close(&context);
    editor.settle();
    assert!(!editor.rules(&mapping).contains(&"mapping-context-undefined".to_owned()), "not saved");
}

#[test]
fn edits_use_the_negotiated_position_encoding() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = Folder::with(&[("mapping.yaml", MAPPING), ("context.yaml", CONTEXT)]);
        let mapping = folder.uri("mapping.yaml");
        let abilities =
            json!({ "capabilities": { "general": { "positionEncodings": [encoding] } } });
        let mut editor = Editor::open_folders(&[&folder.0], &[], abilities);
        editor.open(&mapping, MAPPING);
        // After the crab, a line break is inserted, and the object's kind in Chinese.
        let umlauts = if encoding == "utf-8" { 2 } else { 0 };
        let crab = 2 + 6 + umlauts - 1 + width;
        let at = json!({ "line": 0, "character": crab });
        editor.change(
            &mapping,
            json!([
                { "range": { "start": at, "end": at }, "text": "\n# 映射" },
            ]),
        );
        let line = json!({ "line": 5, "character": 0 });
        let end = json!({ "line": 5, "character": 999 });
        editor.change(&mapping, json!([
            { "range": { "start": line, "end": end }, "text": "spec: {prefix: /ü/, service: '🦀', tls: gone}" },
        ]));
        editor.settle();
        let text = "# Grüße 🦀\n# 映射\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: cart, namespace: shop}\nspec: {prefix: /ü/, service: '🦀', tls: gone}\n";
        folder.write("mapping.yaml", text);
        let rules = |list: &[serde_json::Value]| -> Vec<_> {
            list.iter().map(|one| one["code"].clone()).collect()
        };
        let expected = linted(&folder.0, &[]);
        assert_eq!(rules(&editor.diagnostics[&mapping]), rules(&expected[&mapping]), "{encoding}");
        if encoding == "utf-16" {
            assert_eq!(without_tags(&editor.diagnostics), expected);
        }
    }
}

#[test]
fn added_changed_and_removed_files_are_followed() {
    let folder = Folder::with(&[("context.yaml", CONTEXT), ("mapping.yaml", MAPPING)]);
    let mut editor = Editor::open_folder(&folder.0);
    let agree = |editor: &mut Editor, what: &str| {
        editor.settle();
        assert_eq!(without_tags(&editor.diagnostics), linted(&folder.0, &[]), "{what}");
    };
    agree(&mut editor, "at first");
    fs::remove_file(folder.0.join("context.yaml")).unwrap();
    editor.files_changed(&[(&folder.uri("context.yaml"), 3)]);
    agree(&mut editor, "one went");
    folder.write("new/deep/context.yaml", CONTEXT);
    editor.files_changed(&[(&folder.uri("new"), 1)]);
    agree(&mut editor, "a folder came");
    folder.write("mapping.yaml", &MAPPING.replace("tls: upstream", "tls: 7"));
    editor.files_changed(&[(&folder.uri("mapping.yaml"), 2)]);
    agree(&mut editor, "one changed");
    folder.write(".gitignore", "new/\n");
    editor.files_changed(&[(&folder.uri(".gitignore"), 1)]);
    agree(&mut editor, "one is ignored");
    fs::remove_dir_all(folder.0.join("new")).unwrap();
    fs::remove_file(folder.0.join(".gitignore")).unwrap();
    editor.files_changed(&[(&folder.uri("new"), 3), (&folder.uri(".gitignore"), 3)]);
    agree(&mut editor, "a folder went");
}

#[test]
fn files_are_watched_for_editors_that_do_not() {
    let folder = Folder::with(&[("mapping.yaml", MAPPING)]);
    let mapping = folder.uri("mapping.yaml");
    let mut editor = Editor::open_folder(&folder.0);
    assert!(editor.rules(&mapping).contains(&"mapping-context-undefined".to_owned()));
    folder.write("context.yaml", CONTEXT);
    while editor.rules(&mapping).contains(&"mapping-context-undefined".to_owned()) {
        editor.next().expect("the change is told");
    }
    let abilities = json!({ "capabilities": { "workspace": {
        "didChangeWatchedFiles": { "dynamicRegistration": true } } } });
    let editor = Editor::open_folders(&[&folder.0], &[], abilities);
    let (method, params) = &editor.heard[0];
    assert_eq!(method, "client/registerCapability");
    assert_eq!(params["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
}

#[test]
fn an_unsaved_file_counts_and_an_excluded_one_does_not() {
    let folder = Folder::with(&[
        ("mapping.yaml", MAPPING),
        (".mtlsctl.yaml", "exclude: [ignored/]\n"),
        ("ignored/old.yaml", CONTEXT),
    ]);
    let mapping = folder.uri("mapping.yaml");
    let mut editor = Editor::open_folder(&folder.0);
    let undefined =
        |editor: &Editor| editor.rules(&mapping).contains(&"mapping-context-undefined".to_owned());
    for path in ["ignored/old.yaml", "ignored/new.yaml"] {
        editor.open(&folder.uri(path), CONTEXT);
        editor.settle();
        assert!(undefined(&editor), "{path}");
    }
    let new = folder.uri("new.yaml");
    editor.open(&new, CONTEXT);
    editor.settle();
    assert!(!undefined(&editor));
    editor.close(&new);
    editor.settle();
    assert!(undefined(&editor), "it was never saved");
}

#[test]
fn folders_can_be_added_and_removed_and_have_their_own_configuration() {
    let (one, other) = (
        Folder::with(&[("a.yaml", MAPPING)]),
        Folder::with(&[
            ("a.yaml", MAPPING),
            (".mtlsctl.yaml", "ignore: [mapping-context-undefined]\n"),
        ]),
    );
    let mut editor = Editor::open_folders(&[&one.0, &other.0], &[], json!({}));
    let agree = |editor: &Editor, folders: &[&Folder]| {
        let expected = folders.iter().flat_map(|folder| linted(&folder.0, &[])).collect();
        assert_eq!(without_tags(&editor.diagnostics), expected);
    };
    agree(&editor, &[&one, &other]);
    let folder = |folder: &Folder| json!([{ "uri": folder.uri(""), "name": "x" }]);
    let event = json!({ "event": { "added": [], "removed": folder(&one) } });
    editor.tell("workspace/didChangeWorkspaceFolders", event);
    editor.settle();
    agree(&editor, &[&other]);
    let event = json!({ "event": { "added": folder(&one), "removed": [] } });
    editor.tell("workspace/didChangeWorkspaceFolders", event);
    editor.settle();
    agree(&editor, &[&one, &other]);
}

#[test]
fn a_file_outside_all_folders_is_a_separate_world() {
    let folder = Folder::with(&[("mapping.yaml", MAPPING), ("context.yaml", CONTEXT)]);
    let mut editor = Editor::open_folders(&[], &[], json!({}));
    editor.open(&folder.uri("mapping.yaml"), MAPPING);
    editor.settle();
    let expected = linted(&folder.0, &["mapping.yaml"]);
    assert!(!expected.is_empty());
    assert_eq!(without_tags(&editor.diagnostics), expected);
}

#[test]
fn environments_are_separate_worlds() {
    let folder = Folder::with(&[
        ("dev/mapping.yaml", MAPPING),
        ("dev/context.yaml", CONTEXT),
        ("prod/mapping.yaml", MAPPING),
        ("prod/context.yaml", CONTEXT),
    ]);
    let mut editor = Editor::open_folder(&folder.0);
    let prod = folder.uri("prod/context.yaml");
    editor.open(&prod, CONTEXT);
    let broken = CONTEXT.replace("name: upstream", "name: other");
    editor.replace(&prod, &broken);
    editor.settle();
    folder.write("prod/context.yaml", &broken);
    let expected = linted(&folder.0, &[]);
    assert_eq!(without_tags(&editor.diagnostics), expected);
    assert!(
        editor
            .rules(&folder.uri("prod/mapping.yaml"))
            .contains(&"mapping-context-undefined".into())
    );
    assert!(
        !editor
            .rules(&folder.uri("dev/mapping.yaml"))
            .contains(&"mapping-context-undefined".into())
    );
}

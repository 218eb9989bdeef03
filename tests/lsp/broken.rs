//! A file that is temporarily broken: its last good reading is used, and that is reported.

use serde_json::Value;

use crate::editor::{Editor, Folder, linted, without_tags};

const TWO: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: upstream, namespace: shop}
spec: {secret: client-cert, min_tls_version: v9}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: cart, namespace: shop}
spec: {hostname: '*', prefix: /cart/, service: cart.shop, tls: nobody}
";

const MAPPING: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: orders, namespace: shop}
spec: {hostname: '*', prefix: /orders/, service: orders.shop, tls: upstream}
";

#[test]
fn a_broken_file_neither_removes_nor_adds_findings_of_other_files() {
    let folder = Folder::with(&[("two.yaml", TWO), ("mapping.yaml", MAPPING)]);
    let (two, mapping) = (folder.uri("two.yaml"), folder.uri("mapping.yaml"));
    let mut editor = Editor::open_folder(&folder.0);
    editor.open(&two, TWO);
    editor.settle();
    let (before, told) = (editor.diagnostics.clone(), editor.told.clone());
    let broken = TWO.replace("spec: {secret: client-cert, min_tls_version: v9}", "spec: {secret: ");
    for text in [broken.as_str(), &broken.replace("nobody", "nobodies")] {
        editor.replace(&two, text);
        editor.settle();
        assert_eq!(editor.told.get(&mapping), told.get(&mapping), "it does not flicker");
        assert_eq!(editor.diagnostics.get(&mapping), before.get(&mapping));
        let found = &editor.diagnostics[&two];
        assert_eq!(found[0]["code"], "document-unreadable");
        let note = found.iter().find(|one| one.get("code").is_none()).unwrap();
        assert!(note["message"].as_str().unwrap().contains("its last readable version is used"));
        assert_eq!(note["severity"], 3);
    }
    // The readable document is used in its current state.
    let messages: Vec<&str> =
        editor.diagnostics[&two].iter().map(|one| one["message"].as_str().unwrap()).collect();
    assert!(messages.iter().any(|message| message.contains("nobodies")), "{messages:?}");
    editor.replace(&two, TWO);
    editor.settle();
    assert_eq!(editor.diagnostics, before);
}

#[test]
fn other_findings_keep_their_places_while_a_file_is_broken() {
    let folder = Folder::with(&[("two.yaml", TWO)]);
    let two = folder.uri("two.yaml");
    let mut editor = Editor::open_folder(&folder.0);
    editor.open(&two, TWO);
    editor.settle();
    let line = |editor: &Editor| {
        let found = editor.diagnostics[&two].iter();
        let undefined = found.filter(|one| one["code"] == "mapping-context-undefined");
        undefined.map(|one| one["range"]["start"]["line"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(line(&editor), [8]);
    editor.replace(
        &two,
        &TWO.replace("metadata: {name: upstream", "# more\n\nmetadata: {{name: upstream"),
    );
    editor.settle();
    assert_eq!(line(&editor), [10]);
}

#[test]
fn a_file_that_was_never_readable_is_checked_as_by_lint() {
    let broken = TWO.replace("v9}", "v9");
    let folder = Folder::with(&[("two.yaml", &broken), ("mapping.yaml", MAPPING)]);
    let mut editor = Editor::open_folder(&folder.0);
    assert_eq!(without_tags(&editor.diagnostics), linted(&folder.0, &[]));
    let two = folder.uri("two.yaml");
    editor.open(&two, &broken);
    let other = broken.replace("nobody", "somebody");
    editor.replace(&two, &other);
    editor.settle();
    folder.write("two.yaml", &other);
    assert_eq!(without_tags(&editor.diagnostics), linted(&folder.0, &[]));
}

#[test]
fn the_last_readable_version_of_an_annotation_is_used() {
    let service = "\
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
  annotations:
    getambassador.io/config: |
      ---
      apiVersion: getambassador.io/v3alpha1
      kind: TLSContext
      name: upstream
      secret: client-cert
spec: {}
";
    let folder = Folder::with(&[("service.yaml", service), ("mapping.yaml", MAPPING)]);
    let (uri, mapping) = (folder.uri("service.yaml"), folder.uri("mapping.yaml"));
    let mut editor = Editor::open_folder(&folder.0);
    editor.open(&uri, service);
    editor.settle();
    let before = editor.diagnostics.get(&mapping).cloned();
    editor.replace(&uri, &service.replace("secret: client-cert", "secret: [client-cert"));
    editor.settle();
    assert_eq!(editor.diagnostics.get(&mapping).cloned(), before);
    assert_eq!(editor.rules(&uri)[0], "annotation-unreadable");
}

//! The requests of an editor: hover, places, symbols, completions, fixes.

use std::path::Path;

use serde_json::{Value, json};

use crate::editor::{Editor, Folder, position, position_of};

fn testdata(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    std::fs::read_to_string(root.join(path)).unwrap()
}

const CONTEXT: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata:
  name: upstream
  namespace: shop
spec:
  secret: client-cert
  min_tls_version: v1.2
";

const SECRET: &str = "\
apiVersion: v1
kind: Secret
metadata:
  name: client-cert
  namespace: shop
type: kubernetes.io/tls
stringData:
  tls.crt: none
  tls.key: none
";

const MAPPINGS: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: cart
  namespace: shop
spec:
  hostname: '*'
  prefix: /cart/
  service: cart:443
  tls: upstream
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
  annotations:
    getambassador.io/config: |
      ---
      apiVersion: getambassador.io/v2
      kind: Mapping
      name: old-cart
      prefix: /old/
      service: cart:443
      tls: upstream
spec:
  ports: [{port: 443}]
";

/// An editor with the three files open.
fn shop() -> (Folder, Editor) {
    let files = [("context.yaml", CONTEXT), ("secret.yaml", SECRET), ("mappings.yaml", MAPPINGS)];
    let folder = Folder::with(&files);
    let mut editor = Editor::open_folder(&folder.0);
    for (name, text) in files {
        editor.open(&folder.uri(name), text);
    }
    (folder, editor)
}

/// The parameters of a request about a word of a document.
fn at(uri: &str, text: &str, word: &str) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": position(text, word) })
}

/// Places as `FILE:LINE`, in order.
fn places(found: &Value) -> Vec<String> {
    let place = |one: &Value| {
        let file = one["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        format!("{file}:{}", one["range"]["start"]["line"].as_u64().unwrap() + 1)
    };
    found.as_array().into_iter().flatten().map(place).collect()
}

/// A text with the edits of one file applied.
fn edited(text: &str, edit: &Value, uri: &str) -> String {
    let mut edits: Vec<&Value> = edit["changes"][uri].as_array().into_iter().flatten().collect();
    edits.sort_by_key(|edit| {
        let start = &edit["range"]["start"];
        (start["line"].as_u64(), start["character"].as_u64())
    });
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        let byte = |position: &Value| {
            let mut lines = text.split_inclusive('\n');
            let line = position["line"].as_u64().unwrap() as usize;
            let start: usize = lines.by_ref().take(line).map(str::len).sum();
            let mut left = position["character"].as_u64().unwrap() as usize;
            let rest = &text[start..];
            let end = rest.char_indices().find(|(_, c)| {
                let stop = left == 0;
                left = left.saturating_sub(c.len_utf16());
                stop
            });
            start + end.map_or(rest.len(), |(at, _)| at)
        };
        let range = byte(&edit["range"]["start"])..byte(&edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text
}

#[test]
fn hovering_a_mapping_shows_the_tls_it_gets_and_why() {
    let (folder, mut editor) = shop();
    let uri = folder.uri("mappings.yaml");
    for word in ["cart\n  namespace", "cart:443", "old-cart"] {
        let hover = editor.ask("textDocument/hover", at(&uri, MAPPINGS, word)).unwrap();
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(text.contains("mutual TLS to cart.shop:443"), "{word}: {text}");
        assert!(text.contains("Secret shop/client-cert, key tls.crt"), "{word}: {text}");
    }
}

#[test]
fn hovering_a_context_or_secret_shows_its_chain_and_users() {
    let text = testdata("rule/certificate-expires-soon/bad.yaml");
    let folder = Folder::with(&[("a.yaml", &text)]);
    let mut editor = Editor::open_folder(&folder.0);
    let uri = folder.uri("a.yaml");
    editor.open(&uri, &text);
    let mut seen = 0;
    for (at, _) in text.match_indices("secret: ") {
        let params = json!({
            "textDocument": { "uri": uri },
            "position": position_of(&text, at + "secret: ".len()),
        });
        let hover = editor.ask("textDocument/hover", params).unwrap();
        let Some(shown) = hover["contents"]["value"].as_str() else { continue };
        assert!(shown.contains("expires on 20") && shown.contains("Mapping"), "{shown}");
        seen += 1;
    }
    assert!(seen > 0, "no Secret was hovered");
    let key = text.find("tls.key").unwrap();
    let params = json!({ "textDocument": { "uri": uri }, "position": position_of(&text, key) });
    let hover = editor.ask("textDocument/hover", params).unwrap();
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert!(shown.contains("a private key (") && !shown.contains("BEGIN"), "{shown}");
}

#[test]
fn hovering_a_field_shows_its_meaning_in_this_release() {
    let (folder, mut editor) = shop();
    let uri = folder.uri("context.yaml");
    let hover = editor.ask("textDocument/hover", at(&uri, CONTEXT, "min_tls_version")).unwrap();
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("The lowest TLS version") && text.contains("`v1.3`"), "{text}");
    let crl = CONTEXT.replace("min_tls_version: v1.2", "crl_secret: revoked");
    let folder = Folder::with(&[("context.yaml", &crl)]);
    let mut editor = Editor::open_folders(&[&folder.0], &["--emissary", "2.2"], json!({}));
    let uri = folder.uri("context.yaml");
    editor.open(&uri, &crl);
    let hover = editor.ask("textDocument/hover", at(&uri, &crl, "crl_secret")).unwrap();
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("dropped by Emissary 2.2, which does not know it"), "{text}");
    assert_eq!(
        editor.ask("textDocument/hover", at(&uri, &crl, "apiVersion")).unwrap(),
        Value::Null
    );
}

#[test]
fn a_reference_leads_to_its_definition() {
    let (folder, mut editor) = shop();
    let (mappings, context) = (folder.uri("mappings.yaml"), folder.uri("context.yaml"));
    let mut lead = |uri: &str, text: &str, word: &str| {
        places(&editor.ask("textDocument/definition", at(uri, text, word)).unwrap())
    };
    assert_eq!(lead(&mappings, MAPPINGS, "upstream\n---"), ["context.yaml:4"]);
    assert_eq!(lead(&mappings, MAPPINGS, "upstream\nspec"), ["context.yaml:4"], "in an annotation");
    assert_eq!(lead(&context, CONTEXT, "client-cert"), ["secret.yaml:4"]);
    assert_eq!(lead(&mappings, MAPPINGS, "cart:443"), ["mappings.yaml:15"], "a service");
    assert!(lead(&context, CONTEXT, "v1.2").is_empty());
}

#[test]
fn a_file_in_the_pod_leads_to_the_mounted_secret() {
    let text = testdata("mount/seed.yaml");
    let folder = Folder::with(&[("a.yaml", &text)]);
    let mut editor = Editor::open_folder(&folder.0);
    let uri = folder.uri("a.yaml");
    editor.open(&uri, &text);
    let start = text.find("cert_chain_file: ").unwrap() + "cert_chain_file: ".len();
    let params =
        json!({ "textDocument": { "uri": uri }, "position": position_of(&text, start + 2) });
    let found = places(&editor.ask("textDocument/definition", params.clone()).unwrap());
    assert_eq!(found.len(), 1, "{found:?}");
    let hover = editor.ask("textDocument/hover", params).unwrap();
    let hover = hover["contents"]["value"].as_str().unwrap();
    assert!(hover.contains("of the Ambassador pod: key "), "{hover}");
    assert!(hover.contains(" of Secret ambassador/istio.default"), "{hover}");
    let volume = text.match_indices("secretName: ").next().unwrap().0 + "secretName: ".len();
    let params = json!({
        "textDocument": { "uri": uri },
        "position": position_of(&text, volume),
        "context": { "includeDeclaration": true },
    });
    assert!(!places(&editor.ask("textDocument/references", params).unwrap()).is_empty());
}

#[test]
fn all_references_are_found() {
    let (folder, mut editor) = shop();
    let context = folder.uri("context.yaml");
    let mut uses = |word: &str, with: bool| {
        let mut params = at(&context, CONTEXT, word);
        params["context"] = json!({ "includeDeclaration": with });
        places(&editor.ask("textDocument/references", params).unwrap())
    };
    assert_eq!(uses("upstream", false), ["mappings.yaml:10", "mappings.yaml:25"]);
    assert_eq!(uses("upstream", true), ["context.yaml:4", "mappings.yaml:10", "mappings.yaml:25"]);
    assert_eq!(uses("client-cert", true), ["context.yaml:7", "secret.yaml:4"]);
}

#[test]
fn a_context_is_renamed_in_all_files_annotations_included() {
    let (folder, mut editor) = shop();
    let (mappings, context) = (folder.uri("mappings.yaml"), folder.uri("context.yaml"));
    let word = at(&mappings, MAPPINGS, "upstream\nspec");
    let prepared = editor.ask("textDocument/prepareRename", word.clone()).unwrap();
    assert_eq!(prepared["placeholder"], "upstream");
    let mut params = word;
    params["newName"] = json!("mutual");
    let edit = editor.ask("textDocument/rename", params).unwrap();
    assert_eq!(edited(CONTEXT, &edit, &context), CONTEXT.replace("name: upstream", "name: mutual"));
    let expected = MAPPINGS.replace("tls: upstream", "tls: mutual");
    assert_eq!(edited(MAPPINGS, &edit, &mappings), expected);
}

#[test]
fn a_secret_of_another_namespace_keeps_its_suffix_when_it_is_renamed() {
    let context = CONTEXT.replace("secret: client-cert", "secret: client-cert.certs");
    let secret = SECRET.replace("namespace: shop", "namespace: certs");
    let folder = Folder::with(&[("context.yaml", &context), ("secret.yaml", &secret)]);
    let mut editor = Editor::open_folder(&folder.0);
    let uri = folder.uri("secret.yaml");
    editor.open(&uri, &secret);
    let mut params = at(&uri, &secret, "client-cert");
    params["newName"] = json!("gateway");
    let edit = editor.ask("textDocument/rename", params).unwrap();
    let edited = edited(&context, &edit, &folder.uri("context.yaml"));
    assert!(edited.contains("secret: gateway.certs\n"), "{edited}");
}

#[test]
fn mappings_hosts_and_config_maps_are_renamed_if_nothing_else_uses_their_names() {
    let host = "apiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: {name: gateway}\nspec: {hostname: '*'}\n";
    let map =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: roots}\ndata: {ca.crt: '-----BEGIN'}\n";
    let pod = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ambassador}\nspec:\n  template:\n    spec:\n      containers: [{name: ambassador, image: 'emissary:3.9.1', volumeMounts: [{name: ca, mountPath: /ca}]}]\n      volumes: [{name: ca, configMap: {name: roots}}]\n";
    let mapping = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: cart}\nspec: {hostname: '*', prefix: /cart/, service: cart}\n";
    let files = [("host.yaml", host), ("map.yaml", map), ("pod.yaml", pod), ("cart.yaml", mapping)];
    let folder = Folder::with(&files);
    let mut editor = Editor::open_folder(&folder.0);
    let mut rename = |file: &str, text: &str, word: &str, name: &str| {
        let mut params = at(&folder.uri(file), text, word);
        params["newName"] = json!(name);
        editor.ask("textDocument/rename", params)
    };
    let edit = rename("map.yaml", map, "roots", "anchors").unwrap();
    assert_eq!(edited(pod, &edit, &folder.uri("pod.yaml")), pod.replace("roots", "anchors"));
    let edit = rename("cart.yaml", mapping, "cart", "basket").unwrap();
    let expected = mapping.replace("name: cart", "name: basket");
    assert_eq!(edited(mapping, &edit, &folder.uri("cart.yaml")), expected);
    let edit = rename("host.yaml", host, "gateway", "edge").unwrap();
    assert_eq!(edited(host, &edit, &folder.uri("host.yaml")), host.replace("gateway", "edge"));
    // The context of a Host is named after the Host.
    let named = mapping.replace("service: cart", "service: cart, tls: gateway-context");
    folder.write("cart.yaml", &named);
    editor.files_changed(&[(&folder.uri("cart.yaml"), 2)]);
    let mut params = at(&folder.uri("host.yaml"), host, "gateway");
    params["newName"] = json!("edge");
    let (_, why) = editor.ask("textDocument/rename", params).unwrap_err();
    assert!(why.contains("derives the TLS context `gateway-context`"), "{why}");
}

#[test]
fn a_rename_is_rejected_with_a_reason_if_something_unseen_may_use_the_name() {
    let (folder, mut editor) = shop();
    let context = folder.uri("context.yaml");
    let refusal = |editor: &mut Editor, text: &str, word: &str, name: &str| {
        let mut params = at(&context, text, word);
        params["newName"] = json!(name);
        editor.ask("textDocument/rename", params).unwrap_err().1
    };
    let why = refusal(&mut editor, CONTEXT, "upstream", "Not A Name");
    assert!(why.contains("not a valid Kubernetes name"), "{why}");
    // Another workload may read the Secret: its fields are unknown.
    folder.write("job.yaml", "kind: CronJob\nspec:\n  secretRef:\n    name: client-cert\n");
    editor.files_changed(&[(&folder.uri("job.yaml"), 1)]);
    let why = refusal(&mut editor, CONTEXT, "client-cert", "gateway");
    assert!(why.contains("`job.yaml:4` may refer to this Secret"), "{why}");
    folder.write("chart.yaml", "{{ if .x }}\nkind: Mapping\napiVersion: getambassador.io/v3alpha1\nspec:\n  tls: upstream\n{{ end }}\n");
    editor.files_changed(&[(&folder.uri("chart.yaml"), 1)]);
    let why = refusal(&mut editor, CONTEXT, "upstream", "mutual");
    assert!(why.contains("`chart.yaml:5` may refer to this TLSContext"), "{why}");
    let elsewhere = CONTEXT.replace("client-cert", "vault-cert");
    editor.replace(&context, &elsewhere);
    let why = refusal(&mut editor, &elsewhere, "vault-cert", "gateway");
    assert!(why.contains("is not defined in these files"), "{why}");
}

/// The completions at the end of a word.
fn offered(editor: &mut Editor, uri: &str, text: &str, word: &str) -> Vec<Value> {
    editor.replace(uri, text);
    let at = text.find(word).unwrap() + word.len();
    let params = json!({ "textDocument": { "uri": uri }, "position": position_of(text, at) });
    editor.ask("textDocument/completion", params).unwrap().as_array().cloned().unwrap_or_default()
}

fn labels(offers: &[Value]) -> Vec<&str> {
    offers.iter().map(|offer| offer["label"].as_str().unwrap()).collect()
}

#[test]
fn names_that_resolve_from_here_are_offered() {
    let (folder, mut editor) = shop();
    folder.write("other.yaml", &SECRET.replace("namespace: shop", "namespace: certs"));
    editor.files_changed(&[(&folder.uri("other.yaml"), 1)]);
    let (mappings, context) = (folder.uri("mappings.yaml"), folder.uri("context.yaml"));
    let text = MAPPINGS.replacen("tls: upstream", "tls: up", 1);
    assert_eq!(labels(&offered(&mut editor, &mappings, &text, "tls: up")), ["upstream"]);
    let text = CONTEXT.replace("secret: client-cert", "secret: ");
    let offers = offered(&mut editor, &context, &text, "secret: ");
    assert_eq!(labels(&offers), ["client-cert", "client-cert.certs"]);
    let text = MAPPINGS.replacen("service: cart:443", "service: ", 1);
    assert_eq!(labels(&offered(&mut editor, &mappings, &text, "service: ")), ["cart:443"]);
    let text = MAPPINGS.replace("      tls: upstream\n", "      tls: \n");
    let offers = offered(&mut editor, &mappings, &text, "      tls: ");
    assert_eq!(labels(&offers), ["upstream"], "in an annotation");
}

#[test]
fn only_names_that_match_the_typed_text_are_offered() {
    let (folder, mut editor) = shop();
    let context = |number| {
        format!(
            "---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: mesh-{number}, namespace: shop}}\nspec: {{secret: client-cert}}\n"
        )
    };
    folder.write("many.yaml", &(0..300).map(context).collect::<String>());
    editor.files_changed(&[(&folder.uri("many.yaml"), 1)]);
    let mappings = folder.uri("mappings.yaml");
    let mut offered = |typed: &str| {
        let text = MAPPINGS.replacen("tls: upstream", &format!("tls: {typed}"), 1);
        editor.replace(&mappings, &text);
        let at = text.find("tls: ").unwrap() + "tls: ".len() + typed.len();
        let params =
            json!({ "textDocument": { "uri": mappings }, "position": position_of(&text, at) });
        editor.ask("textDocument/completion", params).unwrap()
    };
    let all = offered("");
    assert_eq!(
        (all["isIncomplete"].as_bool(), all["items"].as_array().unwrap().len()),
        (Some(true), 100)
    );
    let few = offered("m299");
    assert_eq!(labels(few["items"].as_array().unwrap()), ["mesh-299"]);
}

#[test]
fn fields_that_the_release_knows_are_offered_with_their_meaning() {
    let (folder, mut editor) = shop();
    let context = folder.uri("context.yaml");
    let text = CONTEXT.replace("  min_tls_version: v1.2\n", "  c\n");
    let offers = offered(&mut editor, &context, &text, "\n  c");
    let names = labels(&offers);
    assert!(names.contains(&"ca_secret") && names.contains(&"crl_secret"), "{names:?}");
    assert!(!names.contains(&"secret"), "it is there already");
    for offer in &offers {
        let words = offer["documentation"]["value"].as_str().unwrap_or_default();
        assert!(!words.is_empty(), "{}", offer["label"]);
    }
    let edit = &offers.iter().find(|offer| offer["label"] == "sni").unwrap()["textEdit"];
    assert_eq!(edit["newText"], "sni: ");
    let old = Folder::with(&[("context.yaml", &text)]);
    let mut editor = Editor::open_folders(&[&old.0], &["--emissary", "2.2"], json!({}));
    let uri = old.uri("context.yaml");
    editor.open(&uri, &text);
    let offers = offered(&mut editor, &uri, &format!("{text}\n"), "\n  c");
    assert!(!labels(&offers).contains(&"crl_secret"), "it came with 2.3");
}

#[test]
fn values_of_enumerations_suites_and_curves_are_offered() {
    let (folder, mut editor) = shop();
    let context = folder.uri("context.yaml");
    let text = CONTEXT.replace("min_tls_version: v1.2", "min_tls_version: ");
    let offers = offered(&mut editor, &context, &text, "min_tls_version: ");
    assert_eq!(labels(&offers), ["v1.0", "v1.1", "v1.2", "v1.3"]);
    assert_eq!(offers[2]["documentation"]["value"], "TLS 1.2.");
    let text = CONTEXT.replace("min_tls_version: v1.2", "cipher_suites:\n  - ECDHE");
    let offers = offered(&mut editor, &context, &text, "ECDHE");
    let told = |offers: &[Value], label: &str| {
        let offer = offers.iter().find(|offer| offer["label"] == label).unwrap();
        offer["documentation"]["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        told(&offers, "ECDHE-ECDSA-AES128-GCM-SHA256"),
        "TLS 1.2 only: forward secrecy; the server has an ECDSA certificate; AES-128 in \
         GCM mode."
    );
    assert_eq!(
        told(&offers, "AES256-SHA"),
        "TLS 1.0 to 1.2: no forward secrecy; the server has an RSA certificate; AES-256 in CBC mode."
    );
    assert!(offers.iter().all(|offer| offer["documentation"].is_object()), "{offers:?}");
    let text = CONTEXT.replace("min_tls_version: v1.2", "ecdh_curves: [X25519, ");
    let offers = offered(&mut editor, &context, &text, "X25519, ");
    assert!(labels(&offers).contains(&"P-256"));
    assert!(offers.iter().all(|offer| offer["documentation"].is_object()), "{offers:?}");
    let text = CONTEXT.replace("kind: TLSContext", "kind: T");
    assert!(labels(&offered(&mut editor, &context, &text, "kind: T")).contains(&"TLSContext"));
}

/// The code actions at a word.
fn actions(
    editor: &mut Editor,
    uri: &str,
    text: &str,
    word: &str,
    only: Option<&str>,
) -> Vec<Value> {
    let place = position(text, word);
    let mut context = json!({ "diagnostics": [] });
    if let Some(kind) = only {
        context["only"] = json!([kind]);
    }
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": place, "end": place },
        "context": context,
    });
    editor.ask("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

#[test]
fn every_fix_of_the_rules_examples_is_offered_and_removes_its_finding() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rule");
    let mut rules: Vec<_> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    rules.retain(|path| path.join("bad.yaml").exists());
    rules.sort();
    let mut fixes = 0;
    for folder in rules {
        let rule = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if mtlsctl::rule::fixable(&rule).is_none() {
            continue;
        }
        let text = std::fs::read_to_string(folder.join("bad.yaml")).unwrap();
        // Settings in the example are command-line flags.
        if text.starts_with("# settings:") {
            continue;
        }
        let own = Folder::with(&[("a.yaml", &text)]);
        let mut editor = Editor::open_folder(&own.0);
        let uri = own.uri("a.yaml");
        editor.open(&uri, &text);
        editor.settle();
        let Some(found) = editor.diagnostics[&uri].iter().find(|one| one["code"] == rule).cloned()
        else {
            continue;
        };
        let params = json!({
            "textDocument": { "uri": uri },
            "range": found["range"],
            "context": { "diagnostics": [found], "only": ["quickfix"] },
        });
        let offered = editor.ask("textDocument/codeAction", params).unwrap();
        let about = |action: &&Value| {
            let own = action["diagnostics"][0]["code"] == rule;
            own && !action["title"].as_str().unwrap().starts_with("Ignore")
        };
        let Some(action) = offered.as_array().unwrap().iter().find(about) else { continue };
        let repaired = edited(&text, &action["edit"], &uri);
        assert_ne!(repaired, text, "{rule}");
        let before = editor.rules(&uri).iter().filter(|own| **own == rule).count();
        editor.replace(&uri, &repaired);
        editor.settle();
        let after = editor.rules(&uri).iter().filter(|own| **own == rule).count();
        assert!(after < before, "{rule}: {repaired}");
        fixes += 1;
    }
    assert!(fixes >= 30, "only {fixes} fixes were tried");
}

#[test]
fn all_safe_fixes_of_a_file_are_applied_at_once() {
    let text = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: upstream, namespace: shop}
spec:
  secret: client-cert
  alpn_protocols: [h2, http/1.1]
  ecdh_curves: [P256]
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: cart, namespace: shop}
spec: {hostname: '*', prefix: /cart/, service: cart.shop, tls: upstraem}
";
    let folder = Folder::with(&[("a.yaml", text)]);
    let uri = folder.uri("a.yaml");
    let mut editor = Editor::open_folder(&folder.0);
    editor.open(&uri, text);
    let offered = actions(&mut editor, &uri, text, "kind", Some("source.fixAll"));
    assert_eq!(offered.len(), 1, "{offered:?}");
    let fixed = edited(text, &offered[0]["edit"], &uri);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["lint", "--fix", "--at", crate::editor::AT, "--quiet", "a.yaml"])
        .current_dir(&folder.0)
        .output()
        .unwrap();
    assert!(output.status.code().is_some());
    let expected = std::fs::read_to_string(folder.0.join("a.yaml")).unwrap();
    assert_ne!(expected, text);
    assert_eq!(fixed, expected);
}

#[test]
fn a_finding_can_be_ignored_with_a_reason() {
    let text = MAPPINGS.replace("tls: upstream", "tls: nobody");
    let folder = Folder::with(&[("a.yaml", &text)]);
    let uri = folder.uri("a.yaml");
    let mut editor = Editor::open_folder(&folder.0);
    editor.open(&uri, &text);
    let offered = actions(&mut editor, &uri, &text, "nobody", Some("quickfix"));
    let ignore = offered.iter().find(|one| one["title"].as_str().unwrap().starts_with("Ignore"));
    let ignored = edited(&text, &ignore.unwrap()["edit"], &uri);
    assert!(
        ignored.contains("  # mtlsctl: ignore[mapping-context-undefined] explain here why"),
        "{ignored}"
    );
    let count = |editor: &Editor| {
        let rules = editor.rules(&uri);
        rules.iter().filter(|rule| *rule == "mapping-context-undefined").count()
    };
    let before = count(&editor);
    editor.replace(&uri, &ignored);
    editor.settle();
    assert_eq!(count(&editor), before - 1);
}

#[test]
fn a_missing_context_can_be_created() {
    let text = MAPPINGS.replace("tls: upstream", "tls: new-one");
    let folder = Folder::with(&[("a.yaml", &text)]);
    let uri = folder.uri("a.yaml");
    let mut editor = Editor::open_folder(&folder.0);
    editor.open(&uri, &text);
    let offered = actions(&mut editor, &uri, &text, "new-one", None);
    let create =
        offered.iter().find(|one| one["title"] == "Create TLSContext `new-one` in this file");
    let created = edited(&text, &create.unwrap()["edit"], &uri);
    editor.replace(&uri, &created);
    editor.settle();
    assert!(!editor.rules(&uri).contains(&"mapping-context-undefined".to_owned()));
    assert!(created.ends_with("  secret: new-one-cert\n"), "{created}");
}

#[test]
fn hints_and_lenses_show_modes_expiry_and_users() {
    let (folder, mut editor) = shop();
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
    let hints = |editor: &mut Editor, name: &str| -> Vec<String> {
        let params = json!({ "textDocument": { "uri": folder.uri(name) }, "range": whole });
        let hints = editor.ask("textDocument/inlayHint", params).unwrap();
        let hints = hints.as_array().unwrap().iter();
        hints.map(|hint| hint["label"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(hints(&mut editor, "mappings.yaml"), ["mutual", "mutual"]);
    editor.replace(&folder.uri("context.yaml"), &CONTEXT.replace("name: upstream", "name: other"));
    let after = hints(&mut editor, "mappings.yaml");
    assert_eq!(after, ["plaintext!", "plaintext!"]);
    editor.replace(&folder.uri("context.yaml"), CONTEXT);
    let params = json!({ "textDocument": { "uri": folder.uri("context.yaml") } });
    let lenses = editor.ask("textDocument/codeLens", params).unwrap();
    assert_eq!(lenses[0]["command"]["title"], "used by 2 Mappings");
    assert_eq!(lenses[0]["command"]["command"], "", "nobody would run it");
    let abilities = json!({ "initializationOptions": {
        "commands": ["mtlsctl.showReferences", "mtlsctl.probe"] } });
    let mut able = Editor::open_folders(&[&folder.0], &[], abilities);
    let params = json!({ "textDocument": { "uri": folder.uri("mappings.yaml") } });
    let lenses = able.ask("textDocument/codeLens", params).unwrap();
    let probe = lenses.as_array().unwrap().iter().find(|one| one["command"]["title"] == "probe");
    assert_eq!(probe.unwrap()["command"]["arguments"][0], "shop/cart");
    let text = testdata("rule/certificate-expires-soon/bad.yaml");
    let soon = Folder::with(&[("a.yaml", &text)]);
    let mut editor = Editor::open_folder(&soon.0);
    let params = json!({ "textDocument": { "uri": soon.uri("a.yaml") }, "range": whole });
    let hints = editor.ask("textDocument/inlayHint", params).unwrap();
    let all: Vec<&str> =
        hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert!(
        all.iter().any(|label| label.starts_with("ends in ") || label.starts_with("ended ")),
        "{all:?}"
    );
}

#[test]
fn objects_are_symbols_of_their_file_and_of_the_workspace() {
    let (folder, mut editor) = shop();
    let params = json!({ "textDocument": { "uri": folder.uri("mappings.yaml") } });
    let symbols = editor.ask("textDocument/documentSymbol", params).unwrap();
    let names: Vec<&str> =
        symbols.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["cart", "cart", "old-cart"]);
    let found = editor.ask("workspace/symbol", json!({ "query": "TLSC" })).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["name"], "upstream");
}

#[test]
fn no_response_contains_a_private_key() {
    let text = testdata("rule/certificate-expires-soon/bad.yaml");
    let folder = Folder::with(&[("a.yaml", &text)]);
    let mut editor = Editor::open_folder(&folder.0);
    let uri = folder.uri("a.yaml");
    editor.open(&uri, &text);
    let secret: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.contains("tls.key"))
        .flat_map(|line| line.split_whitespace())
        .filter(|word| word.len() > 40)
        .collect();
    assert!(!secret.is_empty(), "the example holds a key");
    for line in 0..text.lines().count() {
        let place = json!({ "line": line, "character": 4 });
        let params = json!({ "textDocument": { "uri": uri }, "position": place });
        for method in ["textDocument/hover", "textDocument/completion"] {
            let answer = editor.ask(method, params.clone()).unwrap().to_string();
            assert!(secret.iter().all(|word| !answer.contains(*word)), "{method}: {answer}");
        }
    }
}

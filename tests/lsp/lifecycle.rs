//! How a session starts and ends, and what happens to invalid messages.

use std::time::Duration;

use serde_json::{Value, json};

use crate::editor::{Editor, Folder};

const MAPPING: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: cart, namespace: shop}
spec: {hostname: '*', prefix: /cart/, service: cart, tls: nobody}
";

#[test]
fn a_session_ends_properly_or_with_an_error() {
    let folder = Folder::with(&[("a.yaml", MAPPING)]);
    assert_eq!(Editor::open_folder(&folder.0).end().code(), Some(0));
    assert_eq!(Editor::open_folder(&folder.0).leave().code(), Some(1));
    let mut editor = Editor::open_folder(&folder.0);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.leave().code(), Some(1), "nobody shut it down");
}

#[test]
fn requests_before_initialize_or_after_shutdown_are_rejected() {
    let mut editor = Editor::start(&[]);
    let (code, _) = editor.ask("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(code, -32002, "not initialized");
    editor.ask("initialize", json!({ "capabilities": {} })).unwrap();
    assert_eq!(editor.ask("initialize", json!({ "capabilities": {} })).unwrap_err().0, -32600);
    editor.ask("shutdown", Value::Null).unwrap();
    assert_eq!(editor.ask("textDocument/hover", json!({})).unwrap_err().0, -32600);
}

#[test]
fn invalid_messages_are_rejected_and_do_no_harm() {
    let folder = Folder::with(&[("a.yaml", MAPPING)]);
    let mut editor = Editor::open_folder(&folder.0);
    editor.send_bytes(b"Content-Length: 5\r\n\r\n{oops");
    let refusal = editor.next().unwrap();
    assert_eq!((&refusal["id"], &refusal["error"]["code"]), (&Value::Null, &json!(-32700)));
    assert_eq!(editor.ask("mtlsctl/dance", json!({})).unwrap_err().0, -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({ "x": 1 })).unwrap_err().0, -32602);
    editor.tell("textDocument/didChange", json!({ "nonsense": true }));
    editor.tell(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": "file:///nowhere/x.yaml", "version": 7 },
            "contentChanges": [{ "text": "x" }],
        }),
    );
    editor.tell("$/whatever", json!([1, 2]));
    editor.open("untitled:Untitled-1", MAPPING);
    editor.settle();
    assert_eq!(editor.rules(&folder.uri("a.yaml")), ["mapping-context-undefined"]);
    assert_eq!(editor.end().code(), Some(0));
}

#[test]
fn a_header_without_a_length_ends_the_session() {
    let mut editor = Editor::start(&[]);
    editor.send_bytes(b"GET / HTTP/1.1\r\n\r\n");
    assert_eq!(editor.leave().code(), Some(1));
    let mut editor = Editor::start(&[]);
    editor.send_bytes(b"Content-Length: 18446744073709551615\r\n\r\n{}");
    assert_eq!(editor.leave().code(), Some(1));
}

#[test]
fn a_cancelled_request_is_not_answered() {
    let folder = Folder::with(&[("a.yaml", MAPPING)]);
    let mut editor = Editor::open_folder(&folder.0);
    let uri = folder.uri("a.yaml");
    editor.open(&uri, MAPPING);
    // While the server is busy with the first one, the second and its cancellation arrive.
    let params =
        json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
    let mut cancelled = 0;
    for _ in 0..20 {
        let text = format!("{MAPPING}# {cancelled}\n");
        editor.replace(&uri, &text);
        let first = editor.ask_only("textDocument/hover", params.clone());
        let second = editor.ask_only("textDocument/hover", params.clone());
        editor.tell("$/cancelRequest", json!({ "id": second }));
        editor.answer(first).unwrap();
        if let Err((code, _)) = editor.answer(second) {
            assert_eq!(code, -32800);
            cancelled += 1;
        }
    }
    assert!(cancelled > 0, "none of 20 was taken back in time");
}

#[test]
fn progress_is_shown_while_a_folder_is_read() {
    let folder = Folder::with(&[("a.yaml", MAPPING)]);
    let abilities = json!({ "capabilities": { "window": { "workDoneProgress": true } } });
    let editor = Editor::open_folders(&[&folder.0], &[], abilities);
    let heard = editor.heard.iter().filter(|(method, _)| method.contains("rogress"));
    let kinds: Vec<&str> =
        heard.map(|(_, params)| params["value"]["kind"].as_str().unwrap_or("create")).collect();
    assert_eq!(kinds, ["create", "begin", "report", "end"]);
}

#[test]
fn an_invalid_configuration_is_reported_at_its_place() {
    let folder =
        Folder::with(&[("a.yaml", MAPPING), (".mtlsctl.yaml", "ignore:\n- no-such-rule\n")]);
    let mut editor = Editor::open_folder(&folder.0);
    let config = folder.uri(".mtlsctl.yaml");
    let shown = &editor.diagnostics[&config][0];
    assert_eq!(shown["range"]["start"], json!({ "line": 1, "character": 2 }));
    let message = shown["message"].as_str().unwrap();
    assert!(message.starts_with("no rule is called `no-such-rule`"), "{message}");
    folder.write(".mtlsctl.yaml", "ignore:\n- mapping-context-undefined\n");
    editor.files_changed(&[(&config, 2)]);
    editor.settle();
    assert!(editor.diagnostics.is_empty(), "{:?}", editor.diagnostics);
    std::fs::remove_file(folder.0.join(".mtlsctl.yaml")).unwrap();
    editor.files_changed(&[(&config, 3)]);
    editor.settle();
    assert_eq!(editor.rules(&folder.uri("a.yaml")), ["mapping-context-undefined"]);
}

#[test]
fn only_the_last_of_several_edits_is_checked() {
    let folder = Folder::with(&[("a.yaml", MAPPING)]);
    let mut editor = Editor::open_folder(&folder.0);
    let uri = folder.uri("a.yaml");
    editor.open(&uri, MAPPING);
    editor.settle();
    for number in 0..300 {
        let name = format!("typed-{number}");
        editor.replace(&uri, &MAPPING.replace("nobody", &name));
        // Some arrive while the previous one is being checked, at various times.
        std::thread::sleep(Duration::from_micros(number * 37 % 4_000));
    }
    editor.settle();
    let message = editor.diagnostics[&uri][0]["message"].to_string();
    assert!(message.contains("typed-299"), "{message}");
    assert_eq!(editor.end().code(), Some(0));
}

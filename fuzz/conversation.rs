//! A conversation with the language server made from any text: messages after a proper start, then
//! raw bytes. Nothing may panic, and the first request must be answered.
//!
//! Shared by the fuzz target `editor` and tests/lsp/protocol.rs.

use std::io::Cursor;
use std::sync::LazyLock;

use mtlsctl::document::Relevance;
use mtlsctl::lint::{Policy, Session, Threshold};
use mtlsctl::lsp::{Opened, Place, serve};
use mtlsctl::resource::{Documents, Ingest, Reading, relevance};
use mtlsctl::source::{Selection, Sources};
use mtlsctl::world::Settings;
use serde_json::{Value, json};

const MANIFEST: &str = include_str!("../testdata/rule/mapping-context-undefined/bad.yaml");

/// The workspace folder. It is empty, since listing and watching a temporary folder that others use
/// takes seconds.
const FOLDER: &str = "/tmp/mtlsctl-editor";

const DOCUMENT: &str = "file:///tmp/mtlsctl-editor/a.yaml";

/// An editor that watches files itself.
const BEGINNING: [&str; 2] = [
    r#"{"id":"first","method":"initialize","params":{"capabilities":{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}},"workspaceFolders":[{"uri":"file:///tmp/mtlsctl-editor","name":"editor"}]}}"#,
    r#"{"method":"initialized","params":{}}"#,
];

/// The folder's session, read once.
static SESSION: LazyLock<(Session, Relevance)> = LazyLock::new(|| {
    let mut sources = Sources::default();
    sources.add("a.yaml".to_owned(), MANIFEST.to_owned());
    let relevance = relevance();
    let documents = Documents::read(sources, Ingest::Snapshot, &relevance);
    (Session::new(documents, Settings::default(), Policy::default()), relevance)
});

/// The message for a line: JSON as it is, or a method name with positions and a text, from which a
/// message is built that a fuzzer would rarely generate: `type 3 9 3 12 tls: b`, `hover 3 9`, `text
/// kind: Host
/// `.
fn message(said: &str) -> String {
    let mut words = said.splitn(6, ' ');
    let method = words.next().unwrap_or_default();
    let mut number = || words.next().and_then(|word| word.parse::<u16>().ok()).unwrap_or(0);
    let [line, character, end, end_character] = std::array::from_fn(|_| number());
    let start = json!({ "line": line, "character": character });
    let range = json!({ "start": start, "end": { "line": end, "character": end_character } });
    // A line cannot contain a line break.
    let rest = words.next().unwrap_or_default().replace("\\n", "\n");
    let document = json!({ "uri": DOCUMENT, "languageId": "yaml", "version": 1, "text": rest });
    let edit = |change: Value| json!({ "textDocument": document, "contentChanges": [change] });
    let (method, params) = match method {
        "open" => ("textDocument/didOpen", json!({ "textDocument": document })),
        "type" => ("textDocument/didChange", edit(json!({ "range": range, "text": rest }))),
        "text" => ("textDocument/didChange", edit(json!({ "text": rest }))),
        "close" => ("textDocument/didClose", json!({ "textDocument": document })),
        "hover" | "definition" | "references" | "prepareRename" | "rename" | "completion"
        | "codeAction" | "inlayHint" | "codeLens" | "documentSymbol" | "diagnostic" => {
            let params = json!({
                "textDocument": document, "position": start, "range": range, "newName": rest,
                "context": { "diagnostics": [], "includeDeclaration": true },
            });
            let method = format!("textDocument/{method}");
            return json!({ "id": 1, "method": method, "params": params }).to_string();
        }
        _ => return said.to_owned(),
    };
    json!({ "method": method, "params": params }).to_string()
}

/// Runs the conversation.
///
/// # Panics
/// If the server misbehaves.
pub(crate) fn converse(text: &str) {
    std::fs::create_dir_all(FOLDER).expect("a temporary folder can be made");
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let mut stream: String = BEGINNING.iter().map(|body| framed(body)).collect();
    // Each line of the input is a message; after a line of dashes, the rest is sent as raw bytes.
    let (messages, bytes) = text.split_once("\n---\n").unwrap_or((text, ""));
    stream.extend(messages.lines().map(|line| framed(&message(line))));
    stream.push_str(bytes);
    let mut out = Vec::new();
    let open = |_: &Place| {
        let (session, relevance) = SESSION.clone();
        Ok(Opened {
            session,
            selection: Selection {
                paths: vec![".".into()],
                excludes: Vec::new(),
                excludes_from: ".".into(),
                honour_gitignore: true,
                stdin_name: None,
            },
            reading: Reading {
                ingest: Ingest::Snapshot,
                relevance,
                is_whole: true,
                passes_over: |_| false,
                before: None,
            },
            shows: Threshold::Note,
            clock: None,
            unreadable: Vec::new(),
        })
    };
    let ended = serve(move || Cursor::new(stream.into_bytes()), &mut out, &open);
    assert!(ended.is_ok(), "memory takes every answer");
    let out = String::from_utf8(out).expect("answers are text");
    assert!(out.contains(r#""id":"first""#), "the first request is answered");
}

//! A conversation with the language server that any text makes: messages after a proper beginning, and
//! any bytes at all. Nothing panics, and the first request is answered.
//!
//! The fuzz target `editor` and tests/lsp/protocol.rs share it.

use std::io::Cursor;
use std::sync::LazyLock;

use mtlsctl::document::Relevance;
use mtlsctl::lint::{Policy, Session, Threshold};
use mtlsctl::lsp::{Opened, Place, serve};
use mtlsctl::resource::{Documents, Ingest, Reading, relevance};
use mtlsctl::source::{Selection, Sources};
use mtlsctl::world::Settings;

const MANIFEST: &str = include_str!("../testdata/rule/mapping-context-undefined/bad.yaml");

/// The folder of the workspace. Nothing is in it: what is listed and watched in a temporary folder that
/// others use, too, takes seconds.
const FOLDER: &str = "/tmp/mtlsctl-editor";

/// An editor that watches files itself.
const BEGINNING: [&str; 2] = [
    r#"{"id":"first","method":"initialize","params":{"capabilities":{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}},"workspaceFolders":[{"uri":"file:///tmp/mtlsctl-editor","name":"editor"}]}}"#,
    r#"{"method":"initialized","params":{}}"#,
];

/// What the server finds in the folder, read once.
static SESSION: LazyLock<(Session, Relevance)> = LazyLock::new(|| {
    let mut sources = Sources::default();
    sources.add("a.yaml".to_owned(), MANIFEST.to_owned());
    let relevance = relevance();
    let documents = Documents::read(sources, Ingest::Snapshot, &relevance);
    (Session::new(documents, Settings::default(), Policy::default()), relevance)
});

/// Holds the conversation.
///
/// # Panics
/// Where the server does not do what it should.
pub(crate) fn converse(text: &str) {
    std::fs::create_dir_all(FOLDER).expect("a temporary folder can be made");
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let mut stream: String = BEGINNING.iter().map(|body| framed(body)).collect();
    // A line of the input is a message; behind a line of dashes it is bytes as they are.
    let (messages, bytes) = text.split_once("\n---\n").unwrap_or((text, ""));
    let messages: Vec<&str> = messages.lines().collect();
    stream.extend(messages.iter().map(|body| framed(body)));
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

//! A conversation with the language server that any text makes: messages after a proper beginning, and
//! any bytes at all. Nothing panics, and the first request is answered.
//!
//! The fuzz target `editor` and tests/lsp/protocol.rs share it.

use std::io::Cursor;

use mtlsctl::lint::{Policy, Session, Threshold};
use mtlsctl::lsp::{Opened, Place, serve};
use mtlsctl::resource::{Documents, Ingest, Reading, relevance};
use mtlsctl::source::{Selection, Sources};
use mtlsctl::world::Settings;

const MANIFEST: &str = include_str!("../testdata/rule/mapping-context-undefined/bad.yaml");

const BEGINNING: [&str; 2] = [
    r#"{"id":"first","method":"initialize","params":{"capabilities":{},"workspaceFolders":[{"uri":"file:///tmp","name":"tmp"}]}}"#,
    r#"{"method":"initialized","params":{}}"#,
];

/// Holds the conversation.
///
/// # Panics
/// Where the server does not do what it should.
pub(crate) fn converse(text: &str) {
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let mut stream: String = BEGINNING.iter().map(|body| framed(body)).collect();
    // A line of the input is a message; behind a line of dashes it is bytes as they are.
    let (messages, bytes) = text.split_once("\n---\n").unwrap_or((text, ""));
    let messages: Vec<&str> = messages.lines().collect();
    stream.extend(messages.iter().map(|body| framed(body)));
    stream.push_str(bytes);
    let mut out = Vec::new();
    let open = |_: &Place| {
        let mut sources = Sources::default();
        sources.add("a.yaml".to_owned(), MANIFEST.to_owned());
        let documents = Documents::read(sources, Ingest::Snapshot, &relevance());
        Ok(Opened {
            session: Session::new(documents, Settings::default(), Policy::default()),
            selection: Selection {
                paths: vec![".".into()],
                excludes: Vec::new(),
                excludes_from: ".".into(),
                honour_gitignore: true,
                stdin_name: None,
            },
            reading: Reading {
                ingest: Ingest::Snapshot,
                relevance: relevance(),
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

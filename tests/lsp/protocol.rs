//! The protocol loop handles any message: like the fuzz target `editor`, from valid messages that
//! are changed randomly.

use std::time::{Duration, Instant};

#[path = "../../fuzz/conversation.rs"]
mod conversation;

/// A message of each kind that the server supports, about the existing file.
const MESSAGES: [&str; 24] = [
    r#"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml","languageId":"yaml","version":1,"text":"kind: Mapping\napiVersion: getambassador.io/v3alpha1\nmetadata: {name: a}\nspec: {prefix: /a/, service: a, tls: b}\n"}}}"#,
    r#"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml","version":2},"contentChanges":[{"range":{"start":{"line":3,"character":9},"end":{"line":3,"character":12}},"text":"[ü🦀"}]}}"#,
    r#"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml","version":3},"contentChanges":[{"text":"kind: TLSContext\r\nname: b\r\n---\r\n{{ a }}"}]}}"#,
    r#"{"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"}}}"#,
    r#"{"method":"textDocument/didSave","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"}}}"#,
    r#"{"method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"file:///tmp/mtlsctl-editor/a.yaml","type":3}]}}"#,
    r#"{"method":"workspace/didChangeWorkspaceFolders","params":{"event":{"added":[{"uri":"file:///tmp/mtlsctl-editor","name":"a"}],"removed":[{"uri":"file:///tmp/mtlsctl-editor","name":"a"}]}}}"#,
    r#"{"method":"$/cancelRequest","params":{"id":3}}"#,
    r#"{"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"position":{"line":8,"character":8}}}"#,
    r#"{"id":2,"method":"textDocument/definition","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"position":{"line":9,"character":9}}}"#,
    r#"{"id":3,"method":"textDocument/references","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"position":{"line":3,"character":9},"context":{"includeDeclaration":true}}}"#,
    r#"{"id":4,"method":"textDocument/prepareRename","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"position":{"line":3,"character":9}}}"#,
    r#"{"id":5,"method":"textDocument/rename","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"position":{"line":3,"character":9},"newName":"x"}}"#,
    r#"{"id":6,"method":"textDocument/completion","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"position":{"line":9,"character":7}}}"#,
    r#"{"id":7,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"range":{"start":{"line":0,"character":0},"end":{"line":99,"character":0}},"context":{"diagnostics":[]}}}"#,
    r#"{"id":8,"method":"textDocument/inlayHint","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"},"range":{"start":{"line":0,"character":0},"end":{"line":99,"character":0}}}}"#,
    r#"{"id":9,"method":"textDocument/codeLens","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"}}}"#,
    r#"{"id":10,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"}}}"#,
    r#"{"id":11,"method":"workspace/symbol","params":{"query":"a"}}"#,
    r#"{"id":12,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":"file:///tmp/mtlsctl-editor/a.yaml"}}}"#,
    r#"{"id":13,"method":"workspace/diagnostic","params":{"previousResultIds":[]}}"#,
    r#"{"id":"first","method":"initialize","params":{}}"#,
    r#"{"id":14,"method":"shutdown"}"#,
    r#"{"method":"exit"}"#,
];

#[test]
fn the_server_survives_any_message() {
    let seed = std::env::var("MTLSCTL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    println!("MTLSCTL_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let wanted = std::env::var("MTLSCTL_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = Instant::now() + Duration::from_secs(wanted.unwrap_or(3));
    conversation::converse(&MESSAGES.join("\n"));
    while Instant::now() < end {
        let mut lines: Vec<String> = Vec::new();
        for _ in 0..random.usize(1..12) {
            // The end is rare, so that something precedes it.
            let last = if random.u8(..8) == 0 { MESSAGES.len() } else { MESSAGES.len() - 3 };
            let mut line = MESSAGES[random.usize(..last)].to_owned();
            for _ in 0..random.usize(..3) {
                let at = line.floor_char_boundary(random.usize(..=line.len()));
                let to = line.floor_char_boundary((at + random.usize(..6)).min(line.len()));
                let pieces =
                    ["", "0", "9", "-1", "4294967295", "null", "\"", "{", "ü", "\\n", "[]", "%"];
                line.replace_range(at..to.max(at), pieces[random.usize(..pieces.len())]);
            }
            lines.push(line);
        }
        let mut text = lines.join("\n");
        if random.u8(..6) == 0 {
            text += "\n---\nContent-Length: 7\r\n\r\n{}";
        }
        conversation::converse(&text);
    }
}

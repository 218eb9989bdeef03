//! A test editor that speaks the protocol and records what the server sends.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// The time at which everything is checked.
pub(crate) const AT: &str = "2026-11-30T12:00:00Z";

/// The time limit for a response, even on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder removed at the end of the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mtlsctl-lsp-{}-{number}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        uri(&self.0.join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A path as an editor writes it.
pub(crate) fn uri(path: &Path) -> String {
    let path = path.to_str().unwrap();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    let encoded = path.chars().map(|c| match plain(c) {
        true => c.to_string(),
        false => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
    });
    format!("file://{}", encoded.collect::<String>())
}

/// The editor.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    requests: i64,
    versions: BTreeMap<String, i64>,
    /// The last diagnostics of each file; files without any are absent.
    pub(crate) diagnostics: BTreeMap<String, Vec<Value>>,
    /// How often diagnostics were sent for each file.
    pub(crate) told: BTreeMap<String, usize>,
    /// Everything else that the server sent unprompted: method and parameters.
    pub(crate) heard: Vec<(String, Value)>,
}

impl Editor {
    /// Starts the server.
    pub(crate) fn start(flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
            .args(["lsp", "--at", AT])
            .args(flags)
            .env_remove("MTLSCTL_CONFIG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = receive(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            messages,
            requests: 0,
            versions: BTreeMap::new(),
            diagnostics: BTreeMap::new(),
            told: BTreeMap::new(),
            heard: Vec::new(),
        }
    }

    /// Starts the server for folders, and waits until they have been checked.
    pub(crate) fn open_folders(folders: &[&Path], flags: &[&str], abilities: Value) -> Self {
        let mut editor = Self::start(flags);
        let folders: Vec<Value> =
            folders.iter().map(|path| json!({ "uri": uri(path), "name": "folder" })).collect();
        let mut params = json!({
            "processId": null,
            "workspaceFolders": folders,
            "capabilities": {
                "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
            },
        });
        merge(&mut params, abilities);
        editor.ask("initialize", params).unwrap();
        editor.tell("initialized", json!({}));
        editor.settle();
        editor
    }

    /// The memory of the server in KB, as counted by Linux.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        resident.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// The same for a single folder.
    pub(crate) fn open_folder(folder: &Path) -> Self {
        Self::open_folders(&[folder], &[], json!({}))
    }

    /// Sends raw bytes.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        // The server may have ended, which the test is about.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; other messages meanwhile are recorded.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i64, String)> {
        let id = self.ask_only(method, params);
        self.answer(id)
    }

    /// Sends a request without waiting for the response.
    pub(crate) fn ask_only(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The response to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Result<Value, (i64, String)> {
        loop {
            let message = self.next().expect("the server is still there");
            if message["id"] == id && message.get("method").is_none() {
                return match message.get("error") {
                    Some(error) => Err((
                        error["code"].as_i64().unwrap(),
                        error["message"].as_str().unwrap().to_owned(),
                    )),
                    None => Ok(message["result"].clone()),
                };
            }
        }
    }

    /// The next message; diagnostics are recorded, and the server's requests answered.
    pub(crate) fn next(&mut self) -> Option<Value> {
        let message = self.messages.recv_timeout(PATIENCE).ok()?;
        if let Some(method) = message.get("method").and_then(Value::as_str) {
            let params = &message["params"];
            if method == "textDocument/publishDiagnostics" {
                let uri = params["uri"].as_str().unwrap().to_owned();
                let list = params["diagnostics"].as_array().unwrap().clone();
                *self.told.entry(uri.clone()).or_default() += 1;
                match list.is_empty() {
                    true => _ = self.diagnostics.remove(&uri),
                    false => _ = self.diagnostics.insert(uri, list),
                }
            } else {
                self.heard.push((method.to_owned(), params.clone()));
            }
            if let Some(id) = message.get("id") {
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
            }
        }
        Some(message)
    }

    /// Waits until everything sent so far was processed.
    pub(crate) fn settle(&mut self) {
        let nothing = json!({ "textDocument": { "uri": "file:///nowhere.yaml" } });
        self.ask("textDocument/diagnostic", nothing).unwrap();
    }

    /// Opens a document with a text.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Sends changes to a document.
    pub(crate) fn change(&mut self, uri: &str, changes: Value) {
        let version = self.versions.entry(uri.to_owned()).or_default();
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    /// Replaces the text of a document.
    pub(crate) fn replace(&mut self, uri: &str, text: &str) {
        self.change(uri, json!([{ "text": text }]));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Reports changed files on disk (1: created, 2: changed, 3: deleted).
    pub(crate) fn files_changed(&mut self, changes: &[(&str, i64)]) {
        let changes: Vec<Value> =
            changes.iter().map(|(uri, kind)| json!({ "uri": uri, "type": kind })).collect();
        self.tell("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// The rules of a file's diagnostics, in order.
    pub(crate) fn rules(&self, uri: &str) -> Vec<String> {
        let found = self.diagnostics.get(uri).into_iter().flatten();
        found.filter_map(|one| one["code"].as_str().map(str::to_owned)).collect()
    }

    /// Ends the session properly.
    pub(crate) fn end(mut self) -> ExitStatus {
        self.ask("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        self.child.wait().unwrap()
    }

    /// Closes the connection without `shutdown`.
    pub(crate) fn leave(mut self) -> ExitStatus {
        self.input = None;
        self.child.wait().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Merges one JSON object into another.
fn merge(into: &mut Value, other: Value) {
    match (into, other) {
        (Value::Object(into), Value::Object(other)) => {
            for (key, value) in other {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, other) => *into = other,
    }
}

/// Where a word starts in a text, as line and UTF-16 unit.
pub(crate) fn position(text: &str, word: &str) -> Value {
    let at = text.find(word).unwrap_or_else(|| panic!("`{word}` is in the text"));
    position_of(text, at)
}

/// The position of a byte, as line and UTF-16 unit; lines end as in the protocol.
pub(crate) fn position_of(text: &str, at: usize) -> Value {
    let bytes = text.as_bytes();
    let ends = (0..at)
        .filter(|&i| bytes[i] == b'\n' || bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    let ends: Vec<usize> = ends.collect();
    let start = ends.last().map_or(0, |end| end + 1);
    json!({ "line": ends.len(), "character": text[start..at].encode_utf16().count() })
}

/// The findings of `lint` in a folder, as the diagnostics that an editor should show.
pub(crate) fn linted(folder: &Path, flags: &[&str]) -> BTreeMap<String, Vec<Value>> {
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["lint", "-o", "json", "--at", AT, "--allow-empty"])
        .args(flags)
        .current_dir(folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for found in report["findings"].as_array().unwrap() {
        let places = found["locations"].as_array().unwrap();
        let path = folder.join(places[0]["path"].as_str().unwrap());
        let mut message = found["message"].as_str().unwrap().to_owned();
        for note in found["notes"].as_array().unwrap() {
            message += &format!("\nnote: {}", note.as_str().unwrap());
        }
        for help in found["help"].as_str().unwrap().lines() {
            message += &format!("\nhelp: {help}");
        }
        let related: Vec<Value> = places[1..]
            .iter()
            .map(|place| {
                json!({
                    "location": {
                        "uri": uri(&folder.join(place["path"].as_str().unwrap())),
                        "range": range(folder, place),
                    },
                    "message": place["label"],
                })
            })
            .collect();
        let severity = match found["severity"].as_str().unwrap() {
            "error" => 1,
            "warning" => 2,
            _ => 3,
        };
        let mut shown = json!({
            "range": range(folder, &places[0]),
            "severity": severity,
            "code": found["rule"],
            "codeDescription": { "href": found["url"] },
            "source": "mtlsctl",
            "message": message,
        });
        if !related.is_empty() {
            shown["relatedInformation"] = json!(related);
        }
        files.entry(uri(&path)).or_default().push(shown);
    }
    files
}

/// A place in `lint -o json` in UTF-16 units.
fn range(folder: &Path, place: &Value) -> Value {
    let text = fs::read_to_string(folder.join(place["path"].as_str().unwrap())).unwrap();
    let position = |line: &str, column: &str| {
        let line = place[line].as_u64().unwrap() as usize - 1;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let before = place[column].as_u64().unwrap() as usize - 1;
        let column: usize = text[start..].chars().take(before).map(char::len_utf8).sum();
        position_of(&text, start + column)
    };
    json!({ "start": position("line", "column"), "end": position("end_line", "end_column") })
}

/// Diagnostics without tags, which `lint` does not have.
pub(crate) fn without_tags(files: &BTreeMap<String, Vec<Value>>) -> BTreeMap<String, Vec<Value>> {
    let mut files = files.clone();
    for one in files.values_mut().flatten() {
        one.as_object_mut().unwrap().remove("tags");
    }
    files
}

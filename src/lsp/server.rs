//! The main loop: processes all waiting messages, then checks, then sends diagnostics.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use ls_types::InitializeParams;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::failure::Failure;

use super::buffer::Buffer;
use super::client::{Client, folders};
use super::published::Published;
use super::refused::{Refused, read, result};
use super::root::{Open, Root};
use super::watch::Watch;
use super::wire::{self, Frame, Heard};

/// How long changes may continue before they are checked anyway.
const PATIENCE: Duration = Duration::from_millis(100);

/// The state of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Running,
    ShutDown,
}

/// The server.
pub(super) struct Server<'s> {
    out: &'s mut dyn Write,
    pub(super) open: &'s Open<'s>,
    pub(super) client: Client,
    pub(super) roots: Vec<Root>,
    pub(super) buffers: BTreeMap<PathBuf, Buffer>,
    pub(super) published: Published,
    pub(super) watch: Option<Watch>,
    heard: Sender<Heard>,
    /// How many edits were received, and how many of them were processed.
    pub(super) edits: Arc<AtomicUsize>,
    pub(super) taken: usize,
    stage: Stage,
    /// Folders to read once the editor is ready.
    pub(super) awaited: Vec<PathBuf>,
    cancelled: HashSet<RequestId>,
    /// Since when changes have been waiting for a check.
    pub(super) stale_since: Option<Instant>,
    requests: i32,
}

/// Serves an editor on standard input and output until it ends the session; `open` reads something
/// in the working directory, which is set to the folder first.
///
/// # Errors
/// An output that cannot be written.
pub fn run(open: &Open<'_>) -> Result<Exit, Failure> {
    serve(|| io::stdin().lock(), &mut io::stdout().lock(), open)
}

/// The same on any streams; `input` is created on the thread that reads it.
///
/// # Errors
/// An output that cannot be written.
pub fn serve<R: BufRead>(
    input: impl FnOnce() -> R + Send + 'static,
    out: &mut dyn Write,
    open: &Open<'_>,
) -> Result<Exit, Failure> {
    let (sender, heard) = channel();
    let reader = sender.clone();
    let edits = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&edits);
    thread::spawn(move || {
        let mut input = input();
        loop {
            let heard = match wire::read(&mut input) {
                Frame::Message(message) => Heard::Message(message),
                Frame::Garbled => Heard::Garbled,
                Frame::End => Heard::End,
            };
            if is_edit(&heard) {
                counter.fetch_add(1, Ordering::Relaxed);
            }
            let is_end = matches!(heard, Heard::End);
            if reader.send(heard).is_err() || is_end {
                return;
            }
        }
    });
    Server::new(out, open, sender, edits).listen(&heard)
}

impl<'s> Server<'s> {
    fn new(
        out: &'s mut dyn Write,
        open: &'s Open<'s>,
        heard: Sender<Heard>,
        edits: Arc<AtomicUsize>,
    ) -> Self {
        Self {
            out,
            open,
            client: Client::default(),
            roots: Vec::new(),
            buffers: BTreeMap::new(),
            published: Published::default(),
            watch: None,
            heard,
            edits,
            taken: 0,
            stage: Stage::Waiting,
            awaited: Vec::new(),
            cancelled: HashSet::new(),
            stale_since: None,
            requests: 0,
        }
    }

    fn listen(mut self, heard: &Receiver<Heard>) -> Result<Exit, Failure> {
        let mut waiting = VecDeque::new();
        loop {
            if waiting.is_empty() {
                // The request was already answered, so cancelling has no effect.
                self.cancelled.clear();
            }
            if waiting.is_empty() && self.stale_since.is_none() {
                waiting.push_back(heard.recv().unwrap_or(Heard::End));
            }
            for next in heard.try_iter() {
                if let Some(id) = cancelled(&next) {
                    self.cancelled.insert(id);
                }
                waiting.push_back(next);
            }
            let is_overdue = self.stale_since.is_some_and(|since| since.elapsed() > PATIENCE);
            let next = if is_overdue { None } else { waiting.pop_front() };
            match next {
                None if is_overdue => self.settle()?,
                None => self.settle_unless_edited()?,
                Some(next) => {
                    self.taken += usize::from(is_edit(&next));
                    if let Some(exit) = self.hear(next)? {
                        return Ok(exit);
                    }
                }
            }
        }
    }

    fn hear(&mut self, heard: Heard) -> Result<Option<Exit>, Failure> {
        match heard {
            // If the editor disappeared, an error would reach nobody.
            Heard::End => return Ok(Some(Exit::Found)),
            Heard::Garbled => wire::refuse(self.out)?,
            Heard::Changed(paths) => self.changed(paths),
            Heard::Message(Message::Response(_)) => {}
            Heard::Message(Message::Notification(notification)) => {
                if notification.method == "exit" {
                    let is_agreed = self.stage == Stage::ShutDown;
                    return Ok(Some(if is_agreed { Exit::Clean } else { Exit::Found }));
                }
                if self.stage == Stage::Running {
                    self.note(notification)?;
                }
            }
            Heard::Message(Message::Request(request)) => self.request(request)?,
        }
        Ok(None)
    }

    fn request(&mut self, request: Request) -> Result<(), Failure> {
        let id = request.id.clone();
        if self.cancelled.remove(&id) {
            let code = ErrorCode::RequestCanceled as i32;
            return self.send(Response::new_err(id, code, "cancelled".to_owned()).into());
        }
        let refused = |code: ErrorCode, why: &str| Err(Refused { code, why: why.to_owned() });
        let answer = match (self.stage, request.method.as_str()) {
            (Stage::Waiting, "initialize") => self.initialize(request.params),
            (Stage::Waiting, _) => {
                refused(ErrorCode::ServerNotInitialized, "`initialize` must come first")
            }
            (Stage::ShutDown, _) => {
                refused(ErrorCode::InvalidRequest, "only `exit` may follow `shutdown`")
            }
            (Stage::Running, "shutdown") => {
                self.stage = Stage::ShutDown;
                Ok(Value::Null)
            }
            (Stage::Running, "initialize") => {
                refused(ErrorCode::InvalidRequest, "already initialized")
            }
            (Stage::Running, _) => {
                self.settle()?;
                self.answer(&request.method, request.params)
            }
        };
        let response = match answer {
            Ok(value) => Response::new_ok(id, value),
            Err(refused) => Response::new_err(id, refused.code as i32, refused.why),
        };
        self.send(response.into())
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Refused> {
        let params: InitializeParams = read(params)?;
        self.client = Client::of(&params);
        self.awaited = folders(&params);
        self.stage = Stage::Running;
        result(&json!({
            "capabilities": self.client.offer(),
            "serverInfo": { "name": "mtlsctl", "version": env!("CARGO_PKG_VERSION") },
        }))
    }

    /// Sends a notification.
    pub(super) fn notify(&mut self, method: &str, params: Value) -> Result<(), Failure> {
        self.send(Notification { method: method.to_owned(), params }.into())
    }

    /// Sends a request without waiting for the response.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Result<(), Failure> {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(Request { id, method: method.to_owned(), params }.into())
    }

    fn send(&mut self, message: Message) -> Result<(), Failure> {
        match wire::write(self.out, &message) {
            // The editor is gone, which the end of the input will show.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        }
    }

    /// Watches the folders if the editor does not.
    pub(super) fn watch(&mut self, folder: &Path) {
        if self.watch.is_none() {
            self.watch = Watch::new(self.heard.clone());
        }
        if let Some(watch) = &mut self.watch {
            watch.add(folder);
        }
    }

    /// Marks that a check is needed.
    pub(super) fn touch(&mut self) {
        self.stale_since.get_or_insert_with(Instant::now);
    }
}

/// Whether a message changes a text.
fn is_edit(heard: &Heard) -> bool {
    matches!(heard, Heard::Message(Message::Notification(notification))
        if notification.method == "textDocument/didChange")
}

/// The request that a notification cancels.
fn cancelled(heard: &Heard) -> Option<RequestId> {
    let Heard::Message(Message::Notification(notification)) = heard else { return None };
    let id =
        (notification.method == "$/cancelRequest").then(|| notification.params.get("id"))??;
    serde_json::from_value(id.clone()).ok()
}

//! Notifications from the editor about documents, folders and files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ls_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};
use lsp_server::Notification;
use serde_json::{Value, json};

use crate::failure::Failure;

use super::buffer::Buffer;
use super::refused::read;
use super::root::{Place, Root};
use super::server::Server;
use super::view::path_of;

impl Server<'_> {
    /// Handles notifications; unknown ones are ignored, as the protocol requires.
    pub(super) fn note(&mut self, notification: Notification) -> Result<(), Failure> {
        let params = notification.params;
        match notification.method.as_str() {
            "initialized" => self.initialized()?,
            "textDocument/didOpen" => {
                if let Ok(params) = read::<DidOpenTextDocumentParams>(params) {
                    self.did_open(params)?;
                }
            }
            "textDocument/didChange" => {
                if let Ok(params) = read::<DidChangeTextDocumentParams>(params) {
                    self.did_change(params);
                }
            }
            "textDocument/didClose" => {
                if let Ok(params) = read::<DidCloseTextDocumentParams>(params) {
                    self.did_close(&params)?;
                }
            }
            "textDocument/didSave" => {
                if let Ok(params) = read::<DidSaveTextDocumentParams>(params) {
                    // The configuration takes effect once it is saved.
                    self.changed(path_of(&params.text_document.uri).into_iter().collect());
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Ok(params) = read::<DidChangeWatchedFilesParams>(params) {
                    let paths = params.changes.iter().filter_map(|change| path_of(&change.uri));
                    self.changed(paths.collect());
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Ok(params) = read::<DidChangeWorkspaceFoldersParams>(params) {
                    self.did_change_folders(&params)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn initialized(&mut self) -> Result<(), Failure> {
        if self.client.watches {
            let patterns = ["**/*.{yaml,yml,json}", "**/.{gitignore,ignore}"];
            let watchers = patterns.map(|pattern| json!({ "globPattern": pattern }));
            let registration = json!({
                "id": "files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            });
            self.ask("client/registerCapability", json!({ "registrations": [registration] }))?;
        }
        for folder in std::mem::take(&mut self.awaited) {
            self.add_root(folder, Place::Folder)?;
        }
        Ok(())
    }

    fn add_root(&mut self, folder: PathBuf, place: Place) -> Result<(), Failure> {
        if self.roots.iter().any(|root| root.folder == folder && root.place == place) {
            return Ok(());
        }
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        let token = format!("mtlsctl/{}", self.roots.len());
        let progress = |value: Value| json!({ "token": token, "value": value });
        if self.client.shows_progress {
            self.ask("window/workDoneProgress/create", json!({ "token": token }))?;
            let begin = json!({
                "kind": "begin", "title": "mtlsctl", "message": format!("reading {name}"),
            });
            self.notify("$/progress", progress(begin))?;
        }
        if !self.client.watches && place == Place::Folder {
            // Set up before anything is read, so that no change is missed.
            self.watch(&folder);
        }
        let mut root = Root::open(folder, place, self.open);
        for (path, buffer) in &self.buffers {
            if root.holds(path)
                && let Ok(texts) = &mut root.read
                && texts.takes(path)
            {
                texts.put(path, buffer.text.clone());
            }
        }
        self.tell_state(&root)?;
        if self.client.shows_progress {
            let files =
                root.read.as_ref().map_or(0, |texts| texts.session.documents().sources().len());
            let files = crate::diagnostic::counted(files, "file");
            let report = json!({ "kind": "report", "message": format!("checking {files}") });
            self.notify("$/progress", progress(report))?;
        }
        self.roots.push(root);
        // The innermost folder of a file comes first.
        self.roots.sort_by_key(|root| std::cmp::Reverse(root.folder.components().count()));
        self.settle()?;
        if self.client.shows_progress {
            self.notify("$/progress", progress(json!({ "kind": "end" })))?;
        }
        Ok(())
    }

    /// Reports what could not be read.
    fn tell_state(&mut self, root: &Root) -> Result<(), Failure> {
        const ERROR: u8 = 1;
        const WARNING: u8 = 2;
        match &root.read {
            Ok(texts) => {
                for sentence in &texts.unreadable {
                    let params = json!({ "type": WARNING, "message": sentence });
                    self.notify("window/logMessage", params)?;
                }
            }
            Err(failure) => {
                let hint = failure.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
                let message = format!("mtlsctl cannot check this folder: {failure}{hint}");
                self.notify("window/showMessage", json!({ "type": ERROR, "message": message }))?;
            }
        }
        Ok(())
    }

    fn did_change_folders(
        &mut self,
        params: &DidChangeWorkspaceFoldersParams,
    ) -> Result<(), Failure> {
        for folder in params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)) {
            let (gone, kept) =
                std::mem::take(&mut self.roots).into_iter().partition(|root| root.folder == folder);
            self.roots = kept;
            for root in &gone {
                self.forget(root)?;
            }
        }
        for folder in params.event.added.iter().filter_map(|folder| path_of(&folder.uri)) {
            self.add_root(folder, Place::Folder)?;
        }
        Ok(())
    }

    /// Clears a folder's diagnostics.
    fn forget(&mut self, root: &Root) -> Result<(), Failure> {
        if let Some(watch) = &mut self.watch {
            watch.remove(&root.folder);
        }
        let told = self.published.all().into_keys().filter(|path| root.told(path));
        let told: Vec<PathBuf> = told.map(Path::to_path_buf).collect();
        for path in told {
            self.published.put(path.clone(), Vec::new());
            if let Some(uri) = super::view::uri(&path, &self.buffers).filter(|_| !self.client.pulls)
            {
                let params = json!({ "uri": uri, "diagnostics": [] });
                self.notify("textDocument/publishDiagnostics", params)?;
            }
        }
        Ok(())
    }

    fn did_open(&mut self, params: DidOpenTextDocumentParams) -> Result<(), Failure> {
        let document = params.text_document;
        let Some(path) = path_of(&document.uri) else { return Ok(()) };
        let buffer = Buffer { uri: document.uri, version: document.version, text: document.text };
        self.buffers.insert(path.clone(), buffer);
        let is_manifest = crate::source::is_manifest_name(&path);
        if is_manifest && !self.roots.iter().any(|root| root.holds(&path)) {
            // A file outside all folders is its own world, as for `lint FILE`.
            if let (Some(folder), Some(name)) = (path.parent(), path.file_name())
                && path.exists()
            {
                self.add_root(folder.to_path_buf(), Place::File(PathBuf::from(name)))?;
            }
        }
        self.sync(&path, true);
        Ok(())
    }

    fn did_change(&mut self, params: DidChangeTextDocumentParams) {
        let Some(path) = path_of(&params.text_document.uri) else { return };
        let Some(buffer) = self.buffers.get_mut(&path) else { return };
        buffer.version = params.text_document.version;
        buffer.apply(params.content_changes, self.client.encoding);
        self.sync(&path, false);
    }

    fn did_close(&mut self, params: &DidCloseTextDocumentParams) -> Result<(), Failure> {
        let Some(path) = path_of(&params.text_document.uri) else { return Ok(()) };
        self.buffers.remove(&path);
        let is_alone = |root: &Root| matches!(root.place, Place::File(_)) && root.holds(&path);
        let (gone, kept) = std::mem::take(&mut self.roots).into_iter().partition(is_alone);
        self.roots = kept;
        for root in &gone {
            self.forget(root)?;
        }
        // Unsaved changes are gone.
        self.changed(vec![path]);
        Ok(())
    }

    /// Passes a buffer's text to its folders; a newly opened one may be a new file.
    fn sync(&mut self, path: &Path, is_new: bool) {
        let Some(buffer) = self.buffers.get(path) else { return };
        let mut is_changed = false;
        for root in self.roots.iter_mut().filter(|root| root.holds(path)) {
            if root.enter().is_err() {
                continue;
            }
            let Ok(texts) = &mut root.read else { continue };
            if is_new && root.place == Place::Folder && texts.misses(path) {
                is_changed |= texts.list_again(&|path| self.buffers.contains_key(path));
            }
            if texts.takes(path) && texts.put(path, buffer.text.clone()) {
                is_changed = true;
            }
            root.is_stale |= is_changed;
        }
        if is_changed {
            self.touch();
        }
    }

    /// Processes files that changed on disk.
    pub(super) fn changed(&mut self, paths: Vec<PathBuf>) {
        let paths: BTreeSet<PathBuf> = paths.into_iter().collect();
        let mut is_changed = false;
        for root in &mut self.roots {
            let buffers = &self.buffers;
            if root.refresh(&paths, &|path| buffers.contains_key(path), self.open) {
                is_changed = true;
                if let Ok(texts) = &mut root.read {
                    // If everything was read again, the editor's texts must be added again.
                    for (path, buffer) in buffers {
                        if path.starts_with(&root.folder) && texts.takes(path) {
                            texts.put(path, buffer.text.clone());
                        }
                    }
                }
            }
        }
        if is_changed {
            self.touch();
        }
    }
}

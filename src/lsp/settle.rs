//! Judges what is stale, and tells the editor what is other than before.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use serde_json::{Value, json};

use crate::failure::Failure;

use super::diagnostics::failed;
use super::published::news;
use super::server::Server;
use super::view::{View, uri};

impl Server<'_> {
    /// Checks what is stale, and sends changed diagnostics.
    pub(super) fn settle(&mut self) -> Result<(), Failure> {
        self.settle_while(&|| true)
    }

    /// The same; a running check is cancelled by the next edit, and repeated after it.
    pub(super) fn settle_unless_edited(&mut self) -> Result<(), Failure> {
        let (edits, taken) = (Arc::clone(&self.edits), self.taken);
        self.settle_while(&|| edits.load(Ordering::Relaxed) == taken)
    }

    fn settle_while(&mut self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Result<(), Failure> {
        for at in 0..self.roots.len() {
            if self.roots[at].is_stale {
                self.settle_root(at, is_wanted)?;
            }
        }
        if !self.roots.iter().any(|root| root.is_stale) {
            self.stale_since = None;
        }
        Ok(())
    }

    fn settle_root(
        &mut self,
        at: usize,
        is_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Failure> {
        let root = &mut self.roots[at];
        let Ok(before) = root.judge(is_wanted) else { return Ok(()) };
        let broken_before = match &mut root.read {
            Ok(texts) => std::mem::take(&mut texts.broken_before),
            Err(_) => Vec::new(),
        };
        let folder = root.folder.clone();
        let mut news = match &root.read {
            Ok(texts) => texts.judged.as_ref().map(|judged| {
                let view = View::new(&folder, texts, judged, &self.buffers, self.client.encoding);
                news(&view, before.as_ref(), &broken_before, self.client.shows_related)
            }),
            Err(failure) => Some(failed(&folder, failure)),
        }
        .unwrap_or_default();
        if let Ok(texts) = &mut self.roots[at].read {
            texts.broken_before = texts.standing.keys().copied().collect();
        }
        if before.is_none() {
            // Everything was read again, so findings that are missing now are gone.
            let root = &self.roots[at];
            let known = self.published.all().into_keys().filter(|path| root.told(path));
            let known: Vec<PathBuf> = known.map(Path::to_path_buf).collect();
            known.into_iter().for_each(|path| _ = news.entry(path).or_default());
        }
        let mut is_news = false;
        // With nested folders, the innermost reports a file.
        let is_own = |path: &PathBuf| {
            self.roots.iter().position(|root| root.holds(path)).is_none_or(|owner| owner == at)
        };
        news.retain(|path, _| is_own(path));
        for (path, diagnostics) in news {
            let told = (!self.client.pulls).then(|| diagnostics.clone());
            if !self.published.put(path.clone(), diagnostics) {
                continue;
            }
            is_news = true;
            let (Some(diagnostics), Some(uri)) = (told, uri(&path, &self.buffers)) else {
                continue;
            };
            let version = self.buffers.get(&path).map(|buffer| buffer.version);
            let params = json!({ "uri": uri, "version": version, "diagnostics": diagnostics });
            self.notify("textDocument/publishDiagnostics", params)?;
        }
        // The previous result is freed in the background.
        thread::spawn(move || drop(before));
        self.ask_to_refresh(is_news)
    }

    /// Asks the editor to refresh what it caches.
    fn ask_to_refresh(&mut self, is_news: bool) -> Result<(), Failure> {
        let refreshes = self.client.refreshes;
        if !is_news {
            return Ok(());
        }
        if self.client.pulls && refreshes.diagnostics {
            self.ask("workspace/diagnostic/refresh", Value::Null)?;
        }
        if refreshes.hints {
            self.ask("workspace/inlayHint/refresh", Value::Null)?;
        }
        if refreshes.lenses {
            self.ask("workspace/codeLens/refresh", Value::Null)?;
        }
        Ok(())
    }
}

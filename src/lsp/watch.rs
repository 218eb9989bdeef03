//! Watches files for editors that do not.

use std::path::Path;
use std::sync::mpsc::Sender;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::wire::Heard;

/// Watches folders; events arrive like messages from the editor.
#[derive(Debug)]
pub(super) struct Watch(RecommendedWatcher);

impl Watch {
    /// Initially watches nothing; `None` if the system does not support watching.
    pub(super) fn new(heard: Sender<Heard>) -> Option<Self> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if !matches!(event.kind, EventKind::Access(_)) {
                // The receiver is gone when the process exits.
                let _ = heard.send(Heard::Changed(event.paths));
            }
        });
        watcher.ok().map(Self)
    }

    /// Watches a folder recursively; returns whether that is possible.
    pub(super) fn add(&mut self, folder: &Path) -> bool {
        self.0.watch(folder, RecursiveMode::Recursive).is_ok()
    }

    /// Stops watching it.
    pub(super) fn remove(&mut self, folder: &Path) {
        // It may already be gone.
        let _ = self.0.unwatch(folder);
    }
}

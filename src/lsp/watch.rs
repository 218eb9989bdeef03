//! Watching files for editors that do not.

use std::path::Path;
use std::sync::mpsc::Sender;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::wire::Heard;

/// Watches folders; what happens in them is heard like a message of the editor.
#[derive(Debug)]
pub(super) struct Watch(RecommendedWatcher);

impl Watch {
    /// Nothing is watched at first; `None` where the system offers no way.
    pub(super) fn new(heard: Sender<Heard>) -> Option<Self> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if !matches!(event.kind, EventKind::Access(_)) {
                // Whoever listened is gone when the process ends.
                let _ = heard.send(Heard::Changed(event.paths));
            }
        });
        watcher.ok().map(Self)
    }

    /// Watches a folder and all below it; whether that can be done.
    pub(super) fn add(&mut self, folder: &Path) -> bool {
        self.0.watch(folder, RecursiveMode::Recursive).is_ok()
    }

    /// Watches it no longer.
    pub(super) fn remove(&mut self, folder: &Path) {
        // It may be gone, which is as good.
        let _ = self.0.unwatch(folder);
    }
}

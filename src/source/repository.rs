//! The Git repository of a folder.

use std::path::{Path, PathBuf};

/// The nearest folder upwards with a `.git`, which is a file in worktrees and submodules.
pub fn repository_root(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_path_buf)
}

/// A folder's path in its repository, with `/` between the parts and at the end; empty at the root,
/// and without a repository.
pub fn path_in_repository(folder: &Path) -> String {
    let root = repository_root(folder);
    let below = root.as_ref().and_then(|root| folder.strip_prefix(root).ok());
    let parts = below.iter().flat_map(|below| below.iter());
    parts.map(|part| format!("{}/", part.to_string_lossy())).collect()
}

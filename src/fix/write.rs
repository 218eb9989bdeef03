//! Writes changed files atomically.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::source::shown;

/// Replaces the text of files, keeping their modes. All are prepared before the first one is
/// replaced.
///
/// # Errors
/// The path and the reason: a file that is write-protected, or that has changed.
pub fn write<'t>(
    changes: impl IntoIterator<Item = (&'t Path, &'t str, &'t str)>,
) -> Result<(), (String, io::Error)> {
    let mut prepared = Vec::new();
    let told = |path: &Path, error| (shown(path), error);
    for (path, old, new) in changes {
        let file = prepare(path, old, new);
        prepared.push((path, file.map_err(|error| told(path, error))?));
    }
    for (named, (file, path)) in prepared {
        file.persist(path).map_err(|error| told(named, error.error))?;
    }
    Ok(())
}

/// Writes the new text to a temporary file next to the old one; symbolic links are kept.
fn prepare(path: &Path, old: &str, new: &str) -> io::Result<(NamedTempFile, PathBuf)> {
    let path = path.canonicalize()?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is write-protected"));
    }
    if fs::read(&path)? != old.as_bytes() {
        return Err(io::Error::other("it changed while it was being checked"));
    }
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(new.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    Ok((file, path))
}

//! A folder in which certificate and key change together, as in a mounted Secret.
//!
//! Each version has a folder of its own; `..data` links to the current one, and `tls.crt` and the
//! other files link through `..data`. Renaming that one link replaces all files at once (kubernetes
//! `pkg/volume/util/atomic_writer.go`).

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, symlink};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use time::macros::format_description;

use crate::consul::agent::Sensitive;
use crate::consul::pair::Contents;

const DATA: &str = "..data";
const DATA_NEXT: &str = "..data_next";
const LOCK: &str = "..lock";

/// A folder that only this process writes.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    /// Locked while we write here; the system releases it however the process ends.
    _lock: File,
}

/// Why a folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// Another mtlsctl process is using it.
    #[error("another mtlsctl is writing to `{0}`")]
    Taken(String),
    /// A file that we did not create has one of our names.
    #[error("`{0}` already exists and was not created by mtlsctl")]
    Foreign(String),
    /// The system reports an error.
    #[error("`{path}` cannot be written: {source}")]
    Io { path: String, source: io::Error },
}

impl Directory {
    /// Locks a folder for this process; creates it (0700) if it does not exist.
    ///
    /// # Errors
    /// [`DirectoryError`].
    pub fn take(path: &Path) -> Result<Self, DirectoryError> {
        let failed = |source| io_error(path, source);
        if !path.is_dir() {
            DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
        }
        let lock = path.join(LOCK);
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(&lock);
        let file = file.map_err(|source| io_error(&lock, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: file }),
            Err(TryLockError::WouldBlock) => Err(DirectoryError::Taken(path.display().to_string())),
            Err(TryLockError::Error(source)) => Err(io_error(&lock, source)),
        }
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The contents of the current version, if it is complete.
    pub fn current(&self, names: &[&str]) -> Option<Vec<Sensitive>> {
        let data = self.path.join(DATA);
        let read = |name: &&str| fs::read_to_string(data.join(name)).ok().map(Sensitive::new);
        names.iter().map(read).collect()
    }

    /// Replaces the contents; `false` if they are already the same.
    ///
    /// # Errors
    /// [`DirectoryError`]; the old contents are then still in place.
    pub fn put(&self, contents: &Contents, now: OffsetDateTime) -> Result<bool, DirectoryError> {
        let names: Vec<&str> = contents.entries().iter().map(|(name, _)| *name).collect();
        for name in &names {
            self.is_ours_or_free(name)?;
        }
        let same = self.current(&names).is_some_and(|current| {
            contents.entries().iter().map(|(_, value)| value).eq(current.iter())
        });
        if !same {
            let version = self.write_version(contents, now)?;
            self.turn_to(&version)?;
            self.forget_all_but(&version);
        }
        for name in &names {
            self.link(name)?;
        }
        Ok(!same)
    }

    fn write_version(
        &self,
        contents: &Contents,
        now: OffsetDateTime,
    ) -> Result<String, DirectoryError> {
        let stamp = format_description!("[year]_[month]_[day]_[hour]_[minute]_[second]");
        let stamp = now.format(&stamp).unwrap_or_default();
        let version = format!("..{stamp}.{:08x}", fastrand::u32(..));
        let folder = self.path.join(&version);
        let failed = |source| io_error(&folder, source);
        DirBuilder::new().mode(0o700).create(&folder).map_err(failed)?;
        for (name, value) in contents.entries() {
            let mode = if *name == "tls.key" { 0o600 } else { 0o644 };
            let path = folder.join(name);
            let write = || {
                let mut file =
                    OpenOptions::new().write(true).create_new(true).mode(mode).open(&path)?;
                file.write_all(value.reveal().as_bytes())?;
                file.sync_all()
            };
            write().map_err(|source| io_error(&path, source))?;
        }
        sync(&folder).map_err(failed)?;
        Ok(version)
    }

    fn turn_to(&self, version: &str) -> Result<(), DirectoryError> {
        let (next, data) = (self.path.join(DATA_NEXT), self.path.join(DATA));
        let turn = || {
            let _ = fs::remove_file(&next);
            symlink(version, &next)?;
            fs::rename(&next, &data)?;
            sync(&self.path)
        };
        turn().map_err(|source| io_error(&data, source))
    }

    /// Whether our link is there; an error if something else is.
    fn is_ours_or_free(&self, name: &str) -> Result<bool, DirectoryError> {
        let path = self.path.join(name);
        match fs::read_link(&path) {
            Ok(found) if found == Path::new(DATA).join(name) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            _ => Err(DirectoryError::Foreign(path.display().to_string())),
        }
    }

    /// Creates the link to a file, once.
    fn link(&self, name: &str) -> Result<(), DirectoryError> {
        if self.is_ours_or_free(name)? {
            return Ok(());
        }
        let path = self.path.join(name);
        symlink(Path::new(DATA).join(name), &path).map_err(|source| io_error(&path, source))
    }

    /// Deletes old versions and what a killed process left behind, except the previous version,
    /// which may still be being read.
    fn forget_all_but(&self, version: &str) {
        let Ok(entries) = fs::read_dir(&self.path) else { return };
        let mut old: Vec<(std::time::SystemTime, PathBuf)> = entries
            .flatten()
            .filter(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with("..2") && *name != *version && entry.path().is_dir()
            })
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        old.sort();
        old.pop();
        for (_, path) in old {
            // What cannot be deleted now is deleted next time.
            let _ = fs::remove_dir_all(path);
        }
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn io_error(path: &Path, source: io::Error) -> DirectoryError {
    DirectoryError::Io { path: path.display().to_string(), source }
}

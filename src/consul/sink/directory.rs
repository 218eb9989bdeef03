//! A folder in which certificate and key change together, as in a mounted Secret.
//!
//! The files lie in a folder of their own per version; `..data` leads to the current one, and
//! `tls.crt` and its kin lead through `..data`. One rename of that link exchanges all of them
//! (kubernetes `pkg/volume/util/atomic_writer.go`).

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

/// A folder that this process alone writes.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    /// Held as long as we write here; the system gives it back however we end.
    _lock: File,
}

/// Why a folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// Another mtlsctl writes there.
    #[error("another mtlsctl writes into `{0}`")]
    Taken(String),
    /// A file with the name of one of ours, which we did not make.
    #[error("`{0}` already exists and was not created by mtlsctl")]
    Foreign(String),
    /// The system says no.
    #[error("`{path}` cannot be written: {source}")]
    Io { path: String, source: io::Error },
}

impl Directory {
    /// Takes a folder for this process; it is made (0700) if it is not there.
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

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is in the current version, as far as it is whole.
    pub fn current(&self, names: &[&str]) -> Option<Vec<Sensitive>> {
        let data = self.path.join(DATA);
        let read = |name: &&str| fs::read_to_string(data.join(name)).ok().map(Sensitive::new);
        names.iter().map(read).collect()
    }

    /// Puts new contents in place of the old ones; `false` if they are the same already.
    ///
    /// # Errors
    /// [`DirectoryError`]; then the old contents are in place.
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

    /// Whether our link is there; an error where something else is.
    fn is_ours_or_free(&self, name: &str) -> Result<bool, DirectoryError> {
        let path = self.path.join(name);
        match fs::read_link(&path) {
            Ok(found) if found == Path::new(DATA).join(name) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            _ => Err(DirectoryError::Foreign(path.display().to_string())),
        }
    }

    /// The link through which a file is found; made once.
    fn link(&self, name: &str) -> Result<(), DirectoryError> {
        if self.is_ours_or_free(name)? {
            return Ok(());
        }
        let path = self.path.join(name);
        symlink(Path::new(DATA).join(name), &path).map_err(|source| io_error(&path, source))
    }

    /// Old versions go, and what a process that was killed left behind; the one before stays, for
    /// those who are just reading it.
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
            // What stays behind now goes the next time.
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

//! A manifest in a file, written to a temporary file and renamed; only its owner may read it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::consul::agent::Sensitive;

/// Writes a text; `false` if the file already has it.
///
/// # Errors
/// The system's error; the old text is then still in place.
pub(super) fn put(path: &Path, text: &Sensitive) -> io::Result<bool> {
    let current = fs::read_to_string(path).map(Sensitive::new);
    if current.is_ok_and(|current| current == *text) {
        return Ok(false);
    }
    let mut beside = path.to_owned().into_os_string();
    beside.push(format!(".{}.partial", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = || {
        let _ = fs::remove_file(&beside);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(text.reveal().as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.map(|()| true)
}

//! Bytes become text: encodings that kubectl reads, and those it does not.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest input that is read, in bytes; places are kept in 32 bits.
pub(crate) const MAX_BYTES: u64 = u32::MAX as u64 - 1;

/// Reads a whole file as text.
///
/// # Errors
/// A sentence that says why it cannot be used.
pub(super) fn read_file(path: &Path) -> Result<String, String> {
    let file = File::open(path).map_err(|error| reason(&error))?;
    let size = file.metadata().map_err(|error| reason(&error))?.len();
    if size > MAX_BYTES {
        return Err("it is larger than 4 GiB".to_owned());
    }
    read_text(file, size as usize)
}

/// Reads everything from a stream as text.
///
/// # Errors
/// A sentence that says why it cannot be used.
pub(super) fn read_text(input: impl Read, size_hint: usize) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(size_hint + 1);
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("it is larger than 4 GiB".to_owned());
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("it is UTF-16; kubectl reads UTF-8 only".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 text (byte {at})")
    })
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => error.to_string(),
    }
}

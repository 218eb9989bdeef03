//! Reads bytes as text, accepting the encodings that `kubectl` reads.

use std::error::Error;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::path::Path;
use std::str::Utf8Error;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The largest file that is read, in bytes; positions have 32 bits.
const MAX_FILE_BYTES: u64 = u32::MAX as u64 - 1;

/// The largest input from a pipe, in bytes: its size is not known in advance, and all of it is held
/// in memory.
const MAX_STREAM_BYTES: u64 = 256 << 20;

/// How long to wait for a writer of a named pipe.
const PIPE_PATIENCE: Duration = Duration::from_secs(10);

/// Reads a whole file as text.
///
/// # Errors
/// As [`read_bytes`], or if it is not UTF-8.
pub fn read_file(path: &Path) -> Result<String, String> {
    text(read_bytes(path)?)
}

/// Reads a whole file as text into a buffer, overwriting its contents. Also returns whether the
/// file can be read again, which a pipe cannot. `listed` if it was a regular file when its folder
/// was listed.
///
/// # Errors
/// As [`read_file`].
pub(super) fn read_file_into<'b>(
    path: &Path,
    listed: bool,
    buffer: &'b mut Vec<u8>,
) -> Result<(&'b str, bool), String> {
    let (size, again) = match listed {
        true => read_listed_into(path, buffer)?,
        false => read_bytes_into(path, buffer)?,
    };
    let bytes = &buffer[..size];
    check(bytes)?;
    str::from_utf8(bytes).map(|text| (text, again)).map_err(|error| not_text(&error))
}

/// Reads a whole stream as text.
///
/// # Errors
/// As [`read_stream`], or if it is not UTF-8.
pub(super) fn read_text(input: impl Read) -> Result<String, String> {
    text(read_stream(input)?)
}

/// Reads a whole file: a regular one, a pipe, or a terminal. Endless devices are rejected.
///
/// # Errors
/// The reason, as the end of a sentence.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let (size, _) = read_bytes_into(path, &mut bytes)?;
    bytes.truncate(size);
    Ok(bytes)
}

/// Reads a whole file into a buffer; returns the number of bytes, and whether it can be read again.
fn read_bytes_into(path: &Path, buffer: &mut Vec<u8>) -> Result<(usize, bool), String> {
    let kind = Kind::of(&path.metadata().map_err(|error| reason(&error))?);
    let mut file = match kind {
        Kind::Pipe => open_pipe(path)?,
        Kind::Disk => return Err("it is a device, not a file".to_owned()),
        _ => File::open(path).map_err(|error| reason(&error))?,
    };
    match kind {
        Kind::File => {}
        Kind::Device if !file.is_terminal() => {
            let ends = file.read(&mut [0]).map_err(|error| reason(&error))? == 0;
            return if ends {
                Ok((0, false))
            } else {
                Err("it is a device, not a file".to_owned())
            };
        }
        _ => {
            *buffer = read_stream(file)?;
            return Ok((buffer.len(), false));
        }
    }
    // Of the opened file, which may have been replaced meanwhile.
    let size = file.metadata().map_err(|error| reason(&error))?.len();
    Ok((read_sized(file, size, buffer)?, true))
}

/// [`read_bytes_into`] for a recently listed regular file, with fewer system calls.
fn read_listed_into(path: &Path, buffer: &mut Vec<u8>) -> Result<(usize, bool), String> {
    let mut options = File::options();
    // A pipe that replaced it must not be waited for.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    let opened = options.read(true).open(path).and_then(|file| {
        let metadata = file.metadata()?;
        Ok((file, metadata))
    });
    match opened {
        Ok((file, metadata)) if metadata.is_file() => {
            Ok((read_sized(file, metadata.len(), buffer)?, true))
        }
        _ => read_bytes_into(path, buffer),
    }
}

/// Reads a regular file of this size into a buffer, growing it if needed.
fn read_sized(mut file: File, size: u64, buffer: &mut Vec<u8>) -> Result<usize, String> {
    if size > MAX_FILE_BYTES {
        return Err("it is larger than 4 GiB; split it into several files".to_owned());
    }
    // Files in `/proc` have size 0.
    if size == 0 {
        buffer.clear();
        let read = file.take(MAX_FILE_BYTES + 1).read_to_end(buffer);
        let read = read.map_err(|error| reason(&error))?;
        return if read as u64 > MAX_FILE_BYTES { Err(changed()) } else { Ok(read) };
    }
    let size = size as usize;
    // One byte more than the file has, so that a single call also shows that nothing follows.
    if buffer.len() <= size {
        buffer.clear();
        buffer.resize(size + 1, 0);
    }
    let mut end = 0;
    while end < size {
        match file.read(&mut buffer[end..=size]) {
            Ok(0) => break,
            Ok(read) => end += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(reason(&error)),
        }
    }
    if end == size { Ok(size) } else { Err(changed()) }
}

fn changed() -> String {
    "it changed while it was read".to_owned()
}

/// Reads a whole stream.
///
/// # Errors
/// The reason, as the end of a sentence.
pub fn read_stream(input: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(MAX_STREAM_BYTES + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > MAX_STREAM_BYTES {
        let mebibytes = MAX_STREAM_BYTES >> 20;
        return Err(format!("it has more than {mebibytes} MiB; save it to a file"));
    }
    Ok(bytes)
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    check(&bytes)?;
    String::from_utf8(bytes).map_err(|error| not_text(&error.utf8_error()))
}

/// Rejects an encoding that `kubectl` does not read.
fn check(bytes: &[u8]) -> Result<(), String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("it is UTF-16; kubectl reads UTF-8 only".to_owned());
    }
    Ok(())
}

fn not_text(error: &Utf8Error) -> String {
    format!("it is not UTF-8 text (byte {})", error.valid_up_to())
}

/// The type of file at a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A file, or something that will fail when it is opened or read.
    File,
    Pipe,
    /// A character device, possibly a terminal.
    Device,
    Disk,
}

impl Kind {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::FileTypeExt;
        let kind = metadata.file_type();
        match (kind.is_fifo(), kind.is_char_device(), kind.is_block_device()) {
            (true, ..) => Self::Pipe,
            (_, true, _) => Self::Device,
            (_, _, true) => Self::Disk,
            _ => Self::File,
        }
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Self {
        Self::File
    }
}

/// Opens a pipe, which blocks until another process opens it for writing.
fn open_pipe(path: &Path) -> Result<File, String> {
    let (sender, receiver) = mpsc::channel();
    let path = path.to_path_buf();
    // If no writer appears, the thread keeps waiting; it ends with the process.
    thread::spawn(move || sender.send(File::open(path)));
    match receiver.recv_timeout(PIPE_PATIENCE) {
        Ok(opened) => opened.map_err(|error| reason(&error)),
        Err(_) => {
            let seconds = PIPE_PATIENCE.as_secs();
            Err(format!("it is a pipe that got no data for {seconds} seconds"))
        }
    }
}

/// An operating system error without its number and surrounding text.
pub fn reason(error: &io::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(inner) = innermost.source() {
        innermost = inner;
    }
    let inner = innermost.downcast_ref::<io::Error>().unwrap_or(error);
    // A custom message says more than its kind.
    let kind = if inner.get_ref().is_some() { io::ErrorKind::Other } else { inner.kind() };
    match kind {
        io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => {
            let text = innermost.to_string();
            let text = text.split(" (os error").next().unwrap_or_default();
            let mut letters = text.chars();
            let first = letters.next().map(char::to_lowercase);
            first.into_iter().flatten().chain(letters).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_read_up_to_its_limit_and_rejected_beyond_it() {
        let stream = |bytes| read_stream(io::repeat(b'#').take(bytes));
        assert_eq!(stream(MAX_STREAM_BYTES).map(|bytes| bytes.len() as u64), Ok(MAX_STREAM_BYTES));
        let refused = stream(MAX_STREAM_BYTES + 1).unwrap_err();
        assert_eq!(refused, "it has more than 256 MiB; save it to a file");
    }

    #[test]
    fn errors_are_words_without_numbers() {
        assert_eq!(reason(&io::Error::from_raw_os_error(40)), "too many levels of symbolic links");
        assert_eq!(reason(&io::Error::from_raw_os_error(5)), "input/output error");
    }
}

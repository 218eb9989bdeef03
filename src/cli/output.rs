//! `-o FORMAT[=PATH]`: formats, and the files that reports go to.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::console::{Console, Links};
use crate::failure::Failure;
use crate::report::Look;

use super::common::look;

/// One report that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output<F> {
    /// Its format.
    pub(crate) format: F,
    /// Where it goes; standard output where none is given.
    pub(crate) path: Option<PathBuf>,
}

impl<F: FromStr<Err = String>> FromStr for Output<F> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) = match text.split_once('=') {
            Some((_, "")) => return Err("a path must follow `=`".to_owned()),
            Some((format, path)) => (format, Some(PathBuf::from(path))),
            None => (text, None),
        };
        Ok(Self { format: format.parse()?, path })
    }
}

impl<F> Output<F> {
    /// How this report looks: files get neither colour nor links.
    pub(crate) fn look(&self, console: &Console<'_>) -> Look {
        match self.path {
            None => look(console),
            Some(_) => Look { color: false, links: Links::Printed, ..look(console) },
        }
    }
}

/// Writes a report where it belongs; a file is written beside its place and then renamed, so that
/// nobody ever sees half of it. What is no regular file (`/dev/stdout`, a pipe) is written to as it
/// stands: a rename would replace it.
///
/// # Errors
/// The path and the reason, if it cannot be written.
pub(crate) fn deliver<F>(
    output: &Output<F>,
    report: &str,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(path) = &output.path else {
        console.out.write_all(report.as_bytes())?;
        return Ok(());
    };
    write_file(path, report.as_bytes())
        .map_err(|source| Failure::Unwritable { path: path.display().to_string(), source })
}

fn write_file(path: &Path, report: &[u8]) -> io::Result<()> {
    let there = fs::metadata(path).ok();
    let special = there.as_ref().is_some_and(|there| !there.is_file() && !there.is_dir());
    // `/dev/stdout` may lead to a regular file, which others write to at the same time.
    if special || path.starts_with("/dev") || path.starts_with("/proc") {
        return fs::OpenOptions::new().append(true).open(path)?.write_all(report);
    }
    // A link keeps its place; what it leads to is replaced.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let (beside, mut file) = create_beside(path)?;
    let mut write = || {
        if let Some(there) = &there {
            file.set_permissions(there.permissions())?;
        }
        file.write_all(report)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().inspect_err(|_| _ = fs::remove_file(&beside))
}

/// Makes a file beside another one; never one that is there already, nor through a link.
fn create_beside(path: &Path) -> io::Result<(PathBuf, fs::File)> {
    let mut number = 0;
    loop {
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}-{number}.partial", std::process::id()));
        let beside = PathBuf::from(beside);
        match fs::OpenOptions::new().write(true).create_new(true).open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {
                number += 1;
            }
            opened => return opened.map(|file| (beside, file)),
        }
    }
}

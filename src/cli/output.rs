//! `-o FORMAT[=PATH]`: formats, and the files that reports go to.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
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
/// nobody ever sees half of it.
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
    let mut beside = path.clone().into_os_string();
    beside.push(format!(".{}.partial", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(report.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|source| {
        let _ = fs::remove_file(&beside);
        Failure::Unwritable { path: path.display().to_string(), source }
    })
}

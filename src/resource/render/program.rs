//! Runs renderers found on the PATH, without user interaction.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Stdio};

use crate::source::{first_line, reason};

/// Why rendering failed.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// None of the suitable programs is on the PATH.
    #[error("{what}")]
    Missing {
        /// The programs that were looked for, as a sentence.
        what: &'static str,
        /// What to do instead.
        instead: &'static str,
    },
    /// The program could not be run, or rejected its input.
    #[error("`{command}` failed: {words}")]
    Failed {
        /// The command line.
        command: String,
        /// Its error message, or the system's.
        words: String,
    },
    /// Its output is not text.
    #[error("`{command}` did not write text")]
    NotText {
        /// The command line.
        command: String,
    },
}

/// The output of a program; `None` if it is not installed.
pub(super) fn output<'a>(
    program: &str,
    arguments: impl IntoIterator<Item = &'a OsStr>,
) -> Result<Option<String>, RenderError> {
    let mut command = Command::new(program);
    // A remote base must not prompt for a password.
    command.args(arguments).stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
    let words = command.get_args().take(1).map(|word| word.to_string_lossy().into_owned());
    let shown = std::iter::once(program.to_owned()).chain(words).collect::<Vec<_>>().join(" ");
    let done = match command.output() {
        Ok(done) => done,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(RenderError::Failed { command: shown, words: reason(&error) }),
    };
    if !done.status.success() {
        let words = first_line(&String::from_utf8_lossy(&done.stderr));
        let words = if words.is_empty() { done.status.to_string() } else { words };
        return Err(RenderError::Failed { command: shown, words });
    }
    match String::from_utf8(done.stdout) {
        Ok(text) => Ok(Some(text)),
        Err(_) => Err(RenderError::NotText { command: shown }),
    }
}

//! Programs that render: found on the PATH, run, and asked nothing.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Stdio};

use crate::source::{first_line, reason};

/// Why nothing was rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// None of the programs that can do it is on the PATH.
    #[error("{what}")]
    Missing {
        /// What was looked for, as a sentence.
        what: &'static str,
        /// How to do it without.
        instead: &'static str,
    },
    /// The program could not be run, or refused its input.
    #[error("`{command}` failed: {words}")]
    Failed {
        /// The program and what it was told to do.
        command: String,
        /// Its own words, or those of the system.
        words: String,
    },
    /// What it wrote is not text.
    #[error("`{command}` did not write text")]
    NotText {
        /// The program and what it was told to do.
        command: String,
    },
}

/// What a program prints; `None` where it is not there.
pub(super) fn output<'a>(
    program: &str,
    arguments: impl IntoIterator<Item = &'a OsStr>,
) -> Result<Option<String>, RenderError> {
    let mut command = Command::new(program);
    // A remote base must not ask for a password.
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

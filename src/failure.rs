//! "Could not do the work": one enum, each variant with a next step.

use std::io;

/// Why a command could not do its work; always exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An input that was named does not exist or cannot be read.
    #[error("cannot read `{path}`: {reason}")]
    Unreadable { path: String, reason: String },
    /// A report could not be written.
    #[error("cannot write `{path}`: {source}")]
    Unwritable { path: String, source: io::Error },
    /// Standard output or error broke; a closed pipe is no failure (`cli::closed_pipe`).
    #[error("cannot write the report: {0}")]
    Output(#[from] io::Error),
    /// What was asked for does not exist, or is asked for in a wrong way.
    #[error("{message}")]
    Usage { message: String, hint: String },
}

impl Failure {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable { .. } => {
                Some("check the path and its permissions; `-` reads standard input".to_owned())
            }
            Self::Unwritable { .. } => {
                Some("give a path in a folder that exists and can be written".to_owned())
            }
            Self::Output(_) => None,
            Self::Usage { hint, .. } => Some(hint.clone()),
        }
    }
}

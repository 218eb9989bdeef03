//! Failures of commands, each with a next step.

use std::io;

use crate::exit::Exit;
use crate::source::reason;

/// Why a command failed; exit code 2, except for problems of a Consul agent.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A given input does not exist or cannot be read.
    #[error("cannot read `{path}`: {reason}")]
    Unreadable { path: String, reason: String },
    /// A report could not be written.
    #[error("cannot write `{path}`: {}", reason(source))]
    Unwritable { path: String, source: io::Error },
    /// Files cannot be watched for changes.
    #[error("cannot watch for changes{}: {reason}", in_paths(paths))]
    Unwatchable { paths: String, reason: String },
    /// Writing to standard output or error failed; a closed pipe is not a failure
    /// (`cli::closed_pipe`).
    #[error("cannot write the report: {}", reason(.0))]
    Output(#[from] io::Error),
    /// The configuration is invalid.
    #[error("{place}: {reason}")]
    Configuration { place: String, reason: String, hint: Option<String> },
    /// The requested thing does not exist, or the request is invalid.
    #[error("{message}")]
    Usage { message: String, hint: String },
    /// Another machine did not return what was requested, or rejected what was sent.
    #[error("{message}")]
    Remote { message: String, hint: String, exit: Exit },
}

impl Failure {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable { path, .. } if path.contains("://") => {
                Some(format!("URLs are not fetched: curl -fsSL {path} | mtlsctl lint -"))
            }
            Self::Unreadable { .. } => {
                Some("check the path and its permissions; `-` reads standard input".to_owned())
            }
            Self::Unwritable { .. } => {
                Some("give a path in an existing, writable folder".to_owned())
            }
            Self::Unwatchable { .. } => Some(
                "give fewer folders, or raise the system's limit (fs.inotify.max_user_watches)"
                    .to_owned(),
            ),
            Self::Output(_) => None,
            Self::Configuration { hint, .. } => hint.clone(),
            Self::Usage { hint, .. } | Self::Remote { hint, .. } => Some(hint.clone()),
        }
    }

    /// The exit code for this failure.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Remote { exit, .. } => *exit,
            _ => Exit::Failed,
        }
    }
}

fn in_paths(paths: &str) -> String {
    if paths.is_empty() { String::new() } else { format!(" in `{paths}`") }
}

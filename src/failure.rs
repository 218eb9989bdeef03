//! "Could not do the work": one enum, each variant with a next step.

use std::io;

use crate::exit::Exit;
use crate::source::reason;

/// Why a command could not do its work; exit code 2, but for what a Consul agent is to blame for.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An input that was named does not exist or cannot be read.
    #[error("cannot read `{path}`: {reason}")]
    Unreadable { path: String, reason: String },
    /// A report could not be written.
    #[error("cannot write `{path}`: {}", reason(source))]
    Unwritable { path: String, source: io::Error },
    /// Files cannot be watched for changes.
    #[error("cannot watch for changes{}: {reason}", in_paths(paths))]
    Unwatchable { paths: String, reason: String },
    /// Standard output or error broke; a closed pipe is no failure (`cli::closed_pipe`).
    #[error("cannot write the report: {}", reason(.0))]
    Output(#[from] io::Error),
    /// The configuration cannot be understood.
    #[error("{place}: {reason}")]
    Configuration { place: String, reason: String, hint: Option<String> },
    /// What was asked for does not exist, or is asked for in a wrong way.
    #[error("{message}")]
    Usage { message: String, hint: String },
    /// Another machine did not give what it was asked for, or refused what it was given.
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
                Some("give a path in a folder that exists and can be written".to_owned())
            }
            Self::Unwatchable { .. } => Some(
                "name fewer folders, or raise the system's limit (fs.inotify.max_user_watches)"
                    .to_owned(),
            ),
            Self::Output(_) => None,
            Self::Configuration { hint, .. } => hint.clone(),
            Self::Usage { hint, .. } | Self::Remote { hint, .. } => Some(hint.clone()),
        }
    }

    /// The exit code of a command that ends with this.
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

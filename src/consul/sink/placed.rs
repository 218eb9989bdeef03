//! The result of writing a pair to a sink.

use std::time::Duration;

use time::OffsetDateTime;

use super::directory::DirectoryError;
use crate::consul::pair::Unsound;

/// The result of writing a pair to a sink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It was written.
    Written,
    /// It was already there.
    Unchanged,
    /// Another pair is there, and is good enough to be kept.
    Kept {
        /// Why.
        why: String,
        /// When that one expires.
        until: OffsetDateTime,
    },
}

/// Why a pair could not be written; the previous one is still in place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SinkError {
    /// One word for metrics.
    pub kind: &'static str,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// When to retry, if the server said so.
    pub retry_after: Option<Duration>,
    /// Whether an operator has to do something before it can succeed.
    pub needs_operator: bool,
    /// Whether there was no response at all.
    pub unreached: bool,
}

impl From<DirectoryError> for SinkError {
    fn from(error: DirectoryError) -> Self {
        let hint = match error {
            DirectoryError::Taken(_) => "give each its own folder, or stop the other",
            DirectoryError::Foreign(_) => "give a folder that holds nothing else",
            DirectoryError::Io { .. } => {
                "check that it exists, is writable, and that the disk is \
                 not full"
            }
        };
        Self {
            kind: "file",
            message: error.to_string(),
            hint: hint.to_owned(),
            retry_after: None,
            needs_operator: true,
            unreached: false,
        }
    }
}

impl From<Unsound> for SinkError {
    fn from(error: Unsound) -> Self {
        Self {
            kind: "unsound",
            message: format!("nothing is written: {error}"),
            hint: "choose another key format".to_owned(),
            retry_after: None,
            needs_operator: true,
            unreached: false,
        }
    }
}

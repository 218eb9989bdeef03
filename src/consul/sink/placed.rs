//! What came of putting a pair somewhere.

use std::time::Duration;

use time::OffsetDateTime;

use super::directory::DirectoryError;
use crate::consul::pair::Unsound;

/// What came of putting a pair somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It is there now.
    Written,
    /// It was there.
    Unchanged,
    /// Another one is there, and good enough to stay.
    Kept {
        /// Why.
        why: String,
        /// When it ends.
        until: OffsetDateTime,
    },
}

/// Why a pair could not be put somewhere; what was there before still is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SinkError {
    /// One word for metrics.
    pub kind: &'static str,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// When it may be tried again, if the other side said so.
    pub retry_after: Option<Duration>,
    /// Whether somebody has to do something before it can get better.
    pub needs_somebody: bool,
    /// Whether the other side was never heard.
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
            needs_somebody: true,
            unreached: false,
        }
    }
}

impl From<Unsound> for SinkError {
    fn from(error: Unsound) -> Self {
        Self {
            kind: "unsound",
            message: format!("nothing is written: {error}"),
            hint: "choose another form of the key".to_owned(),
            retry_after: None,
            needs_somebody: true,
            unreached: false,
        }
    }
}

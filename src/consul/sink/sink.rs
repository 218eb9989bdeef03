//! Where a pair goes: a file, a folder, or a Secret in a cluster.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use time::OffsetDateTime;

use super::directory::{Directory, DirectoryError};
use super::file;
use super::manifest::{SecretName, as_json, as_yaml};
use super::secret::SecretSink;
use crate::consul::pair::Pair;
use crate::consul::pair::Unsound;
use crate::consul::pair::{Contents, Form};

/// A place that holds one pair.
#[derive(Debug)]
pub enum Sink {
    /// A manifest in a file.
    File {
        /// Which.
        path: PathBuf,
        /// JSON instead of YAML.
        json: bool,
        /// The Secret that the manifest makes.
        secret: SecretName,
    },
    /// Files that change together.
    Directory(Directory),
    /// A Secret in a cluster.
    Secret(Box<SecretSink>),
}

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

impl Sink {
    /// Puts a pair there, unless it is there already.
    ///
    /// # Errors
    /// [`SinkError`].
    pub async fn put(
        &mut self,
        pair: &Pair,
        form: Form,
        now: OffsetDateTime,
    ) -> Result<Placed, SinkError> {
        let placed = |written| if written { Placed::Written } else { Placed::Unchanged };
        match self {
            Self::File { path, json, secret } => {
                let text = match json {
                    true => as_json(pair, form, secret)?,
                    false => as_yaml(pair, form, secret)?,
                };
                file::put(path, &text).map(placed).map_err(|source| {
                    DirectoryError::Io { path: path.display().to_string(), source }.into()
                })
            }
            Self::Directory(directory) => {
                let contents = Contents::of(pair, form)?;
                Ok(placed(directory.put(&contents, now)?))
            }
            Self::Secret(secret) => secret.put(pair, form, now).await,
        }
    }
}

impl fmt::Display for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, .. } => write!(f, "{}", path.display()),
            Self::Directory(directory) => write!(f, "{}", directory.path().display()),
            Self::Secret(secret) => write!(f, "Secret {}", secret.name()),
        }
    }
}

impl From<DirectoryError> for SinkError {
    fn from(error: DirectoryError) -> Self {
        let hint = match error {
            DirectoryError::Taken(_) => "give each its own folder, or stop the other",
            DirectoryError::Foreign(_) => "give a folder that holds nothing else",
            DirectoryError::Io { .. } => "is it there, can it be written, is there room?",
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

//! Where a pair is written: a file, a folder, or a Secret in a cluster.

use std::fmt;
use std::path::PathBuf;

use time::OffsetDateTime;

use super::directory::{Directory, DirectoryError};
use super::file;
use super::manifest::{SecretName, as_json, as_yaml};
use super::placed::{Placed, SinkError};
use super::secret::SecretSink;
use crate::consul::pair::{Contents, Pair, PairForm};

/// A destination for a pair.
#[derive(Debug)]
pub enum Sink {
    /// A manifest in a file.
    File {
        /// Its path.
        path: PathBuf,
        /// Whether it is JSON instead of YAML.
        json: bool,
        /// The Secret in the manifest.
        secret: SecretName,
    },
    /// Files that are replaced together.
    Directory(Directory),
    /// A Secret in a cluster.
    Secret(Box<SecretSink>),
}

impl Sink {
    /// Writes a pair unless it is already there.
    ///
    /// # Errors
    /// [`SinkError`].
    pub async fn put(
        &mut self,
        pair: &Pair,
        form: PairForm,
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

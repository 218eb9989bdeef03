//! Where the texts of one side come from.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use crate::cli::shared::WorldArgs;
use crate::source::shown;

/// Where the texts of one side come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Files or folders, or `-`.
    Path(PathBuf),
    /// A revision of the repository, and what is read of it.
    Revision(String, PathBuf),
    /// A cluster, by a context of the kubeconfig; the current one, or that of the flags, where none
    /// is named.
    Cluster(Option<String>),
}

impl FromStr for Place {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        if let Some(context) = text.strip_prefix("cluster:") {
            return Ok(Self::Cluster(Some(context.to_owned()).filter(|name| !name.is_empty())));
        }
        let revision = text.strip_prefix("git:");
        Ok(match revision.map(|rest| rest.split_once(':').unwrap_or((rest, "."))) {
            Some((revision, path)) => Self::Revision(revision.to_owned(), path.into()),
            None => Self::Path(text.into()),
        })
    }
}

impl Place {
    /// The path in the working tree, by which the configuration is found.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Path(path) if path.as_os_str() == "-" => None,
            Self::Path(path) | Self::Revision(_, path) => Some(path.clone()),
            Self::Cluster(_) => None,
        }
    }

    /// Where its files are, as reports call it.
    pub(super) fn root(&self, world: &WorldArgs) -> String {
        match self {
            Self::Path(path) if path.as_os_str() == "-" => world.stdin_name(),
            Self::Path(path) | Self::Revision(_, path) if path.as_os_str() != "." => {
                shown(path).trim_end_matches('/').to_owned()
            }
            _ => String::new(),
        }
    }
}

//! Where one side's files come from.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use crate::cli::shared::WorldArgs;
use crate::source::shown;

/// Where one side's files come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Files or folders, or `-`.
    Path(PathBuf),
    /// A revision of the repository, and the path read from it.
    Revision(String, PathBuf),
    /// A cluster, by kubeconfig context; by default that of the flags, else the current one.
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
    /// The path in the working tree from which the configuration is found.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Path(path) if path.as_os_str() == "-" => None,
            Self::Path(path) | Self::Revision(_, path) => Some(path.clone()),
            Self::Cluster(_) => None,
        }
    }

    /// The location of its files, as reports show it.
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

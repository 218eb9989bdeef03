//! Where the texts of one side come from.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

/// Where the texts of one side come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Files or folders, or `-`.
    Path(PathBuf),
    /// A revision of the repository, and what is read of it.
    Revision(String, PathBuf),
}

impl FromStr for Place {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(
            match text.strip_prefix("git:").map(|rest| rest.split_once(':').unwrap_or((rest, ".")))
            {
                Some((revision, path)) => Self::Revision(revision.to_owned(), path.into()),
                None => Self::Path(text.into()),
            },
        )
    }
}

impl Place {
    /// The path in the working tree, by which the configuration is found.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Path(path) if path.as_os_str() == "-" => None,
            Self::Path(path) | Self::Revision(_, path) => Some(path.clone()),
        }
    }
}

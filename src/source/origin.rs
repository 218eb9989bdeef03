//! Where a text comes from, and its path in the file tree.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::path::shown;

/// Where a text comes from. The order is that in which texts are read into a world.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceOrigin {
    /// Standard input, and the file that it replaces (`--stdin-filename`), if any.
    Stdin(Option<PathBuf>),
    /// A file, with its relative or absolute path.
    File(PathBuf),
    /// A file in a revision of the repository.
    Revision {
        /// The revision as given: `origin/main`.
        revision: String,
        /// The path of the file in the working tree, relative to the working directory.
        path: PathBuf,
    },
    /// A document rendered from a file: a chart's template, or a file that a kustomization lists.
    Rendered {
        /// The file.
        path: PathBuf,
        /// The index of the document in the program's output.
        number: usize,
        /// For each line of the text, the corresponding line (from 1) of the file; empty if the
        /// text's own line numbers are used.
        lines: Arc<[u32]>,
    },
    /// A cluster object as YAML.
    Cluster {
        /// The context of the kubeconfig, or another name of the cluster.
        context: String,
        /// The object, as `KIND/NAMESPACE/NAME`.
        object: String,
    },
}

/// The name of standard input in reports, if it does not replace a file.
pub const STDIN: &str = "<stdin>";

impl SourceOrigin {
    /// The name in reports: a path with `/` separators, `<stdin>`, `REVISION:PATH`, or
    /// `cluster:KIND/NAMESPACE/NAME`.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::Stdin(Some(path)) | Self::Rendered { path, .. } => shown(path),
            Self::Stdin(None) => STDIN.to_owned(),
            Self::Revision { revision, path } => format!("{revision}:{}", shown(path)),
            Self::Cluster { object, .. } => format!("cluster:{object}"),
        }
    }

    /// The path by which other files and globs refer to it; `None` if it is not in a file tree.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path)
            | Self::Stdin(Some(path))
            | Self::Revision { path, .. }
            | Self::Rendered { path, .. } => Some(path),
            Self::Stdin(None) | Self::Cluster { .. } => None,
        }
    }

    /// The file on disk with the text, which can be read again and written.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            _ => None,
        }
    }

    /// Whether it is standard input.
    pub fn is_stdin(&self) -> bool {
        matches!(self, Self::Stdin(_))
    }
}

impl From<PathBuf> for SourceOrigin {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_in_a_tree_have_a_path_and_only_those_on_disk_can_be_written() {
        let path = || PathBuf::from("./a/b.yaml");
        let revision = SourceOrigin::Revision { revision: "HEAD~1".to_owned(), path: path() };
        let object = "Mapping/shop/cart".to_owned();
        let cluster = SourceOrigin::Cluster { context: "prod".to_owned(), object };
        let told = |origin: &SourceOrigin| {
            (origin.name(), origin.path().is_some(), origin.file().is_some())
        };
        assert_eq!(told(&SourceOrigin::File(path())), ("a/b.yaml".to_owned(), true, true));
        assert_eq!(told(&SourceOrigin::Stdin(Some(path()))), ("a/b.yaml".to_owned(), true, false));
        assert_eq!(told(&SourceOrigin::Stdin(None)), (STDIN.to_owned(), false, false));
        let rendered = SourceOrigin::Rendered { path: path(), number: 0, lines: Arc::default() };
        assert_eq!(told(&rendered), ("a/b.yaml".to_owned(), true, false));
        assert_eq!(told(&revision), ("HEAD~1:a/b.yaml".to_owned(), true, false));
        assert_eq!(told(&cluster), ("cluster:Mapping/shop/cart".to_owned(), false, false));
    }
}

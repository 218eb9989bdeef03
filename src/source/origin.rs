//! Where a text comes from, and the path by which it takes part in a tree of files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::path::shown;

/// Where a text comes from. The order is that in which texts are read into a world.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceOrigin {
    /// Standard input, and the file that it stands for (`--stdin-filename`), if any.
    Stdin(Option<PathBuf>),
    /// A file, by its path from the working directory or from the root.
    File(PathBuf),
    /// A file as a revision of the repository has it.
    Revision {
        /// The revision, as it was named: `origin/main`.
        revision: String,
        /// The path, from the working directory, of the file in the working tree.
        path: PathBuf,
    },
    /// A document that a program made of a file: of a chart's template, or of what a kustomization
    /// lists.
    Rendered {
        /// The file.
        path: PathBuf,
        /// The number of the document among all that the program wrote.
        number: usize,
        /// For each line of the text, the line (from 1) of the file that it stands for; empty where the
        /// text's own lines count.
        lines: Arc<[u32]>,
    },
    /// An object of a cluster, written as YAML.
    Cluster {
        /// The context of the kubeconfig, or how the cluster is called otherwise.
        context: String,
        /// The object, as `KIND/NAMESPACE/NAME`.
        object: String,
    },
}

/// How reports call standard input that stands for no file.
pub const STDIN: &str = "<stdin>";

impl SourceOrigin {
    /// How reports call it: a path with `/` between its parts, `<stdin>`, `REVISION:PATH`, or
    /// `cluster:KIND/NAMESPACE/NAME`.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::Stdin(Some(path)) | Self::Rendered { path, .. } => shown(path),
            Self::Stdin(None) => STDIN.to_owned(),
            Self::Revision { revision, path } => format!("{revision}:{}", shown(path)),
            Self::Cluster { object, .. } => format!("cluster:{object}"),
        }
    }

    /// The path by which other files and globs refer to it; none where it is part of no tree.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path)
            | Self::Stdin(Some(path))
            | Self::Revision { path, .. }
            | Self::Rendered { path, .. } => Some(path),
            Self::Stdin(None) | Self::Cluster { .. } => None,
        }
    }

    /// The file on the disk that holds the text, which can be read again and written.
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
    fn only_files_of_a_tree_have_a_path_and_only_those_on_the_disk_are_written() {
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

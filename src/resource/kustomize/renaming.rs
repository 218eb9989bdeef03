//! Kustomizations that rename their objects.

use std::collections::HashSet;

use crate::resource::object::Object;
use crate::source::Span;

/// A kustomization with `namePrefix` or `nameSuffix`. It renames objects and updates the references
/// that `kustomize` knows, which do not include those of Ambassador's kinds.
#[derive(Debug, Clone)]
pub struct Renaming {
    /// The kustomization, by its folder.
    pub by: Object,
    /// Its `namePrefix`, else its `nameSuffix`.
    pub place: Span,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// Whether its `configurations` may make it update references to Ambassador's kinds.
    pub may_be_followed: bool,
    /// The files whose objects it renames.
    pub(super) files: HashSet<String>,
}

impl Renaming {
    /// Whether it renames the objects of a file.
    pub fn covers(&self, file: &str) -> bool {
        self.files.contains(file)
    }

    /// The new name of an object.
    pub fn renamed(&self, name: &str) -> String {
        format!("{}{name}{}", self.prefix, self.suffix)
    }
}

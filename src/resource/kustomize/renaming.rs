//! Kustomizations that give their objects other names.

use std::collections::HashSet;

use crate::resource::object::Object;
use crate::source::Span;

/// A kustomization with `namePrefix` or `nameSuffix`. It renames objects and corrects the references
/// that `kustomize` knows; those of Ambassador's kinds are not among them.
#[derive(Debug, Clone)]
pub struct Renaming {
    /// The kustomization, by its folder.
    pub by: Object,
    /// Its `namePrefix`, or else its `nameSuffix`.
    pub place: Span,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// Whether `configurations` may have references to Ambassador's kinds followed.
    pub may_be_followed: bool,
    /// The files whose objects it renames.
    pub(super) files: HashSet<String>,
}

impl Renaming {
    /// Whether it renames the objects of a file.
    pub fn covers(&self, file: &str) -> bool {
        self.files.contains(file)
    }

    /// What it makes of a name.
    pub fn renamed(&self, name: &str) -> String {
        format!("{}{name}{}", self.prefix, self.suffix)
    }
}

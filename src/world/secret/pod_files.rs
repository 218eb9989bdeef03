//! Which files of the Ambassador pod Emissary would find.

use std::collections::HashSet;

use crate::world::premise::FilePolicy;

/// What the caller says about files, and what the mounts of the input prove.
#[derive(Debug)]
pub(crate) struct PodFiles<'s> {
    policy: &'s FilePolicy,
    absent: HashSet<String>,
}

impl<'s> PodFiles<'s> {
    /// With the paths at which the pod is proved to have no file.
    pub(crate) fn new(policy: &'s FilePolicy, absent: HashSet<String>) -> Self {
        Self { policy, absent }
    }

    /// Whether Emissary would find a regular file of that path. Whoever has the pod's files at hand
    /// need not believe its manifest.
    pub(crate) fn finds(&self, path: &str) -> bool {
        match self.policy {
            FilePolicy::Assume => !self.absent.contains(path),
            FilePolicy::Check(_) => self.policy.finds(path),
        }
    }
}

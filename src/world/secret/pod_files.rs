//! Which files of the Ambassador pod Emissary finds.

use std::collections::HashSet;

use crate::world::premise::FilePolicy;

/// The caller's file policy, and what the mounts of the input prove.
#[derive(Debug)]
pub(crate) struct PodFiles<'s> {
    policy: &'s FilePolicy,
    absent: HashSet<String>,
}

impl<'s> PodFiles<'s> {
    /// Adds the paths where the pod is proved to have no file.
    pub(crate) fn new(policy: &'s FilePolicy, absent: HashSet<String>) -> Self {
        Self { policy, absent }
    }

    /// Whether Emissary finds a regular file at this path. If the pod's files are available, they
    /// are checked instead of the manifests.
    pub(crate) fn finds(&self, path: &str) -> bool {
        match self.policy {
            FilePolicy::Assume => !self.absent.contains(path),
            FilePolicy::Check(_) => self.policy.finds(path),
        }
    }
}

//! The three ways in which manifests reach Emissary.

/// How Emissary gets to see the manifests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ingest {
    /// Applied to a cluster: the API server validates, prunes and converts, Emissary's Go half
    /// unfolds annotations and selects Secrets. What production does.
    #[default]
    Snapshot,
    /// Kubernetes objects read straight by Emissary's Python half: no validation, no conversion,
    /// no annotations.
    Kubernetes,
    /// Bare documents from a directory, the configuration of old.
    Files,
}

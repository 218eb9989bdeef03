//! The three ways in which manifests reach Emissary.

/// How manifests reach Emissary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ingest {
    /// Applied to a cluster: the API server validates, prunes and converts; Emissary's Go half
    /// unfolds annotations and selects Secrets. This is production.
    #[default]
    Snapshot,
    /// Kubernetes objects read directly by Emissary's Python half: no validation, conversion or
    /// annotations.
    Kubernetes,
    /// Bare documents from a directory, the old configuration format.
    Files,
}

//! What a context reads, as nodes.

use super::node::NodeId;

/// What a context reads.
#[derive(Debug, Clone, Default)]
pub(super) struct Reads {
    /// The context's own node, once known.
    pub(super) node: Option<NodeId>,
    /// Secrets and files.
    pub(super) sources: Vec<NodeId>,
    /// Certificates in them.
    pub(super) certificates: Vec<NodeId>,
}

impl Reads {
    /// Sources and certificates.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.sources.iter().chain(&self.certificates).copied()
    }
}

//! A node of the trust graph.

use crate::diagnostic::{ObjectName, Severity};
use crate::source::Span;

/// Index of a node among [`Graph::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// One node of the graph.
#[derive(Debug, Clone)]
pub struct Node {
    /// A unique name that is stable between runs.
    pub id: String,
    /// Its kind.
    pub kind: NodeKind,
    /// Its name: `namespace/name`, a path, a subject.
    pub title: String,
    /// The object it represents; `None` for certificates, files, addresses and missing objects.
    pub object: Option<ObjectName>,
    /// Facts about it, a few words each.
    pub facts: Vec<String>,
    /// Where it is defined; `None` if it is not in the input.
    pub place: Option<Span>,
    /// Findings about its object, as indices of [`super::Graph::findings`].
    pub findings: Vec<usize>,
    /// The worst of its findings; for certificates, based on their dates.
    pub severity: Option<Severity>,
}

/// Kinds of nodes, in the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A certificate, by its SHA-256.
    Certificate,
    /// A Secret, in the input or not.
    Secret,
    /// A file of the Ambassador pod.
    File,
    /// A TLS context.
    Context,
    /// A name in `tls` without a context.
    Undefined,
    /// A Mapping or similar object.
    Mapping,
    /// An address that Envoy connects to, or what it looks up to get one.
    Service,
    /// A Host, or the default one that Emissary creates if there is none.
    Host,
}

impl NodeKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Certificate,
        Self::Secret,
        Self::File,
        Self::Context,
        Self::Undefined,
        Self::Mapping,
        Self::Service,
        Self::Host,
    ];

    /// Its machine-readable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Secret => "secret",
            Self::File => "file",
            Self::Context => "context",
            Self::Undefined => "undefined",
            Self::Mapping => "mapping",
            Self::Service => "service",
            Self::Host => "host",
        }
    }
}

impl Node {
    /// Its kind for people: that of its object, if it has one.
    pub fn word(&self) -> &str {
        match (self.kind, &self.object) {
            (_, Some(object)) => &object.kind,
            (NodeKind::Certificate, _) => "Certificate",
            (NodeKind::Secret, _) => "Secret",
            (NodeKind::File, _) => "File",
            (NodeKind::Context, _) => "TLS context",
            (NodeKind::Undefined, _) => "Undefined context",
            (NodeKind::Mapping, _) => "Mapping",
            (NodeKind::Service, _) => "Service",
            (NodeKind::Host, _) => "Host",
        }
    }
}

/// An id made of arbitrary parts.
pub(super) fn id(kind: &str, parts: &[&str]) -> String {
    let escaped = parts.iter().map(|part| part.replace('%', "%25").replace('/', "%2F"));
    std::iter::once(kind.to_owned()).chain(escaped).collect::<Vec<_>>().join("/")
}

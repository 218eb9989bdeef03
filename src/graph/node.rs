//! A thing that trust passes through.

use crate::diagnostic::{ObjectName, Severity};
use crate::source::Span;

/// Index of a node among [`Graph::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// One node of the graph.
#[derive(Debug, Clone)]
pub struct Node {
    /// A name that no other node has and that stays the same from run to run.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its name, as people write it: `namespace/name`, a path, a subject.
    pub title: String,
    /// The object it stands for; none for certificates, files, addresses and what does not exist.
    pub object: Option<ObjectName>,
    /// What is worth knowing about it, each as a few words.
    pub facts: Vec<String>,
    /// Where it is defined; none for what is not in the input.
    pub place: Option<Span>,
    /// Findings about its object, as indices of [`super::Graph::findings`].
    pub findings: Vec<usize>,
    /// The worst of its findings; for certificates, what their dates come to.
    pub severity: Option<Severity>,
}

/// What a node is, in the order in which trust passes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A certificate, by its SHA-256.
    Certificate,
    /// A Secret, in the input or not.
    Secret,
    /// A file of the Ambassador pod.
    File,
    /// A TLS context, whatever made it.
    Context,
    /// A name in `tls` that leads to no context.
    Undefined,
    /// A Mapping or one of its kin.
    Mapping,
    /// An address that Envoy connects to, or what it asks for to get one.
    Service,
    /// A Host, or what Emissary makes where there is none.
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

    /// Its name for machines.
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
    /// What it is, in a word for people: its object's kind, where it has one.
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

/// An id made of parts that may hold anything.
pub(super) fn id(kind: &str, parts: &[&str]) -> String {
    let escaped = parts.iter().map(|part| part.replace('%', "%25").replace('/', "%2F"));
    std::iter::once(kind.to_owned()).chain(escaped).collect::<Vec<_>>().join("/")
}

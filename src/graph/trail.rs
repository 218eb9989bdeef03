//! One path through the graph, described from its end.

use crate::diagnostic::Severity;

use super::node::NodeId;
use super::probed::Probed;

/// How one Mapping's upstream, or one Host, is trusted.
#[derive(Debug, Clone)]
pub struct Trail {
    /// The Mapping or Host; the context itself if nothing uses it.
    pub subject: NodeId,
    /// The outcome.
    pub mode: TrailMode,
    /// What it depends on, as the end of a sentence; empty if everything is in the input.
    pub condition: String,
    /// The contexts on the path, the effective one first.
    pub contexts: Vec<NodeId>,
    /// The Secrets and files they read.
    pub sources: Vec<NodeId>,
    /// The certificates in these.
    pub certificates: Vec<NodeId>,
    /// Its address.
    pub service: Option<NodeId>,
    /// The Hosts of its route.
    pub hosts: Vec<NodeId>,
    /// Its host name and prefix, or port.
    pub route: String,
    /// The result of a probe, if given.
    pub probed: Option<Probed>,
    /// The worst severity on the path to the subject, except for Hosts.
    pub severity: Option<Severity>,
}

/// The outcome of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrailMode {
    /// TLS to the upstream, with a client certificate.
    Mutual,
    /// TLS to the upstream, without one.
    Tls,
    /// No TLS to the upstream.
    Plaintext,
    /// No upstream, with Emissary's or our reason.
    Dropped(String),
    /// TLS from clients.
    Terminates,
    /// TLS from clients, which must present a certificate.
    TerminatesMutual,
    /// No TLS from clients.
    Cleartext,
    /// Nothing uses the context.
    Unused,
}

impl TrailMode {
    /// Its machine-readable name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mutual => "mutual",
            Self::Tls => "tls",
            Self::Plaintext => "plaintext",
            Self::Dropped(_) => "dropped",
            Self::Terminates => "terminates",
            Self::TerminatesMutual => "terminates-mutual",
            Self::Cleartext => "cleartext",
            Self::Unused => "unused",
        }
    }

    /// The same for people.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Mutual => "mutual TLS",
            Self::Tls => "TLS, no client certificate",
            Self::Plaintext => "plaintext",
            Self::Dropped(_) => "no upstream",
            Self::Terminates => "terminates TLS",
            Self::TerminatesMutual => "terminates mutual TLS",
            Self::Cleartext => "cleartext",
            Self::Unused => "unused",
        }
    }
}

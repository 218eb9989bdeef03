//! One way through the graph, told from its end.

use crate::diagnostic::Severity;

use super::node::NodeId;
use super::probed::Probed;

/// How one Mapping's upstream, or one Host, is trusted.
#[derive(Debug, Clone)]
pub struct Trail {
    /// The Mapping or Host; the context itself where nothing uses it.
    pub subject: NodeId,
    /// What comes of it.
    pub mode: TrailMode,
    /// On what that depends, as the end of a sentence; empty where nothing is unseen.
    pub condition: String,
    /// The contexts on the way: the one that counts first.
    pub contexts: Vec<NodeId>,
    /// The Secrets and files those read.
    pub sources: Vec<NodeId>,
    /// The certificates in these.
    pub certificates: Vec<NodeId>,
    /// Where it leads: an address.
    pub service: Option<NodeId>,
    /// The Hosts that take its route.
    pub hosts: Vec<NodeId>,
    /// Host name and prefix, or port, that it is for.
    pub route: String,
    /// What a probe found out, if results were given.
    pub probed: Option<Probed>,
    /// The worst on the way to the subject, Hosts aside.
    pub severity: Option<Severity>,
}

/// What comes of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrailMode {
    /// TLS to the upstream, with a client certificate.
    Mutual,
    /// TLS to the upstream, without one.
    Tls,
    /// No TLS to the upstream.
    Plaintext,
    /// No upstream, in Emissary's words or ours.
    Dropped(String),
    /// TLS from clients.
    Terminates,
    /// TLS from clients, who must show a certificate.
    TerminatesMutual,
    /// No TLS from clients.
    Cleartext,
    /// Nothing uses the context.
    Unused,
}

impl TrailMode {
    /// Its name for machines.
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

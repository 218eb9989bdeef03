//! One way in which a running Envoy differs from the input.

use crate::diagnostic::Severity;
use crate::world::ClusterId;

/// What kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The configuration is not the one that the input makes.
    Frozen,
    /// A certificate, key or bundle is not the one that the Secret or file has now.
    Stale,
    /// What is loaded has expired, or will soon.
    Expires,
    /// Handshakes fail, by Envoy's counters.
    HandshakesFail,
    /// The server or a cluster does not serve yet, or no longer.
    NotReady,
}

/// One difference, with one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// What kind.
    pub kind: Kind,
    /// How bad.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// What it rests on, as sentences.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// The clusters that have it, in the order of their names; none where it is about the server.
    pub clusters: Vec<ClusterId>,
}

impl Kind {
    /// The id under which reports have it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Frozen => "envoy-configuration-frozen",
            Self::Stale => "envoy-certificate-stale",
            Self::Expires => "envoy-certificate-expires",
            Self::HandshakesFail => "envoy-handshakes-fail",
            Self::NotReady => "envoy-not-ready",
        }
    }
}

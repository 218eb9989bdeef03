//! One way in which a running Envoy differs from the input.

use crate::diagnostic::Severity;
use crate::world::ClusterId;

/// The kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The configuration does not match the input.
    Frozen,
    /// A certificate, key or bundle differs from the current Secret or file.
    Stale,
    /// A loaded certificate has expired, or will soon.
    Expires,
    /// Handshakes fail, according to Envoy's counters.
    HandshakesFail,
    /// The server or a cluster is not serving yet, or no longer.
    NotReady,
}

/// One difference, with one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// Its kind.
    pub kind: Kind,
    /// Its severity.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The evidence, as sentences.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// The affected clusters, by name; empty if it is about the server.
    pub clusters: Vec<ClusterId>,
}

impl Kind {
    /// Its id in reports.
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

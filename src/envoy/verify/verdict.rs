//! Envoy's verdict on a chain or a file.

use std::fmt;

/// Envoy's verdict, or why it cannot be determined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvoyVerdict {
    /// The handshake would succeed as far as certificates are concerned.
    Accepted,
    /// The handshake would fail.
    Refused {
        /// BoringSSL's error depth: 0 is the leaf. `None` if the error is not about a certificate
        /// of the chain; -1 is what Envoy 1.38 really prints in one case.
        depth: Option<i32>,
        /// BoringSSL's message.
        reason: String,
    },
    /// Envoy would reject the whole configuration with this file, so that no change takes effect
    /// until it is fixed.
    ConfigRejected {
        /// Envoy's message.
        reason: String,
    },
    /// It depends on something that mtlsctl does not know.
    Unknown {
        /// What is unknown.
        why: String,
    },
}

impl EnvoyVerdict {
    /// A rejection by TLS itself, not by the verification of the chain.
    pub(crate) fn refused_by_tls(reason: &str) -> Self {
        Self::Refused { depth: None, reason: reason.to_owned() }
    }

    pub(crate) fn config(reason: impl Into<String>) -> Self {
        Self::ConfigRejected { reason: reason.into() }
    }

    pub(crate) fn unknown(why: impl Into<String>) -> Self {
        Self::Unknown { why: why.into() }
    }

    /// The verdict as a word for JSON: `accepted`, `refused`, `config_rejected` or `unknown`.
    pub fn result(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused { .. } => "refused",
            Self::ConfigRejected { .. } => "config_rejected",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The depth of the rejected certificate, 0 for the leaf.
    pub fn depth(&self) -> Option<i32> {
        match self {
            Self::Refused { depth, .. } => *depth,
            _ => None,
        }
    }

    /// Envoy's reason, or why the verdict is unknown.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Accepted => None,
            Self::Refused { reason, .. } | Self::ConfigRejected { reason } => Some(reason),
            Self::Unknown { why } => Some(why),
        }
    }
}

impl fmt::Display for EnvoyVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted => f.write_str("accepted"),
            Self::Refused { depth: Some(depth), reason } => {
                write!(f, "refused at depth {depth}: {reason}")
            }
            Self::Refused { depth: None, reason } => write!(f, "refused: {reason}"),
            Self::ConfigRejected { reason } => write!(f, "configuration rejected: {reason}"),
            Self::Unknown { why } => write!(f, "unknown: {why}"),
        }
    }
}

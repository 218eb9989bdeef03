//! What Envoy would say to a chain or to a file.

use std::fmt;

/// Envoy's answer, or why we cannot tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvoyVerdict {
    /// The handshake would succeed as far as certificates decide it.
    Accepted,
    /// The handshake would fail.
    Refused {
        /// BoringSSL's error depth: 0 is the leaf. `None` where the refusal is not about one
        /// certificate of the chain; -1 is what Envoy 1.38 really prints in one case.
        depth: Option<i32>,
        /// BoringSSL's words.
        reason: String,
    },
    /// Envoy would reject the whole configuration that holds this file, so that no change of
    /// anything takes effect until it is fixed.
    ConfigRejected {
        /// Envoy's words.
        reason: String,
    },
    /// Envoy decides this, we cannot.
    Unknown {
        /// What we lack.
        why: String,
    },
}

impl EnvoyVerdict {
    /// A refusal by TLS itself, not by the chain's verification.
    pub(crate) fn refused_by_tls(reason: &str) -> Self {
        Self::Refused { depth: None, reason: reason.to_owned() }
    }

    pub(crate) fn config(reason: impl Into<String>) -> Self {
        Self::ConfigRejected { reason: reason.into() }
    }

    pub(crate) fn unknown(why: impl Into<String>) -> Self {
        Self::Unknown { why: why.into() }
    }

    /// One word, as in the JSON contract: `accepted`, `refused`, `config_rejected` or `unknown`.
    pub fn result(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused { .. } => "refused",
            Self::ConfigRejected { .. } => "config_rejected",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The depth of the certificate that was refused, 0 for the leaf.
    pub fn depth(&self) -> Option<i32> {
        match self {
            Self::Refused { depth, .. } => *depth,
            _ => None,
        }
    }

    /// Envoy's reason, or ours for not knowing.
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

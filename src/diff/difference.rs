//! One difference between the two sides, and whether it is a downgrade.

use std::fmt;

use serde::Serialize;

use crate::source::Span;

/// The aspect in which two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// Whether the configuration takes effect.
    Configuration,
    /// Whether there is an upstream with that name.
    Existence,
    /// Whether Emissary creates a cluster for it.
    Cluster,
    /// Whether it has a route.
    Route,
    /// Plaintext, TLS, or mutual TLS.
    Mode,
    /// Host and port, or the looked-up endpoints.
    Destination,
    /// The TLS context.
    Context,
    /// The client certificate.
    Certificate,
    /// Where its private key comes from.
    Key,
    /// The trust anchors.
    Trust,
    /// The revocation lists.
    Revocation,
    /// The server name.
    Sni,
    /// The ALPN names.
    Alpn,
    /// The range of TLS versions.
    Versions,
    /// The cipher suites.
    Ciphers,
    /// The key agreement groups.
    Curves,
    /// Which object created the cluster.
    Sharing,
    /// Whether the certificates are valid at the given time.
    Validity,
    /// Whether an Envoy that trusts the same CAs accepts the client certificate.
    Verdict,
}

/// The direction of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// Less is protected, verified or working than before, or another identity is presented.
    Downgrade,
    /// Neither better nor worse.
    Neutral,
    /// More is protected, verified or working than before.
    Improvement,
}

/// One difference between the two sides of an upstream.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Difference {
    /// The aspect.
    pub aspect: Aspect,
    /// The previous value; may be empty.
    pub before: String,
    /// The new value; may be empty.
    pub after: String,
    /// Its direction.
    pub rank: Rank,
    /// The field or object that determines it in the before world.
    pub place_before: Option<Span>,
    /// The field or object that determines it in the after world.
    pub place_after: Option<Span>,
}

impl Aspect {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Existence => "upstream",
            Self::Cluster => "cluster",
            Self::Route => "route",
            Self::Mode => "mode",
            Self::Destination => "to",
            Self::Context => "context",
            Self::Certificate => "presents",
            Self::Key => "key",
            Self::Trust => "trusts",
            Self::Revocation => "revokes",
            Self::Sni => "sni",
            Self::Alpn => "alpn",
            Self::Versions => "versions",
            Self::Ciphers => "ciphers",
            Self::Curves => "curves",
            Self::Sharing => "shared",
            Self::Validity => "validity",
            Self::Verdict => "verdict",
        }
    }
}

impl Rank {
    /// The rank of losing or gaining something.
    pub(super) fn of_change<T: PartialOrd>(before: T, after: T) -> Self {
        if after < before {
            Self::Downgrade
        } else if after > before {
            Self::Improvement
        } else {
            Self::Neutral
        }
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Downgrade => "downgrade",
            Self::Neutral => "neutral",
            Self::Improvement => "improvement",
        }
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

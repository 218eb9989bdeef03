//! One thing that is not the same on both sides, and whether that is for the worse.

use std::fmt;

use serde::Serialize;

use crate::source::Span;

/// What two sides differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// Whether the configuration takes effect at all.
    Configuration,
    /// Whether there is an upstream of that name.
    Existence,
    /// Whether Emissary makes a cluster of it.
    Cluster,
    /// Whether a route leads to it.
    Route,
    /// Plaintext, TLS, or mutual TLS.
    Mode,
    /// Host and port, or the endpoints that are looked up.
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
    /// Which object made the cluster.
    Sharing,
    /// Whether the certificates are valid at the moment in question.
    Validity,
    /// What an Envoy that trusts the same CAs says to the client certificate.
    Verdict,
}

/// Whether a difference is for the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// Less is protected, verified or working than before, or somebody else is presented.
    Downgrade,
    /// Neither better nor worse by itself.
    Neutral,
    /// More is protected, verified or working than before.
    Improvement,
}

/// One difference between two sides of an upstream.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Difference {
    /// In what they differ.
    pub aspect: Aspect,
    /// What it was; empty where there was nothing.
    pub before: String,
    /// What it is now; empty where there is nothing.
    pub after: String,
    /// Whether that is for the worse.
    pub rank: Rank,
    /// The field or object that decides it before, in the world before.
    pub place_before: Option<Span>,
    /// The field or object that decides it now, in the world after.
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
    /// The rank of having something less or more than before.
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

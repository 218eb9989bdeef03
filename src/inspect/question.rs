//! What is asked about every subject.

use time::OffsetDateTime;

use crate::cert::{Certificate, ExpiryMargin};
use crate::envoy::Purpose;
use crate::envoy::{EnvoyVersion, OfferedTls};

use super::subject::{Subject, SubjectOrigin};

/// As of when, for which Envoy, and against what.
#[derive(Debug, Clone)]
pub struct Question {
    /// The moment of judgement.
    pub now: OffsetDateTime,
    /// The Envoy that we speak for.
    pub version: EnvoyVersion,
    /// Whose chain is judged by `ca` and `crl`; by what its certificate may be used for, if that is not
    /// said.
    pub purpose: Option<Purpose>,
    /// What its context offers.
    pub tls: OfferedTls,
    /// When an expiry is near.
    pub margin: ExpiryMargin,
    /// Whether a near expiry is an error, because somebody asked for it, and not a warning.
    pub near_is_error: bool,
    /// Name and bytes of the CA file that a server's chain is judged by.
    pub ca: Option<(String, Vec<u8>)>,
    /// Name and bytes of its CRL file.
    pub crl: Option<(String, Vec<u8>)>,
    /// Name and bytes of the key that belongs to the certificates.
    pub key: Option<(String, Vec<u8>)>,
    /// The name that a strict client would want.
    pub server_name: Option<String>,
}

impl Question {
    /// Whose chain this is: a client's where its certificate is for clients only.
    pub(super) fn purpose_of(&self, subject: &Subject) -> Purpose {
        self.purpose.unwrap_or(match is_clients(subject) {
            true => Purpose::Client,
            false => Purpose::Server,
        })
    }
}

/// Whether extendedKeyUsage allows clients and not servers; what a server presented is a server's,
/// whatever it allows.
pub(super) fn is_clients(subject: &Subject) -> bool {
    let usage =
        |leaf: &Certificate| (leaf.allows_usage("clientAuth"), leaf.allows_usage("serverAuth"));
    let is_servers = matches!(subject.origin, SubjectOrigin::Server(_));
    !is_servers && subject.chain.leaf().map(usage) == Some((true, false))
}

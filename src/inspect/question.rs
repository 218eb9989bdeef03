//! The question asked about every subject.

use time::OffsetDateTime;

use crate::cert::{Certificate, ExpiryMargin};
use crate::envoy::Purpose;
use crate::envoy::{EnvoyVersion, OfferedTls};

use super::subject::{Subject, SubjectOrigin};

/// The time, the Envoy version, and what to verify against.
#[derive(Debug, Clone)]
pub struct Question {
    /// The time of the check.
    pub now: OffsetDateTime,
    /// The Envoy version to check for.
    pub version: EnvoyVersion,
    /// Whether `ca` and `crl` check chains as a server's or a client's; by default, depending on
    /// the certificate's usage.
    pub purpose: Option<Purpose>,
    /// The context's TLS settings.
    pub tls: OfferedTls,
    /// When a certificate counts as expiring soon.
    pub margin: ExpiryMargin,
    /// Whether a near expiry is an error, because it was requested, rather than a warning.
    pub near_is_error: bool,
    /// Name and bytes of the CA file to verify chains with.
    pub ca: Option<(String, Vec<u8>)>,
    /// Name and bytes of its CRL file.
    pub crl: Option<(String, Vec<u8>)>,
    /// Name and bytes of the key that belongs to the certificates.
    pub key: Option<(String, Vec<u8>)>,
    /// The name that a strict client would check.
    pub server_name: Option<String>,
}

impl Question {
    /// Whether this is a server's or a client's chain: a client's if its certificate is for clients
    /// only.
    pub(super) fn purpose_of(&self, subject: &Subject) -> Purpose {
        self.purpose.unwrap_or(match is_clients(subject) {
            true => Purpose::Client,
            false => Purpose::Server,
        })
    }
}

/// Whether extendedKeyUsage allows clients but not servers; a chain that a server presented is
/// always a server's.
pub(super) fn is_clients(subject: &Subject) -> bool {
    let usage =
        |leaf: &Certificate| (leaf.allows_usage("clientAuth"), leaf.allows_usage("serverAuth"));
    let is_servers = matches!(subject.origin, SubjectOrigin::Server(_));
    !is_servers && subject.chain.leaf().map(usage) == Some((true, false))
}

//! What is asked about every subject.

use time::OffsetDateTime;

use crate::cert::ExpiryMargin;
use crate::envoy::Purpose;
use crate::envoy::{EnvoyVersion, OfferedTls};

/// As of when, for which Envoy, and against what.
#[derive(Debug, Clone)]
pub struct Question {
    /// The moment of judgement.
    pub now: OffsetDateTime,
    /// The Envoy that we speak for.
    pub version: EnvoyVersion,
    /// Whose chain is judged by `ca` and `crl`.
    pub purpose: Purpose,
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

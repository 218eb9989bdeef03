//! The purpose of a chain, and its requirements on keyUsage and extendedKeyUsage.

use super::store::Anchor;
use crate::cert::x509::oid;
use crate::cert::x509::{DIGITAL_SIGNATURE, Facts, KEY_AGREEMENT, KEY_ENCIPHERMENT};

/// Whose chain is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// An upstream server's chain, verified by Envoy as its client.
    #[default]
    Server,
    /// A client's chain, verified by Envoy as a server that requests certificates.
    Client,
}

impl Purpose {
    /// Whether a certificate's usages allow this; extended key usages are also checked for issuers.
    pub(crate) fn allows(self, facts: &Facts<'_>, is_issuer: bool) -> bool {
        let (extended, plain) = match self {
            Self::Server => {
                (oid::SERVER_AUTH, DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | KEY_AGREEMENT)
            }
            Self::Client => (oid::CLIENT_AUTH, DIGITAL_SIGNATURE | KEY_AGREEMENT),
        };
        !facts.lacks_usage(extended) && (is_issuer || !facts.forbids(plain))
    }

    /// Whether a `TRUSTED CERTIFICATE` block rejects this purpose.
    pub(crate) fn is_rejected_by(self, anchor: &Anchor<'_>) -> bool {
        match self {
            Self::Server => anchor.rejects_servers,
            Self::Client => anchor.rejects_clients,
        }
    }
}

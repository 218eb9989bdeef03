//! What a chain is meant for, and what keyUsage and extendedKeyUsage have to say to it.

use crate::cert::envoy::extensions::{DIGITAL_SIGNATURE, Facts, KEY_AGREEMENT, KEY_ENCIPHERMENT};
use crate::cert::envoy::oid;
use crate::cert::envoy::store::Anchor;

/// Whose chain is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// An upstream server's, judged by Envoy as its client.
    #[default]
    Server,
    /// A client's, judged by Envoy as a server that asks for certificates.
    Client,
}

impl Purpose {
    /// Whether the usages of one certificate allow this; extended usages are asked of issuers too.
    pub(super) fn allows(self, facts: &Facts<'_>, is_issuer: bool) -> bool {
        let (extended, plain) = match self {
            Self::Server => {
                (oid::SERVER_AUTH, DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | KEY_AGREEMENT)
            }
            Self::Client => (oid::CLIENT_AUTH, DIGITAL_SIGNATURE | KEY_AGREEMENT),
        };
        !facts.lacks_usage(extended) && (is_issuer || !facts.forbids(plain))
    }

    /// Whether a `TRUSTED CERTIFICATE` block rejects this purpose.
    pub(super) fn is_rejected_by(self, anchor: &Anchor<'_>) -> bool {
        match self {
            Self::Server => anchor.rejects_servers,
            Self::Client => anchor.rejects_clients,
        }
    }
}

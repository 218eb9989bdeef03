//! What a chain is meant for, and what keyUsage and extendedKeyUsage have to say to it.

use super::store::Anchor;
use crate::cert::x509::oid;
use crate::cert::x509::{DIGITAL_SIGNATURE, Facts, KEY_AGREEMENT, KEY_ENCIPHERMENT};

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

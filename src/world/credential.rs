//! The parsed credentials of contexts: certificates, keys and CRLs from Secrets and files, and the
//! contexts that use them.

use std::collections::HashMap;

use zeroize::Zeroizing;

use crate::cert::pem::Fault;
use crate::cert::{Chain, Crl, KeyError, PrivateKey};
use crate::diagnostic::ObjectName;
use crate::envoy::PemSource;
use crate::source::Span;

use crate::world::context::{Context, ContextId, Material};

/// An entry of a Secret, or a file, that at least one context uses.
pub struct Credential {
    /// Its name in messages: "`tls.crt` of Secret `default/client-cert`", or a path.
    pub name: String,
    /// Its Secret; `None` for files.
    pub object: Option<ObjectName>,
    /// The entry's key in the manifest; `None` for files.
    pub place: Option<Span>,
    /// The contexts that use it, and for what.
    pub uses: Vec<(ContextId, CredentialRole)>,
    /// Its certificates.
    pub chain: Chain,
    /// Its first private key.
    pub key: Result<PrivateKey, KeyError>,
    /// Its revocation lists.
    pub crls: Vec<Crl>,
    /// Faults of the PEM text.
    pub faults: Vec<Fault>,
    pub(super) path: String,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

/// Leaves out the bytes, which may be a private key.
impl std::fmt::Debug for Credential {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Credential").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a context uses a credential for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CredentialRole {
    /// The certificate presented to upstreams or to a Host's clients.
    Certificate,
    /// Its private key.
    PrivateKey,
    /// Trust anchors.
    TrustedCa,
    /// Revocation lists.
    Crl,
}

impl std::fmt::Display for CredentialRole {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Certificate => "certificate",
            Self::PrivateKey => "private key",
            Self::TrustedCa => "trusted CA",
            Self::Crl => "CRL",
        })
    }
}

/// All credentials, and which context uses which one for what.
#[derive(Debug)]
pub(super) struct Credentials {
    pub(super) all: Vec<Credential>,
    pub(super) by_use: HashMap<(ContextId, CredentialRole), usize>,
}

impl Credential {
    /// Its bytes and name, for [`crate::envoy`] to load.
    pub fn source(&self) -> PemSource<'_> {
        PemSource::new(&self.path, &self.bytes)
    }

    /// The contexts that use it in a role.
    pub fn used_as(&self, role: CredentialRole) -> impl Iterator<Item = ContextId> {
        self.uses.iter().filter(move |(_, other)| *other == role).map(|(id, _)| *id)
    }
}

impl Context {
    /// Its materials with their roles.
    pub fn materials(&self) -> impl Iterator<Item = (CredentialRole, &Material)> {
        [
            (CredentialRole::Certificate, &self.certificate),
            (CredentialRole::PrivateKey, &self.private_key),
            (CredentialRole::TrustedCa, &self.trusted_ca),
            (CredentialRole::Crl, &self.crl),
        ]
        .into_iter()
        .filter_map(|(role, material)| material.as_ref().map(|material| (role, material)))
    }
}

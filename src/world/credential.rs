//! The credentials that contexts use, parsed: certificates, keys and CRLs of Secrets and files, and
//! who uses them.

use std::collections::HashMap;

use zeroize::Zeroizing;

use crate::cert::pem::Fault;
use crate::cert::{Chain, Crl, KeyError, PrivateKey};
use crate::diagnostic::ObjectName;
use crate::envoy::PemSource;
use crate::source::Span;

use crate::world::context::{Context, ContextId, Material};

/// An entry of a Secret or a file that at least one context uses.
pub struct Credential {
    /// How it is called in sentences: "`tls.crt` of Secret `default/client-cert`", or a path.
    pub name: String,
    /// Its Secret; none for files.
    pub object: Option<ObjectName>,
    /// The entry's key in the manifest; none for files.
    pub place: Option<Span>,
    /// Which contexts use it, and what for.
    pub uses: Vec<(ContextId, CredentialRole)>,
    /// Its certificates.
    pub chain: Chain,
    /// Its first private key.
    pub key: Result<PrivateKey, KeyError>,
    /// Its revocation lists.
    pub crls: Vec<Crl>,
    /// What is wrong with the text.
    pub faults: Vec<Fault>,
    pub(super) path: String,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

/// The bytes may be a private key and are left out.
impl std::fmt::Debug for Credential {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Credential").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a context uses a credential for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CredentialRole {
    /// The certificate that is presented: to upstreams, or to clients of a Host.
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

/// All credentials, and which of them a context uses for what.
#[derive(Debug)]
pub(super) struct Credentials {
    pub(super) all: Vec<Credential>,
    pub(super) by_use: HashMap<(ContextId, CredentialRole), usize>,
}

impl Credential {
    /// Its bytes under its name, for the question how Envoy loads it.
    pub fn source(&self) -> PemSource<'_> {
        PemSource::new(&self.path, &self.bytes)
    }

    /// The contexts that use it for this.
    pub fn used_as(&self, role: CredentialRole) -> impl Iterator<Item = ContextId> {
        self.uses.iter().filter(move |(_, other)| *other == role).map(|(id, _)| *id)
    }
}

impl Context {
    /// What it reads, and what for.
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

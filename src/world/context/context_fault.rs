//! What Emissary finds wrong with a context; `Display` gives Emissary's log message.

use std::fmt;

use crate::world::SecretReference;

/// A fault of a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextFault {
    /// The name of the context.
    pub context: String,
    /// What is wrong.
    pub kind: ContextFaultKind,
}

/// The kinds of [`ContextFault`], in the order of Emissary's checks (`ir.py` `save_tls_context`,
/// `irtlscontext.py` `setup` and `resolve`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextFaultKind {
    /// An earlier usable context has the same name.
    Duplicate,
    /// An earlier object has the same namespace and name; this one replaces it.
    DefinedTwice {
        /// Sort key of the object that is used.
        winner: String,
        /// Sort key of the object that is replaced.
        loser: String,
    },
    /// `redirect_cleartext_from` differs from that of an earlier context.
    RedirectConflict {
        /// This context's port.
        port: i64,
    },
    /// `redirect_cleartext_from` is not a number.
    RedirectNotAPort {
        /// The value as written.
        written: String,
    },
    /// `cert_chain_file` without `private_key_file`.
    CertificateFileWithoutKey,
    /// `secret` and `cert_chain_file`.
    SecretAndFile,
    /// No certificate, key, trust anchor or revocation list is named.
    NoCertificateInformation,
    /// The Secret of `secret` is missing or has no certificate.
    NoCertificate(SecretReference),
    /// The Secret of `secret` has a certificate but no key.
    NoPrivateKey(SecretReference),
    /// The Secret of `crl_secret` is missing or has no revocation list.
    NoRevocationList(SecretReference),
    /// Trust anchors without a client certificate.
    TrustAnchorsAlone,
    /// The Secret of `ca_secret` is missing or has no certificate.
    NoTrustAnchors(SecretReference),
    /// A file is not in the pod.
    NoFile {
        /// The field that names the file, as in the manifest.
        field: &'static str,
        /// The path.
        path: String,
    },
    /// A context that terminates TLS lacks a field.
    FieldMissing {
        /// The field, as in the manifest.
        field: &'static str,
    },
}

impl ContextFault {
    /// The Secret that the fault is about.
    pub fn secret(&self) -> Option<&SecretReference> {
        match &self.kind {
            ContextFaultKind::NoCertificate(secret)
            | ContextFaultKind::NoPrivateKey(secret)
            | ContextFaultKind::NoRevocationList(secret)
            | ContextFaultKind::NoTrustAnchors(secret) => Some(secret),
            _ => None,
        }
    }
}

impl fmt::Display for ContextFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ContextFaultKind as Kind;
        let name = &self.context;
        match &self.kind {
            Kind::Duplicate => {
                write!(out, "Duplicate TLSContext {name}; keeping the earlier definition")
            }
            Kind::DefinedTwice { winner, loser } => write!(
                out,
                "<TLSContext {winner}> defines TLSContext {name}, which is already defined by {loser}"
            ),
            Kind::RedirectConflict { port } => {
                write!(out, "TLSContext: {name}; configured conflicting redirect_from port: {port}")
            }
            Kind::RedirectNotAPort { written } => write!(
                out,
                "TLSContext {name}: redirect_cleartext_from must be a port number rather than '{written}'"
            ),
            Kind::CertificateFileWithoutKey => write!(
                out,
                "TLSContext {name}: 'cert_chain_file' requires 'private_key_file' as well"
            ),
            Kind::SecretAndFile => write!(
                out,
                "TLSContext {name}: exactly one of 'secret' and 'cert_chain_file' must be present"
            ),
            Kind::NoCertificateInformation => {
                write!(out, "TLSContext {name} has no certificate information at all?")
            }
            Kind::NoCertificate(secret) => write!(
                out,
                "TLSContext {name} found no certificate in {}, ignoring...",
                Words(secret)
            ),
            Kind::NoPrivateKey(secret) => {
                write!(out, "TLSContext {name} found no private key in {}", Words(secret))
            }
            Kind::NoRevocationList(secret) => write!(
                out,
                "TLSContext {name} found no certificate revocation list in {}",
                Words(secret)
            ),
            Kind::TrustAnchorsAlone => write!(
                out,
                "TLSContext {name} cannot validate client certs without TLS termination"
            ),
            Kind::NoTrustAnchors(secret) => write!(
                out,
                "TLSContext {name} found no validation certificate in {}",
                Words(secret)
            ),
            Kind::NoFile { field, path } => {
                write!(out, "TLSContext {name} found no {field} '{path}'")
            }
            Kind::FieldMissing { field } => write!(out, "TLSContext {name} is missing {field}"),
        }
    }
}

/// A Secret as Emissary's messages spell it.
struct Words<'r>(&'r SecretReference);

impl fmt::Display for Words<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "secret {} in namespace {}", self.0.name, self.0.namespace)
    }
}

//! Records what the server presents and requests during the handshake.

use std::sync::{Arc, OnceLock};

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, Error, SignatureAlgorithm, SignatureScheme};

use super::signature::{self, SignatureCheck};
use crate::cert::{Certificate, Chain, Name};

/// The server's certificate request.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Names of the accepted CAs in DER; empty for any.
    pub authorities: Vec<Vec<u8>>,
    /// Accepted signature schemes.
    pub schemes: Vec<u16>,
    /// Whether our key can sign with one of them.
    pub fit: Fit,
}

impl Request {
    /// Whether it names a CA with this DER name.
    pub fn names(&self, authority: &[u8]) -> bool {
        self.authorities.iter().any(|name| name == authority)
    }

    /// The CAs in readable form.
    pub fn authority_names(&self) -> Vec<String> {
        self.authorities.iter().map(|name| shown(name)).collect()
    }
}

/// Whether our key can sign with a scheme that the server accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// It can, or there is no key.
    #[default]
    Fits,
    /// It cannot, and Envoy ends the handshake even if the certificate is not required.
    No,
    /// rustls cannot; BoringSSL also signs with SHA-1, and in TLS 1.2 with any hash on any curve.
    Perhaps,
}

/// Filled during the handshake; each event happens at most once.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) chain: OnceLock<Chain>,
    pub(crate) request: OnceLock<Request>,
    pub(crate) signature: OnceLock<SignatureCheck>,
    pub(crate) tls13: OnceLock<bool>,
}

/// Stores the chain and continues the handshake, so that a rejection of *our* certificate is seen
/// even if *theirs* is bad. The chain is verified afterwards by Envoy's rules; the handshake's
/// signature is verified here, because that is only possible here.
#[derive(Debug)]
pub(crate) struct Witness {
    pub(crate) seen: Arc<Seen>,
    /// Schemes to offer, in order.
    pub(crate) schemes: Vec<SignatureScheme>,
}

/// Envoy's nine schemes in order, including SHA-1.
pub(crate) const ENVOY_SCHEMES: [SignatureScheme; 9] = [
    SignatureScheme::ECDSA_NISTP256_SHA256,
    SignatureScheme::RSA_PSS_SHA256,
    SignatureScheme::RSA_PKCS1_SHA256,
    SignatureScheme::ECDSA_NISTP384_SHA384,
    SignatureScheme::RSA_PSS_SHA384,
    SignatureScheme::RSA_PKCS1_SHA384,
    SignatureScheme::RSA_PSS_SHA512,
    SignatureScheme::RSA_PKCS1_SHA512,
    SignatureScheme::RSA_PKCS1_SHA1,
];

impl Witness {
    fn check(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
        curve_is_fixed: bool,
    ) -> Result<HandshakeSignatureValid, Error> {
        let _ = self.seen.tls13.set(curve_is_fixed);
        let leaf = Certificate::from_der(leaf.to_vec());
        let checked =
            signature::check(message, &leaf, signed.scheme, signed.signature(), curve_is_fixed);
        let wrong = checked == SignatureCheck::Wrong;
        let _ = self.seen.signature.set(checked);
        if wrong {
            return Err(rustls::CertificateError::BadSignature.into());
        }
        Ok(HandshakeSignatureValid::assertion())
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(leaf).chain(others).map(|certificate| certificate.to_vec());
        let _ = self.seen.chain.set(Chain::from_der(chain));
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check(message, leaf, signed, false)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check(message, leaf, signed, true)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.schemes.clone()
    }
}

/// Provides the certificate, if there is one, and records that it was requested.
#[derive(Debug)]
pub(crate) struct Wallet {
    pub(crate) seen: Arc<Seen>,
    pub(crate) identity: Option<Arc<CertifiedKey>>,
}

impl ResolvesClientCert for Wallet {
    fn resolve(
        &self,
        authorities: &[&[u8]],
        schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let usable = self.identity.clone().filter(|pair| pair.key.choose_scheme(schemes).is_some());
        let fit = match (&self.identity, &usable) {
            (None, _) | (_, Some(_)) => Fit::Fits,
            (Some(pair), None) => beyond_rustls(pair.key.algorithm(), schemes),
        };
        let _ = self.seen.request.set(Request {
            authorities: authorities.iter().map(|name| name.to_vec()).collect(),
            schemes: schemes.iter().map(|scheme| u16::from(*scheme)).collect(),
            fit,
        });
        // Envoy ignores the list of CAs and sends its certificate.
        usable
    }

    fn has_certs(&self) -> bool {
        // Without this rustls would not ask for a certificate, and the request would not be seen.
        true
    }
}

fn beyond_rustls(key: SignatureAlgorithm, schemes: &[SignatureScheme]) -> Fit {
    let same_family = schemes.iter().any(|scheme| match (key, u16::from(*scheme)) {
        (SignatureAlgorithm::RSA, code) => code & 0xff == 0x01,
        (SignatureAlgorithm::ECDSA, code) => code & 0xff == 0x03,
        _ => false,
    });
    if same_family { Fit::Perhaps } else { Fit::No }
}

/// A name in readable form.
pub(crate) fn shown(name: &[u8]) -> String {
    match Name::from_der(name) {
        Some(name) if name.is_empty() => "(an empty name)".to_owned(),
        Some(name) => name.to_string(),
        None => "(a name that cannot be read)".to_owned(),
    }
}

//! The client's own pair: what a context presents when a server asks.

use std::fmt;
use std::sync::Arc;

use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

/// A certificate with its chain and a key that can sign; the key is never shown.
#[derive(Clone)]
pub struct Identity {
    pub(super) pair: Arc<CertifiedKey>,
}

impl Identity {
    /// Loads a pair from PEM, the chain leaf first.
    ///
    /// # Errors
    /// The words with which Envoy would refuse its configuration.
    pub fn load(chain: &[u8], key: &[u8]) -> Result<Self, String> {
        let chain = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| format!("Failed to load certificate chain: {error}"))?;
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|error| format!("Failed to load private key: {error}"))?;
        let key = any_supported_type(&key)
            .map_err(|error| format!("Failed to load private key: {error}"))?;
        Ok(Self {
            pair: Arc::new(CertifiedKey::new(chain, key)),
        })
    }

    /// The chain as it is sent, DER, leaf first.
    pub fn chain(&self) -> impl Iterator<Item = &[u8]> {
        self.pair
            .cert
            .iter()
            .map(|certificate| certificate.as_ref())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({} certificates)", self.pair.cert.len())
    }
}

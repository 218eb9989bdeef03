//! The client's key pair, which a context presents when a server requests it.

use std::fmt;
use std::sync::Arc;

use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::{
    CertificateDer, PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer,
};
use rustls::sign::CertifiedKey;

use crate::cert::pem::{PemLabel, scan};
use crate::cert::{Chain, KeyForm, PrivateKey};
use crate::envoy::load_pair;
use crate::envoy::{EnvoyVerdict, EnvoyVersion, PemSource};

/// A certificate chain with a private key for signing; the key is never shown.
#[derive(Clone)]
pub struct Identity {
    pub(crate) pair: Arc<CertifiedKey>,
    chain: Arc<Chain>,
}

/// Why a pair cannot be presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotLoaded {
    /// Envoy rejects the whole configuration because of it, with this message.
    Rejected(String),
    /// Envoy may load it, but this probe cannot.
    Beyond(String),
}

impl Identity {
    /// Loads a pair from PEM as Envoy does, the chain leaf first.
    ///
    /// # Errors
    /// Envoy would not load it, or this probe cannot.
    pub fn load(
        chain: PemSource<'_>,
        key: PemSource<'_>,
        version: EnvoyVersion,
    ) -> Result<Self, NotLoaded> {
        match load_pair(Some(chain), Some(key), version) {
            EnvoyVerdict::Accepted => {}
            EnvoyVerdict::ConfigRejected { reason } | EnvoyVerdict::Refused { reason, .. } => {
                return Err(NotLoaded::Rejected(reason));
            }
            EnvoyVerdict::Unknown { why } => return Err(NotLoaded::Beyond(why)),
        }
        let signer = signing_key(key.bytes)
            .ok_or_else(|| NotLoaded::Beyond("this probe cannot sign with that key".to_owned()))?;
        let chain = Chain::from_pem(chain.bytes);
        let sent = chain
            .certificates()
            .iter()
            .map(|certificate| CertificateDer::from(certificate.der().to_vec()))
            .collect();
        Ok(Self { pair: Arc::new(CertifiedKey::new(sent, signer)), chain: Arc::new(chain) })
    }

    /// The chain as sent, leaf first.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }
}

/// The first private key of the text, which is the one BoringSSL uses.
fn signing_key(text: &[u8]) -> Option<Arc<dyn rustls::sign::SigningKey>> {
    let file = scan(text);
    let block = file.blocks().find(|block| block.label.is_private_key())?;
    let bytes = block.der();
    // BoringSSL also reads PKCS #8 under the older labels, so the format decides, not the label.
    let form = PrivateKey::from_block(block).ok()?.form();
    let key: PrivateKeyDer<'_> = match (form, &block.label) {
        (KeyForm::Pkcs1, _) => PrivatePkcs1KeyDer::from(bytes).into(),
        (KeyForm::Sec1, _) => PrivateSec1KeyDer::from(bytes).into(),
        (KeyForm::Pkcs8, _) => PrivatePkcs8KeyDer::from(bytes).into(),
        (_, PemLabel::DsaPrivateKey) | (KeyForm::Dsa, _) => return None,
    };
    any_supported_type(&key).ok()
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({} certificates)", self.pair.cert.len())
    }
}

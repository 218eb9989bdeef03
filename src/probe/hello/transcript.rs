//! Makes rustls use Envoy's ClientHello in its transcript.
//!
//! Both sides hash every handshake message, so the ClientHello that [`super::envoy_bytes`] sends
//! must also be the one that rustls hashes, and that our certificate's key signs in TLS 1.2.

use std::sync::{Arc, LazyLock};

use rustls::crypto::hash::{Context, Hash, HashAlgorithm, Output};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{
    CipherSuite, CipherSuiteCommon, Error, SignatureAlgorithm, SignatureScheme,
    SupportedCipherSuite, Tls12CipherSuite, Tls13CipherSuite,
};

use super::envoy_bytes::messages;
use super::suite;

/// A hash function that rewrites each ClientHello as Envoy's.
struct Rewriting {
    inner: &'static dyn Hash,
    padded: bool,
}

impl Hash for Rewriting {
    fn start(&self) -> Box<dyn Context> {
        Box::new(Running { inner: self.inner.start(), padded: self.padded })
    }

    fn hash(&self, data: &[u8]) -> Output {
        self.inner.hash(data)
    }

    fn output_len(&self) -> usize {
        self.inner.output_len()
    }

    fn algorithm(&self) -> HashAlgorithm {
        self.inner.algorithm()
    }
}

struct Running {
    inner: Box<dyn Context>,
    padded: bool,
}

impl Context for Running {
    fn fork_finish(&self) -> Output {
        self.inner.fork_finish()
    }

    fn fork(&self) -> Box<dyn Context> {
        Box::new(Self { inner: self.inner.fork(), padded: self.padded })
    }

    fn finish(self: Box<Self>) -> Output {
        self.inner.finish()
    }

    fn update(&mut self, data: &[u8]) {
        // rustls passes complete messages.
        match messages(data, self.padded) {
            Some(written) => self.inner.update(&written),
            None => self.inner.update(data),
        }
    }
}

/// The suites of [`suite`] with these hash functions.
struct Suites {
    old: Vec<Tls12CipherSuite>,
    new: Vec<Tls13CipherSuite>,
}

impl Suites {
    fn of(padded: bool) -> Self {
        let common = |common: &CipherSuiteCommon| CipherSuiteCommon {
            suite: common.suite,
            hash_provider: Box::leak(Box::new(Rewriting { inner: common.hash_provider, padded })),
            confidentiality_limit: common.confidentiality_limit,
        };
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for known in suite::TLS12.into_iter().chain(suite::TLS13) {
            match known {
                SupportedCipherSuite::Tls12(suite) => old.push(Tls12CipherSuite {
                    common: common(&suite.common),
                    prf_provider: suite.prf_provider,
                    kx: suite.kx,
                    sign: suite.sign,
                    aead_alg: suite.aead_alg,
                }),
                SupportedCipherSuite::Tls13(suite) => new.push(Tls13CipherSuite {
                    common: common(&suite.common),
                    hkdf_provider: suite.hkdf_provider,
                    aead_alg: suite.aead_alg,
                    quic: suite.quic,
                }),
            }
        }
        Self { old, new }
    }

    fn named(&'static self, name: CipherSuite) -> Option<SupportedCipherSuite> {
        let old = self.old.iter().find(|suite| suite.common.suite == name);
        let new = self.new.iter().find(|suite| suite.common.suite == name);
        old.map(SupportedCipherSuite::Tls12).or(new.map(SupportedCipherSuite::Tls13))
    }
}

// Nine suites with as many hash functions: created once, and never freed.
static PADDED: LazyLock<Suites> = LazyLock::new(|| Suites::of(true));
static PLAIN: LazyLock<Suites> = LazyLock::new(|| Suites::of(false));

/// A suite with which rustls hashes Envoy's ClientHello.
pub(crate) fn as_envoy(suite: SupportedCipherSuite, padded: bool) -> SupportedCipherSuite {
    let suites: &'static Suites = if padded { &PADDED } else { &PLAIN };
    suites.named(suite.suite()).unwrap_or(suite)
}

/// The same pair with a key that signs Envoy's ClientHello when rustls signs the handshake.
pub(crate) fn signing(pair: &CertifiedKey, padded: bool) -> Arc<CertifiedKey> {
    let key = Arc::new(RewritingKey { inner: Arc::clone(&pair.key), padded });
    Arc::new(CertifiedKey { cert: pair.cert.clone(), key, ocsp: pair.ocsp.clone() })
}

#[derive(Debug)]
struct RewritingKey {
    inner: Arc<dyn SigningKey>,
    padded: bool,
}

impl SigningKey for RewritingKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let inner = self.inner.choose_scheme(offered)?;
        Some(Box::new(RewritingSigner { inner, padded: self.padded }))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.inner.algorithm()
    }
}

#[derive(Debug)]
struct RewritingSigner {
    inner: Box<dyn Signer>,
    padded: bool,
}

impl Signer for RewritingSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        // TLS 1.2 signs the messages themselves, TLS 1.3 a hash of them.
        match messages(message, self.padded) {
            Some(written) => self.inner.sign(&written),
            None => self.inner.sign(message),
        }
    }

    fn scheme(&self) -> SignatureScheme {
        self.inner.scheme()
    }
}

//! The signature within the handshake: the proof that the server holds the key it shows.

use aws_lc_rs::signature as raw;
use rustls::SignatureScheme;
use rustls::pki_types::CertificateDer;

/// What the check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// The server holds the key.
    Right,
    /// It does not, or the transcript was changed.
    Wrong,
    /// No algorithm here can tell: RSA below 2048 bits with PSS, or an unreadable leaf.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Rsa,
    /// PKCS#1 below 2048 bits is checked with the legacy algorithms; PSS is not to be had.
    ShortRsa,
    P256,
    P384,
    P521,
    Ed25519,
}

/// Checks the server's signature over `message` by the key in `leaf`.
///
/// rustls' own check parses the leaf with webpki, which turns X.509 v1 away and knows no SHA-1;
/// Envoy takes both. Before TLS 1.3 a scheme named after a curve says nothing about the curve, so
/// there the algorithm is chosen by the key.
pub(super) fn check(
    message: &[u8],
    leaf: &CertificateDer<'_>,
    scheme: SignatureScheme,
    signature: &[u8],
    curve_is_fixed: bool,
) -> Checked {
    let Some((key, bytes)) = public_key(leaf) else {
        return Checked::Unknown;
    };
    let Some(algorithm) = algorithm(scheme, key, curve_is_fixed) else {
        return Checked::Unknown;
    };
    match raw::UnparsedPublicKey::new(algorithm, bytes).verify(message, signature) {
        Ok(()) => Checked::Right,
        Err(_) => Checked::Wrong,
    }
}

fn algorithm(
    scheme: SignatureScheme,
    key: Key,
    curve_is_fixed: bool,
) -> Option<&'static dyn raw::VerificationAlgorithm> {
    use SignatureScheme as S;
    Some(match (scheme, key) {
        (S::ECDSA_NISTP256_SHA256, Key::P256) => &raw::ECDSA_P256_SHA256_ASN1,
        (S::ECDSA_NISTP384_SHA384, Key::P384) => &raw::ECDSA_P384_SHA384_ASN1,
        (S::ECDSA_NISTP521_SHA512, Key::P521) => &raw::ECDSA_P521_SHA512_ASN1,
        (S::ECDSA_NISTP256_SHA256, Key::P384) if !curve_is_fixed => &raw::ECDSA_P384_SHA256_ASN1,
        (S::ECDSA_NISTP256_SHA256, Key::P521) if !curve_is_fixed => &raw::ECDSA_P521_SHA256_ASN1,
        (S::ECDSA_NISTP384_SHA384, Key::P256) if !curve_is_fixed => &raw::ECDSA_P256_SHA384_ASN1,
        (S::ECDSA_NISTP384_SHA384, Key::P521) if !curve_is_fixed => &raw::ECDSA_P521_SHA384_ASN1,
        (S::ECDSA_NISTP521_SHA512, Key::P256) if !curve_is_fixed => &raw::ECDSA_P256_SHA512_ASN1,
        (S::ECDSA_NISTP521_SHA512, Key::P384) if !curve_is_fixed => &raw::ECDSA_P384_SHA512_ASN1,
        (S::ED25519, Key::Ed25519) => &raw::ED25519,
        (S::RSA_PSS_SHA256, Key::Rsa) => &raw::RSA_PSS_2048_8192_SHA256,
        (S::RSA_PSS_SHA384, Key::Rsa) => &raw::RSA_PSS_2048_8192_SHA384,
        (S::RSA_PSS_SHA512, Key::Rsa) => &raw::RSA_PSS_2048_8192_SHA512,
        (S::RSA_PKCS1_SHA384, Key::Rsa) => &raw::RSA_PKCS1_2048_8192_SHA384,
        (S::RSA_PKCS1_SHA256, Key::Rsa | Key::ShortRsa) => {
            &raw::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
        }
        (S::RSA_PKCS1_SHA512, Key::Rsa | Key::ShortRsa) => {
            &raw::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
        }
        (S::RSA_PKCS1_SHA1, Key::Rsa | Key::ShortRsa) => {
            &raw::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY
        }
        _ => return None,
    })
}

/// The key of the leaf, without judging the leaf.
fn public_key(leaf: &CertificateDer<'_>) -> Option<(Key, Vec<u8>)> {
    use x509_parser::prelude::FromDer;
    let (_, leaf) = x509_parser::certificate::X509Certificate::from_der(leaf).ok()?;
    let key = leaf.public_key();
    let curve = key
        .algorithm
        .parameters
        .as_ref()
        .and_then(|curve| curve.as_oid().ok())
        .map(|oid| oid.to_id_string());
    let bytes = key.subject_public_key.data.to_vec();
    let kind = match (
        key.algorithm.algorithm.to_id_string().as_str(),
        curve.as_deref(),
    ) {
        // An RSAPublicKey of 2048 bits takes 270 bytes, one of 2047 and less fewer than 257.
        ("1.2.840.113549.1.1.1", _) if bytes.len() < 264 => Key::ShortRsa,
        ("1.2.840.113549.1.1.1", _) => Key::Rsa,
        ("1.2.840.10045.2.1", Some("1.2.840.10045.3.1.7")) => Key::P256,
        ("1.2.840.10045.2.1", Some("1.3.132.0.34")) => Key::P384,
        ("1.2.840.10045.2.1", Some("1.3.132.0.35")) => Key::P521,
        ("1.3.101.112", _) => Key::Ed25519,
        _ => return None,
    };
    Some((kind, bytes))
}

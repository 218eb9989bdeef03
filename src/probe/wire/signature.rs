//! The signature in the handshake, which proves that the server has the key of its certificate.

use aws_lc_rs::signature as raw;
use rustls::SignatureScheme;

use crate::cert::{Certificate, KeyKind, PublicKey};

/// The result of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureCheck {
    /// The server has the key.
    Right,
    /// It does not, or the transcript was changed.
    Wrong,
    /// Not supported here: RSA below 2048 bits with PSS, or an unreadable leaf.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rsa {
        /// Below 2048 bits PKCS#1 is verified with the legacy algorithms; PSS is not supported.
        short: bool,
    },
    P256,
    P384,
    P521,
    Ed25519,
}

/// Verifies the server's signature of `message` with the key in `leaf`.
///
/// rustls's own check parses the leaf with webpki, which rejects X.509 v1 and does not support
/// SHA-1; Envoy accepts both. Before TLS 1.3 the curve in a scheme's name does not matter, so the
/// algorithm is chosen by the key.
pub(crate) fn check(
    message: &[u8],
    leaf: &Certificate,
    scheme: SignatureScheme,
    signature: &[u8],
    curve_is_fixed: bool,
) -> SignatureCheck {
    let Some(key) = &leaf.key else {
        return SignatureCheck::Unknown;
    };
    let right = match (kind(key), key.parts()) {
        (Some(Kind::Rsa { short }), [modulus, exponent]) => {
            let Some(parameters) = rsa(scheme, short) else {
                return SignatureCheck::Unknown;
            };
            // The provider expects numbers without the leading zero of a positive DER INTEGER.
            let number = |bytes: &[u8]| bytes.strip_prefix(&[0]).unwrap_or(bytes).to_vec();
            raw::RsaPublicKeyComponents { n: number(modulus), e: number(exponent) }
                .verify(parameters, message, signature)
        }
        (Some(kind), [bytes]) => {
            let Some(algorithm) = elliptic(scheme, kind, curve_is_fixed) else {
                return SignatureCheck::Unknown;
            };
            raw::UnparsedPublicKey::new(algorithm, bytes).verify(message, signature)
        }
        _ => return SignatureCheck::Unknown,
    };
    match right {
        Ok(()) => SignatureCheck::Right,
        Err(_) => SignatureCheck::Wrong,
    }
}

fn rsa(scheme: SignatureScheme, short: bool) -> Option<&'static raw::RsaParameters> {
    use SignatureScheme as S;
    Some(match (scheme, short) {
        (S::RSA_PSS_SHA256, false) => &raw::RSA_PSS_2048_8192_SHA256,
        (S::RSA_PSS_SHA384, false) => &raw::RSA_PSS_2048_8192_SHA384,
        (S::RSA_PSS_SHA512, false) => &raw::RSA_PSS_2048_8192_SHA512,
        (S::RSA_PKCS1_SHA384, false) => &raw::RSA_PKCS1_2048_8192_SHA384,
        (S::RSA_PKCS1_SHA256, _) => &raw::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        (S::RSA_PKCS1_SHA512, _) => &raw::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        (S::RSA_PKCS1_SHA1, _) => &raw::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        _ => return None,
    })
}

fn elliptic(
    scheme: SignatureScheme,
    kind: Kind,
    curve_is_fixed: bool,
) -> Option<&'static dyn raw::VerificationAlgorithm> {
    use SignatureScheme as S;
    Some(match (scheme, kind) {
        (S::ECDSA_NISTP256_SHA256, Kind::P256) => &raw::ECDSA_P256_SHA256_ASN1,
        (S::ECDSA_NISTP384_SHA384, Kind::P384) => &raw::ECDSA_P384_SHA384_ASN1,
        (S::ECDSA_NISTP521_SHA512, Kind::P521) => &raw::ECDSA_P521_SHA512_ASN1,
        (S::ED25519, Kind::Ed25519) => &raw::ED25519,
        _ if curve_is_fixed => return None,
        (S::ECDSA_NISTP256_SHA256, Kind::P384) => &raw::ECDSA_P384_SHA256_ASN1,
        (S::ECDSA_NISTP256_SHA256, Kind::P521) => &raw::ECDSA_P521_SHA256_ASN1,
        (S::ECDSA_NISTP384_SHA384, Kind::P256) => &raw::ECDSA_P256_SHA384_ASN1,
        (S::ECDSA_NISTP384_SHA384, Kind::P521) => &raw::ECDSA_P521_SHA384_ASN1,
        (S::ECDSA_NISTP521_SHA512, Kind::P256) => &raw::ECDSA_P256_SHA512_ASN1,
        (S::ECDSA_NISTP521_SHA512, Kind::P384) => &raw::ECDSA_P384_SHA512_ASN1,
        _ => return None,
    })
}

fn kind(key: &PublicKey) -> Option<Kind> {
    Some(match key.kind() {
        KeyKind::Rsa { bits } => Kind::Rsa { short: *bits < 2048 },
        KeyKind::Ec { curve } if curve == "P-256" => Kind::P256,
        KeyKind::Ec { curve } if curve == "P-384" => Kind::P384,
        KeyKind::Ec { curve } if curve == "P-521" => Kind::P521,
        KeyKind::Ed25519 => Kind::Ed25519,
        _ => return None,
    })
}

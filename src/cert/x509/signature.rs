//! Signatures of certificates and CRLs, by BoringSSL's rules.

use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ECDSA_P521_SHA512_ASN1, RsaParameters,
    UnparsedPublicKey,
};

use super::any::Algorithm;
use super::curve::Curve;
use super::hash::Hash;
use super::key::Key;
use super::{oid, rsa};
use crate::cert::der::{
    BitString, CONSTRUCTED, CONTEXT, NULL, Reader, SEQUENCE, identifier, small_unsigned,
};

/// The result of verifying a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    Valid,
    Invalid,
    /// BoringSSL may be able to verify it, mtlsctl is not.
    Unjudged(&'static str),
}

/// Verifies that `key` signed `message` (`x509_verify_signature`).
pub(crate) fn check(
    key: &Key<'_>,
    algorithm: &Algorithm<'_>,
    message: &[u8],
    signature: BitString<'_>,
) -> Signed {
    if signature.unused != 0 {
        return Signed::Invalid;
    }
    let bytes = signature.bytes;
    match (key, scheme(algorithm)) {
        (Key::Dsa, _) => Signed::Invalid,
        (Key::Unjudged(kind), _) => Signed::Unjudged(kind),
        (Key::Rsa { modulus, exponent, der }, Some(Scheme::Pkcs1(hash))) => {
            let native = match hash {
                Hash::Sha1 => Some(&signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY),
                Hash::Sha256 => Some(&signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY),
                Hash::Sha384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
                Hash::Sha512 => Some(&signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY),
                Hash::Sha224 => None,
            };
            let smallest = if hash == Hash::Sha384 { 2048 } else { 1024 };
            match native
                .filter(|_| key.rsa_bits().is_some_and(|bits| (smallest..=8192).contains(&bits)))
            {
                Some(native) => valid_if(verifies(native, der, message, bytes)),
                None => valid_if(rsa::verifies_pkcs1(modulus, exponent, hash, message, bytes)),
            }
        }
        (Key::Rsa { modulus, exponent, der }, Some(Scheme::Pss(hash))) => {
            let native = match hash {
                Hash::Sha256 => &signature::RSA_PSS_2048_8192_SHA256,
                Hash::Sha384 => &signature::RSA_PSS_2048_8192_SHA384,
                _ => &signature::RSA_PSS_2048_8192_SHA512,
            };
            if key.rsa_bits().is_some_and(|bits| (2048..=8192).contains(&bits)) {
                valid_if(verifies(native, der, message, bytes))
            } else {
                valid_if(rsa::verifies_pss(modulus, exponent, hash, message, bytes))
            }
        }
        (Key::Ec { curve, point }, Some(Scheme::Ecdsa(hash))) => {
            valid_if(verifies_ecdsa(*curve, point, hash, message, bytes))
        }
        (Key::Ed25519(key), Some(Scheme::Ed25519)) => valid_if(
            UnparsedPublicKey::new(&signature::ED25519, key).verify(message, bytes).is_ok(),
        ),
        _ => Signed::Invalid,
    }
}

fn valid_if(valid: bool) -> Signed {
    if valid { Signed::Valid } else { Signed::Invalid }
}

fn verifies(
    algorithm: &'static RsaParameters,
    key: &[u8],
    message: &[u8],
    signature: &[u8],
) -> bool {
    UnparsedPublicKey::new(algorithm, key).verify(message, signature).is_ok()
}

/// A signature algorithm with its parameters.
#[derive(Debug, Clone, Copy)]
enum Scheme {
    Pkcs1(Hash),
    Pss(Hash),
    Ecdsa(Hash),
    Ed25519,
}

/// Reads an algorithm identifier (`x509_digest_verify_init`). For PKCS #1 and ECDSA, the parameters
/// may be NULL or absent.
fn scheme(algorithm: &Algorithm<'_>) -> Option<Scheme> {
    let parameters = algorithm.parameters;
    let plain = parameters.is_none_or(|element| element.tag == identifier(NULL));
    if algorithm.oid == oid::ED25519 {
        return parameters.is_none().then_some(Scheme::Ed25519);
    }
    if algorithm.oid == oid::ECDSA_SHA1 && plain {
        return Some(Scheme::Ecdsa(Hash::Sha1));
    }
    if let Some([number]) = algorithm.oid.strip_prefix(oid::ECDSA_SHA2)
        && plain
    {
        return match number {
            1 => Some(Hash::Sha224),
            2 => Some(Hash::Sha256),
            3 => Some(Hash::Sha384),
            4 => Some(Hash::Sha512),
            _ => None,
        }
        .map(Scheme::Ecdsa);
    }
    let Some([number]) = algorithm.oid.strip_prefix(oid::PKCS1) else {
        return None;
    };
    if *number == 10 {
        return pss_hash(parameters?.whole).map(Scheme::Pss);
    }
    if !plain {
        return None;
    }
    match number {
        5 => Some(Hash::Sha1),
        14 => Some(Hash::Sha224),
        11 => Some(Hash::Sha256),
        12 => Some(Hash::Sha384),
        13 => Some(Hash::Sha512),
        _ => None,
    }
    .map(Scheme::Pkcs1)
}

/// Reads RSASSA-PSS parameters (`rsa_parse_pss_params`): one digest for everything, a salt of its
/// length, the trailer field absent or 1. SHA-1, the default, is not supported.
fn pss_hash(parameters: &[u8]) -> Option<Hash> {
    let mut outer = Reader::new(parameters);
    let mut fields = outer.contents(SEQUENCE).ok()?;
    let mut hash = fields.contents(CONTEXT | CONSTRUCTED).ok()?;
    let mut mask = fields.contents(CONTEXT | CONSTRUCTED | 1).ok()?;
    let mut salt = fields.contents(CONTEXT | CONSTRUCTED | 2).ok()?;
    let digest = sha2(&mut hash)?;
    hash.finish().ok()?;
    let mut generator = mask.contents(SEQUENCE).ok()?;
    mask.finish().ok()?;
    if generator.oid().ok()? != oid::MGF1 || sha2(&mut generator)? != digest {
        return None;
    }
    generator.finish().ok()?;
    let length = small_unsigned(salt.integer().ok()?)?;
    salt.finish().ok()?;
    if !fields.is_empty() {
        let mut trailer = fields.contents(CONTEXT | CONSTRUCTED | 3).ok()?;
        if small_unsigned(trailer.integer().ok()?)? != 1 {
            return None;
        }
    }
    fields.finish().ok()?;
    (length == digest.algorithm().output_len() as u64).then_some(digest)
}

/// Reads a digest's AlgorithmIdentifier with parameters NULL or absent.
fn sha2(reader: &mut Reader<'_>) -> Option<Hash> {
    let mut fields = reader.contents(SEQUENCE).ok()?;
    let name = fields.oid().ok()?;
    if !fields.is_empty() && !fields.expect(NULL).ok()?.contents.is_empty() {
        return None;
    }
    fields.finish().ok()?;
    match name.strip_prefix(oid::SHA2)? {
        [1] => Some(Hash::Sha256),
        [2] => Some(Hash::Sha384),
        [3] => Some(Hash::Sha512),
        _ => None,
    }
}

/// Verifies an ECDSA signature with any digest. ECDSA uses as many leading bits of the digest as
/// the curve's order has, so the digest can be truncated or zero-padded in front to the length that
/// the provider pairs with the curve.
fn verifies_ecdsa(
    curve: Curve,
    point: &[u8],
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let (algorithm, wanted) = match curve {
        Curve::P256 => (&ECDSA_P256_SHA256_ASN1, &digest::SHA256),
        Curve::P384 => (&ECDSA_P384_SHA384_ASN1, &digest::SHA384),
        Curve::P521 => (&ECDSA_P521_SHA512_ASN1, &digest::SHA512),
    };
    let computed = digest::digest(hash.algorithm(), message);
    let bytes = computed.as_ref();
    let length = wanted.output_len();
    let mut fitted = vec![0; length.saturating_sub(bytes.len())];
    fitted.extend_from_slice(&bytes[..bytes.len().min(length)]);
    Digest::import_less_safe(&fitted, wanted).is_ok_and(|digest| {
        UnparsedPublicKey::new(algorithm, point).verify_digest(&digest, signature).is_ok()
    })
}

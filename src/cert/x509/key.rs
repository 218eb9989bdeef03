//! A public key as BoringSSL reads it: which kinds it supports, and which are well-formed.

use super::any::Algorithm;
use super::curve::Curve;
use super::oid;
use crate::cert::der::{BIT_STRING, BitString, DerError, NULL, OID, Reader, SEQUENCE};

/// The smallest and largest RSA modulus that BoringSSL accepts (`rsa_check_public_key`), in bits.
const RSA_BITS: std::ops::RangeInclusive<usize> = 512..=16384;
/// The longest public exponent that it accepts, in bits.
const RSA_EXPONENT_BITS: usize = 33;

/// A public key that BoringSSL can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    Rsa {
        /// Big-endian, without leading zeros.
        modulus: &'a [u8],
        exponent: &'a [u8],
        /// The PKCS #1 RSAPublicKey.
        der: &'a [u8],
    },
    Ec {
        curve: Curve,
        /// The point in X9.62 encoding, uncompressed or compressed.
        point: &'a [u8],
    },
    Ed25519(&'a [u8]),
    /// BoringSSL reads it but verifies no signatures with it (measured with Envoy 1.38.3).
    Dsa,
    /// BoringSSL may support it, but mtlsctl does not: P-224, ML-DSA.
    Unjudged(&'static str),
}

impl<'a> Key<'a> {
    /// Parses the contents of a SubjectPublicKeyInfo. `Err` if it is malformed; `None` for a kind
    /// or value that BoringSSL does not read.
    pub(crate) fn parse(contents: &'a [u8]) -> Result<Option<Self>, DerError> {
        let mut fields = Reader::new(contents);
        let algorithm = Algorithm::read(&mut fields)?;
        let bits = BitString::parse(fields.expect(BIT_STRING)?.contents)?;
        fields.finish()?;
        Ok(Self::decode(&algorithm, bits))
    }

    fn decode(algorithm: &Algorithm<'a>, bits: BitString<'a>) -> Option<Self> {
        if bits.unused != 0 {
            return None;
        }
        let parameters = algorithm.parameters;
        let is_null =
            parameters.is_some_and(|element| element.tag == crate::cert::der::identifier(NULL));
        match algorithm.oid {
            oid::RSA if is_null => Self::rsa(bits.bytes),
            oid::EC => {
                let named = parameters
                    .filter(|element| element.tag == crate::cert::der::identifier(OID))?;
                if named.contents == oid::P224 {
                    return Some(Self::Unjudged("P-224 keys"));
                }
                let curve = Curve::ALL.into_iter().find(|curve| curve.oid() == named.contents)?;
                Self::ec(curve, bits.bytes)
            }
            oid::ED25519 if parameters.is_none() => {
                (bits.bytes.len() == 32).then_some(Self::Ed25519(bits.bytes))
            }
            oid::DSA => Some(Self::Dsa),
            algorithm
                if algorithm
                    .strip_prefix(oid::ML_DSA)
                    .is_some_and(|rest| matches!(rest, [17..=19])) =>
            {
                Some(Self::Unjudged("ML-DSA keys"))
            }
            _ => None,
        }
    }

    fn rsa(der: &'a [u8]) -> Option<Self> {
        let mut outer = Reader::new(der);
        let mut fields = outer.contents(SEQUENCE).ok()?;
        let modulus = unsigned(fields.integer().ok()?)?;
        let exponent = unsigned(fields.integer().ok()?)?;
        fields.finish().ok()?;
        outer.finish().ok()?;
        let odd = |digits: &[u8]| digits.last().is_some_and(|last| last & 1 == 1);
        let exponent_bits = bit_length(exponent);
        (RSA_BITS.contains(&bit_length(modulus))
            && odd(modulus)
            && odd(exponent)
            && (2..=RSA_EXPONENT_BITS).contains(&exponent_bits))
        .then_some(Self::Rsa { modulus, exponent, der })
    }

    fn ec(curve: Curve, point: &'a [u8]) -> Option<Self> {
        curve.holds(point).then_some(Self::Ec { curve, point })
    }

    pub(crate) fn rsa_bits(&self) -> Option<usize> {
        match self {
            Self::Rsa { modulus, .. } => Some(bit_length(modulus)),
            _ => None,
        }
    }
}

fn unsigned(contents: &[u8]) -> Option<&[u8]> {
    match contents {
        [first, ..] if first & 0x80 != 0 => None,
        [0] => None,
        [0, rest @ ..] => Some(rest),
        other => Some(other),
    }
}

fn bit_length(digits: &[u8]) -> usize {
    digits.first().map_or(0, |first| digits.len() * 8 - first.leading_zeros() as usize)
}

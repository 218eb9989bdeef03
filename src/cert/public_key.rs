//! Public keys: what kind they are, and whether two of them are the same.

use std::fmt;

use super::der::{BIT_STRING, BitString, Element, OID, Reader, SEQUENCE, dotted, identifier};

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
const ED448: &[u8] = &[0x2b, 0x65, 0x71];

/// The kind of a key, private or public.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA, with the modulus' length in bits.
    Rsa {
        bits: usize,
    },
    /// RSA restricted to PSS signatures (`id-RSASSA-PSS`), which Envoy does not read.
    RsaPss {
        bits: usize,
    },
    /// Elliptic curve, by the curve's usual name.
    Ec {
        curve: String,
    },
    Ed25519,
    Ed448,
    Dsa,
    /// Anything else, by object identifier.
    Other {
        oid: String,
    },
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
            Self::RsaPss { bits } => write!(f, "RSA-PSS {bits}"),
            Self::Ec { curve } => write!(f, "EC {curve}"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::Dsa => f.write_str("DSA"),
            Self::Other { oid } => write!(f, "unknown ({oid})"),
        }
    }
}

/// A public key that can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicKey {
    pub(super) kind: KeyKind,
    /// RSA: modulus and exponent as DER INTEGER contents; others: the key's bytes.
    pub(super) parts: Vec<Vec<u8>>,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo; `None` if it is not even that.
    pub(super) fn parse(info: &[u8]) -> Option<Self> {
        let mut outer = Reader::new(info);
        let mut fields = outer.contents(SEQUENCE).ok()?;
        let mut algorithm = fields.contents(SEQUENCE).ok()?;
        let oid = algorithm.oid().ok()?;
        let parameters = algorithm.any().ok();
        let bits = BitString::parse(fields.expect(BIT_STRING).ok()?.contents).ok()?.bytes;
        Some(match oid {
            RSA => Self::rsa(bits)?,
            RSA_PSS => {
                let key = Self::rsa(bits)?;
                let bits = match key.kind {
                    KeyKind::Rsa { bits } => bits,
                    _ => 0,
                };
                Self { kind: KeyKind::RsaPss { bits }, ..key }
            }
            EC => {
                Self { kind: KeyKind::Ec { curve: curve(parameters) }, parts: vec![bits.to_vec()] }
            }
            DSA => Self { kind: KeyKind::Dsa, parts: vec![bits.to_vec()] },
            ED25519 => Self { kind: KeyKind::Ed25519, parts: vec![bits.to_vec()] },
            ED448 => Self { kind: KeyKind::Ed448, parts: vec![bits.to_vec()] },
            _ => Self { kind: KeyKind::Other { oid: dotted(oid) }, parts: vec![bits.to_vec()] },
        })
    }

    /// Reads a PKCS #1 RSAPublicKey.
    pub(super) fn rsa(der: &[u8]) -> Option<Self> {
        let mut outer = Reader::new(der);
        let mut fields = outer.contents(SEQUENCE).ok()?;
        let modulus = fields.integer().ok()?;
        let exponent = fields.integer().ok()?;
        Some(Self::rsa_parts(modulus, exponent))
    }

    pub(super) fn rsa_parts(modulus: &[u8], exponent: &[u8]) -> Self {
        let digits = modulus.strip_prefix(&[0]).unwrap_or(modulus);
        let bits =
            digits.first().map_or(0, |first| digits.len() * 8 - first.leading_zeros() as usize);
        Self { kind: KeyKind::Rsa { bits }, parts: vec![modulus.to_vec(), exponent.to_vec()] }
    }

    /// The key itself: modulus and exponent of RSA as DER INTEGER contents, of others the key's bytes.
    pub fn parts(&self) -> &[Vec<u8>] {
        &self.parts
    }

    /// The kind of key.
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }
}

/// The usual name of a named curve, else its object identifier.
pub(super) fn curve(parameters: Option<Element<'_>>) -> String {
    let Some(named) = parameters.filter(|element| element.tag == identifier(OID)) else {
        return "with explicit parameters".to_owned();
    };
    match named.contents {
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07] => "P-256".to_owned(),
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01] => "P-192".to_owned(),
        [0x2b, 0x81, 0x04, 0x00, 0x21] => "P-224".to_owned(),
        [0x2b, 0x81, 0x04, 0x00, 0x22] => "P-384".to_owned(),
        [0x2b, 0x81, 0x04, 0x00, 0x23] => "P-521".to_owned(),
        [0x2b, 0x81, 0x04, 0x00, 0x0a] => "secp256k1".to_owned(),
        other => dotted(other),
    }
}

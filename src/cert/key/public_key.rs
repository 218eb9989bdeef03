//! Public keys: their kind, and whether two of them are equal.

use std::fmt;

use crate::cert::der::{BIT_STRING, BitString, Element, OID, Reader, SEQUENCE, dotted, identifier};
use crate::cert::x509::{Curve, oid};

/// The kind of a key, private or public.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA, with the length of the modulus in bits.
    Rsa {
        bits: usize,
    },
    /// RSA restricted to PSS signatures (`id-RSASSA-PSS`), which Envoy does not read.
    RsaPss {
        bits: usize,
    },
    /// Elliptic curve, with the curve's usual name.
    Ec {
        curve: String,
    },
    Ed25519,
    Ed448,
    Dsa,
    /// Anything else, with its object identifier.
    Other {
        oid: String,
    },
}

impl KeyKind {
    /// Whether Envoy's BoringSSL reads private keys of this kind under an older label.
    pub(crate) fn is_known_to_envoy(&self) -> bool {
        match self {
            Self::Ec { curve } => curve == "P-224" || Curve::named(curve).is_some(),
            Self::Rsa { .. } | Self::Dsa => true,
            _ => false,
        }
    }
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
    kind: KeyKind,
    /// RSA: modulus and exponent as DER INTEGER contents. Others: the key's bytes; for points on
    /// known curves, both coordinates.
    parts: Vec<Vec<u8>>,
}

impl PublicKey {
    pub(super) fn new(kind: KeyKind, parts: Vec<Vec<u8>>) -> Self {
        Self { kind, parts }
    }

    /// Reads a SubjectPublicKeyInfo; `None` if it is not one.
    pub(crate) fn parse(info: &[u8]) -> Option<Self> {
        let mut outer = Reader::new(info);
        let mut fields = outer.contents(SEQUENCE).ok()?;
        let mut algorithm = fields.contents(SEQUENCE).ok()?;
        let oid = algorithm.oid().ok()?;
        let parameters = algorithm.any().ok();
        let bits = BitString::parse(fields.expect(BIT_STRING).ok()?.contents).ok()?.bytes;
        let whole = || vec![bits.to_vec()];
        Some(match oid {
            oid::RSA => Self::rsa(bits)?,
            oid::RSA_PSS => Self::rsa(bits)?.for_pss_alone(),
            oid::EC => Self::elliptic(parameters, bits),
            oid::DSA => Self::new(KeyKind::Dsa, whole()),
            oid::ED25519 => Self::new(KeyKind::Ed25519, whole()),
            oid::ED448 => Self::new(KeyKind::Ed448, whole()),
            _ => Self::new(KeyKind::Other { oid: dotted(oid) }, whole()),
        })
    }

    fn elliptic(parameters: Option<Element<'_>>, point: &[u8]) -> Self {
        let named = parameters.filter(|element| element.tag == identifier(OID));
        let curve = named.map_or_else(
            || "with explicit parameters".to_owned(),
            |element| curve_name(element.contents),
        );
        let whole = Curve::named(&curve).and_then(|curve| curve.uncompressed(point));
        Self::new(KeyKind::Ec { curve }, vec![whole.unwrap_or_else(|| point.to_vec())])
    }

    /// The same RSA key, restricted to PSS signatures.
    pub(super) fn for_pss_alone(self) -> Self {
        let bits = match self.kind {
            KeyKind::Rsa { bits } => bits,
            _ => 0,
        };
        Self { kind: KeyKind::RsaPss { bits }, ..self }
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

    /// The key material: modulus and exponent of RSA as DER INTEGER contents; the key's bytes for
    /// others.
    pub fn parts(&self) -> &[Vec<u8>] {
        &self.parts
    }

    /// The kind of key.
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }
}

/// The usual name of a curve, else its object identifier.
pub(super) fn curve_name(oid: &[u8]) -> String {
    let known = Curve::ALL.into_iter().find(|curve| curve.oid() == oid);
    match (known, oid) {
        (Some(curve), _) => curve.name().to_owned(),
        (None, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01]) => "P-192".to_owned(),
        (None, oid::P224) => "P-224".to_owned(),
        (None, [0x2b, 0x81, 0x04, 0x00, 0x0a]) => "secp256k1".to_owned(),
        (None, other) => dotted(other),
    }
}

//! The forms in which private keys are written: PKCS #1, SEC 1, PKCS #8.

use std::fmt;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair,
};

use super::der::{
    BIT_STRING, BitString, CONSTRUCTED, CONTEXT, DerError, Element, OCTET_STRING, OID, Reader,
    SEQUENCE, dotted, identifier, small_unsigned,
};
use super::public_key::{KeyKind, PublicKey, curve};

/// How a key is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyForm {
    /// `RSA PRIVATE KEY`.
    Pkcs1,
    /// `EC PRIVATE KEY`.
    Sec1,
    /// `PRIVATE KEY`.
    Pkcs8,
    /// `DSA PRIVATE KEY`.
    Dsa,
}

impl fmt::Display for KeyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pkcs1 => "PKCS#1",
            Self::Sec1 => "SEC1",
            Self::Pkcs8 => "PKCS#8",
            Self::Dsa => "DSA",
        })
    }
}

/// A key that was read, without its secret part.
pub(super) struct Read {
    pub(super) form: KeyForm,
    pub(super) kind: KeyKind,
    pub(super) public: Option<PublicKey>,
}

/// Reads a PKCS #1 RSAPrivateKey.
pub(super) fn pkcs1(der: &[u8]) -> Result<Read, DerError> {
    let mut outer = Reader::new(der);
    let mut fields = outer.contents(SEQUENCE)?;
    if small_unsigned(fields.integer()?) != Some(0) {
        return Err(DerError("its version is not 0"));
    }
    let modulus = fields.integer()?;
    let exponent = fields.integer()?;
    // The private exponent, two primes, two exponents, and the coefficient.
    for _ in 0..6 {
        fields.integer()?;
    }
    let public = PublicKey::rsa_parts(modulus, exponent);
    Ok(Read { form: KeyForm::Pkcs1, kind: public.kind.clone(), public: Some(public) })
}

/// Reads a SEC 1 ECPrivateKey; inside PKCS #8 the curve stands outside.
pub(super) fn sec1(der: &[u8], named: Option<Element<'_>>) -> Result<Read, DerError> {
    let mut outer = Reader::new(der);
    let mut fields = outer.contents(SEQUENCE)?;
    if small_unsigned(fields.integer()?) != Some(1) {
        return Err(DerError("its version is not 1"));
    }
    let secret = fields.expect(OCTET_STRING)?.contents;
    let written = match fields.optional(CONTEXT | CONSTRUCTED)? {
        Some(wrapper) => Some(Reader::new(wrapper.contents).any()?),
        None => None,
    };
    let parameters = written.or(named);
    let point = match fields.optional(CONTEXT | CONSTRUCTED | 1)? {
        Some(wrapper) => {
            let mut inner = Reader::new(wrapper.contents);
            let bits = BitString::parse(inner.expect(BIT_STRING)?.contents)?;
            Some(bits.bytes.to_vec())
        }
        None => None,
    };
    fields.finish()?;
    let name = curve(parameters);
    let algorithm: Option<&'static EcdsaSigningAlgorithm> = match name.as_str() {
        "P-256" => Some(&ECDSA_P256_SHA256_ASN1_SIGNING),
        "P-384" => Some(&ECDSA_P384_SHA384_ASN1_SIGNING),
        "P-521" => Some(&ECDSA_P521_SHA512_ASN1_SIGNING),
        _ => None,
    };
    let point = match algorithm {
        Some(algorithm) => {
            let whole = rebuilt(secret, parameters);
            let pair = EcdsaKeyPair::from_private_key_der(algorithm, &whole)
                .map_err(|_| DerError("its number is not valid on its curve"))?;
            let derived = pair.public_key().as_ref().to_vec();
            if point.as_ref().is_some_and(|point| point.first() == Some(&4) && *point != derived) {
                return Err(DerError("its public half is not its own"));
            }
            Some(derived)
        }
        None => point,
    };
    let kind = KeyKind::Ec { curve: name };
    let public = point.map(|point| PublicKey { kind: kind.clone(), parts: vec![point] });
    Ok(Read { form: KeyForm::Sec1, kind, public })
}

/// A SEC 1 key with its curve and without its public half, so that the provider derives that.
fn rebuilt(secret: &[u8], parameters: Option<Element<'_>>) -> Vec<u8> {
    let tlv = |tag: u8, contents: &[u8]| -> Vec<u8> {
        // Scalars have at most 66 bytes, so every length here fits into one byte.
        let mut out = vec![tag, contents.len().min(0x7f) as u8];
        out.extend_from_slice(contents);
        out
    };
    let mut contents = vec![0x02, 0x01, 0x01];
    contents.extend(tlv(OCTET_STRING, secret));
    if let Some(parameters) = parameters {
        contents.extend(tlv(CONTEXT | CONSTRUCTED, parameters.whole));
    }
    tlv(SEQUENCE, &contents)
}

/// RFC 5958's newer form, as `ring` and rcgen write Ed25519 keys.
pub(crate) const WITH_PUBLIC_HALF: DerError =
    DerError("it is PKCS#8 of version 2, with the public half, which Envoy does not read");

/// Reads a PKCS #8 PrivateKeyInfo, version 0 as BoringSSL wants it.
pub(super) fn pkcs8(der: &[u8]) -> Result<Read, DerError> {
    let mut outer = Reader::new(der);
    let mut fields = outer.contents(SEQUENCE)?;
    match small_unsigned(fields.integer()?) {
        Some(0) => {}
        Some(1) if has_public_half(fields) => return Err(WITH_PUBLIC_HALF),
        _ => return Err(DerError("its version is not 0")),
    }
    let mut algorithm = fields.contents(SEQUENCE)?;
    let oid = algorithm.oid()?;
    let parameters = if algorithm.is_empty() { None } else { Some(algorithm.any()?) };
    let inner = fields.expect(OCTET_STRING)?.contents;
    let read = match oid {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01] => pkcs1(inner)?,
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a] => {
            let read = pkcs1(inner)?;
            let bits = match read.kind {
                KeyKind::Rsa { bits } => bits,
                _ => 0,
            };
            let kind = KeyKind::RsaPss { bits };
            let public = read.public.map(|public| PublicKey { kind: kind.clone(), ..public });
            Read { form: KeyForm::Pkcs8, kind, public }
        }
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] => {
            sec1(inner, parameters.filter(|element| element.tag == identifier(OID)))?
        }
        [0x2b, 0x65, 0x70] => {
            let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)
                .map_err(|_| DerError("it is no valid Ed25519 key"))?;
            let kind = KeyKind::Ed25519;
            let parts = vec![pair.public_key().as_ref().to_vec()];
            Read {
                form: KeyForm::Pkcs8,
                kind: kind.clone(),
                public: Some(PublicKey { kind, parts }),
            }
        }
        [0x2b, 0x65, 0x71] => Read { form: KeyForm::Pkcs8, kind: KeyKind::Ed448, public: None },
        [0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01] => {
            Read { form: KeyForm::Pkcs8, kind: KeyKind::Dsa, public: None }
        }
        other => {
            Read { form: KeyForm::Pkcs8, kind: KeyKind::Other { oid: dotted(other) }, public: None }
        }
    };
    Ok(Read { form: KeyForm::Pkcs8, ..read })
}

/// Whether `[1]` ends the fields behind the version.
fn has_public_half(mut fields: Reader<'_>) -> bool {
    let mut last = None;
    while let Ok(element) = fields.any() {
        last = Some(element.tag);
    }
    last == Some(identifier(CONTEXT | 1))
}

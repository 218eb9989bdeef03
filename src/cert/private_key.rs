//! A private key: what kind it is, in which form it is written, and which certificate it is for.
//!
//! The secret part is read to derive the public one and then dropped; no value here holds it.

use std::fmt;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair,
};

use super::certificate::Certificate;
use super::der::{
    BIT_STRING, BitString, CONSTRUCTED, CONTEXT, DerError, Element, OCTET_STRING, OID, Reader,
    SEQUENCE, dotted, identifier, small_unsigned,
};
use super::pem::{Block, Label};
use super::public_key::{KeyKind, PublicKey, curve};

/// A private key that could be read. Only what is public about it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    form: KeyForm,
    kind: KeyKind,
    public: Option<PublicKey>,
    line: usize,
}

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

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Neither Envoy nor we have the password.
    #[error("the private key on line {line} is encrypted")]
    Encrypted { line: usize },
    /// The bytes are no key.
    #[error("the private key on line {line} cannot be read: {reason}")]
    Unreadable { line: usize, reason: DerError },
    /// There is no private key in the text.
    #[error("there is no private key")]
    Missing,
}

impl PrivateKey {
    /// The first private key of a text.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if there is none, or the first one is encrypted or broken: BoringSSL looks no
    /// further either.
    pub fn from_pem(text: &[u8]) -> Result<Self, KeyError> {
        let file = super::pem::scan(text);
        let block = file.blocks().find(|block| block.label.is_private_key());
        Self::from_block(block.ok_or(KeyError::Missing)?)
    }

    /// Reads one block.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it is encrypted, broken, or no private key at all.
    pub fn from_block(block: &Block) -> Result<Self, KeyError> {
        let line = block.line;
        if block.is_encrypted() {
            return Err(KeyError::Encrypted { line });
        }
        let key = match block.label {
            // BoringSSL tries PKCS #8 behind the older labels too.
            Label::RsaPrivateKey => {
                pkcs1(block.der()).or_else(|error| pkcs8(block.der()).map_err(|_| error))
            }
            Label::EcPrivateKey => {
                sec1(block.der(), None).or_else(|error| pkcs8(block.der()).map_err(|_| error))
            }
            Label::Pkcs8 => pkcs8(block.der()),
            Label::DsaPrivateKey => Reader::new(block.der()).expect(SEQUENCE).map(|_| Read {
                form: KeyForm::Dsa,
                kind: KeyKind::Dsa,
                public: None,
            }),
            _ => return Err(KeyError::Missing),
        };
        let Read { form, kind, public } =
            key.map_err(|reason| KeyError::Unreadable { line, reason })?;
        Ok(Self { form, kind, public, line })
    }

    /// In which form it is written.
    pub fn form(&self) -> KeyForm {
        self.form
    }

    /// What kind of key it is.
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }

    /// The line of its `BEGIN`.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Its public half, where we could derive it.
    pub fn public(&self) -> Option<&PublicKey> {
        self.public.as_ref()
    }

    /// Whether this is the key of `certificate`; `None` if one of both is of a kind we cannot
    /// compare.
    pub fn matches(&self, certificate: &Certificate) -> Option<bool> {
        let theirs = certificate.key.as_ref()?;
        if self.kind != theirs.kind {
            return Some(false);
        }
        let ours = self.public.as_ref()?;
        Some(ours == theirs)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey")
            .field("form", &self.form)
            .field("kind", &self.kind)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

struct Read {
    form: KeyForm,
    kind: KeyKind,
    public: Option<PublicKey>,
}

fn pkcs1(der: &[u8]) -> Result<Read, DerError> {
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
fn sec1(der: &[u8], named: Option<Element<'_>>) -> Result<Read, DerError> {
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

fn pkcs8(der: &[u8]) -> Result<Read, DerError> {
    let mut outer = Reader::new(der);
    let mut fields = outer.contents(SEQUENCE)?;
    if small_unsigned(fields.integer()?) != Some(0) {
        return Err(DerError("its version is not 0"));
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

//! The published test keys, and signatures with them.

use std::path::Path;

use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384,
    RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use num_bigint::BigUint;

use super::der_writer::{bits, contents, elements, null, number, octets, oid, seq, tlv};

/// A private key from `testdata/pki/keys`.
#[derive(Clone)]
pub struct TestKey {
    pub name: String,
    pub pkcs8: Vec<u8>,
}

/// The signature scheme.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    /// RSA-PSS with SHA-256.
    Pss,
}

impl Hash {
    fn run(self, message: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            // MD5 is not implemented here; no verifier gets as far as comparing it.
            Self::Md5 => return vec![0x5a; 16],
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha224 => &digest::SHA224,
            Self::Sha256 | Self::Pss => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, message).as_ref().to_vec()
    }
}

impl TestKey {
    pub fn load(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/pki/keys/{name}.key.pem"));
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        Self { name: name.to_owned(), pkcs8: unpem(&text) }
    }

    fn algorithm(&self) -> Vec<u8> {
        elements(contents(&self.pkcs8))[1].to_vec()
    }

    fn inner(&self) -> Vec<u8> {
        contents(elements(contents(&self.pkcs8))[2]).to_vec()
    }

    pub fn is_rsa(&self) -> bool {
        self.name.starts_with("rsa")
    }

    /// The SubjectPublicKeyInfo.
    pub fn info(&self) -> Vec<u8> {
        seq(&[self.algorithm(), bits(&self.public())])
    }

    /// The key's bytes: a point, an RSAPublicKey, or raw bytes.
    pub fn public(&self) -> Vec<u8> {
        let inner = self.inner();
        if self.is_rsa() {
            let fields = elements(contents(&inner));
            return seq(&[fields[1].to_vec(), fields[2].to_vec()]);
        }
        if self.name.starts_with("ed") {
            return match Ed25519KeyPair::from_pkcs8_maybe_unchecked(&self.pkcs8) {
                Ok(pair) => pair.public_key().as_ref().to_vec(),
                // Ed448: its signatures are never verified.
                Err(_) => vec![0x17; 57],
            };
        }
        // SEC 1: the point is the last field.
        let fields = elements(contents(&inner));
        let wrapped = fields.iter().find(|field| field[0] == 0xa1).unwrap();
        contents(contents(wrapped))[1..].to_vec()
    }

    /// The AlgorithmIdentifier of a signature.
    pub fn signature_algorithm(&self, hash: Hash) -> Vec<u8> {
        if hash == Hash::Pss {
            let sha256 = seq(&[oid("2.16.840.1.101.3.4.2.1"), null()]);
            let mask = seq(&[oid("1.2.840.113549.1.1.8"), sha256.clone()]);
            let parameters = seq(&[tlv(0xa0, &sha256), tlv(0xa1, &mask), tlv(0xa2, &number(32))]);
            return seq(&[oid("1.2.840.113549.1.1.10"), parameters]);
        }
        if self.name.starts_with("ed25519") {
            return seq(&[oid("1.3.101.112")]);
        }
        if self.is_rsa() {
            let last = match hash {
                Hash::Md5 => 4,
                Hash::Sha1 => 5,
                Hash::Sha224 => 14,
                Hash::Sha384 => 12,
                Hash::Sha512 => 13,
                _ => 11,
            };
            return seq(&[oid(&format!("1.2.840.113549.1.1.{last}")), null()]);
        }
        seq(&[oid(match hash {
            Hash::Sha1 => "1.2.840.10045.4.1",
            Hash::Sha224 => "1.2.840.10045.4.3.1",
            Hash::Sha384 => "1.2.840.10045.4.3.3",
            Hash::Sha512 => "1.2.840.10045.4.3.4",
            _ => "1.2.840.10045.4.3.2",
        })])
    }

    pub fn sign(&self, hash: Hash, message: &[u8]) -> Vec<u8> {
        if self.name.starts_with("ed25519") {
            let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&self.pkcs8).unwrap();
            return pair.sign(message).as_ref().to_vec();
        }
        if hash == Hash::Pss {
            let pair = RsaKeyPair::from_der(&self.inner()).unwrap();
            let mut out = vec![0; pair.public_modulus_len()];
            pair.sign(&RSA_PSS_SHA256, &SystemRandom::new(), message, &mut out).unwrap();
            return out;
        }
        if self.is_rsa() {
            return self.sign_pkcs1(hash, message);
        }
        let (algorithm, wanted) = match self.name.as_str() {
            "p384" => (&ECDSA_P384_SHA384_ASN1_SIGNING, &digest::SHA384),
            "p521" => (&ECDSA_P521_SHA512_ASN1_SIGNING, &digest::SHA512),
            name if name.starts_with("p256") => (&ECDSA_P256_SHA256_ASN1_SIGNING, &digest::SHA256),
            // A signature that is never verified.
            _ => return seq(&[number(1), number(1)]),
        };
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, &self.pkcs8).unwrap();
        let computed = hash.run(message);
        let length = wanted.output_len();
        let mut fitted = vec![0; length.saturating_sub(computed.len())];
        fitted.extend_from_slice(&computed[..computed.len().min(length)]);
        let digest = Digest::import_less_safe(&fitted, wanted).unwrap();
        pair.sign_digest(&digest).unwrap().as_ref().to_vec()
    }

    fn sign_pkcs1(&self, hash: Hash, message: &[u8]) -> Vec<u8> {
        let inner = self.inner();
        let fields = elements(contents(&inner));
        let trimmed = |index: usize| {
            let value = contents(fields[index]);
            value.strip_prefix(&[0]).unwrap_or(value).to_vec()
        };
        let (modulus, exponent) = (trimmed(1), trimmed(3));
        let quick: Option<&'static dyn RsaEncoding> = match hash {
            Hash::Sha256 => Some(&RSA_PKCS1_SHA256),
            Hash::Sha384 => Some(&RSA_PKCS1_SHA384),
            Hash::Sha512 => Some(&RSA_PKCS1_SHA512),
            _ => None,
        };
        if let (Some(encoding), Ok(pair)) = (quick, RsaKeyPair::from_der(&inner)) {
            let mut out = vec![0; pair.public_modulus_len()];
            pair.sign(encoding, &SystemRandom::new(), message, &mut out).unwrap();
            return out;
        }
        let name = match hash {
            Hash::Md5 => "1.2.840.113549.2.5",
            Hash::Sha1 => "1.3.14.3.2.26",
            Hash::Sha224 => "2.16.840.1.101.3.4.2.4",
            Hash::Sha384 => "2.16.840.1.101.3.4.2.2",
            Hash::Sha512 => "2.16.840.1.101.3.4.2.3",
            _ => "2.16.840.1.101.3.4.2.1",
        };
        let info = seq(&[seq(&[oid(name), null()]), octets(&hash.run(message))]);
        if info.len() + 11 > modulus.len() {
            // The key is too short for this hash; no signature could be valid.
            return vec![0; modulus.len()];
        }
        let mut encoded = vec![0, 1];
        encoded.resize(modulus.len() - info.len() - 1, 0xff);
        encoded.push(0);
        encoded.extend(info);
        power(&encoded, &exponent, &modulus)
    }
}

/// The bytes of the first block.
pub fn unpem(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    let start = text.find("-----BEGIN").unwrap();
    let body: String =
        text[start..].lines().skip(1).take_while(|line| !line.starts_with("-----END")).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

/// `base ^ exponent mod modulus`, as long as the modulus.
fn power(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Vec<u8> {
    let number = BigUint::from_bytes_be;
    let digits = number(base).modpow(&number(exponent), &number(modulus)).to_bytes_be();
    let mut out = vec![0; modulus.len() - digits.len()];
    out.extend(digits);
    out
}

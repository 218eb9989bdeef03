//! Converts a private key to PKCS #8, which every reader accepts.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::form::KeyForm;
use super::private_key::{KeyError, PrivateKey};
use super::public_key::KeyKind;
use crate::cert::pem::{from_digits, scan};

/// The first private key of a text as a PKCS #8 block; wiped from memory when dropped.
///
/// # Errors
///
/// [`KeyError`] if there is no key, or if it is encrypted, broken, or of a kind that cannot be
/// converted.
pub fn as_pkcs8(text: &[u8]) -> Result<Zeroizing<String>, KeyError> {
    let file = scan(text);
    let block = file.blocks().find(|block| block.label.is_private_key());
    let block = block.ok_or(KeyError::Missing)?;
    let key = PrivateKey::from_block(block)?;
    if key.form() == KeyForm::Pkcs8 {
        return Ok(pem(block.der()));
    }
    let rewritten = match key.kind() {
        KeyKind::Ec { curve } => elliptic(curve, block.der()),
        KeyKind::Rsa { .. } => {
            let pair = rsa::KeyPair::from_der(block.der()).ok();
            pair.and_then(|pair| pair.as_der().ok()).map(|der| pem(der.as_ref()))
        }
        _ => None,
    };
    rewritten.ok_or(KeyError::NotConvertible { line: block.line })
}

fn elliptic(curve: &str, der: &[u8]) -> Option<Zeroizing<String>> {
    let algorithm = match curve {
        "P-256" => &ECDSA_P256_SHA256_ASN1_SIGNING,
        "P-384" => &ECDSA_P384_SHA384_ASN1_SIGNING,
        "P-521" => &ECDSA_P521_SHA512_ASN1_SIGNING,
        _ => return None,
    };
    let pair = EcdsaKeyPair::from_private_key_der(algorithm, der).ok()?;
    Some(pem(pair.to_pkcs8v1().ok()?.as_ref()))
}

fn pem(der: &[u8]) -> Zeroizing<String> {
    let digits = Zeroizing::new(STANDARD.encode(der));
    Zeroizing::new(from_digits("PRIVATE KEY", &digits))
}

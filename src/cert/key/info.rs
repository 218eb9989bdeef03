//! PKCS #8: a private key of any kind in a PrivateKeyInfo.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

use super::elliptic;
use super::fault::{KeyFault, TRAILING_DATA, WITH_PUBLIC_HALF};
use super::public_key::{KeyKind, PublicKey};
use super::rsa;
use crate::cert::der::{
    CONSTRUCTED, CONTEXT, Element, INTEGER, NULL, OCTET_STRING, Reader, SEQUENCE, SET, dotted,
    identifier, small_unsigned,
};
use crate::cert::x509::{any, oid};

const BAD_VERSION: KeyFault = KeyFault::new("DECODE_ERROR", "its version is not 0");
const BAD_PARAMETERS: KeyFault =
    KeyFault::new("DECODE_ERROR", "the parameters of its algorithm are invalid");
const MORE: KeyFault =
    KeyFault::new("SEQUENCE_LENGTH_MISMATCH", "there is extra data after its attributes");
const MORE_TAGGED: KeyFault = KeyFault::renamed(
    "SEQUENCE_LENGTH_MISMATCH",
    "WRONG_TAG",
    "there is extra data after its attributes",
);
const BAD_SEED: KeyFault = KeyFault::new("DECODE_ERROR", "its key is not 32 bytes long");

/// Reads a PKCS #8 PrivateKeyInfo at the start of `der`: version 0, as BoringSSL requires, with or
/// without attributes (`d2i_PKCS8_PRIV_KEY_INFO`, then `EVP_parse_private_key`).
pub(super) fn read(der: &[u8]) -> Result<(KeyKind, Option<PublicKey>), KeyFault> {
    let mut outer = Reader::new(der);
    let mut fields = outer.contents(SEQUENCE)?;
    let version = fields.integer()?;
    let mut algorithm = fields.contents(SEQUENCE)?;
    let oid = algorithm.oid()?;
    let parameters = if algorithm.is_empty() { None } else { Some(any::read(&mut algorithm)?) };
    algorithm.finish()?;
    let inner = fields.expect(OCTET_STRING)?.contents;
    attributes(&mut fields)?;
    if !fields.is_empty() {
        let is_public_half = fields.peeks(CONTEXT | 1) || fields.peeks(CONTEXT | CONSTRUCTED | 1);
        return Err(match (small_unsigned(version), is_public_half) {
            (Some(1), true) => WITH_PUBLIC_HALF,
            (_, true) => MORE_TAGGED,
            (_, false) => MORE,
        });
    }
    if small_unsigned(version) != Some(0) {
        return Err(BAD_VERSION);
    }
    inside(oid, parameters, inner)
}

/// Attributes are ignored but must be a SET OF Attribute.
fn attributes(fields: &mut Reader<'_>) -> Result<(), KeyFault> {
    let Some(mut list) = fields.optional_list(CONTEXT | CONSTRUCTED)? else {
        return Ok(());
    };
    while !list.is_empty() {
        let mut attribute = list.contents(SEQUENCE)?;
        attribute.oid()?;
        let mut values = attribute.list(SET)?;
        while !values.is_empty() {
            any::read(&mut values)?;
        }
        attribute.finish()?;
    }
    Ok(())
}

fn inside(
    oid: &[u8],
    parameters: Option<Element<'_>>,
    inner: &[u8],
) -> Result<(KeyKind, Option<PublicKey>), KeyFault> {
    let is_null = parameters
        .is_some_and(|element| element.tag == identifier(NULL) && element.contents.is_empty());
    match oid {
        oid::RSA if !is_null => Err(BAD_PARAMETERS),
        oid::RSA => rsa::read(inner, true).map(|public| (public.kind().clone(), Some(public))),
        oid::RSA_PSS => {
            let public = rsa::read(inner, true)?.for_pss_alone();
            Ok((public.kind().clone(), Some(public)))
        }
        oid::EC => {
            let mut reader = Reader::new(parameters.ok_or(BAD_PARAMETERS)?.whole);
            let group = elliptic::parameters(&mut reader).map_err(elliptic::outside)?;
            elliptic::read(inner, Some(&group))
        }
        oid::ED25519 => {
            let mut reader = Reader::new(inner);
            let seed = reader.expect(OCTET_STRING).map_err(|_| BAD_SEED)?.contents;
            reader.finish().map_err(|_| TRAILING_DATA.behind_old_label())?;
            if parameters.is_some() {
                return Err(BAD_PARAMETERS);
            }
            let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| BAD_SEED)?;
            let parts = vec![pair.public_key().as_ref().to_vec()];
            Ok((KeyKind::Ed25519, Some(PublicKey::new(KeyKind::Ed25519, parts))))
        }
        oid::ED448 => Ok((KeyKind::Ed448, None)),
        oid::DSA => Ok((KeyKind::Dsa, None)),
        other => Ok((KeyKind::Other { oid: dotted(other) }, None)),
    }
}

/// Reads an old DSA private key; its contents are not needed.
pub(super) fn dsa(der: &[u8]) -> Result<(), KeyFault> {
    let mut fields = Reader::new(der).contents(SEQUENCE)?;
    if small_unsigned(fields.integer()?) != Some(0) {
        return Err(BAD_VERSION);
    }
    for _ in 0..5 {
        fields.expect(INTEGER)?;
    }
    fields.finish()?;
    Ok(())
}

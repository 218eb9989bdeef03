//! Elliptic-curve private keys (SEC 1), with a named curve or explicit parameters.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, KeyPair as _,
};

use super::fault::KeyFault;
use super::public_key::{KeyKind, PublicKey, curve_name};
use crate::cert::der::{
    BIT_STRING, CONSTRUCTED, CONTEXT, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, check_integer,
    small_unsigned,
};
use crate::cert::x509::{Curve, ExplicitCurve};

const DAMAGED: KeyFault = KeyFault::new("DECODE_ERROR", "it is not a SEC 1 key");
const NO_CURVE: KeyFault = KeyFault::new("MISSING_PARAMETERS", "it does not name its curve");
const OTHER_CURVE: KeyFault =
    KeyFault::new("GROUP_MISMATCH", "it names different curves outside and inside");
const OTHER_NUMBERS: KeyFault = KeyFault::renamed(
    "GROUP_MISMATCH",
    "UNKNOWN_GROUP",
    "it names one curve outside and has explicit parameters of another inside",
);
const BAD_SCALAR: KeyFault =
    KeyFault::new("INVALID_SCALAR", "its number is too large for its curve");
const ZERO: KeyFault = KeyFault::new("INVALID_PRIVATE_KEY", "its number is zero");
const BAD_POINT: KeyFault =
    KeyFault::new("POINT_IS_NOT_ON_CURVE", "its public key is not a point on its curve");
const BAD_FORM: KeyFault =
    KeyFault::new("INVALID_ENCODING", "its public key is not encoded as a point on its curve");
const OTHER_POINT: KeyFault =
    KeyFault::new("INVALID_PRIVATE_KEY", "its public key belongs to another private key");
const NOT_THE_BASE: KeyFault =
    KeyFault::new("INVALID_FORM", "its curve's base point is compressed");
const UNKNOWN_WORDS: &str = "its curve is given by explicit parameters and is unknown to Envoy";
const UNKNOWN_CURVE: KeyFault = KeyFault::new("UNKNOWN_GROUP", UNKNOWN_WORDS);

/// The curve of a key: a supported one, or the name of one that Envoy does not support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Group {
    Known(Curve),
    /// Its usual name or identifier.
    Other(String),
}

impl Group {
    fn kind(&self) -> KeyKind {
        let curve = match self {
            Self::Known(curve) => curve.name().to_owned(),
            Self::Other(name) => name.clone(),
        };
        KeyKind::Ec { curve }
    }
}

/// Reads an ECPrivateKey at the start of `der` (`ec_key_parse_private_key`). In PKCS #8 the curve
/// is given `outside`, and no bytes may follow.
pub(super) fn read(
    der: &[u8],
    outside: Option<&Group>,
) -> Result<(KeyKind, Option<PublicKey>), KeyFault> {
    let mut outer = Reader::new(der);
    let mut fields = outer.contents(SEQUENCE).map_err(|_| DAMAGED)?;
    if small_unsigned(fields.integer().map_err(|_| DAMAGED)?) != Some(1) {
        return Err(DAMAGED);
    }
    let secret = fields.expect(OCTET_STRING).map_err(|_| DAMAGED)?.contents;
    let inside = if fields.peeks(CONTEXT | CONSTRUCTED) {
        let mut wrapper = fields.contents(CONTEXT | CONSTRUCTED).map_err(|_| DAMAGED)?;
        let group = parameters(&mut wrapper).map_err(|fault| match outside {
            Some(_) if fault == UNKNOWN_CURVE => OTHER_NUMBERS,
            _ => fault,
        })?;
        wrapper.finish().map_err(|_| DAMAGED)?;
        Some(group)
    } else {
        None
    };
    let group = match (outside, inside) {
        (Some(outside), Some(inside)) if *outside != inside => return Err(OTHER_CURVE),
        (Some(group), _) => group.clone(),
        (None, Some(group)) => group,
        (None, None) => return Err(NO_CURVE),
    };
    let point = if fields.peeks(CONTEXT | CONSTRUCTED | 1) {
        let mut wrapper = fields.contents(CONTEXT | CONSTRUCTED | 1).map_err(|_| DAMAGED)?;
        let bits = wrapper.expect(BIT_STRING).map_err(|_| DAMAGED)?.contents;
        wrapper.finish().map_err(|_| DAMAGED)?;
        match bits {
            [0, point @ ..] => Some(point),
            _ => return Err(DAMAGED),
        }
    } else {
        None
    };
    let kind = group.kind();
    let Group::Known(curve) = group else {
        let public = point.map(|point| PublicKey::new(kind.clone(), vec![point.to_vec()]));
        return Ok((kind, public));
    };
    let is_zero = secret.iter().all(|byte| *byte == 0);
    let scalar = curve.scalar(secret).ok_or(if is_zero { ZERO } else { BAD_SCALAR })?;
    let point =
        point.map(|point| curve.uncompressed(point).ok_or(bad_point(curve, point))).transpose()?;
    fields.finish().map_err(|_| DAMAGED)?;
    let derived = public_half(curve, &scalar).ok_or(BAD_SCALAR)?;
    if point.is_some_and(|point| point != derived) {
        return Err(OTHER_POINT);
    }
    if outside.is_some() {
        outer.finish().map_err(|_| DAMAGED)?;
    }
    let public = PublicKey::new(kind.clone(), vec![derived]);
    Ok((kind, Some(public)))
}

/// Reads the curve (`ec_key_parse_parameters`): a name, or all parameters of a known curve.
pub(super) fn parameters(reader: &mut Reader<'_>) -> Result<Group, KeyFault> {
    if !reader.peeks(SEQUENCE) {
        let named = reader.expect(OID).map_err(|_| DAMAGED)?.contents;
        let known = Curve::ALL.into_iter().find(|curve| curve.oid() == named);
        return Ok(known.map_or_else(|| Group::Other(curve_name(named)), Group::Known));
    }
    let mut fields = reader.contents(SEQUENCE).map_err(|_| DAMAGED)?;
    let written = explicit(&mut fields)?;
    Curve::with_parameters(&written).map(Group::Known).ok_or(UNKNOWN_CURVE)
}

/// The fault of a curve outside the key, in PKCS #8: reported as an unknown algorithm.
pub(super) fn outside(fault: KeyFault) -> KeyFault {
    match fault {
        UNKNOWN_CURVE => KeyFault::renamed("UNSUPPORTED_ALGORITHM", "UNKNOWN_GROUP", UNKNOWN_WORDS),
        other => other,
    }
}

/// The fault of an invalid point: wrong length or form, or not on the curve.
fn bad_point(curve: Curve, point: &[u8]) -> KeyFault {
    let wanted = match point.first() {
        Some(0x04) => 1 + 2 * curve.size(),
        Some(0x02 | 0x03) => 1 + curve.size(),
        _ => 0,
    };
    if point.len() == wanted { BAD_POINT } else { BAD_FORM }
}

/// Reads RFC 3279's ECParameters (`parse_explicit_prime_curve`): a prime field, an uncompressed
/// base point, and a cofactor that is absent or 1.
fn explicit<'a>(fields: &mut Reader<'a>) -> Result<ExplicitCurve<'a>, KeyFault> {
    const PRIME_FIELD: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x01, 0x01];
    let damaged = |_| DAMAGED;
    let unsigned = |reader: &mut Reader<'a>| -> Result<&'a [u8], KeyFault> {
        let contents = reader.expect(INTEGER).map_err(damaged)?.contents;
        match check_integer(contents) {
            Ok(()) if contents[0] & 0x80 == 0 => Ok(contents),
            _ => Err(DAMAGED),
        }
    };
    if small_unsigned(fields.integer().map_err(damaged)?) != Some(1) {
        return Err(DAMAGED);
    }
    let mut field = fields.contents(SEQUENCE).map_err(damaged)?;
    if field.expect(OID).map_err(damaged)?.contents != PRIME_FIELD {
        return Err(DAMAGED);
    }
    let prime = unsigned(&mut field)?;
    field.finish().map_err(damaged)?;
    let mut curve = fields.contents(SEQUENCE).map_err(damaged)?;
    let a = curve.expect(OCTET_STRING).map_err(damaged)?.contents;
    let b = curve.expect(OCTET_STRING).map_err(damaged)?.contents;
    curve.optional(BIT_STRING).map_err(damaged)?;
    curve.finish().map_err(damaged)?;
    let base = fields.expect(OCTET_STRING).map_err(damaged)?.contents;
    let order = unsigned(fields)?;
    let cofactor = fields.optional(INTEGER).map_err(damaged)?;
    fields.finish().map_err(damaged)?;
    if cofactor.is_some_and(|cofactor| cofactor.contents != [1]) {
        return Err(UNKNOWN_CURVE);
    }
    let [0x04, coordinates @ ..] = base else {
        return Err(NOT_THE_BASE);
    };
    if coordinates.len() % 2 != 0 {
        return Err(DAMAGED);
    }
    let (base_x, base_y) = coordinates.split_at(coordinates.len() / 2);
    Ok(ExplicitCurve { prime, a, b, base_x, base_y, order })
}

/// The public point of a scalar, uncompressed, computed by the crypto provider.
fn public_half(curve: Curve, scalar: &[u8]) -> Option<Vec<u8>> {
    let algorithm = match curve {
        Curve::P256 => &ECDSA_P256_SHA256_ASN1_SIGNING,
        Curve::P384 => &ECDSA_P384_SHA384_ASN1_SIGNING,
        Curve::P521 => &ECDSA_P521_SHA512_ASN1_SIGNING,
    };
    let pair = EcdsaKeyPair::from_private_key_der(algorithm, &plain(curve, scalar)).ok()?;
    Some(pair.public_key().as_ref().to_vec())
}

/// A SEC 1 key with a named curve and without the public key.
pub(super) fn plain(curve: Curve, scalar: &[u8]) -> zeroize::Zeroizing<Vec<u8>> {
    // All lengths fit in one byte: scalars have at most 66 bytes.
    let element = |tag: u8, contents: &[u8]| -> Vec<u8> {
        let mut out = vec![tag, contents.len() as u8];
        out.extend_from_slice(contents);
        out
    };
    let contents = [
        element(INTEGER, &[1]),
        element(OCTET_STRING, scalar),
        element(CONTEXT | CONSTRUCTED, &element(OID, curve.oid())),
    ]
    .concat();
    zeroize::Zeroizing::new(element(SEQUENCE, &contents))
}

//! Private keys as `crypto/x509` parses them: PKCS #1, then PKCS #8, then EC.

use num_bigint::BigUint;

use super::asn1::explicit;
use crate::cert::der::{
    BIT_STRING, CONSTRUCTED, CONTEXT, DerError, OCTET_STRING, OID, Reader, SEQUENCE, small_unsigned,
};
use crate::cert::x509::{Curve, oid};

/// Whether Go parses it in one of the three forms; the error is that of the last attempt.
pub(super) fn parse(der: &[u8]) -> Result<(), &'static str> {
    if pkcs1(der).is_ok() || pkcs8(der).is_ok() {
        return Ok(());
    }
    elliptic(der, None)
}

fn not_der(_: DerError) -> &'static str {
    "it is not PKCS#1, PKCS#8 or SEC 1"
}

/// `ParsePKCS1PrivateKey` and `rsa.PrivateKey.Validate`. Go before 1.24 ignores the precomputed CRT
/// values and recomputes them.
fn pkcs1(der: &[u8]) -> Result<(), &'static str> {
    let mut outer = Reader::new(der);
    let mut fields = outer.contents(SEQUENCE).map_err(not_der)?;
    outer.finish().map_err(not_der)?;
    let version = small_unsigned(fields.integer().map_err(not_der)?);
    if version.is_none_or(|version| version > 1) {
        return Err("its version is not supported");
    }
    let mut numbers = Vec::with_capacity(5);
    for _ in 0..5 {
        let digits = fields.integer().map_err(not_der)?;
        if digits[0] & 0x80 != 0 {
            return Err("one of its numbers is negative");
        }
        numbers.push(BigUint::from_bytes_be(digits));
    }
    let [n, e, d, p, q] = &numbers[..] else { return Err("it is cut off") };
    let one = BigUint::from(1u32);
    let is_sane =
        e.bits() <= 31 && *e >= BigUint::from(2u32) && d.bits() <= 1 << 16 && d > &BigUint::ZERO;
    // Keys with more than two primes are rare and not supported here.
    let is_product = n.bits() <= 1 << 16 && p < n && q < n && p > &one && q > &one && p * q == *n;
    if !is_sane || !is_product {
        return Err("its modulus is not the product of its primes");
    }
    let product = d * e;
    if [p, q].iter().any(|prime| &product % (*prime - &one) != one) {
        return Err("its exponents do not match");
    }
    Ok(())
}

/// `ParsePKCS8PrivateKey`, which ignores the version and anything after the key.
fn pkcs8(der: &[u8]) -> Result<(), &'static str> {
    let mut fields = Reader::new(der).contents(SEQUENCE).map_err(not_der)?;
    fields.integer().map_err(not_der)?;
    let mut algorithm = fields.contents(SEQUENCE).map_err(not_der)?;
    let identifier = algorithm.oid().map_err(not_der)?;
    let parameters =
        if algorithm.is_empty() { None } else { Some(algorithm.any().map_err(not_der)?) };
    let inner = fields.expect(OCTET_STRING).map_err(not_der)?.contents;
    match identifier {
        oid::RSA => pkcs1(inner),
        oid::EC => {
            let named = parameters
                .and_then(|element| Reader::new(element.whole).expect(OID).ok())
                .map(|element| element.contents);
            elliptic(inner, named)
        }
        oid::ED25519 if parameters.is_none() => {
            let seed = Reader::new(inner).expect(OCTET_STRING).map_err(not_der)?.contents;
            if seed.len() == 32 { Ok(()) } else { Err("its key is not 32 bytes long") }
        }
        // X25519 is supported since Go 1.20.
        [0x2b, 0x65, 0x6e] if parameters.is_none() => {
            let scalar = Reader::new(inner).expect(OCTET_STRING).map_err(not_der)?.contents;
            if scalar.len() == 32 { Ok(()) } else { Err("its key is not 32 bytes long") }
        }
        _ => Err("its kind is not supported by Go"),
    }
}

/// `ParseECPrivateKey`: the curve must be named inside the key or `outside`; the outside name takes
/// precedence.
fn elliptic(der: &[u8], outside: Option<&[u8]>) -> Result<(), &'static str> {
    let mut fields = Reader::new(der).contents(SEQUENCE).map_err(not_der)?;
    if small_unsigned(fields.integer().map_err(not_der)?) != Some(1) {
        return Err("it is not PKCS#1, PKCS#8 or SEC 1");
    }
    let scalar = fields.expect(OCTET_STRING).map_err(not_der)?.contents;
    let (inside, rest) = explicit(fields.remaining(), 0, OID)?;
    explicit(rest, 1, BIT_STRING)?;
    let Some(named) = outside.or(inside) else {
        return Err(match fields.peeks(CONTEXT | CONSTRUCTED) {
            true => "its curve is given by explicit parameters instead of by name",
            false => "it does not name its curve",
        });
    };
    let is_zero = scalar.iter().all(|byte| *byte == 0);
    if named == oid::P224 {
        let fits = is_zero || BigUint::from_bytes_be(scalar) < BigUint::from_bytes_be(&P224_ORDER);
        return if fits { Ok(()) } else { Err(TOO_LARGE) };
    }
    let Some(curve) = Curve::ALL.into_iter().find(|curve| curve.oid() == named) else {
        return Err("it is on a curve that Go does not support");
    };
    // Go accepts zero, but not the order or anything above it.
    if is_zero || curve.scalar(scalar).is_some() { Ok(()) } else { Err(TOO_LARGE) }
}

const TOO_LARGE: &str = "its number is too large for its curve";

/// The order of P-224 (SEC 2, 2.5.2), which Go reads and Envoy does not use.
const P224_ORDER: [u8; 28] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x16, 0xa2,
    0xe0, 0xb8, 0xf0, 0x3e, 0x13, 0xdd, 0x29, 0x45, 0x5c, 0x5c, 0x2a, 0x3d,
];

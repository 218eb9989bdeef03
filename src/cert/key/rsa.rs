//! RSA private keys, checked as BoringSSL does when it loads them (`RSA_check_key`).

use num_bigint::BigUint;

use super::fault::{KeyFault, TRAILING_DATA};
use super::public_key::PublicKey;
use crate::cert::der::{Reader, SEQUENCE, small_unsigned};

/// The smallest and largest modulus that BoringSSL accepts (`rsa_check_public_key`), in bits.
const SMALLEST: u64 = 512;
const LARGEST: u64 = 16 * 1024;
/// The longest public exponent that it accepts, in bits.
const LONGEST_EXPONENT: u64 = 33;

const BAD_VERSION: KeyFault = KeyFault::new(
    "BAD_VERSION",
    "its version is not 0: it has more than two primes, or is damaged",
);
const A_FIELD_MORE: KeyFault =
    KeyFault::new("BAD_ENCODING", "it has more fields than an RSA key has");
const NEGATIVE: KeyFault = KeyFault::new("NEGATIVE_NUMBER", "one of its numbers is negative");
const BAD_NUMBER: KeyFault =
    KeyFault::new("BAD_ENCODING", "one of its numbers is missing or not minimal");
const TOO_LARGE: KeyFault =
    KeyFault::new("MODULUS_TOO_LARGE", "its modulus has more than 16384 bits");
const TOO_SMALL: KeyFault =
    KeyFault::new("KEY_SIZE_TOO_SMALL", "its modulus has less than 512 bits");
const EVEN: KeyFault = KeyFault::new("BAD_RSA_PARAMETERS", "its modulus is even");
const BAD_EXPONENT: KeyFault =
    KeyFault::new("BAD_E_VALUE", "its public exponent is even, 1, or longer than 33 bits");
const D_OUT_OF_RANGE: KeyFault =
    KeyFault::new("D_OUT_OF_RANGE", "its private exponent is larger than its modulus");
const NOT_THE_PRODUCT: KeyFault =
    KeyFault::new("N_NOT_EQUAL_P_Q", "its modulus is not the product of its two primes");
const NOT_INVERSE: KeyFault =
    KeyFault::new("D_E_NOT_CONGRUENT_TO_1", "its private and public exponents do not match");
const WRONG_CRT: KeyFault = KeyFault::new(
    "CRT_VALUES_INCORRECT",
    "its precomputed values (dP, dQ, qInv) do not match its primes",
);

/// Reads a PKCS #1 RSAPrivateKey at the start of `der` and returns its public key. Bytes after it
/// are an error if `alone`, as in PKCS #8.
pub(super) fn read(der: &[u8], alone: bool) -> Result<PublicKey, KeyFault> {
    let mut outer = Reader::new(der);
    let bad_encoding = |_| BAD_NUMBER;
    let mut fields = outer.contents(SEQUENCE).map_err(bad_encoding)?;
    match small_unsigned(fields.integer().map_err(bad_encoding)?) {
        Some(0) => {}
        Some(_) => return Err(BAD_VERSION),
        None => return Err(BAD_NUMBER),
    }
    let mut written: [&[u8]; 8] = [&[]; 8];
    for number in &mut written {
        *number = fields.integer().map_err(bad_encoding)?;
        if number[0] & 0x80 != 0 {
            return Err(NEGATIVE);
        }
    }
    fields.finish().map_err(|_| A_FIELD_MORE)?;
    check(&written.map(BigUint::from_bytes_be))?;
    if alone {
        outer.finish().map_err(|_| TRAILING_DATA)?;
    }
    Ok(PublicKey::rsa_parts(written[0], written[1]))
}

/// The checks, in BoringSSL's order. Whether the primes are prime is not checked.
fn check([n, e, d, p, q, dp, dq, q_inverse]: &[BigUint; 8]) -> Result<(), KeyFault> {
    let one = BigUint::from(1u32);
    if n.bits() > LARGEST {
        return Err(TOO_LARGE);
    }
    if n.bits() < SMALLEST {
        return Err(TOO_SMALL);
    }
    if !n.bit(0) {
        return Err(EVEN);
    }
    if !(2..=LONGEST_EXPONENT).contains(&e.bits()) || !e.bit(0) {
        return Err(BAD_EXPONENT);
    }
    if d >= n {
        return Err(D_OUT_OF_RANGE);
    }
    // The sizes are checked first, so that numbers of arbitrary length are never multiplied.
    if p >= n || q >= n || p * q != *n {
        return Err(NOT_THE_PRODUCT);
    }
    // Neither prime is 0 or 1 here, since both are smaller than their product `n`.
    let (p_less, q_less) = (p - &one, q - &one);
    let product = d * e;
    if &product % &p_less != one || &product % &q_less != one {
        return Err(NOT_INVERSE);
    }
    let inverse = |number: &BigUint, inverse: &BigUint, modulus: &BigUint| {
        inverse < modulus && number * inverse % modulus == one
    };
    if !(inverse(e, dp, &p_less) && inverse(e, dq, &q_less) && inverse(q, q_inverse, p)) {
        return Err(WRONG_CRT);
    }
    Ok(())
}

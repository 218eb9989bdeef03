//! The curves that Envoy supports for keys: their parameters and points.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ECDSA_P521_SHA512_ASN1, ParsedPublicKey,
};
use num_bigint::BigUint;

/// A curve that BoringSSL supports for TLS signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
}

/// The parameters of a curve (SEC 2), as numbers; `a` is always the prime minus 3.
struct Domain {
    prime: &'static str,
    b: &'static str,
    base: (&'static str, &'static str),
    order: &'static str,
}

const P256: Domain = Domain {
    prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    b: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    base: (
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    ),
    order: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
};

const P384: Domain = Domain {
    prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
    b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    base: (
        "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
        "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
    ),
    order: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
};

const P521: Domain = Domain {
    prime: "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    b: "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
    base: (
        "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
        "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
    ),
    order: "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
};

fn number(digits: &str) -> BigUint {
    BigUint::parse_bytes(digits.as_bytes(), 16).unwrap_or_default()
}

impl Curve {
    pub(crate) const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    /// The usual name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
        }
    }

    /// The object identifier's contents.
    pub(crate) fn oid(self) -> &'static [u8] {
        match self {
            Self::P256 => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            Self::P384 => &[0x2b, 0x81, 0x04, 0x00, 0x22],
            Self::P521 => &[0x2b, 0x81, 0x04, 0x00, 0x23],
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|curve| curve.name() == name)
    }

    /// The size in bytes of a coordinate and of a scalar.
    pub(crate) fn size(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    fn domain(self) -> &'static Domain {
        match self {
            Self::P256 => &P256,
            Self::P384 => &P384,
            Self::P521 => &P521,
        }
    }

    /// The curve with this group order, if all other parameters match, too
    /// (`ec_key_parse_parameters`). Numbers may have leading zeros.
    pub(crate) fn with_parameters(parameters: &ExplicitCurve<'_>) -> Option<Self> {
        Self::ALL.into_iter().find(|curve| {
            let Domain { prime, b, base: (x, y), order } = curve.domain();
            let prime = number(prime);
            let is = |bytes: &[u8], wanted: &BigUint| BigUint::from_bytes_be(bytes) == *wanted;
            is(parameters.order, &number(order))
                && is(parameters.a, &(&prime - 3u32))
                && is(parameters.prime, &prime)
                && is(parameters.b, &number(b))
                && is(parameters.base_x, &number(x))
                && is(parameters.base_y, &number(y))
        })
    }

    /// A scalar padded to the curve's size; `None` if it is zero or not below the order.
    pub(crate) fn scalar(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let value = BigUint::from_bytes_be(bytes);
        let fits = value != BigUint::ZERO && value < number(self.domain().order);
        fits.then(|| self.padded(&value))
    }

    /// The number in as many bytes as a coordinate has.
    fn padded(self, value: &BigUint) -> Vec<u8> {
        let digits = value.to_bytes_be();
        let mut out = vec![0; self.size().saturating_sub(digits.len())];
        out.extend_from_slice(&digits);
        out
    }

    /// Whether `point` encodes a point on this curve, compressed or not.
    pub(crate) fn holds(self, point: &[u8]) -> bool {
        let well_formed = match point {
            [0x04, rest @ ..] => rest.len() == 2 * self.size(),
            [0x02 | 0x03, rest @ ..] => rest.len() == self.size(),
            _ => false,
        };
        well_formed
            && match self {
                Self::P256 => ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point),
                Self::P384 => ParsedPublicKey::new(&ECDSA_P384_SHA384_ASN1, point),
                Self::P521 => ParsedPublicKey::new(&ECDSA_P521_SHA512_ASN1, point),
            }
            .is_ok()
    }

    /// The point with both coordinates; `None` if it is not on the curve.
    pub(crate) fn uncompressed(self, point: &[u8]) -> Option<Vec<u8>> {
        if !self.holds(point) {
            return None;
        }
        let [form @ (0x02 | 0x03), x @ ..] = point else {
            return Some(point.to_vec());
        };
        let Domain { prime, b, .. } = self.domain();
        let prime = number(prime);
        let number_x = BigUint::from_bytes_be(x);
        let cube = number_x.modpow(&BigUint::from(3u32), &prime);
        let square = (cube + &number_x * (&prime - 3u32) + number(b)) % &prime;
        // All three primes are 3 modulo 4, so this power is the square root.
        let mut y = square.modpow(&((&prime + 1u32) >> 2), &prime);
        if y.bit(0) != (form & 1 == 1) {
            y = &prime - y;
        }
        let mut whole = vec![0x04];
        whole.extend_from_slice(x);
        whole.extend(self.padded(&y));
        Some(whole)
    }
}

/// Explicit curve parameters in place of a name, as big-endian numbers.
pub(crate) struct ExplicitCurve<'a> {
    pub(crate) prime: &'a [u8],
    pub(crate) a: &'a [u8],
    pub(crate) b: &'a [u8],
    pub(crate) base_x: &'a [u8],
    pub(crate) base_y: &'a [u8],
    pub(crate) order: &'a [u8],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_points_are_on_their_curves_and_can_be_decompressed() {
        for curve in Curve::ALL {
            let (x, y) = curve.domain().base;
            let (x, y) = (curve.padded(&number(x)), curve.padded(&number(y)));
            let whole = [&[4][..], &x, &y].concat();
            assert!(curve.holds(&whole), "{}", curve.name());
            let compressed = [&[2 | (y[y.len() - 1] & 1)][..], &x].concat();
            assert_eq!(curve.uncompressed(&compressed), Some(whole), "{}", curve.name());
            assert_eq!(curve.scalar(&curve.padded(&number(curve.domain().order))), None);
        }
    }
}

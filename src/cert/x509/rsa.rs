//! RSA verification for the sizes and digests that BoringSSL accepts and the provider does not:
//! below 1,024 and above 8,192 bits, SHA-224, PSS below 2,048 bits.
//!
//! All numbers are public, so it need not run in constant time.

use aws_lc_rs::digest;
use num_bigint::BigUint;

use super::hash::Hash;

/// Verifies an RSASSA-PKCS1-v1_5 signature; modulus and exponent are big-endian without leading
/// zeros.
pub(crate) fn verifies_pkcs1(
    modulus: &[u8],
    exponent: &[u8],
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let prefix: &[u8] = match hash {
        Hash::Sha1 => &[
            0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04,
            0x14,
        ],
        Hash::Sha224 => &[
            0x30, 0x2d, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
            0x04, 0x05, 0x00, 0x04, 0x1c,
        ],
        Hash::Sha256 => &[
            0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
            0x01, 0x05, 0x00, 0x04, 0x20,
        ],
        Hash::Sha384 => &[
            0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
            0x02, 0x05, 0x00, 0x04, 0x30,
        ],
        Hash::Sha512 => &[
            0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
            0x03, 0x05, 0x00, 0x04, 0x40,
        ],
    };
    let digest = digest::digest(hash.algorithm(), message);
    let length = modulus.len();
    // At least eight padding bytes, and three around them.
    let Some(padding) =
        length.checked_sub(prefix.len() + digest.as_ref().len() + 3).filter(|left| *left >= 8)
    else {
        return false;
    };
    let mut expected = vec![0x00, 0x01];
    expected.resize(2 + padding, 0xff);
    expected.push(0x00);
    expected.extend_from_slice(prefix);
    expected.extend_from_slice(digest.as_ref());
    power(modulus, exponent, signature).is_some_and(|encoded| encoded == expected)
}

/// Verifies an RSASSA-PSS signature whose salt has the length of the digest (RFC 8017, 9.1.2).
pub(crate) fn verifies_pss(
    modulus: &[u8],
    exponent: &[u8],
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let Some(encoded) = power(modulus, exponent, signature) else {
        return false;
    };
    let first_bits = modulus.first().map_or(0, |first| first.leading_zeros());
    // The encoding has one bit less than the modulus.
    let encoded: &[u8] = if first_bits == 7 {
        match encoded.split_first() {
            Some((0, rest)) => rest,
            _ => return false,
        }
    } else {
        &encoded
    };
    let free_bits = (first_bits + 1) % 8;
    let length = hash.algorithm().output_len();
    let digest = digest::digest(hash.algorithm(), message);
    if encoded.len() < 2 * length + 2 || encoded.last() != Some(&0xbc) {
        return false;
    }
    let (masked, rest) = encoded.split_at(encoded.len() - length - 1);
    let seed = &rest[..length];
    if free_bits > 0 && masked[0] >> (8 - free_bits) != 0 {
        return false;
    }
    let mut block: Vec<u8> =
        masked.iter().zip(mask(hash, seed, masked.len())).map(|(byte, mask)| byte ^ mask).collect();
    block[0] &= 0xff >> free_bits;
    let (zeros, salt) = block.split_at(block.len() - length);
    let Some((1, zeros)) = zeros.split_last() else {
        return false;
    };
    if zeros.iter().any(|byte| *byte != 0) {
        return false;
    }
    let mut input = vec![0; 8];
    input.extend_from_slice(digest.as_ref());
    input.extend_from_slice(salt);
    digest::digest(hash.algorithm(), &input).as_ref() == seed
}

/// MGF1.
fn mask(hash: Hash, seed: &[u8], length: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(length + 64);
    for counter in 0u32.. {
        if out.len() >= length {
            break;
        }
        let input = [seed, &counter.to_be_bytes()].concat();
        out.extend_from_slice(digest::digest(hash.algorithm(), &input).as_ref());
    }
    out.truncate(length);
    out
}

/// `base ^ exponent mod modulus`, as long as the modulus; `None` if `base` has another length or is
/// not below the modulus. The exponent has at most 33 bits, so this takes at most 66
/// multiplications.
fn power(modulus: &[u8], exponent: &[u8], base: &[u8]) -> Option<Vec<u8>> {
    let number = BigUint::from_bytes_be;
    let length = modulus.len();
    let (modulus, base_number) = (number(modulus), number(base));
    if base.len() != length || base_number >= modulus {
        return None;
    }
    let digits = base_number.modpow(&number(exponent), &modulus).to_bytes_be();
    let mut out = vec![0; length - digits.len()];
    out.extend(digits);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::power;

    #[test]
    fn powers_match_known_results() {
        assert_eq!(power(&[0x0d], &[3], &[5]), Some(vec![8]));
        // 0x0123456789abcdef ^ 65537 mod 0xfedcba9876543211, computed with Python's pow().
        let modulus = 0xfedc_ba98_7654_3211_u64.to_be_bytes();
        let base = 0x0123_4567_89ab_cdef_u64.to_be_bytes();
        let slow = {
            let (mut value, wide) = (1u128, 0xfedc_ba98_7654_3211_u128);
            for _ in 0..65537 {
                value = value * 0x0123_4567_89ab_cdef % wide;
            }
            (value as u64).to_be_bytes().to_vec()
        };
        assert_eq!(power(&modulus, &[1, 0, 1], &base), Some(slow));
        assert_eq!(power(&modulus, &[3], &modulus), None);
    }
}

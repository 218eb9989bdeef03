//! RSA verification for the sizes and digests that the provider leaves out and BoringSSL accepts:
//! below 1,024 and above 8,192 bits, SHA-224, PSS below 2,048 bits.
//!
//! Only public numbers are handled, so nothing here needs to take constant time.

use aws_lc_rs::digest;

use super::signature::Hash;

/// Checks an RSASSA-PKCS1-v1_5 signature; modulus and exponent are big-endian without leading zeros.
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
    // Eight bytes of padding at least, and three around it.
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

/// Checks an RSASSA-PSS signature whose salt is as long as the digest (RFC 8017, 9.1.2).
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

/// `base ^ exponent mod modulus`, as long as the modulus; `None` if `base` is not that long or not
/// smaller than the modulus. The exponent has at most 33 bits, so this is at most 66 products.
fn power(modulus: &[u8], exponent: &[u8], base: &[u8]) -> Option<Vec<u8>> {
    let modulus_limbs = limbs(modulus);
    let base_limbs = limbs(base);
    if base.len() != modulus.len() || !less(&base_limbs, &modulus_limbs) {
        return None;
    }
    let exponent = exponent.iter().fold(0u64, |value, digit| value << 8 | u64::from(*digit));
    let mut result = vec![0; modulus_limbs.len()];
    result[0] = 1;
    for bit in (0..64 - exponent.leading_zeros()).rev() {
        result = product(&result, &result, &modulus_limbs);
        if exponent >> bit & 1 == 1 {
            result = product(&result, &base_limbs, &modulus_limbs);
        }
    }
    let bytes: Vec<u8> = result.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
    Some(bytes[bytes.len() - modulus.len()..].to_vec())
}

/// Little-endian 32-bit digits.
fn limbs(bytes: &[u8]) -> Vec<u32> {
    bytes
        .rchunks(4)
        .map(|chunk| chunk.iter().fold(0, |value, byte| value << 8 | u32::from(*byte)))
        .collect()
}

fn less(one: &[u32], two: &[u32]) -> bool {
    one.iter().rev().lt(two.iter().rev())
}

/// `one * two mod modulus`, by doubling and adding one digit of `one` at a time.
fn product(one: &[u32], two: &[u32], modulus: &[u32]) -> Vec<u32> {
    let mut full = vec![0u32; one.len() + two.len()];
    for (offset, digit) in one.iter().enumerate() {
        let mut carry = 0u64;
        for (index, other) in two.iter().enumerate() {
            let sum =
                u64::from(full[offset + index]) + u64::from(*digit) * u64::from(*other) + carry;
            full[offset + index] = sum as u32;
            carry = sum >> 32;
        }
        full[offset + two.len()] = carry as u32;
    }
    remainder(&full, modulus)
}

/// Knuth's algorithm D, the remainder alone.
fn remainder(value: &[u32], modulus: &[u32]) -> Vec<u32> {
    let size = modulus.len();
    let shift = modulus[size - 1].leading_zeros();
    let divisor = shifted(modulus, shift);
    let mut rest = shifted(value, shift);
    rest.push(0);
    let divisor = &divisor[..size];
    let top = u64::from(divisor[size - 1]);
    let second = if size > 1 { u64::from(divisor[size - 2]) } else { 0 };
    for position in (0..rest.len() - size).rev() {
        let high = u64::from(rest[position + size]) << 32 | u64::from(rest[position + size - 1]);
        let mut guess = high / top;
        let mut left = high % top;
        let below = if size > 1 { u64::from(rest[position + size - 2]) } else { 0 };
        while guess >> 32 != 0 || guess * second > (left << 32 | below) {
            guess -= 1;
            left += top;
            if left >> 32 != 0 {
                break;
            }
        }
        let mut borrow = 0i64;
        let mut carry = 0u64;
        for index in 0..size {
            let part = guess * u64::from(divisor[index]) + carry;
            carry = part >> 32;
            let difference = i64::from(rest[position + index]) - i64::from(part as u32) + borrow;
            rest[position + index] = difference as u32;
            borrow = difference >> 32;
        }
        let difference = i64::from(rest[position + size]) - carry as i64 + borrow;
        rest[position + size] = difference as u32;
        if difference < 0 {
            let mut carry = 0u64;
            for index in 0..size {
                let sum = u64::from(rest[position + index]) + u64::from(divisor[index]) + carry;
                rest[position + index] = sum as u32;
                carry = sum >> 32;
            }
            rest[position + size] = rest[position + size].wrapping_add(carry as u32);
        }
    }
    rest.truncate(size);
    if shift > 0 {
        for index in 0..size {
            let above = rest.get(index + 1).copied().unwrap_or(0);
            rest[index] = rest[index] >> shift | above << (32 - shift);
        }
    }
    rest
}

fn shifted(value: &[u32], shift: u32) -> Vec<u32> {
    if shift == 0 {
        return value.to_vec();
    }
    let mut out = Vec::with_capacity(value.len() + 1);
    let mut carry = 0;
    for limb in value {
        out.push(limb << shift | carry);
        carry = limb >> (32 - shift);
    }
    out.push(carry);
    out
}

#[cfg(test)]
mod tests {
    use super::power;

    #[test]
    fn powers_are_right() {
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

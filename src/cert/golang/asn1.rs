//! Optional fields with explicit tags, as `encoding/asn1` reads them: fields with other tags are
//! skipped.

use crate::cert::der::{BIT_STRING, CONSTRUCTED, CONTEXT};

/// The identifier octet, the length of the contents, and the size of both.
struct Header {
    tag: u8,
    length: usize,
    size: usize,
}

/// `parseTagAndLength`, for tags below 31. A higher one matches no field, and is recognised by its
/// first octet.
///
/// # Errors
///
/// What Go rejects even if the field is optional.
fn header(bytes: &[u8]) -> Result<Header, &'static str> {
    const DAMAGED: &str = "a tag or length in it is malformed";
    let tag = *bytes.first().ok_or(DAMAGED)?;
    let mut size = 1;
    if tag & 0x1f == 0x1f {
        let digits = &bytes[1..];
        let end = digits.iter().position(|byte| byte & 0x80 == 0).ok_or(DAMAGED)?;
        // A base-128 number of at most four bytes, without leading zeros, above what fits in one.
        let is_short = end == 0 && digits[0] < 0x1f;
        if end > 3 || digits[0] == 0x80 || is_short {
            return Err(DAMAGED);
        }
        size += end + 1;
    }
    let first = *bytes.get(size).ok_or(DAMAGED)?;
    size += 1;
    if first & 0x80 == 0 {
        return Ok(Header { tag, length: usize::from(first), size });
    }
    let mut length = 0_usize;
    let count = usize::from(first & 0x7f);
    if count == 0 {
        return Err(DAMAGED);
    }
    for _ in 0..count {
        let byte = *bytes.get(size).ok_or(DAMAGED)?;
        size += 1;
        if length >= 1 << 23 {
            return Err(DAMAGED);
        }
        length = length << 8 | usize::from(byte);
        if length == 0 {
            return Err(DAMAGED);
        }
    }
    if length < 0x80 { Err(DAMAGED) } else { Ok(Header { tag, length, size }) }
}

/// The contents of a field with the explicit tag `number` around an element `inner`, and the rest.
/// If either tag differs, the field counts as absent and nothing is consumed.
///
/// # Errors
///
/// What Go rejects even if the field is optional.
pub(super) fn explicit(
    bytes: &[u8],
    number: u8,
    inner: u8,
) -> Result<(Option<&[u8]>, &[u8]), &'static str> {
    if bytes.is_empty() {
        return Ok((None, bytes));
    }
    let outer = header(bytes)?;
    let is_compound = outer.tag & CONSTRUCTED != 0;
    if outer.tag & !CONSTRUCTED != CONTEXT | number || !(is_compound || outer.length == 0) {
        return Ok((None, bytes));
    }
    if outer.length == 0 {
        return Err("an explicit tag in it is empty");
    }
    let rest = &bytes[outer.size..];
    let found = header(rest)?;
    if found.tag != inner {
        return Ok((None, bytes));
    }
    let end = found.size + found.length;
    let contents = rest.get(found.size..end).ok_or("it is cut off")?;
    if inner == BIT_STRING && !is_bit_string(contents) {
        return Err("its public key has unused bits that are not zero");
    }
    Ok((Some(contents), &rest[end..]))
}

/// Whether there are fewer than eight unused bits, all zero.
fn is_bit_string(contents: &[u8]) -> bool {
    match contents {
        [unused @ 0..=7, .., last] => last & ((1 << unused) - 1) == 0,
        [0] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::explicit;
    use crate::cert::der::{BIT_STRING, OID};

    #[test]
    fn a_field_with_another_tag_is_skipped_and_a_malformed_one_is_not() {
        let named = [0xa0, 3, 6, 1, 42, 9];
        assert_eq!(explicit(&named, 0, OID), Ok((Some(&[42][..]), &[9][..])));
        let null = [0xa0, 2, 5, 0, 9];
        assert_eq!(explicit(&null, 0, OID), Ok((None, &null[..])));
        assert_eq!(explicit(&[], 0, OID), Ok((None, &[][..])));
        for malformed in [&[0xa0, 0][..], &[0x33], &[0x33, 0x80], &[0xa0, 3, 6, 9, 1]] {
            assert!(explicit(malformed, 0, OID).is_err(), "{malformed:?}");
        }
        let point = |unused, last| [0xa1, 4, 3, 2, unused, last];
        assert!(explicit(&point(3, 8), 1, BIT_STRING).is_ok());
        assert!(explicit(&point(3, 4), 1, BIT_STRING).is_err());
    }
}

//! Values of elements: bit strings, integers, object identifiers.

use super::DerError;

/// The bits of a BIT STRING.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BitString<'a> {
    /// The number of unused low bits in the last byte; they must be zero.
    pub(crate) unused: u8,
    pub(crate) bytes: &'a [u8],
}

impl<'a> BitString<'a> {
    pub(crate) fn parse(contents: &'a [u8]) -> Result<Self, DerError> {
        let (unused, bytes) = contents.split_first().ok_or(DerError("a bit string is empty"))?;
        let mask = match unused {
            0..=7 => (1u8 << unused).wrapping_sub(1),
            _ => return Err(DerError("a bit string has more than seven unused bits")),
        };
        if *unused != 0 && bytes.last().is_none_or(|last| last & mask != 0) {
            return Err(DerError("a bit string's unused bits are set"));
        }
        Ok(Self { unused: *unused, bytes })
    }
}

/// INTEGERs must not be empty, and their first nine bits must not all be equal.
pub(crate) fn check_integer(contents: &[u8]) -> Result<(), DerError> {
    match contents {
        [] => Err(DerError("an integer is empty")),
        [0x00, second, ..] if second & 0x80 == 0 => Err(DerError("an integer is not minimal")),
        [0xff, second, ..] if second & 0x80 != 0 => Err(DerError("an integer is not minimal")),
        _ => Ok(()),
    }
}

/// Reads a non-negative integer that fits into 64 bits.
pub(crate) fn small_unsigned(contents: &[u8]) -> Option<u64> {
    if check_integer(contents).is_err() || contents.first().is_some_and(|first| first & 0x80 != 0) {
        return None;
    }
    let digits = contents.strip_prefix(&[0]).unwrap_or(contents);
    (digits.len() <= 8)
        .then(|| digits.iter().fold(0, |value, digit| value << 8 | u64::from(*digit)))
}

/// The contents of an OID are one or more minimal base-128 numbers.
pub(crate) fn check_oid(contents: &[u8]) -> Result<(), DerError> {
    let mut previous = 0u8;
    for byte in contents {
        if previous & 0x80 == 0 && *byte == 0x80 {
            return Err(DerError("an object identifier is not minimal"));
        }
        previous = *byte;
    }
    if contents.is_empty() || previous & 0x80 != 0 {
        return Err(DerError("an object identifier is cut off"));
    }
    Ok(())
}

/// Formats the contents of an OID as dotted numbers.
pub(crate) fn dotted(contents: &[u8]) -> String {
    let mut text = String::new();
    let mut value: u128 = 0;
    let mut first = true;
    for byte in contents {
        // Arcs above 128 bits are not real identifiers; they just must not panic.
        value = value.checked_mul(128).unwrap_or(u128::MAX >> 8) | u128::from(byte & 0x7f);
        if byte & 0x80 != 0 {
            continue;
        }
        if first {
            let root = (value / 40).min(2);
            text = format!("{root}.{}", value - root * 40);
            first = false;
        } else {
            text.push('.');
            text.push_str(&value.to_string());
        }
        value = 0;
    }
    text
}

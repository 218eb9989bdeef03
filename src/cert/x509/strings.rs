//! ASN.1 string types as characters.

use crate::cert::der::{
    BMP_STRING, DerError, Element, IA5_STRING, PRINTABLE_STRING, T61_STRING, UNIVERSAL_STRING,
    UTF8_STRING, VISIBLE_STRING, identifier,
};

/// The characters of a string type that is compared as text; `None` for other types.
pub(crate) fn text(value: &Element<'_>) -> Result<Option<Vec<char>>, DerError> {
    let bytes = value.contents;
    let is = |tag: u8| value.tag == identifier(tag);
    let broken = DerError("a string has characters that its type does not allow");
    let characters: Option<Vec<char>> = if is(UTF8_STRING) {
        std::str::from_utf8(bytes).ok().map(|text| text.chars().collect())
    } else if is(BMP_STRING) {
        let (units, rest) = bytes.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(broken);
        }
        units.iter().map(|unit| char::from_u32(u32::from(u16::from_be_bytes(*unit)))).collect()
    } else if is(UNIVERSAL_STRING) {
        let (units, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(broken);
        }
        units.iter().map(|unit| char::from_u32(u32::from_be_bytes(*unit))).collect()
    } else if is(PRINTABLE_STRING) || is(T61_STRING) || is(IA5_STRING) || is(VISIBLE_STRING) {
        // T61String is read as Latin-1, as is usual.
        return Ok(Some(bytes.iter().map(|byte| char::from(*byte)).collect()));
    } else {
        return Ok(None);
    };
    let characters = characters.ok_or(broken)?;
    // Noncharacters are rejected like invalid encodings.
    let noncharacter = |character: &char| {
        let code = u32::from(*character);
        code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
    };
    if characters.iter().any(noncharacter) { Err(broken) } else { Ok(Some(characters)) }
}

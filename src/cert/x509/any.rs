//! ASN.1 values of any type, checked as far as BoringSSL checks them.

use super::strings::text;
use super::time;
use crate::cert::der::{
    BIT_STRING, BMP_STRING, BOOLEAN, BitString, CONSTRUCTED, DerError, ENUMERATED, Element,
    GENERALIZED_TIME, INTEGER, NULL, OID, Reader, UNIVERSAL_STRING, UTC_TIME, UTF8_STRING,
    check_integer, check_oid, identifier,
};

/// Reads the next element of any type (`asn1_parse_any_as_string`).
pub(crate) fn read<'a>(reader: &mut Reader<'a>) -> Result<Element<'a>, DerError> {
    let element = reader.any()?;
    let class = element.tag >> 30;
    let constructed = element.tag & u32::from(CONSTRUCTED) << 24 != 0;
    let number = element.tag & 0x1fff_ffff;
    if class == 0 {
        let is_constructed_type = matches!(number, 8 | 11 | 16 | 17 | 29);
        if number <= 36 && number != 15 && is_constructed_type != constructed {
            return Err(DerError("a value has the wrong constructed bit"));
        }
        // Larger universal numbers were once ambiguous in OpenSSL's representation.
        if number > 0xff {
            return Err(DerError("a universal tag number is too large"));
        }
    }
    let contents = element.contents;
    let is = |tag: u8| element.tag == identifier(tag);
    if is(OID) {
        check_oid(contents)?;
    } else if is(NULL) {
        if !contents.is_empty() {
            return Err(DerError("a NULL is not empty"));
        }
    } else if is(BOOLEAN) {
        if !matches!(contents, [0x00 | 0xff]) {
            return Err(DerError("a BOOLEAN is neither true nor false"));
        }
    } else if is(INTEGER) || is(ENUMERATED) {
        check_integer(contents)?;
    } else if is(BIT_STRING) {
        BitString::parse(contents)?;
    } else if is(UTC_TIME) {
        time::parse(contents, false)?;
    } else if is(GENERALIZED_TIME) {
        time::parse(contents, true)?;
    } else if is(UTF8_STRING) || is(BMP_STRING) || is(UNIVERSAL_STRING) {
        text(&element)?;
    }
    Ok(element)
}

/// An AlgorithmIdentifier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Algorithm<'a> {
    pub(crate) oid: &'a [u8],
    pub(crate) parameters: Option<Element<'a>>,
}

impl<'a> Algorithm<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, DerError> {
        let mut fields = reader.contents(crate::cert::der::SEQUENCE)?;
        let oid = fields.oid()?;
        let parameters = if fields.is_empty() { None } else { Some(read(&mut fields)?) };
        fields.finish()?;
        Ok(Self { oid, parameters })
    }

    /// Whether both have the same algorithm and parameters.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.oid == other.oid
            && match (self.parameters, other.parameters) {
                (None, None) => true,
                (Some(one), Some(two)) => one.whole == two.whole,
                _ => false,
            }
    }
}

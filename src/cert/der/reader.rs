//! A position in DER bytes; strict, without recursion or allocation.

use super::DerError;
use super::tag::{CONSTRUCTED, INTEGER, OID, identifier};
use super::value::{check_integer, check_oid};

/// A position in DER bytes; each read advances it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

/// An element: its identifier, its contents, and both together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    /// The identifier; tag numbers above 30 are stored as a number with the class bits on top.
    pub(crate) tag: u32,
    pub(crate) contents: &'a [u8],
    pub(crate) whole: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The unread bytes.
    pub(crate) fn remaining(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    fn byte(&mut self) -> Result<u8, DerError> {
        let (first, rest) = self.rest.split_first().ok_or(DerError("it ends too early"))?;
        self.rest = rest;
        Ok(*first)
    }

    fn tag(&mut self) -> Result<u32, DerError> {
        let first = self.byte()?;
        let class = u32::from(first & 0xe0) << 24;
        let mut number = u32::from(first & 0x1f);
        if number == 0x1f {
            number = 0;
            let mut digits = 0;
            loop {
                let digit = self.byte()?;
                if digits == 0 && digit == 0x80 || number >> 22 != 0 {
                    return Err(DerError("a tag number is not minimal"));
                }
                number = number << 7 | u32::from(digit & 0x7f);
                digits += 1;
                if digit & 0x80 == 0 {
                    break;
                }
            }
            // Small numbers must use the one-byte form, even in BER.
            if !(0x1f..=0x1fff_ffff).contains(&number) {
                return Err(DerError("a tag number is not minimal"));
            }
        }
        // [UNIVERSAL 0] is reserved for BER's end-of-contents.
        if (class & !(u32::from(CONSTRUCTED) << 24)) | number == 0 {
            return Err(DerError("a reserved tag"));
        }
        Ok(class | number)
    }

    /// Reads the next element of any type. Lengths must be minimal and at most 4 bytes long.
    pub(crate) fn any(&mut self) -> Result<Element<'a>, DerError> {
        self.element(false)
    }

    /// Like [`Reader::any`], but the length may be longer than needed. BoringSSL allows that only
    /// for a certificate's outer signature (b/18228011).
    pub(crate) fn any_with_long_length(&mut self) -> Result<Element<'a>, DerError> {
        self.element(true)
    }

    fn element(&mut self, long_length: bool) -> Result<Element<'a>, DerError> {
        let start = self.rest;
        let mut header = *self;
        let tag = header.tag()?;
        let first = header.byte()?;
        let length = if first & 0x80 == 0 {
            usize::from(first)
        } else {
            let count = usize::from(first & 0x7f);
            if count == 0 || count > 4 {
                return Err(DerError("a length is indefinite or too long"));
            }
            let mut value: u64 = 0;
            for _ in 0..count {
                value = value << 8 | u64::from(header.byte()?);
            }
            if !long_length && (value < 128 || value >> ((count - 1) * 8) == 0) {
                return Err(DerError("a length is not minimal"));
            }
            usize::try_from(value).map_err(|_| DerError("a length is too long"))?
        };
        let contents = header.rest.get(..length).ok_or(DerError("it ends too early"))?;
        let header_length = start.len() - header.rest.len();
        self.rest = &header.rest[length..];
        Ok(Element { tag, contents, whole: &start[..header_length + length] })
    }

    /// Whether the next element has this one-byte identifier.
    pub(crate) fn peeks(&self, tag: u8) -> bool {
        self.clone_tag() == Some(identifier(tag))
    }

    fn clone_tag(&self) -> Option<u32> {
        let mut copy = *self;
        copy.tag().ok()
    }

    /// Reads an element with this identifier.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Element<'a>, DerError> {
        let element = self.any()?;
        if element.tag == identifier(tag) {
            Ok(element)
        } else {
            Err(DerError("another type of element was expected"))
        }
    }

    /// Reads the contents of an element with this identifier.
    pub(crate) fn contents(&mut self, tag: u8) -> Result<Reader<'a>, DerError> {
        self.expect(tag).map(|element| Self::new(element.contents))
    }

    /// Reads the contents of a SEQUENCE OF or SET OF. BoringSSL up to Envoy 1.38 does not check
    /// that the identifier has the constructed bit (`asn1_template_noexp_d2i`).
    pub(crate) fn list(&mut self, tag: u8) -> Result<Self, DerError> {
        match self.optional_list(tag)? {
            Some(list) => Ok(list),
            None => Err(DerError("another type of element was expected")),
        }
    }

    /// Like [`Reader::list`], if the next element is a list.
    pub(crate) fn optional_list(&mut self, tag: u8) -> Result<Option<Self>, DerError> {
        let primitive = tag & !CONSTRUCTED;
        let element = match self.optional(tag)? {
            None => self.optional(primitive)?,
            found => found,
        };
        Ok(element.map(|element| Self::new(element.contents)))
    }

    /// Reads an element if it has this identifier.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, DerError> {
        if self.peeks(tag) { self.expect(tag).map(Some) } else { Ok(None) }
    }

    pub(crate) fn finish(&self) -> Result<(), DerError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(DerError("there is extra data after its end"))
        }
    }

    /// Reads the contents of an object identifier.
    pub(crate) fn oid(&mut self) -> Result<&'a [u8], DerError> {
        let element = self.expect(OID)?;
        check_oid(element.contents)?;
        Ok(element.contents)
    }

    /// Reads the contents of an INTEGER: two's complement, minimal.
    pub(crate) fn integer(&mut self) -> Result<&'a [u8], DerError> {
        let element = self.expect(INTEGER)?;
        check_integer(element.contents)?;
        Ok(element.contents)
    }
}

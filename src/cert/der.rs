//! A strict DER reader over a byte slice: what BoringSSL's `CBS` accepts, and nothing more.
//!
//! The verifier has to agree with BoringSSL on which bytes are a certificate at all, so it cannot
//! lean on a parser with other tolerances. Nothing here recurses and nothing allocates.

/// Context-specific class bit of an identifier octet.
pub(crate) const CONTEXT: u8 = 0x80;
/// Constructed bit of an identifier octet.
pub(crate) const CONSTRUCTED: u8 = 0x20;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const UTF8_STRING: u8 = 0x0c;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
pub(crate) const PRINTABLE_STRING: u8 = 0x13;
pub(crate) const T61_STRING: u8 = 0x14;
pub(crate) const IA5_STRING: u8 = 0x16;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const VISIBLE_STRING: u8 = 0x1a;
pub(crate) const UNIVERSAL_STRING: u8 = 0x1c;
pub(crate) const BMP_STRING: u8 = 0x1e;

/// The bytes are not the DER that was expected here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DerError(pub(crate) &'static str);

/// A position in DER bytes; each read moves it past what it read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

/// One element: its identifier, its contents, and both together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    /// The whole identifier; tag numbers above 30 are kept as a number with the class bits on top.
    pub(crate) tag: u32,
    pub(crate) contents: &'a [u8],
    pub(crate) whole: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
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
                    return Err(DerError("a tag number is not in its shortest form"));
                }
                number = number << 7 | u32::from(digit & 0x7f);
                digits += 1;
                if digit & 0x80 == 0 {
                    break;
                }
            }
            // Small numbers have to use the one-byte form, even in BER.
            if number < 0x1f || number > 0x1fff_ffff {
                return Err(DerError("a tag number is not in its shortest form"));
            }
        }
        // [UNIVERSAL 0] is reserved for BER's end of contents.
        if (class & !(u32::from(CONSTRUCTED) << 24)) | number == 0 {
            return Err(DerError("a reserved tag"));
        }
        Ok(class | number)
    }

    /// Reads whatever element comes next. Lengths have to be minimal and at most 4 bytes long.
    pub(crate) fn any(&mut self) -> Result<Element<'a>, DerError> {
        self.element(false)
    }

    /// Like [`Reader::any`], but a length may take more bytes than it needs. BoringSSL allows that
    /// for a certificate's outer signature alone (b/18228011).
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
                return Err(DerError("a length is not in its shortest form"));
            }
            usize::try_from(value).map_err(|_| DerError("a length is too long"))?
        };
        let contents = header.rest.get(..length).ok_or(DerError("it ends too early"))?;
        let header_length = start.len() - header.rest.len();
        self.rest = &header.rest[length..];
        Ok(Element { tag, contents, whole: &start[..header_length + length] })
    }

    /// Whether the next element carries this one-byte identifier.
    pub(crate) fn peeks(&self, tag: u8) -> bool {
        self.clone_tag() == Some(identifier(tag))
    }

    fn clone_tag(&self) -> Option<u32> {
        let mut copy = *self;
        copy.tag().ok()
    }

    /// Reads an element with exactly this identifier.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Element<'a>, DerError> {
        let element = self.any()?;
        if element.tag == identifier(tag) {
            Ok(element)
        } else {
            Err(DerError("another type of element was expected"))
        }
    }

    /// Reads the contents of an element with exactly this identifier.
    pub(crate) fn contents(&mut self, tag: u8) -> Result<Reader<'a>, DerError> {
        self.expect(tag).map(|element| Self::new(element.contents))
    }

    /// Reads an element if it carries this identifier.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, DerError> {
        if self.peeks(tag) { self.expect(tag).map(Some) } else { Ok(None) }
    }

    pub(crate) fn finish(&self) -> Result<(), DerError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(DerError("there is something after its end"))
        }
    }

    /// Reads an object identifier's contents.
    pub(crate) fn oid(&mut self) -> Result<&'a [u8], DerError> {
        let element = self.expect(OID)?;
        check_oid(element.contents)?;
        Ok(element.contents)
    }

    /// Reads an INTEGER's contents, two's complement and minimal.
    pub(crate) fn integer(&mut self) -> Result<&'a [u8], DerError> {
        let element = self.expect(INTEGER)?;
        check_integer(element.contents)?;
        Ok(element.contents)
    }
}

/// Turns a one-byte identifier into what [`Element::tag`] holds.
pub(crate) const fn identifier(tag: u8) -> u32 {
    ((tag & 0xe0) as u32) << 24 | (tag & 0x1f) as u32
}

/// The bits of a BIT STRING.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BitString<'a> {
    /// How many of the last byte's low bits do not count; they have to be zero.
    pub(crate) unused: u8,
    pub(crate) bytes: &'a [u8],
}

impl<'a> BitString<'a> {
    pub(crate) fn parse(contents: &'a [u8]) -> Result<Self, DerError> {
        let (unused, bytes) = contents.split_first().ok_or(DerError("a bit string is empty"))?;
        let mask = match unused {
            0..=7 => (1u8 << unused).wrapping_sub(1),
            _ => return Err(DerError("a bit string leaves out more than seven bits")),
        };
        if *unused != 0 && bytes.last().is_none_or(|last| last & mask != 0) {
            return Err(DerError("a bit string's unused bits are set"));
        }
        Ok(Self { unused: *unused, bytes })
    }
}

/// INTEGERs may not be empty, and their first nine bits may not all be equal.
pub(crate) fn check_integer(contents: &[u8]) -> Result<(), DerError> {
    match contents {
        [] => Err(DerError("an integer is empty")),
        [0x00, second, ..] if second & 0x80 == 0 => {
            Err(DerError("an integer is not in its shortest form"))
        }
        [0xff, second, ..] if second & 0x80 != 0 => {
            Err(DerError("an integer is not in its shortest form"))
        }
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

/// OID contents are minimal base-128 numbers, at least one of them.
pub(crate) fn check_oid(contents: &[u8]) -> Result<(), DerError> {
    let mut previous = 0u8;
    for byte in contents {
        if previous & 0x80 == 0 && *byte == 0x80 {
            return Err(DerError("an object identifier is not in its shortest form"));
        }
        previous = *byte;
    }
    if contents.is_empty() || previous & 0x80 != 0 {
        return Err(DerError("an object identifier is cut off"));
    }
    Ok(())
}

/// Writes an OID's contents as dotted numbers.
pub(crate) fn dotted(contents: &[u8]) -> String {
    let mut text = String::new();
    let mut value: u128 = 0;
    let mut first = true;
    for byte in contents {
        // Arcs beyond 128 bits are no real identifiers; they only must not panic.
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

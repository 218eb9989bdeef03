//! Distinguished names in the canonical form that BoringSSL compares.

use super::any;
use super::strings::text;
use crate::cert::der::{CONSTRUCTED, DerError, Element, Reader, SEQUENCE, SET, UTF8_STRING};

/// BoringSSL's parser rejects larger names (`X509_NAME_MAX`).
const LARGEST_NAME: usize = 1024 * 1024;

/// A parsed name.
#[derive(Debug, Clone)]
pub(crate) struct Name<'a> {
    /// The encoded name.
    pub(crate) whole: &'a [u8],
    /// Two names are equal if this is equal; a name is below another if this starts with the
    /// other's.
    pub(crate) canonical: Vec<u8>,
    pub(crate) entries: Vec<Entry<'a>>,
}

/// An attribute of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) oid: &'a [u8],
    pub(crate) value: Element<'a>,
}

impl<'a> Name<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, DerError> {
        let element = reader.expect(SEQUENCE)?;
        if element.contents.len() > LARGEST_NAME {
            return Err(DerError("a name is larger than a megabyte"));
        }
        let mut names = Reader::new(element.contents);
        let mut canonical = Vec::with_capacity(element.contents.len());
        let mut entries = Vec::new();
        while !names.is_empty() {
            let mut set = names.contents(SET)?;
            if set.is_empty() {
                return Err(DerError("a part of a name is empty"));
            }
            let mut encoded = Vec::new();
            while !set.is_empty() {
                let entry = Entry::read(&mut set)?;
                encoded.push(entry.canonical()?);
                entries.push(entry);
            }
            // Members of a SET OF are compared in DER order, regardless of their written order.
            encoded.sort_unstable();
            append(&mut canonical, SET, &encoded.concat());
        }
        Ok(Self { whole: element.whole, canonical, entries })
    }

    pub(crate) fn is_under(&self, base: &Self) -> bool {
        self.canonical.starts_with(&base.canonical)
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl<'a> Entry<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, DerError> {
        let mut fields = reader.contents(SEQUENCE)?;
        let oid = fields.oid()?;
        let value = any::read(&mut fields)?;
        fields.finish()?;
        Ok(Self { oid, value })
    }

    fn canonical(&self) -> Result<Vec<u8>, DerError> {
        let mut contents = Vec::new();
        append_oid(&mut contents, self.oid);
        match text(&self.value)? {
            Some(characters) => append(&mut contents, UTF8_STRING, &fold(&characters)),
            None => contents.extend_from_slice(self.value.whole),
        }
        let mut whole = Vec::new();
        append(&mut whole, SEQUENCE, &contents);
        Ok(whole)
    }

    /// The value as UTF-8, if it has a character string type.
    pub(crate) fn text(&self) -> Option<String> {
        text(&self.value).ok().flatten().map(|characters| characters.iter().collect())
    }
}

/// Trims blanks, collapses runs of them, and lower-cases ASCII letters.
fn fold(characters: &[char]) -> Vec<u8> {
    let mut folded = String::with_capacity(characters.len());
    let mut blank = false;
    for character in characters {
        if matches!(character, '\t' | '\n' | '\x0b' | '\x0c' | '\r' | ' ') {
            blank = !folded.is_empty();
            continue;
        }
        if blank {
            folded.push(' ');
            blank = false;
        }
        folded.push(character.to_ascii_lowercase());
    }
    folded.into_bytes()
}

fn append_oid(out: &mut Vec<u8>, oid: &[u8]) {
    append(out, crate::cert::der::OID, oid);
}

/// Appends a DER element. The canonical form is only compared, but its prefixes must mean the same
/// as in BoringSSL, so the encoding is the same.
fn append(out: &mut Vec<u8>, tag: u8, contents: &[u8]) {
    debug_assert!(tag & CONSTRUCTED == 0 || matches!(tag, SEQUENCE | SET));
    out.push(tag);
    let length = contents.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes = length.to_be_bytes();
        let significant: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | significant.len() as u8);
        out.extend_from_slice(&significant);
    }
    out.extend_from_slice(contents);
}

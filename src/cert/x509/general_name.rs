//! GeneralNames: the names in subject alternative names, constraints and key identifiers.

use super::any;
use super::name::Name;
use crate::cert::der::{
    BMP_STRING, CONSTRUCTED, CONTEXT, DerError, Element, PRINTABLE_STRING, Reader, SEQUENCE,
    T61_STRING, UNIVERSAL_STRING, UTF8_STRING, identifier,
};

/// A GeneralName.
#[derive(Debug, Clone)]
pub(crate) enum GeneralName<'a> {
    Other(&'a [u8]),
    Email(&'a [u8]),
    Dns(&'a [u8]),
    X400(&'a [u8]),
    Directory(Name<'a>),
    EdiParty(&'a [u8]),
    Uri(&'a [u8]),
    Ip(&'a [u8]),
    RegisteredId(&'a [u8]),
}

impl<'a> GeneralName<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, DerError> {
        let element = reader.any()?;
        let contents = element.contents;
        let is =
            |number: u8, constructed: u8| element.tag == identifier(CONTEXT | constructed | number);
        if is(0, CONSTRUCTED) {
            let mut fields = Reader::new(contents);
            fields.oid()?;
            let mut value = fields.contents(CONTEXT | CONSTRUCTED)?;
            any::read(&mut value)?;
            value.finish()?;
            fields.finish()?;
            Ok(Self::Other(element.whole))
        } else if is(1, 0) {
            Ok(Self::Email(contents))
        } else if is(2, 0) {
            Ok(Self::Dns(contents))
        } else if is(3, CONSTRUCTED) {
            Ok(Self::X400(element.whole))
        } else if is(4, CONSTRUCTED) {
            let mut inner = Reader::new(contents);
            let name = Name::read(&mut inner)?;
            inner.finish()?;
            Ok(Self::Directory(name))
        } else if is(5, CONSTRUCTED) {
            edi_party(contents)?;
            Ok(Self::EdiParty(element.whole))
        } else if is(6, 0) {
            Ok(Self::Uri(contents))
        } else if is(7, 0) {
            Ok(Self::Ip(contents))
        } else if is(8, 0) {
            crate::cert::der::check_oid(contents)?;
            Ok(Self::RegisteredId(contents))
        } else {
            Err(DerError("a name is of an unknown kind"))
        }
    }

    /// Reads names to the end of a SEQUENCE OF GeneralName.
    pub(crate) fn list(mut reader: Reader<'a>) -> Result<Vec<Self>, DerError> {
        let mut names = Vec::new();
        while !reader.is_empty() {
            names.push(Self::read(&mut reader)?);
        }
        Ok(names)
    }

    /// Whether both are of the same kind.
    pub(crate) fn same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether both are equal (`GENERAL_NAME_cmp`).
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Directory(one), Self::Directory(two)) => one == two,
            (Self::Other(one), Self::Other(two))
            | (Self::Email(one), Self::Email(two))
            | (Self::Dns(one), Self::Dns(two))
            | (Self::X400(one), Self::X400(two))
            | (Self::EdiParty(one), Self::EdiParty(two))
            | (Self::Uri(one), Self::Uri(two))
            | (Self::Ip(one), Self::Ip(two))
            | (Self::RegisteredId(one), Self::RegisteredId(two)) => one == two,
            _ => false,
        }
    }
}

fn edi_party(contents: &[u8]) -> Result<(), DerError> {
    let mut fields = Reader::new(contents);
    if let Some(assigner) = fields.optional(CONTEXT | CONSTRUCTED)? {
        directory_string(&assigner)?;
    }
    directory_string(&fields.expect(CONTEXT | CONSTRUCTED | 1)?)?;
    fields.finish()
}

fn directory_string(wrapper: &Element<'_>) -> Result<(), DerError> {
    let mut inner = Reader::new(wrapper.contents);
    let value = any::read(&mut inner)?;
    inner.finish()?;
    let allowed = [PRINTABLE_STRING, T61_STRING, BMP_STRING, UNIVERSAL_STRING, UTF8_STRING];
    if allowed.iter().any(|tag| value.tag == identifier(*tag)) {
        Ok(())
    } else {
        Err(DerError("a directory string is of another type"))
    }
}

/// Where a certificate says its CRLs are, or which part of them a CRL is.
#[derive(Debug, Clone)]
pub(crate) struct DistributionPoint<'a> {
    pub(crate) name: Option<PointName<'a>>,
    pub(crate) has_reasons: bool,
    pub(crate) has_issuer: bool,
}

/// The name of a distribution point.
#[derive(Debug, Clone)]
pub(crate) enum PointName<'a> {
    Full(Vec<GeneralName<'a>>),
    /// Relative to the CRL's issuer.
    Relative,
}

impl<'a> DistributionPoint<'a> {
    pub(crate) fn list(value: &'a [u8]) -> Result<Vec<Self>, DerError> {
        let mut outer = Reader::new(value);
        let mut reader = outer.list(SEQUENCE)?;
        outer.finish()?;
        let mut points = Vec::new();
        while !reader.is_empty() {
            let mut fields = reader.contents(SEQUENCE)?;
            let name = PointName::optional(&mut fields)?;
            let reasons = fields.optional(CONTEXT | 1)?;
            if let Some(reasons) = reasons {
                crate::cert::der::BitString::parse(reasons.contents)?;
            }
            let issuer = fields.optional_list(CONTEXT | CONSTRUCTED | 2)?;
            let has_issuer = issuer.map(GeneralName::list).transpose()?.is_some();
            fields.finish()?;
            points.push(Self { name, has_reasons: reasons.is_some(), has_issuer });
        }
        Ok(points)
    }
}

impl<'a> PointName<'a> {
    pub(crate) fn optional(fields: &mut Reader<'a>) -> Result<Option<Self>, DerError> {
        let Some(wrapper) = fields.optional(CONTEXT | CONSTRUCTED)? else {
            return Ok(None);
        };
        let mut inner = Reader::new(wrapper.contents);
        let name = if let Some(names) = inner.optional_list(CONTEXT | CONSTRUCTED)? {
            Self::Full(GeneralName::list(names)?)
        } else {
            let mut attributes = inner.list(CONTEXT | CONSTRUCTED | 1)?;
            while !attributes.is_empty() {
                let mut attribute = attributes.contents(SEQUENCE)?;
                attribute.oid()?;
                any::read(&mut attribute)?;
                attribute.finish()?;
            }
            Self::Relative
        };
        inner.finish()?;
        Ok(Some(name))
    }
}

//! A certificate's extensions, decoded as strictly as in BoringSSL.

use super::general_name::{DistributionPoint, GeneralName};
use super::oid;
use crate::cert::der::{
    BIT_STRING, BOOLEAN, BitString, CONSTRUCTED, CONTEXT, DerError, OCTET_STRING, Reader, SEQUENCE,
    check_integer, small_unsigned,
};

/// An extension with its undecoded value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extension<'a> {
    pub(crate) oid: &'a [u8],
    pub(crate) critical: bool,
    pub(crate) value: &'a [u8],
}

impl<'a> Extension<'a> {
    /// Reads a SEQUENCE OF Extension.
    pub(crate) fn list(reader: &mut Reader<'a>) -> Result<Vec<Self>, DerError> {
        let mut reader = reader.contents(SEQUENCE)?;
        let mut extensions = Vec::new();
        while !reader.is_empty() {
            let mut fields = reader.contents(SEQUENCE)?;
            let oid = fields.oid()?;
            // Any non-zero byte is true: BoringSSL does not require 0xff.
            let critical = match fields.optional(BOOLEAN)? {
                Some(element) => boolean(element.contents)?,
                None => false,
            };
            let value = fields.expect(OCTET_STRING)?.contents;
            fields.finish()?;
            extensions.push(Self { oid, critical, value });
        }
        Ok(extensions)
    }
}

/// An extension occurs more than once.
pub(crate) const TWICE: DerError = DerError("an extension occurs twice");
/// basicConstraints contradicts itself.
pub(crate) const CONTRADICTORY: DerError =
    DerError("a path length without CA:TRUE, or a negative one");

/// Finds the extension with this identifier; two of them are an error.
pub(crate) fn find<'a>(
    extensions: &[Extension<'a>],
    oid: &[u8],
) -> Result<Option<Extension<'a>>, DerError> {
    let mut found = extensions.iter().filter(|extension| extension.oid == oid);
    let first = found.next().copied();
    if found.next().is_some() {
        return Err(TWICE);
    }
    Ok(first)
}

fn boolean(contents: &[u8]) -> Result<bool, DerError> {
    match contents {
        [value] => Ok(*value != 0),
        _ => Err(DerError("a BOOLEAN is not one byte long")),
    }
}

/// The facts about extensions that the verifier uses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts<'a> {
    /// Whether basicConstraints has CA:TRUE.
    pub(crate) is_ca: bool,
    /// The path length; values too large for 63 bits mean no limit.
    pub(crate) path_length: Option<u64>,
    /// The bits of keyUsage, digitalSignature first (0x80), with the second byte above them.
    pub(crate) key_usage: Option<u16>,
    pub(crate) extended_key_usage: Option<Vec<&'a [u8]>>,
    pub(crate) subject_key_id: Option<&'a [u8]>,
    pub(crate) authority_key_id: Option<AuthorityKeyId<'a>>,
    pub(crate) alternative_names: Option<Vec<GeneralName<'a>>>,
    pub(crate) constraints: Option<Constraints<'a>>,
    pub(crate) crl_points: Vec<DistributionPoint<'a>>,
}

pub(crate) const KEY_CERT_SIGN: u16 = 0x04;
pub(crate) const CRL_SIGN: u16 = 0x02;
pub(crate) const DIGITAL_SIGNATURE: u16 = 0x80;
pub(crate) const KEY_ENCIPHERMENT: u16 = 0x20;
pub(crate) const KEY_AGREEMENT: u16 = 0x08;

/// An authorityKeyIdentifier.
#[derive(Debug, Clone, Default)]
pub(crate) struct AuthorityKeyId<'a> {
    pub(crate) key_id: Option<&'a [u8]>,
    pub(crate) issuer: Option<Vec<GeneralName<'a>>>,
    pub(crate) serial: Option<&'a [u8]>,
}

/// nameConstraints.
#[derive(Debug, Clone, Default)]
pub(crate) struct Constraints<'a> {
    pub(crate) permitted: Vec<Subtree<'a>>,
    pub(crate) excluded: Vec<Subtree<'a>>,
}

/// One subtree of nameConstraints.
#[derive(Debug, Clone)]
pub(crate) struct Subtree<'a> {
    pub(crate) base: GeneralName<'a>,
    /// Whether it has a minimum or maximum, which is not supported.
    pub(crate) has_bounds: bool,
}

impl<'a> Facts<'a> {
    /// Decodes every extension that BoringSSL's verifier caches. A malformed or repeated one makes
    /// the certificate "invalid or inconsistent".
    pub(crate) fn read(extensions: &[Extension<'a>]) -> Result<Self, DerError> {
        let value = |oid: &[u8]| Ok(find(extensions, oid)?.map(|extension| extension.value));
        let mut facts = Self::default();
        if let Some(value) = value(oid::BASIC_CONSTRAINTS)? {
            (facts.is_ca, facts.path_length) = basic_constraints(value)?;
        }
        if let Some(value) = value(oid::KEY_USAGE)? {
            facts.key_usage = Some(key_usage(value)?);
        }
        if let Some(value) = value(oid::EXTENDED_KEY_USAGE)? {
            facts.extended_key_usage = Some(oid_list(value)?);
        }
        if let Some(value) = value(oid::SUBJECT_KEY_ID)? {
            let mut reader = Reader::new(value);
            facts.subject_key_id = Some(reader.expect(OCTET_STRING)?.contents);
            reader.finish()?;
        }
        if let Some(value) = value(oid::AUTHORITY_KEY_ID)? {
            facts.authority_key_id = Some(AuthorityKeyId::read(value)?);
        }
        if let Some(value) = value(oid::SUBJECT_ALT_NAME)? {
            let mut reader = Reader::new(value);
            let names = reader.list(SEQUENCE)?;
            reader.finish()?;
            facts.alternative_names = Some(GeneralName::list(names)?);
        }
        if let Some(value) = value(oid::NAME_CONSTRAINTS)? {
            facts.constraints = Some(Constraints::read(value)?);
        }
        if let Some(value) = value(oid::CRL_DISTRIBUTION_POINTS)? {
            facts.crl_points = DistributionPoint::list(value)?;
        }
        Ok(facts)
    }

    /// Whether keyUsage is present and has none of `bits`.
    pub(crate) fn forbids(&self, bits: u16) -> bool {
        self.key_usage.is_some_and(|usage| usage & bits == 0)
    }

    /// Whether extendedKeyUsage is present without `usage`; anyExtendedKeyUsage does not count.
    pub(crate) fn lacks_usage(&self, usage: &[u8]) -> bool {
        self.extended_key_usage.as_ref().is_some_and(|usages| !usages.contains(&usage))
    }
}

fn basic_constraints(value: &[u8]) -> Result<(bool, Option<u64>), DerError> {
    let mut outer = Reader::new(value);
    let mut fields = outer.contents(SEQUENCE)?;
    outer.finish()?;
    let is_ca = match fields.optional(BOOLEAN)? {
        Some(element) => boolean(element.contents)?,
        None => false,
    };
    if fields.is_empty() {
        return Ok((is_ca, None));
    }
    let length = fields.integer()?;
    fields.finish()?;
    if !is_ca || length.first().is_some_and(|first| first & 0x80 != 0) {
        return Err(CONTRADICTORY);
    }
    Ok((is_ca, small_unsigned(length).filter(|length| i64::try_from(*length).is_ok())))
}

fn key_usage(value: &[u8]) -> Result<u16, DerError> {
    let mut reader = Reader::new(value);
    let bits = BitString::parse(reader.expect(BIT_STRING)?.contents)?;
    reader.finish()?;
    let byte = |index: usize| u16::from(bits.bytes.get(index).copied().unwrap_or(0));
    Ok(byte(0) | byte(1) << 8)
}

fn oid_list(value: &[u8]) -> Result<Vec<&[u8]>, DerError> {
    let mut outer = Reader::new(value);
    let mut reader = outer.list(SEQUENCE)?;
    outer.finish()?;
    let mut list = Vec::new();
    while !reader.is_empty() {
        list.push(reader.oid()?);
    }
    Ok(list)
}

impl<'a> AuthorityKeyId<'a> {
    pub(crate) fn read(value: &'a [u8]) -> Result<Self, DerError> {
        let mut outer = Reader::new(value);
        let mut fields = outer.contents(SEQUENCE)?;
        outer.finish()?;
        let key_id = fields.optional(CONTEXT)?.map(|element| element.contents);
        let issuer = fields.optional_list(CONTEXT | CONSTRUCTED | 1)?;
        let issuer = issuer.map(GeneralName::list).transpose()?;
        let serial = match fields.optional(CONTEXT | 2)? {
            Some(element) => {
                check_integer(element.contents)?;
                Some(element.contents)
            }
            None => None,
        };
        fields.finish()?;
        Ok(Self { key_id, issuer, serial })
    }
}

impl<'a> Constraints<'a> {
    fn read(value: &'a [u8]) -> Result<Self, DerError> {
        let mut outer = Reader::new(value);
        let mut fields = outer.contents(SEQUENCE)?;
        outer.finish()?;
        let mut constraints = Self::default();
        if let Some(list) = fields.optional_list(CONTEXT | CONSTRUCTED)? {
            constraints.permitted = Subtree::list(list)?;
        }
        if let Some(list) = fields.optional_list(CONTEXT | CONSTRUCTED | 1)? {
            constraints.excluded = Subtree::list(list)?;
        }
        fields.finish()?;
        Ok(constraints)
    }
}

impl<'a> Subtree<'a> {
    fn list(mut reader: Reader<'a>) -> Result<Vec<Self>, DerError> {
        let mut subtrees = Vec::new();
        while !reader.is_empty() {
            let mut fields = reader.contents(SEQUENCE)?;
            let base = GeneralName::read(&mut fields)?;
            let mut has_bounds = false;
            for number in [0, 1] {
                if let Some(bound) = fields.optional(CONTEXT | number)? {
                    check_integer(bound.contents)?;
                    has_bounds = true;
                }
            }
            fields.finish()?;
            subtrees.push(Self { base, has_bounds });
        }
        Ok(subtrees)
    }
}

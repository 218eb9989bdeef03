//! A certificate as BoringSSL parses it; Envoy cannot load what this rejects.

use super::any::Algorithm;
use super::extensions::{AuthorityKeyId, CONTRADICTORY, Extension, Facts, KEY_CERT_SIGN, TWICE};
use super::general_name::GeneralName;
use super::key::Key;
use super::name::Name;
use super::oid;
use super::time::Moment;
use crate::cert::der::{
    BIT_STRING, BitString, CONSTRUCTED, CONTEXT, DerError, INTEGER, Reader, SEQUENCE,
    small_unsigned,
};

/// A parsed certificate for verification.
#[derive(Debug, Clone)]
pub(crate) struct X509<'a> {
    pub(crate) whole: &'a [u8],
    /// The signed bytes.
    pub(crate) to_be_signed: &'a [u8],
    /// 1, 2 or 3.
    pub(crate) version: u8,
    pub(crate) serial: &'a [u8],
    /// The signature algorithm inside the signed bytes.
    pub(crate) inner_algorithm: Algorithm<'a>,
    pub(crate) issuer: Name<'a>,
    pub(crate) not_before: Moment,
    pub(crate) not_after: Moment,
    pub(crate) subject: Name<'a>,
    /// The SubjectPublicKeyInfo.
    pub(crate) key_info: &'a [u8],
    /// `None` if BoringSSL cannot read the key; the certificate still parses.
    pub(crate) key: Option<Key<'a>>,
    pub(crate) extensions: Vec<Extension<'a>>,
    pub(crate) algorithm: Algorithm<'a>,
    pub(crate) signature: BitString<'a>,
    /// `Err` if an extension is malformed, repeated or contradictory.
    pub(crate) facts: Result<Facts<'a>, DerError>,
}

impl<'a> X509<'a> {
    /// Parses a certificate that fills `der` (`X509_parse_with_algorithms`).
    pub(crate) fn parse(der: &'a [u8]) -> Result<Self, DerError> {
        let mut reader = Reader::new(der);
        let certificate = Self::read(&mut reader)?;
        reader.finish()?;
        Ok(certificate)
    }

    /// Parses the certificate at the reader's position and leaves the rest.
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, DerError> {
        let outer = reader.expect(SEQUENCE)?;
        let mut fields = Reader::new(outer.contents);
        let signed = fields.expect(SEQUENCE)?;
        let algorithm = Algorithm::read(&mut fields)?;
        let signature = fields.any_with_long_length()?;
        if signature.tag != crate::cert::der::identifier(BIT_STRING) {
            return Err(DerError("the signature is not a bit string"));
        }
        let signature = BitString::parse(signature.contents)?;
        fields.finish()?;

        let mut fields = Reader::new(signed.contents);
        let version = match fields.optional(CONTEXT | CONSTRUCTED)? {
            None => 1,
            Some(wrapper) => {
                let mut inner = Reader::new(wrapper.contents);
                let number = small_unsigned(inner.expect(INTEGER)?.contents);
                inner.finish()?;
                match number {
                    Some(number @ 0..=2) => number as u8 + 1,
                    _ => return Err(DerError("the version is not 1, 2 or 3")),
                }
            }
        };
        let serial = fields.integer()?;
        let inner_algorithm = Algorithm::read(&mut fields)?;
        let issuer = Name::read(&mut fields)?;
        let mut validity = fields.contents(SEQUENCE)?;
        let not_before = Moment::read(&mut validity)?;
        let not_after = Moment::read(&mut validity)?;
        validity.finish()?;
        let subject = Name::read(&mut fields)?;
        let key_info = fields.expect(SEQUENCE)?;
        let key = Key::parse(key_info.contents)?;
        if version >= 2 {
            for number in [1, 2] {
                if let Some(unique) = fields.optional(CONTEXT | number)? {
                    BitString::parse(unique.contents)?;
                }
            }
        }
        let mut extensions = Vec::new();
        if version == 3
            && let Some(wrapper) = fields.optional(CONTEXT | CONSTRUCTED | 3)?
        {
            let mut inner = Reader::new(wrapper.contents);
            extensions = Extension::list(&mut inner)?;
            inner.finish()?;
        }
        fields.finish()?;
        let facts = Facts::read(&extensions);
        Ok(Self {
            whole: outer.whole,
            to_be_signed: signed.whole,
            version,
            serial,
            inner_algorithm,
            issuer,
            not_before,
            not_after,
            subject,
            key_info: key_info.whole,
            key,
            extensions,
            algorithm,
            signature,
            facts,
        })
    }

    /// Whether subject and issuer are equal.
    pub(crate) fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }

    /// Whether it appears to be signed by its own key: by names, key identifiers and keyUsage,
    /// without checking the signature.
    pub(crate) fn is_self_signed(&self) -> bool {
        self.is_self_issued()
            && self.facts.as_ref().is_ok_and(|facts| {
                self.fits(facts.authority_key_id.as_ref()) && !facts.forbids(KEY_CERT_SIGN)
            })
    }

    /// Whether an authorityKeyIdentifier may point to it (`X509_check_akid`).
    pub(crate) fn fits(&self, pointer: Option<&AuthorityKeyId<'_>>) -> bool {
        let Some(pointer) = pointer else { return true };
        let own = self.facts.as_ref().ok().and_then(|facts| facts.subject_key_id);
        if let (Some(wanted), Some(own)) = (pointer.key_id, own)
            && wanted != own
        {
            return false;
        }
        if pointer.serial.is_some_and(|serial| serial != self.serial) {
            return false;
        }
        let directory = pointer.issuer.iter().flatten().find_map(|name| match name {
            GeneralName::Directory(name) => Some(name),
            _ => None,
        });
        directory.is_none_or(|name| *name == self.issuer)
    }

    /// Whether it may have issued `subject`, by name and key identifier (`X509_check_issued`).
    pub(crate) fn may_issue(&self, subject: &X509<'_>) -> bool {
        if self.subject != subject.issuer {
            return false;
        }
        let (Ok(own), Ok(its)) = (&self.facts, &subject.facts) else {
            return false;
        };
        self.fits(its.authority_key_id.as_ref()) && !own.forbids(KEY_CERT_SIGN)
    }

    /// Whether an extension cannot be decoded, which leaves an error in BoringSSL's queue; repeated
    /// or contradictory ones do not.
    pub(crate) fn is_undecodable(&self) -> bool {
        self.facts.as_ref().is_err_and(|error| ![TWICE, CONTRADICTORY].contains(error))
    }

    /// Whether it has a critical extension that BoringSSL does not support.
    pub(crate) fn has_unknown_critical(&self) -> bool {
        const KNOWN: [&[u8]; 9] = [
            oid::KEY_USAGE,
            oid::SUBJECT_ALT_NAME,
            oid::BASIC_CONSTRAINTS,
            oid::CERTIFICATE_POLICIES,
            oid::EXTENDED_KEY_USAGE,
            oid::POLICY_CONSTRAINTS,
            oid::NAME_CONSTRAINTS,
            oid::POLICY_MAPPINGS,
            oid::INHIBIT_ANY_POLICY,
        ];
        self.extensions
            .iter()
            .any(|extension| extension.critical && !KNOWN.contains(&extension.oid))
    }
}

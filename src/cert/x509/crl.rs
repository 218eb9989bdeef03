//! A certificate revocation list as BoringSSL parses it.

use super::any::Algorithm;
use super::extensions::{AuthorityKeyId, Extension, find};
use super::general_name::PointName;
use super::name::Name;
use super::oid;
use super::time::Moment;
use super::x509::X509;
use crate::cert::der::{
    BIT_STRING, BitString, CONSTRUCTED, CONTEXT, DerError, ENUMERATED, GENERALIZED_TIME, INTEGER,
    Reader, SEQUENCE, UTC_TIME, check_integer, small_unsigned,
};

/// A parsed CRL for revocation checks.
#[derive(Debug, Clone)]
pub(crate) struct Crl<'a> {
    pub(crate) whole: &'a [u8],
    pub(crate) to_be_signed: &'a [u8],
    pub(crate) issuer: Name<'a>,
    pub(crate) last_update: Moment,
    pub(crate) next_update: Option<Moment>,
    /// The sorted serial numbers.
    revoked: Vec<&'a [u8]>,
    pub(crate) authority_key_id: Option<AuthorityKeyId<'a>>,
    pub(crate) scope: Option<Scope<'a>>,
    /// Whether the list or an entry has a critical extension that BoringSSL does not support.
    pub(crate) has_unknown_critical: bool,
    pub(crate) inner_algorithm: Algorithm<'a>,
    pub(crate) algorithm: Algorithm<'a>,
    pub(crate) signature: BitString<'a>,
}

/// The issuingDistributionPoint: which certificates the list covers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope<'a> {
    pub(crate) point: Option<PointName<'a>>,
    pub(crate) only_user: bool,
    pub(crate) only_ca: bool,
    pub(crate) some_reasons: bool,
    pub(crate) indirect: bool,
    pub(crate) only_attribute: bool,
}

impl<'a> Crl<'a> {
    /// Parses the CRL at the start of `der`; further bytes in a PEM block are ignored.
    pub(crate) fn parse(der: &'a [u8]) -> Result<Self, DerError> {
        let mut reader = Reader::new(der);
        let outer = reader.expect(SEQUENCE)?;
        let mut fields = Reader::new(outer.contents);
        let signed = fields.expect(SEQUENCE)?;
        let algorithm = Algorithm::read(&mut fields)?;
        let signature = BitString::parse(fields.expect(BIT_STRING)?.contents)?;
        fields.finish()?;

        let mut fields = Reader::new(signed.contents);
        // Version 1 is the default and must not be written; 1 means version 2.
        let version2 = match fields.optional(INTEGER)? {
            None => false,
            Some(element) if small_unsigned(element.contents) == Some(1) => true,
            Some(_) => return Err(DerError("the CRL's version is not 2")),
        };
        let inner_algorithm = Algorithm::read(&mut fields)?;
        let issuer = Name::read(&mut fields)?;
        let last_update = Moment::read(&mut fields)?;
        let next_update = if fields.peeks(UTC_TIME) || fields.peeks(GENERALIZED_TIME) {
            Some(Moment::read(&mut fields)?)
        } else {
            None
        };
        let mut has_unknown_critical = false;
        let mut revoked = Vec::new();
        if let Some(list) = fields.optional(SEQUENCE)? {
            let mut entries = Reader::new(list.contents);
            // BoringSSL silently stops reading entry extensions at a malformed reason.
            let mut look = true;
            while !entries.is_empty() {
                let mut entry = entries.contents(SEQUENCE)?;
                revoked.push(entry.integer()?);
                Moment::read(&mut entry)?;
                if !entry.is_empty() {
                    let extensions = Extension::list(&mut entry)?;
                    entry.finish()?;
                    if look {
                        if !version2 || extensions.is_empty() {
                            return Err(DerError(
                                "a CRL entry has extensions although the version is 1",
                            ));
                        }
                        look = readable_reason(&extensions);
                        has_unknown_critical |=
                            look && extensions.iter().any(|extension| extension.critical);
                    }
                }
            }
        }
        revoked.sort_unstable();
        let mut extensions = Vec::new();
        if let Some(wrapper) = fields.optional(CONTEXT | CONSTRUCTED)? {
            let mut inner = Reader::new(wrapper.contents);
            extensions = Extension::list(&mut inner)?;
            inner.finish()?;
            if !version2 || extensions.is_empty() {
                return Err(DerError("the CRL has extensions although its version is 1"));
            }
        }
        fields.finish()?;
        let value = |oid: &[u8]| Ok(find(&extensions, oid)?.map(|extension| extension.value));
        let scope = value(oid::ISSUING_DISTRIBUTION_POINT)?.map(Scope::read).transpose()?;
        let authority_key_id =
            value(oid::AUTHORITY_KEY_ID)?.map(AuthorityKeyId::read).transpose()?;
        has_unknown_critical |= extensions.iter().any(|extension| {
            extension.critical
                && extension.oid != oid::ISSUING_DISTRIBUTION_POINT
                && extension.oid != oid::AUTHORITY_KEY_ID
        });
        Ok(Self {
            whole: outer.whole,
            to_be_signed: signed.whole,
            issuer,
            last_update,
            next_update,
            revoked,
            authority_key_id,
            scope,
            has_unknown_critical,
            inner_algorithm,
            algorithm,
            signature,
        })
    }

    pub(crate) fn revokes(&self, serial: &[u8]) -> bool {
        self.revoked.binary_search(&serial).is_ok()
    }

    /// Whether the list covers this certificate of its issuer (BoringSSL's `crl_crldp_check`).
    /// `None` if a distribution point name is relative to the list's issuer: Envoy versions differ
    /// there.
    pub(crate) fn covers(&self, certificate: &X509<'_>) -> Option<bool> {
        let Ok(facts) = &certificate.facts else {
            return Some(false);
        };
        let scope = self.scope.as_ref();
        let excluded = scope.is_some_and(|scope| {
            scope.only_attribute || if facts.is_ca { scope.only_user } else { scope.only_ca }
        });
        if excluded {
            return Some(false);
        }
        for point in facts.crl_points.iter().filter(|point| !point.has_reasons && !point.has_issuer)
        {
            let Some(scope) = scope else { return Some(true) };
            match (&point.name, &scope.point) {
                (None, _) | (_, None) => return Some(true),
                (Some(PointName::Full(of_certificate)), Some(PointName::Full(of_crl))) => {
                    if of_certificate.iter().any(|one| of_crl.iter().any(|other| one.same(other))) {
                        return Some(true);
                    }
                }
                _ => return None,
            }
        }
        Some(scope.is_none_or(|scope| scope.point.is_none()))
    }
}

fn readable_reason(extensions: &[Extension<'_>]) -> bool {
    match find(extensions, oid::CRL_REASON) {
        Ok(None) => true,
        Ok(Some(extension)) => {
            let mut reader = Reader::new(extension.value);
            reader
                .expect(ENUMERATED)
                .is_ok_and(|element| check_integer(element.contents).is_ok() && reader.is_empty())
        }
        Err(_) => false,
    }
}

impl<'a> Scope<'a> {
    fn read(value: &'a [u8]) -> Result<Self, DerError> {
        let mut outer = Reader::new(value);
        let mut fields = outer.contents(SEQUENCE)?;
        outer.finish()?;
        let point = PointName::optional(&mut fields)?;
        let only_user = flag(&mut fields, 1)?;
        let only_ca = flag(&mut fields, 2)?;
        let some_reasons = match fields.optional(CONTEXT | 3)? {
            Some(reasons) => {
                BitString::parse(reasons.contents)?;
                true
            }
            None => false,
        };
        let indirect = flag(&mut fields, 4)?;
        let only_attribute = flag(&mut fields, 5)?;
        fields.finish()?;
        Ok(Self { point, only_user, only_ca, some_reasons, indirect, only_attribute })
    }
}

/// Reads an implicitly tagged BOOLEAN that defaults to false; any non-zero byte is true.
fn flag(fields: &mut Reader<'_>, number: u8) -> Result<bool, DerError> {
    match fields.optional(CONTEXT | number)? {
        None => Ok(false),
        Some(element) => match element.contents {
            [value] => Ok(*value != 0),
            _ => Err(DerError("a BOOLEAN is not one byte long")),
        },
    }
}

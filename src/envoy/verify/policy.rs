//! Certificate policies (RFC 5280, 6.1): Envoy requires none, but a CA may.

use std::collections::{BTreeMap, BTreeSet};

use super::path::{Path, Stop};
use super::reason;
use crate::cert::DerError;
use crate::cert::der::{
    BMP_STRING, CONTEXT, IA5_STRING, INTEGER, Reader, SEQUENCE, UTF8_STRING, VISIBLE_STRING,
    check_integer, small_unsigned,
};
use crate::cert::x509::X509;
use crate::cert::x509::any;
use crate::cert::x509::find;
use crate::cert::x509::oid;

/// The valid policies at a certificate of the path.
struct Level {
    /// Whether every policy is valid.
    any: bool,
    policies: BTreeSet<Vec<u8>>,
}

/// Checks a path (`X509_policy_check`) from below the anchor to the leaf.
///
/// Since the user requires no policies, it only matters whether any policy remains if a certificate
/// requires one, so levels need no parents.
pub(crate) fn check(path: &Path<'_, '_>) -> Result<(), Stop> {
    let count = path.certificates.len();
    if count <= 1 {
        return Ok(());
    }
    // BoringSSL up to Envoy 1.38 reports the depth of the last certificate it checked: the leaf.
    let invalid = |_: DerError| Stop::at(0, reason::INVALID_POLICY);
    let mut explicit = count + 1;
    let mut inhibit_any = count + 1;
    let mut mapping = count + 1;
    let mut level = Level { any: true, policies: BTreeSet::new() };
    for depth in (0..count - 1).rev() {
        let certificate = path.certificates[depth];
        let self_issued = certificate.is_self_issued();
        let any_allowed = inhibit_any > 0 || depth > 0 && self_issued;
        level.apply(certificate, any_allowed).map_err(invalid)?;
        if explicit == 0 && level.is_empty() {
            return Err(Stop::at(0, reason::NO_EXPLICIT_POLICY));
        }
        if depth > 0 {
            level.map(certificate, mapping > 0).map_err(invalid)?;
        }
        if depth == 0 || !self_issued {
            explicit = explicit.saturating_sub(1);
            mapping = mapping.saturating_sub(1);
            inhibit_any = inhibit_any.saturating_sub(1);
        }
        constrain(certificate, &mut explicit, &mut mapping, &mut inhibit_any).map_err(invalid)?;
    }
    if explicit == 0 && level.is_empty() {
        return Err(Stop::at(0, reason::NO_EXPLICIT_POLICY));
    }
    Ok(())
}

impl Level {
    fn is_empty(&self) -> bool {
        !self.any && self.policies.is_empty()
    }

    /// Keeps the policies that the certificate allows (`process_certificate_policies`).
    fn apply(&mut self, certificate: &X509<'_>, any_allowed: bool) -> Result<(), DerError> {
        let Some(extension) = find(&certificate.extensions, oid::CERTIFICATE_POLICIES)? else {
            self.any = false;
            self.policies.clear();
            return Ok(());
        };
        let policies = policies(extension.value)?;
        let has_any = policies.contains(oid::ANY_POLICY);
        let was_any = self.any;
        if !has_any || !any_allowed {
            self.policies.retain(|policy| policies.contains(policy));
            self.any = false;
        }
        if was_any {
            self.policies.extend(policies.into_iter().filter(|policy| policy != oid::ANY_POLICY));
        }
        Ok(())
    }

    /// Renames policies for the next level (`process_policy_mappings`).
    fn map(&mut self, certificate: &X509<'_>, allowed: bool) -> Result<(), DerError> {
        let mut pairs: BTreeMap<Vec<u8>, BTreeSet<Vec<u8>>> = BTreeMap::new();
        if let Some(extension) = find(&certificate.extensions, oid::POLICY_MAPPINGS)? {
            for (issuer, subject) in mappings(extension.value)? {
                pairs.entry(issuer).or_default().insert(subject);
            }
        }
        if !allowed {
            self.policies.retain(|policy| !pairs.contains_key(policy));
            pairs.clear();
        }
        let mut next: BTreeSet<Vec<u8>> =
            self.policies.iter().filter(|policy| !pairs.contains_key(*policy)).cloned().collect();
        for (issuer, subjects) in pairs {
            if self.any || self.policies.contains(&issuer) {
                next.extend(subjects);
            }
        }
        self.policies = next;
        Ok(())
    }
}

/// Reads certificatePolicies: at least one, without duplicates.
fn policies(value: &[u8]) -> Result<BTreeSet<Vec<u8>>, DerError> {
    let mut outer = Reader::new(value);
    let mut reader = outer.list(SEQUENCE)?;
    outer.finish()?;
    let mut policies = BTreeSet::new();
    while !reader.is_empty() {
        let mut fields = reader.contents(SEQUENCE)?;
        let policy = fields.oid()?;
        if let Some(mut qualifiers) = fields.optional_list(SEQUENCE)? {
            while !qualifiers.is_empty() {
                qualifier(&mut qualifiers)?;
            }
        }
        fields.finish()?;
        if !policies.insert(policy.to_vec()) {
            return Err(DerError("a policy occurs twice"));
        }
    }
    if policies.is_empty() { Err(DerError("there is no policy")) } else { Ok(policies) }
}

fn qualifier(reader: &mut Reader<'_>) -> Result<(), DerError> {
    let mut fields = reader.contents(SEQUENCE)?;
    match fields.oid()? {
        oid::CPS_QUALIFIER => {
            fields.expect(IA5_STRING)?;
        }
        oid::NOTICE_QUALIFIER => {
            let mut notice = fields.contents(SEQUENCE)?;
            if let Some(reference) = notice.optional(SEQUENCE)? {
                let mut reference = Reader::new(reference.contents);
                display_text(&mut reference)?;
                let mut numbers = reference.list(SEQUENCE)?;
                reference.finish()?;
                while !numbers.is_empty() {
                    numbers.integer()?;
                }
            }
            if !notice.is_empty() {
                display_text(&mut notice)?;
            }
            notice.finish()?;
        }
        _ => {
            any::read(&mut fields)?;
        }
    }
    fields.finish()
}

fn display_text(reader: &mut Reader<'_>) -> Result<(), DerError> {
    let text = any::read(reader)?;
    let allowed = [IA5_STRING, VISIBLE_STRING, BMP_STRING, UTF8_STRING];
    if allowed.iter().any(|tag| text.tag == crate::cert::der::identifier(*tag)) {
        Ok(())
    } else {
        Err(DerError("a text is of another type"))
    }
}

/// An issuer's policy and the subject's equivalent.
type Mapping = (Vec<u8>, Vec<u8>);

/// Reads policyMappings: at least one, none from or to anyPolicy.
fn mappings(value: &[u8]) -> Result<Vec<Mapping>, DerError> {
    let mut outer = Reader::new(value);
    let mut reader = outer.list(SEQUENCE)?;
    outer.finish()?;
    let mut pairs = Vec::new();
    while !reader.is_empty() {
        let mut fields = reader.contents(SEQUENCE)?;
        let (issuer, subject) = (fields.oid()?, fields.oid()?);
        fields.finish()?;
        if issuer == oid::ANY_POLICY || subject == oid::ANY_POLICY {
            return Err(DerError("anyPolicy may not be mapped"));
        }
        pairs.push((issuer.to_vec(), subject.to_vec()));
    }
    if pairs.is_empty() { Err(DerError("there is no mapping")) } else { Ok(pairs) }
}

/// Applies policyConstraints and inhibitAnyPolicy.
fn constrain(
    certificate: &X509<'_>,
    explicit: &mut usize,
    mapping: &mut usize,
    inhibit_any: &mut usize,
) -> Result<(), DerError> {
    if let Some(extension) = find(&certificate.extensions, oid::POLICY_CONSTRAINTS)? {
        let mut outer = Reader::new(extension.value);
        let mut fields = outer.contents(SEQUENCE)?;
        outer.finish()?;
        if fields.is_empty() {
            return Err(DerError("policy constraints are empty"));
        }
        for (number, counter) in [(0, explicit), (1, mapping)] {
            if let Some(element) = fields.optional(CONTEXT | number)? {
                lower(counter, element.contents)?;
            }
        }
        fields.finish()?;
    }
    if let Some(extension) = find(&certificate.extensions, oid::INHIBIT_ANY_POLICY)? {
        let mut reader = Reader::new(extension.value);
        let element = reader.expect(INTEGER)?;
        reader.finish()?;
        lower(inhibit_any, element.contents)?;
    }
    Ok(())
}

/// Lowers a counter to a number in the certificate; numbers too large to matter are ignored.
fn lower(counter: &mut usize, number: &[u8]) -> Result<(), DerError> {
    check_integer(number)?;
    if number.first().is_some_and(|first| first & 0x80 != 0) {
        return Err(DerError("a policy constraint is negative"));
    }
    if let Some(value) = small_unsigned(number).and_then(|value| usize::try_from(value).ok()) {
        *counter = (*counter).min(value);
    }
    Ok(())
}

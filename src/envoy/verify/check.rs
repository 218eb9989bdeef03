//! Checks a built path: extensions, signatures, dates, name constraints.

use super::path::{Path, Stop, Verification};
use super::{constraints, policy, reason, revocation};
use crate::cert::x509::KEY_CERT_SIGN;
use crate::cert::x509::X509;
use crate::cert::x509::{Signed, check as check_signature};

impl<'v, 'a> Verification<'v, 'a> {
    /// Checks a built path, in BoringSSL's order.
    pub(crate) fn check(&self, path: &Path<'v, 'a>) -> Result<(), Stop> {
        self.check_extensions(path)?;
        if self.check_crls {
            revocation::check(self, path)?;
        }
        self.check_signatures_and_time(path)?;
        self.check_constraints(path)?;
        policy::check(path)
    }

    /// Requirements on every certificate from the peer; the anchor is exempt.
    fn check_extensions(&self, path: &Path<'v, 'a>) -> Result<(), Stop> {
        let mut counted = 0u64;
        for depth in 0..path.untrusted {
            let certificate = path.certificates[depth];
            let Ok(facts) = &certificate.facts else {
                return Err(Stop::at(depth, reason::INVALID_CA));
            };
            if certificate.has_unknown_critical() {
                return Err(Stop::at(depth, reason::UNHANDLED_CRITICAL));
            }
            if depth > 0 && !is_ca(certificate) {
                return Err(Stop::at(depth, reason::INVALID_CA));
            }
            if !self.purpose.allows(facts, depth > 0) {
                return Err(Stop::at(depth, reason::INVALID_PURPOSE));
            }
            let self_issued = certificate.is_self_issued();
            let limited = self.version.limits_self_issued() || !self_issued;
            if depth > 1
                && limited
                && facts.path_length.is_some_and(|length| counted > length.saturating_add(1))
            {
                return Err(Stop::at(depth, reason::PATH_LENGTH));
            }
            // A newer BoringSSL counts the leaf even if it is self-issued.
            if !self_issued || depth == 0 && self.version.limits_self_issued() {
                counted += 1;
            }
        }
        Ok(())
    }

    fn check_signatures_and_time(&self, path: &Path<'v, 'a>) -> Result<(), Stop> {
        for depth in (0..path.certificates.len()).rev() {
            let certificate = path.certificates[depth];
            if let Some(issuer) = path.certificates.get(depth + 1) {
                let Some(key) = &issuer.key else {
                    return Err(Stop::at(depth, reason::NO_ISSUER_KEY));
                };
                let signed = if certificate.algorithm.same(&certificate.inner_algorithm) {
                    check_signature(
                        key,
                        &certificate.algorithm,
                        certificate.to_be_signed,
                        certificate.signature,
                    )
                } else {
                    Signed::Invalid
                };
                match signed {
                    Signed::Valid => {}
                    Signed::Invalid => return Err(Stop::at(depth, reason::SIGNATURE)),
                    Signed::Unjudged(kind) => {
                        return Err(Stop::Unknown(format!("signatures by {kind} are not checked")));
                    }
                }
            }
            match certificate.not_before.is_past(self.now) {
                Some(true) => {}
                Some(false) => return Err(Stop::at(depth, reason::NOT_YET_VALID)),
                None => return Err(Stop::at(depth, reason::NOT_BEFORE_FORMAT)),
            }
            match certificate.not_after.is_past(self.now) {
                Some(false) => {}
                Some(true) => return Err(Stop::at(depth, reason::EXPIRED)),
                None => return Err(Stop::at(depth, reason::NOT_AFTER_FORMAT)),
            }
        }
        Ok(())
    }

    fn check_constraints(&self, path: &Path<'v, 'a>) -> Result<(), Stop> {
        let mut constrained = false;
        for depth in (0..path.certificates.len()).rev() {
            let certificate = path.certificates[depth];
            if depth > 0 && certificate.is_self_issued() {
                continue;
            }
            for above in (depth + 1..path.certificates.len()).rev() {
                let facts = path.certificates[above].facts.as_ref();
                if let Some(limits) = facts.ok().and_then(|facts| facts.constraints.as_ref()) {
                    constrained = true;
                    constraints::check(certificate, limits, self.version)
                        .map_err(|reason| Stop::at(depth, reason))?;
                }
            }
        }
        let leaf = path.certificates[0];
        let named = leaf.facts.as_ref().is_ok_and(|facts| facts.alternative_names.is_some());
        if constrained && !named {
            // Envoy up to 1.38 prints the depth at which its loop ended.
            let depth = if self.version.limits_self_issued() { 0 } else { -1 };
            match constraints::has_dns_common_name(leaf) {
                Ok(false) => {}
                Ok(true) => return Err(Stop::Refused(depth, reason::CONSTRAINTS_WITHOUT_NAMES)),
                Err(reason) => return Err(Stop::Refused(0, reason)),
            }
        }
        Ok(())
    }
}

/// Whether a certificate sent by the peer may issue others (`check_ca`). A self-signed version 1
/// certificate may, but those are never among the ones that the peer sent.
fn is_ca(certificate: &X509<'_>) -> bool {
    certificate.facts.as_ref().is_ok_and(|facts| {
        !facts.forbids(KEY_CERT_SIGN)
            && (facts.is_ca || certificate.version == 1 && certificate.is_self_signed())
    })
}

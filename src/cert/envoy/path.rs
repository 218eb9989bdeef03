//! From a leaf to something trusted: the path that BoringSSL builds, step by step and without ever
//! going back.

use crate::cert::envoy::profile::EnvoyVersion;
use crate::cert::envoy::purpose::Purpose;
use crate::cert::envoy::store::Store;
use crate::cert::envoy::verdict::EnvoyVerdict;
use crate::cert::envoy::x509::X509;
use crate::cert::envoy::{constraints, policy, reason, revocation};

/// Certificates between leaf and anchor (`X509_VERIFY_PARAM`'s default depth).
const MOST_BETWEEN: usize = 100;

/// Everything one verification looks at.
pub(super) struct Verification<'v, 'a> {
    pub(super) store: &'v Store<'a>,
    /// Seconds since 1970.
    pub(super) now: i64,
    pub(super) purpose: Purpose,
    pub(super) version: EnvoyVersion,
    pub(super) check_crls: bool,
}

/// A built path.
pub(super) struct Path<'v, 'a> {
    /// The leaf first.
    pub(super) certificates: Vec<&'v X509<'a>>,
    /// How many of them came from the peer.
    pub(super) untrusted: usize,
    /// The order of the store decided, and we do not know it.
    ambiguous: bool,
}

/// Why the verification stopped.
pub(super) enum Stop {
    Refused(i32, &'static str),
    Unknown(String),
}

impl Stop {
    pub(super) fn at(depth: usize, reason: &'static str) -> Self {
        Self::Refused(i32::try_from(depth).unwrap_or(i32::MAX), reason)
    }
}

impl<'v, 'a> Verification<'v, 'a> {
    /// Judges what a peer sent, leaf first (`X509_verify_cert` with `PARTIAL_CHAIN`).
    pub(super) fn verify(&self, sent: &'v [X509<'a>]) -> EnvoyVerdict {
        let mut ambiguous = false;
        let outcome = self.build(sent).and_then(|path| {
            ambiguous = path.ambiguous;
            self.check(&path)
        });
        if ambiguous {
            return EnvoyVerdict::unknown(
                "several trusted certificates of one name may have issued a certificate of the \
                 chain, and which of them Envoy takes cannot be told from so large a file",
            );
        }
        match outcome {
            Ok(()) => EnvoyVerdict::Accepted,
            Err(Stop::Refused(depth, reason)) => EnvoyVerdict::Refused {
                depth: Some(depth),
                reason: match reason.strip_prefix("CRL: ") {
                    Some(plain) if !self.version.tells_crls_apart() => plain.to_owned(),
                    _ => reason.to_owned(),
                },
            },
            Err(Stop::Unknown(why)) => EnvoyVerdict::Unknown { why },
        }
    }

    fn build(&self, sent: &'v [X509<'a>]) -> Result<Path<'v, 'a>, Stop> {
        let leaf = &sent[0];
        let mut certificates: Vec<&X509<'a>> = vec![leaf];
        let mut unused: Vec<&X509<'a>> = sent.iter().collect();
        let mut ambiguous = false;
        let mut last = leaf;
        while certificates.len() < MOST_BETWEEN + 2 {
            if self.is_self_signed(last)? || self.store.issuer(last).is_some() {
                break;
            }
            let Some(position) = unused.iter().position(|candidate| candidate.may_issue(last))
            else {
                break;
            };
            last = unused.remove(position);
            certificates.push(last);
        }
        let mut untrusted = certificates.len();
        let mut top_sent = None;
        if self.is_self_signed(last)? {
            if certificates.len() == 1 {
                // A lone self-signed certificate has to be in the store, byte by byte, and be the
                // one that a search for its issuer finds.
                let found = self.store.issuer(last);
                match found {
                    Some((anchor, unsure)) if anchor.certificate.whole == last.whole => {
                        ambiguous |= unsure;
                        untrusted = 0;
                    }
                    Some((_, true)) => {
                        return Err(Stop::Unknown(
                            "several trusted certificates have the name of this self-signed one"
                                .to_owned(),
                        ));
                    }
                    _ => return Err(Stop::at(0, reason::SELF_SIGNED)),
                }
            } else {
                // What the peer sent as its own root never counts; the store may have it.
                top_sent = certificates.pop();
                untrusted -= 1;
                last = certificates[certificates.len() - 1];
            }
        }
        while certificates.len() < MOST_BETWEEN + 2 {
            if self.is_self_signed(last)? {
                break;
            }
            let Some((anchor, unsure)) = self.store.issuer(last) else {
                break;
            };
            ambiguous |= unsure;
            last = &anchor.certificate;
            certificates.push(last);
        }
        let mut path = Path { certificates, untrusted, ambiguous };
        self.check_trust(&mut path, top_sent)?;
        Ok(path)
    }

    /// Whether something in the path comes from the store (`check_trust`).
    fn check_trust(
        &self,
        path: &mut Path<'v, 'a>,
        top_sent: Option<&'v X509<'a>>,
    ) -> Result<(), Stop> {
        for depth in path.untrusted..path.certificates.len() {
            let anchor = self.store.same(path.certificates[depth]);
            if anchor.is_some_and(|anchor| self.purpose.is_rejected_by(anchor)) {
                return Err(Stop::at(depth, reason::REJECTED));
            }
        }
        if path.untrusted < path.certificates.len() {
            return Ok(());
        }
        if self.store.same(path.certificates[0]).is_some() {
            path.untrusted = 0;
            return Ok(());
        }
        let last = path.certificates.len() - 1;
        match top_sent {
            Some(top) if top.may_issue(path.certificates[last]) => {
                Err(Stop::at(last + 1, reason::SELF_SIGNED_IN_CHAIN))
            }
            _ => Err(Stop::at(last, reason::NO_LOCAL_ISSUER)),
        }
    }

    fn is_self_signed(&self, certificate: &X509<'_>) -> Result<bool, Stop> {
        if certificate.facts.is_err() {
            // BoringSSL leaves before it sets a depth.
            return Err(Stop::Refused(0, reason::INVALID_EXTENSION));
        }
        Ok(certificate.is_self_signed())
    }

    fn check(&self, path: &Path<'v, 'a>) -> Result<(), Stop> {
        self.check_extensions(path)?;
        if self.check_crls {
            revocation::check(self, path)?;
        }
        self.check_signatures_and_time(path)?;
        self.check_constraints(path)?;
        policy::check(path)
    }

    /// What every certificate that came from the peer has to be; the anchor is exempt.
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
        use crate::cert::envoy::signature::{Signed, check};
        for depth in (0..path.certificates.len()).rev() {
            let certificate = path.certificates[depth];
            if let Some(issuer) = path.certificates.get(depth + 1) {
                let Some(key) = &issuer.key else {
                    return Err(Stop::at(depth, reason::NO_ISSUER_KEY));
                };
                let signed = if certificate.algorithm.same(&certificate.inner_algorithm) {
                    check(
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
            // Envoy up to 1.38 prints the depth that its loop ended with.
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
/// certificate counts, but those are never among what the peer sent.
fn is_ca(certificate: &X509<'_>) -> bool {
    use crate::cert::envoy::extensions::KEY_CERT_SIGN;
    certificate.facts.as_ref().is_ok_and(|facts| {
        !facts.forbids(KEY_CERT_SIGN)
            && (facts.is_ca || certificate.version == 1 && certificate.is_self_signed())
    })
}

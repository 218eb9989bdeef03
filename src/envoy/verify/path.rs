//! The path from a leaf to a trust anchor, built like BoringSSL's, step by step and without
//! backtracking.

use std::cell::Cell;

use super::choices::Choices;
use super::purpose::Purpose;
use super::reason;
use super::store::{Anchor, Store};
use super::verdict::EnvoyVerdict;
use crate::cert::x509::X509;
use crate::envoy::EnvoyVersion;

/// Maximum number of certificates between leaf and anchor (`X509_VERIFY_PARAM`'s default depth).
const MOST_BETWEEN: usize = 100;

/// How many orders of a large trust store are tried. If their results differ, or if there are more,
/// the verdict is unknown.
const MOST_ORDERS: usize = 64;

/// The inputs of a verification.
pub(crate) struct Verification<'v, 'a> {
    pub(crate) store: &'v Store<'a>,
    /// Seconds since 1970.
    pub(crate) now: i64,
    pub(crate) purpose: Purpose,
    pub(crate) version: EnvoyVersion,
    pub(crate) check_crls: bool,
    /// Choices that depend on the order of the store, if it is unknown.
    pub(crate) choices: Choices,
    /// Whether a malformed certificate of the peer was skipped.
    pub(crate) passed_over_malformed: Cell<bool>,
}

/// A built path.
pub(crate) struct Path<'v, 'a> {
    /// The certificates, leaf first.
    pub(crate) certificates: Vec<&'v X509<'a>>,
    /// The number of certificates that came from the peer.
    pub(crate) untrusted: usize,
}

/// A path, and the self-signed certificate that the peer sent on top of it.
type Grown<'v, 'a> = (Path<'v, 'a>, Option<&'v X509<'a>>);

/// Why the verification ended.
pub(crate) enum Stop {
    Refused(i32, &'static str),
    Unknown(String),
}

impl Stop {
    pub(crate) fn at(depth: usize, reason: &'static str) -> Self {
        Self::Refused(i32::try_from(depth).unwrap_or(i32::MAX), reason)
    }
}

impl<'v, 'a> Verification<'v, 'a> {
    /// Whether an error about the encoding of some certificate stays in BoringSSL's queue although
    /// the verification succeeds. On TLS 1.2 Envoy then waits for the server, calls
    /// `SSL_get_error`, and gets that error.
    pub(crate) fn leaves_error(&self) -> bool {
        self.passed_over_malformed.get()
    }

    /// Verifies the peer's certificates, leaf first (`X509_verify_cert` with `PARTIAL_CHAIN`).
    pub(crate) fn verify(&self, sent: &'v [X509<'a>]) -> EnvoyVerdict {
        let verdict = self.verify_once(sent);
        let mut orders = 1;
        while self.choices.advance() {
            orders += 1;
            if orders > MOST_ORDERS || self.verify_once(sent) != verdict {
                return EnvoyVerdict::unknown(
                    "several trusted certificates or CRLs with the same name match, and which of \
                     them Envoy uses cannot be determined from a file of this size",
                );
            }
        }
        verdict
    }

    fn verify_once(&self, sent: &'v [X509<'a>]) -> EnvoyVerdict {
        let outcome = self.build(sent).and_then(|path| self.check(&path));
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
        let (mut path, top_sent) = self.grow(sent)?;
        self.check_trust(&mut path, top_sent)?;
        Ok(path)
    }

    /// The certificates of the path, leaf first, trusted or not, to which the depths in Envoy's
    /// reasons refer. Empty if no path is built.
    pub(crate) fn depths(&self, sent: &'v [X509<'a>]) -> Vec<&'v X509<'a>> {
        let Ok((path, top_sent)) = self.grow(sent) else { return Vec::new() };
        let mut certificates = path.certificates;
        if path.untrusted == certificates.len() {
            certificates.extend(top_sent);
        }
        certificates
    }

    /// The longest path, and the root sent by the peer, if any.
    fn grow(&self, sent: &'v [X509<'a>]) -> Result<Grown<'v, 'a>, Stop> {
        let leaf = &sent[0];
        let mut certificates: Vec<&X509<'a>> = vec![leaf];
        let mut unused: Vec<&X509<'a>> = sent.iter().collect();
        let mut last = leaf;
        while certificates.len() < MOST_BETWEEN + 2 {
            if self.is_self_signed(last)? || !self.store.issuers(last).is_empty() {
                break;
            }
            let found = unused.iter().position(|candidate| candidate.may_issue(last));
            let examined = &unused[..found.unwrap_or(unused.len())];
            if examined.iter().any(|other| other.subject == last.issuer && other.is_undecodable()) {
                self.passed_over_malformed.set(true);
            }
            let Some(position) = found else {
                break;
            };
            last = unused.remove(position);
            certificates.push(last);
        }
        let mut untrusted = certificates.len();
        let mut top_sent = None;
        if self.is_self_signed(last)? {
            if certificates.len() == 1 {
                // A single self-signed certificate must be in the store, byte for byte, and be the
                // one that the search for its issuer finds.
                match self.issuer(last) {
                    Some(anchor) if anchor.certificate.whole == last.whole => untrusted = 0,
                    _ => return Err(Stop::at(0, reason::SELF_SIGNED)),
                }
            } else {
                // A root sent by the peer never counts; the store may have it.
                top_sent = certificates.pop();
                untrusted -= 1;
                last = certificates[certificates.len() - 1];
            }
        }
        while certificates.len() < MOST_BETWEEN + 2 {
            if self.is_self_signed(last)? {
                break;
            }
            let Some(anchor) = self.issuer(last) else {
                break;
            };
            last = &anchor.certificate;
            certificates.push(last);
        }
        Ok((Path { certificates, untrusted }, top_sent))
    }

    /// The certificate that the store returns as the issuer of `subject`.
    fn issuer(&self, subject: &X509<'_>) -> Option<&'v Anchor<'a>> {
        let found = self.store.issuers(subject);
        found.get(self.choices.take(found.len())).copied()
    }

    /// Whether the path has a certificate from the store (`check_trust`).
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
            // BoringSSL returns before it sets a depth.
            return Err(Stop::Refused(0, reason::INVALID_EXTENSION));
        }
        Ok(certificate.is_self_signed())
    }
}

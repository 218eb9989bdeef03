//! Revocation: each certificate of a path needs a current CRL that does not list it.

use std::cmp::Ordering;

use super::path::{Path, Stop, Verification};
use super::reason;
use crate::cert::x509::CRL_SIGN;
use crate::cert::x509::Crl;
use crate::cert::x509::{Signed, check as check_signature};

/// How well a CRL matches a certificate; the best one is used, or the newest of equal ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score(u16);

const NO_CRITICAL: u16 = 0x100;
const SCOPE: u16 = 0x080;
const TIME: u16 = 0x040;
const ISSUER_NAME: u16 = 0x020;
const ISSUER_CERTIFICATE: u16 = 0x018;
const SAME_PATH: u16 = 0x008;
const KEY_ID: u16 = 0x004;

/// Checks the whole path including the anchor (`CRL_CHECK_ALL`).
pub(crate) fn check(verification: &Verification<'_, '_>, path: &Path<'_, '_>) -> Result<(), Stop> {
    for depth in 0..path.certificates.len() {
        check_one(verification, path, depth)?;
    }
    Ok(())
}

fn check_one(
    verification: &Verification<'_, '_>,
    path: &Path<'_, '_>,
    depth: usize,
) -> Result<(), Stop> {
    let stop = |reason| Err(Stop::at(depth, reason));
    let certificate = path.certificates[depth];
    let mut best: Vec<(Score, &Crl<'_>, usize)> = Vec::new();
    for crl in verification.store.crls(&certificate.issuer) {
        let Some((score, issuer)) = score(verification, path, depth, crl)? else {
            continue;
        };
        let order = best.first().map_or(Ordering::Greater, |(other, current, _)| {
            let newer = crl.last_update.seconds().cmp(&current.last_update.seconds());
            score.cmp(other).then(newer)
        });
        match order {
            Ordering::Greater => best = vec![(score, crl, issuer)],
            // The first of equal ones is used, but it is unknown which one that is.
            Ordering::Equal if !verification.store.order_is_known() => {
                best.push((score, crl, issuer));
            }
            Ordering::Equal | Ordering::Less => {}
        }
    }
    if best.is_empty() {
        return stop(reason::NO_CRL);
    }
    let (Score(score), crl, issuer) = best[verification.choices.take(best.len())];
    let issuer = path.certificates[issuer];
    if issuer.facts.as_ref().is_ok_and(|facts| facts.forbids(CRL_SIGN)) {
        return stop(reason::NO_CRL_SIGN);
    }
    if score & SCOPE == 0 {
        return stop(reason::CRL_SCOPE);
    }
    if score & TIME == 0 {
        check_time(crl, verification.now).or_else(stop)?;
    }
    let Some(key) = &issuer.key else {
        return stop(reason::NO_ISSUER_KEY);
    };
    let signed = if crl.algorithm.same(&crl.inner_algorithm) {
        check_signature(key, &crl.algorithm, crl.to_be_signed, crl.signature)
    } else {
        Signed::Invalid
    };
    match signed {
        Signed::Valid => {}
        Signed::Invalid => return stop(reason::CRL_SIGNATURE),
        Signed::Unjudged(kind) => {
            return Err(Stop::Unknown(format!("CRL signatures by {kind} are not checked")));
        }
    }
    if crl.has_unknown_critical {
        return stop(reason::UNHANDLED_CRITICAL_CRL);
    }
    if crl.revokes(certificate.serial) {
        return stop(reason::REVOKED);
    }
    Ok(())
}

/// How well `crl` matches the certificate at `depth`, and the depth of its issuer
/// (`get_crl_score`); `None` if it does not match.
fn score(
    verification: &Verification<'_, '_>,
    path: &Path<'_, '_>,
    depth: usize,
    crl: &Crl<'_>,
) -> Result<Option<(Score, usize)>, Stop> {
    if let Some(scope) = &crl.scope {
        let only = [scope.only_user, scope.only_ca, scope.only_attribute];
        if only.iter().filter(|only| **only).count() > 1 || scope.indirect || scope.some_reasons {
            return Ok(None);
        }
    }
    let mut score = ISSUER_NAME;
    if !crl.has_unknown_critical {
        score |= NO_CRITICAL;
    }
    if check_time(crl, verification.now).is_ok() {
        score |= TIME;
    }
    let Some((issuer, points)) = issuer(path, depth, crl) else {
        return Ok(None);
    };
    score |= points;
    let covers = crl.covers(path.certificates[depth]).ok_or_else(|| {
        Stop::Unknown("a distribution point is named relative to the CRL's issuer".to_owned())
    })?;
    if covers {
        score |= SCOPE;
    }
    Ok(Some((Score(score), issuer)))
}

/// Finds the CRL's issuer in the path (`crl_akid_check`): the next certificate up, whatever its
/// name, or a higher one with the CRL issuer's name.
fn issuer(path: &Path<'_, '_>, depth: usize, crl: &Crl<'_>) -> Option<(usize, u16)> {
    let last = path.certificates.len() - 1;
    let next = if depth == last { depth } else { depth + 1 };
    let pointer = crl.authority_key_id.as_ref();
    if path.certificates[next].fits(pointer) {
        return Some((next, KEY_ID | ISSUER_CERTIFICATE));
    }
    (next + 1..=last)
        .find(|above| {
            let candidate = path.certificates[*above];
            candidate.subject == crl.issuer && candidate.fits(pointer)
        })
        .map(|above| (above, KEY_ID | SAME_PATH))
}

fn check_time(crl: &Crl<'_>, now: i64) -> Result<(), &'static str> {
    match crl.last_update.is_past(now) {
        None => return Err(reason::CRL_LAST_UPDATE_FORMAT),
        Some(false) => return Err(reason::CRL_NOT_YET_VALID),
        Some(true) => {}
    }
    match crl.next_update.map(|moment| moment.is_past(now)) {
        Some(None) => Err(reason::CRL_NEXT_UPDATE_FORMAT),
        Some(Some(true)) => Err(reason::CRL_EXPIRED),
        None | Some(Some(false)) => Ok(()),
    }
}

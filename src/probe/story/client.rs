//! Our side: was a certificate asked for, and was ours taken.

use super::mutual::mutual;
use super::own;
use super::reach::with;
use super::sentence::{Check, Result};
use crate::cert::{ExpiryMargin, Phase};
use crate::envoy::log::facts::SILENT;
use crate::envoy::log::meaning;
use crate::envoy::{Alert, VerifyReason};
use crate::probe::target::{Conduct, Identity};
use crate::probe::verdict::ProbeOutcome;
use crate::probe::wire::{Attempt, Did, Fit, Presented, Reply, Request};

/// A server that names more CAs than this uses a truststore of public CAs.
const PUBLIC: usize = 30;
/// Adds the explanation for a server that closes the connection.
fn hangs_up(check: Check) -> Check {
    check.because(format!(
        "{SILENT} reject certificates this way; so does a server whose backend is down"
    ))
}

pub(crate) fn checks(outcome: &ProbeOutcome, conduct: &Conduct) -> Vec<Check> {
    let mut checks = Vec::new();
    let request = outcome.attempts.iter().find_map(|attempt| attempt.request.as_ref());
    if let Some(request) = request {
        checks.push(asked(outcome, request));
    }
    if let Some(attempt) = telling(outcome)
        && attempt.requested() == Some(true)
        && outcome.target.misfits.is_empty()
    {
        checks.push(taken(outcome, attempt, conduct));
    }
    checks.extend(outcome.target.identity.as_ref().and_then(|own| expires(own, conduct)));
    let reached = outcome.attempts.iter().any(Attempt::reached);
    if reached && (!outcome.target.plaintext || conduct.require_mutual) {
        checks.push(mutual(outcome, conduct));
    }
    checks
}

/// The attempt like Envoy's; if it ended without an alert, its repetition with TLS 1.2 that got
/// one.
fn telling(outcome: &ProbeOutcome) -> Option<&Attempt> {
    let first = outcome.first()?;
    let mut alike = outcome.attempts.iter().filter(|one| one.presented == first.presented);
    alike.find(|attempt| matches!(attempt.did(), Did::Refused(_))).or(Some(first))
}

fn asked(outcome: &ProbeOutcome, request: &Request) -> Check {
    let names = request.authority_names();
    let check =
        Check::ok("client-certificate-requested", "the server requests a client certificate");
    if names.is_empty() {
        return check.because(
            "it names no CA, so which CAs it trusts is unknown (Python, gRPC, Redis and mosquitto \
             never name any)",
        );
    }
    let ours = outcome.target.identity.as_ref().map(|identity| identity.chain().certificates());
    let covered = ours.is_none_or(|ours| ours.iter().any(|one| request.names(one.raw_issuer())));
    if names.len() > PUBLIC && !covered {
        let mut check = check.because(format!(
            "it names {} CAs: a truststore of public CAs, which Java uses by default",
            names.len()
        ));
        if outcome.accepted() != Some(true) {
            check.result = Result::Warning;
            check.hint =
                Some("configure a truststore with our certificate's CA on the server".to_owned());
        }
        return check;
    }
    let check = names
        .iter()
        .take(8)
        .fold(check, |check, name| check.because(format!("it accepts: {name}")));
    let check = match names.len() {
        0..=8 => check,
        more => check.because(format!("and {} more", more - 8)),
    };
    let Some(ours) = ours.filter(|_| !covered) else {
        return check;
    };
    let ours = ours.last().map(|last| last.issuer.to_string()).unwrap_or_default();
    // Envoy sends its certificate anyway, and a server may trust more CAs than it names.
    let mut check = check.because(format!("our certificate's issuer: {ours}"));
    if outcome.accepted() != Some(true) {
        check.result = Result::Warning;
        check.detail =
            "the server requests a client certificate from other CAs than ours".to_owned();
        let fitting = outcome.target.alternatives.iter();
        for other in fitting.filter(|other| other.fits(&request.authorities)).take(4) {
            check.evidence.push(format!("Secret {} of the input would match", other.secret));
        }
    }
    check
}

fn taken(outcome: &ProbeOutcome, attempt: &Attempt, conduct: &Conduct) -> Check {
    let name = "client-certificate-accepted";
    let request = attempt.request.clone().unwrap_or_default();
    if attempt.presented == Presented::Context && request.fit != Fit::Fits {
        let reason = match attempt.tls13 {
            Some(true) => "NO_COMMON_SIGNATURE_ALGORITHMS",
            _ => "UNKNOWN_CERTIFICATE_TYPE",
        };
        return with(
            Check::error(name, "our key cannot sign with anything the server accepts"),
            meaning::of_reason(reason),
        );
    }
    if attempt.presented == Presented::Nothing {
        return without_certificate(attempt);
    }
    match outcome.accepted() {
        Some(true) if attempt.raw => Check::ok(name, "the server accepts our certificate in TLS"),
        Some(true) => Check::ok(name, "the server accepts our certificate"),
        Some(false) => refused(outcome, attempt, conduct),
        None => unconfirmed(outcome, attempt),
    }
}

/// The result for a client without a certificate, if none is configured.
fn without_certificate(attempt: &Attempt) -> Check {
    let name = "client-certificate-accepted";
    match (attempt.did(), attempt.status()) {
        (Did::Answered, Some(status @ (300..=399 | 401 | 403)))
            if attempt.let_in() == Some(true) =>
        {
            Check::warning(
                name,
                format!(
                    "the server answers a client without a certificate with HTTP {status}, \
                     possibly because it lacks one"
                ),
            )
            .hint("probe with a certificate that the server should accept, to see what differs")
        }
        (did, _) => match (attempt.let_in(), did) {
            (Some(true), _) => Check::ok(name, "the server accepts clients without a certificate"),
            (Some(false), _) => {
                let (how, meaning) = how(attempt);
                let whose = "a client without a certificate";
                let check = Check::error(name, format!("the server rejects {whose}, {how}"));
                let check = with(check, meaning);
                match attempt.did() {
                    Did::HungUp => hangs_up(check),
                    _ => check,
                }
            }
            (None, did) => {
                let detail =
                    "whether the server accepts a client without a certificate is not confirmed";
                Check::unknown(name, detail).because(why_open(did))
            }
        },
    }
}

/// How the server rejected the client, and the general meaning of that.
fn how(attempt: &Attempt) -> (String, Option<crate::envoy::Meaning>) {
    let wanted = || meaning::of_alert(Alert(116), true);
    match (attempt.did(), &attempt.handshake) {
        (Did::Refused(alert) | Did::Failed(alert), _) if attempt.capped => {
            (format!("alert {alert}, seen only with TLS 1.2"), meaning::of_alert(alert, true))
        }
        (Did::Refused(alert) | Did::Failed(alert), Some(_)) => {
            (format!("after the handshake: alert {alert}"), meaning::of_alert(alert, true))
        }
        (Did::Refused(alert) | Did::Failed(alert), None) => {
            (format!("alert {alert}"), meaning::of_alert(alert, true))
        }
        (Did::HungUp, _) => {
            let meaning = wanted().filter(|_| !attempt.sent_certificate());
            ("by closing the connection before any request, without an alert".to_owned(), meaning)
        }
        _ if attempt.reply.as_ref().is_some_and(|reply| reply.postgres) => {
            let words = attempt.reply.as_ref().map(|reply| reply.text.clone()).unwrap_or_default();
            (format!("in PostgreSQL's protocol: {words}"), wanted())
        }
        _ => {
            let page = attempt.reply.as_ref().and_then(Reply::title).unwrap_or_default();
            let meaning = meaning::of_alert(Alert(46), true)
                .filter(|_| attempt.sent_certificate())
                .or_else(wanted);
            (format!("in HTTP {}: {page}", attempt.status().unwrap_or_default()), meaning)
        }
    }
}

/// The OpenSSL error in an error page, as servers on Node send it.
fn reason_in_page(attempt: &Attempt) -> Option<&'static VerifyReason> {
    let page = attempt.reply.as_ref().filter(|_| attempt.did() == Did::Answered)?;
    VerifyReason::read(&page.text).map(|(known, _)| known)
}

fn refused(outcome: &ProbeOutcome, attempt: &Attempt, conduct: &Conduct) -> Check {
    let name = "client-certificate-accepted";
    let (how, meaning) = how(attempt);
    let check = Check::error(name, format!("the server rejects our certificate, {how}"));
    let Some(identity) = &outcome.target.identity else { return with(check, meaning) };
    let (chain, now) = (identity.chain(), conduct.now);
    let faults = own::faults(chain, now);
    // What we know ourselves takes precedence over interpretations of the server's response.
    if let Some(first) = faults.first() {
        let next = first.next;
        return faults
            .iter()
            .fold(check, |check, fault| check.because(fault.what.clone()))
            .hint(next);
    }
    if attempt.did() == Did::Refused(Alert(45))
        && let Some(spare) = own::spare(chain, now)
    {
        return check.because(spare.what).hint(spare.next);
    }
    if let Some(known) = reason_in_page(attempt) {
        return check.because(known.cause("Ambassador")).hint(known.next("Ambassador"));
    }
    let request = attempt.request.clone().unwrap_or_default();
    let named = chain.certificates().iter().any(|one| request.names(one.raw_issuer()));
    let long = chain.certificates().len() > 1;
    let until = chain.leaf().and_then(|leaf| own::left(leaf, now)).unwrap_or_default();
    let check = match attempt.did() {
        Did::Refused(Alert(45)) if own::is_current(chain, now) => check
            .because(format!("the whole chain we send is valid; our certificate is {until}"))
            .because("so a revocation list on the server has expired, or its clock is wrong")
            .hint("renew the revocation list on the server (`crl-file`, `CRLfile`, `crl`)"),
        Did::Refused(Alert(48)) if named => check
            .because("the server names the CA that issued our certificate")
            .because(
                "so it lacks a revocation list of that CA, does not allow a chain of this length, \
                 or is missing an intermediate",
            )
            .hint(
                "on the server: provide a revocation list of every CA in the chain, and allow its \
                 length (Envoy `max_verify_depth`, nginx `ssl_verify_depth`, Apache \
                 `SSLVerifyDepth`)",
            ),
        Did::Refused(Alert(114)) => check
            .because("the server pins certificates, and ours is not among them")
            .hint("add our certificate's hash on the server (Envoy `verify_certificate_hash`)"),
        Did::Refused(alert @ Alert(42 | 46)) => with(check, meaning::of_alert(alert, true))
            .because(
                "also: names that the server requires (Envoy and Istio \
             `match_typed_subject_alt_names`), or a server that trusts only individual \
             certificates (stunnel `verifyPeer`)",
            ),
        Did::Failed(_) => {
            let check = check.because(match long {
                true => {
                    "the server fails internally with our certificate, and not without one: \
                         Apache does this for a chain with an intermediate if `SSLVerifyDepth` is \
                         1, Java for any certificate if its truststore is empty"
                }
                false => {
                    "the server fails internally with our certificate, and not without one: \
                          Java does this for any certificate if its truststore is empty"
                }
            });
            check.hint(
                "read the server's log; then check its truststore and the chain length it \
                        allows",
            )
        }
        Did::HungUp => hangs_up(check).hint(
            "compare the issuer of our certificate with what the server trusts; asyncio logs \
                 the reason in its debug mode only",
        ),
        _ => with(check, meaning),
    };
    match own::missing_issuer(chain, &request) {
        Some(gap) => check.because(gap),
        None => check,
    }
}

fn unconfirmed(outcome: &ProbeOutcome, attempt: &Attempt) -> Check {
    let name = "client-certificate-accepted";
    if let (Did::Answered, Some(status)) = (attempt.did(), attempt.status()) {
        return Check::unknown(
            name,
            format!("our certificate makes no difference: HTTP {status} with and without it"),
        )
        .because(
            "either the server denies both for another reason, or it treats our certificate like \
             none (nginx `error_page 495 496`, haproxy `crt-ignore-err` with `deny`)",
        )
        .hint("read the server's log, or probe with a certificate that it accepts");
    }
    let check = Check::unknown(name, "whether the server accepts our certificate is not confirmed");
    match attempt.did() {
        Did::Failed(alert) => {
            with(check.because(format!("alert {alert}")), meaning::of_alert(alert, true))
        }
        did if outcome.target.identity.is_none() => check.because(why_open(did)),
        did @ Did::Quiet => {
            check.because(why_open(did)).hint("increase --timeout, or read the server's log")
        }
        did => check.because(why_open(did)),
    }
}

fn why_open(did: Did) -> &'static str {
    match did {
        Did::Quiet => "the handshake is complete, but there was no response to the request",
        Did::HungUpOnRequest => "the server closed the connection on the request",
        Did::AskedAgain => "the server requested a certificate after reading the request",
        Did::Stayed { .. } => "no request was sent, and servers like nginx reject only in HTTP",
        _ => "the connection ended without an alert or a response",
    }
}

/// A warning if our certificate has expired or will soon.
fn expires(identity: &Identity, conduct: &Conduct) -> Option<Check> {
    let leaf = identity.chain().leaf()?;
    let validity = leaf.validity?;
    let near = validity.expires_within(ExpiryMargin::default(), conduct.now);
    let words = own::left(leaf, conduct.now)?;
    let check = Check::warning("client-certificate-expires", format!("our certificate is {words}"));
    match validity.phase(conduct.now) {
        Phase::Valid if !near => None,
        Phase::Valid => {
            Some(check.hint("renew it in time, and check that its issuer process is running"))
        }
        _ => Some(
            Check {
                detail: format!("our certificate {words}").replace(" not", " is not"),
                ..check
            }
            .because("Envoy presents it anyway; servers that request one reject it"),
        ),
    }
}

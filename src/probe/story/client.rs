//! Our side: was a certificate asked for, was ours taken, does the server insist.

use super::reach::with;
use super::sentence::{Check, Result};
use crate::envoy::log::meaning;
use crate::probe::target::Conduct;
use crate::probe::verdict::Mutual;
use crate::probe::verdict::Outcome;
use crate::probe::wire::{Attempt, Ending, Presented};
use crate::probe::wire::{Fit, Request};

pub(crate) fn checks(outcome: &Outcome, conduct: &Conduct) -> Vec<Check> {
    let mut checks = Vec::new();
    let request = outcome.attempts.iter().find_map(|attempt| attempt.request.as_ref());
    if let Some(request) = request {
        checks.push(asked(outcome, request));
    }
    if let Some(attempt) = telling(outcome)
        && attempt.requested() == Some(true)
        && outcome.target.misfit.is_none()
    {
        checks.push(taken(outcome, attempt));
    }
    let reached = outcome.attempts.iter().any(Attempt::reached);
    if reached && (!outcome.target.plaintext || conduct.require_mutual) {
        checks.push(mutual(outcome, conduct));
    }
    checks
}

/// The attempt that went as Envoy's would; or where it ended without a word, its repetition in TLS
/// 1.2, which did not.
fn telling(outcome: &Outcome) -> Option<&Attempt> {
    let first = outcome.first()?;
    let mut alike = outcome.attempts.iter().filter(|one| one.presented == first.presented);
    alike.find(|attempt| attempt.let_in().is_some()).or(Some(first))
}

fn asked(outcome: &Outcome, request: &Request) -> Check {
    let names = request.authority_names();
    let check =
        Check::ok("client-certificate-requested", "the server asks for a client certificate");
    if names.is_empty() {
        return check.because("it names no CA, so any may do");
    }
    let check = names
        .iter()
        .take(8)
        .fold(check, |check, name| check.because(format!("it accepts: {name}")));
    let Some(identity) = &outcome.target.identity else {
        return check;
    };
    let ours = identity.chain().certificates();
    if ours.iter().any(|ours| request.authorities.iter().any(|name| name == ours.raw_issuer())) {
        return check;
    }
    let ours = ours.last().map(|last| last.issuer.to_string()).unwrap_or_default();
    // Envoy sends its certificate all the same, and a server may trust more than it names.
    let mut check = check.because(format!("ours is issued by: {ours}"));
    if outcome.accepted() != Some(true) {
        check.result = Result::Warning;
        check.detail =
            "the server asks for a client certificate, from other CAs than ours".to_owned();
        let fitting = outcome.target.alternatives.iter();
        for other in fitting.filter(|other| other.fits(&request.authorities)).take(4) {
            check.evidence.push(format!("Secret {} of the input would fit", other.secret));
        }
    }
    check
}

fn taken(outcome: &Outcome, attempt: &Attempt) -> Check {
    let name = "client-certificate-accepted";
    let request = attempt.request.clone().unwrap_or_default();
    let whose = match attempt.presented {
        Presented::Context if attempt.sent_certificate() => "our certificate",
        Presented::Context => "what we could not sign for",
        Presented::Nothing => "a client without a certificate",
    };
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
    match (attempt.let_in(), &attempt.ending) {
        (Some(true), _) if attempt.presented == Presented::Nothing => {
            Check::ok(name, "the server lets in a client without a certificate")
        }
        (Some(true), _) => Check::ok(name, "the server accepts our certificate"),
        (Some(false), ending) => {
            let page = attempt.reply.as_ref().and_then(|reply| reply.title());
            let (how, meaning) = match (ending, attempt.alert()) {
                (Ending::Alert(alert), _) => {
                    (format!("after the handshake: alert {alert}"), meaning::of_alert(*alert, true))
                }
                (_, Some(alert)) if attempt.capped => (
                    format!("alert {alert}, heard with TLS 1.2 only"),
                    meaning::of_alert(alert, true),
                ),
                (_, Some(alert)) => (format!("alert {alert}"), meaning::of_alert(alert, true)),
                _ => (
                    format!(
                        "in HTTP {}: {}",
                        attempt.reply.as_ref().and_then(|reply| reply.status).unwrap_or_default(),
                        page.unwrap_or_default()
                    ),
                    meaning::of_alert(crate::envoy::Alert(46), true)
                        .filter(|_| attempt.sent_certificate())
                        .or(meaning::of_alert(crate::envoy::Alert(116), true)),
                ),
            };
            let check = Check::error(name, format!("the server refuses {whose}, {how}"));
            with(check, meaning)
        }
        (None, ending) => {
            let check = Check::unknown(
                name,
                format!("whether the server accepts {whose} is not confirmed"),
            );
            match ending {
                Ending::Silence => check
                    .because("the handshake is complete, and then nothing came")
                    .hint("give it more time with --timeout, or look into the server's log"),
                Ending::HandshakeAlert(alert) | Ending::Alert(alert) => {
                    with(check.because(format!("alert {alert}")), meaning::of_alert(*alert, true))
                }
                _ if outcome.target.identity.is_none() => check,
                _ => check.because("the connection ended without an alert or an answer"),
            }
        }
    }
}

fn mutual(outcome: &Outcome, conduct: &Conduct) -> Check {
    let name = "mutual";
    let lax = |detail: &str| {
        let result = if conduct.require_mutual { Result::Error } else { Result::Warning };
        Check::new(name, result, detail)
    };
    match outcome.mutual {
        Mutual::Required => {
            Check::ok(name, "it is mutual: without a certificate the server refuses")
        }
        Mutual::Optional => {
            lax("not mutual: the server asks for a certificate and serves clients without one too")
                .hint("make the server require one, or anybody in the cluster may talk to it")
        }
        Mutual::NotRequested if outcome.target.identity.is_some() => {
            lax("not mutual: the server never asks for the certificate the context holds")
                .hint("make the server ask for client certificates, or drop them from the context")
        }
        Mutual::NotRequested if conduct.require_mutual => {
            lax("not mutual: the server asks for no certificate")
        }
        Mutual::NotRequested => Check::ok(name, "the server asks for no client certificate"),
        Mutual::Unknown if !conduct.negative && outcome.target.identity.is_some() => {
            let result = if conduct.require_mutual { Result::Error } else { Result::Ok };
            Check::new(name, result, "whether the server insists on a certificate was not asked")
        }
        Mutual::Unknown => {
            let check =
                Check::unknown(name, "whether the server insists on a certificate is not known");
            match conduct.require_mutual {
                true => Check { result: Result::Error, ..check },
                false => check,
            }
        }
    }
}

//! Whether the server requires a client certificate.

use super::sentence::{Check, Result};
use crate::probe::target::{Conduct, StartTls};
use crate::probe::verdict::{Mutual, ProbeOutcome};
use crate::probe::wire::Did;

/// The check of whether it does, and whether it should.
pub(super) fn mutual(outcome: &ProbeOutcome, conduct: &Conduct) -> Check {
    let name = "mutual";
    let lax = |detail: &str| {
        let result = if conduct.require_mutual { Result::Error } else { Result::Warning };
        Check::new(name, result, detail)
    };
    match outcome.mutual {
        Mutual::Required => {
            Check::ok(name, "mutual TLS: the server rejects clients without a certificate")
        }
        Mutual::Optional => {
            let unasked = outcome
                .without()
                .is_some_and(|without| matches!(without.did(), Did::Stayed { .. }) && without.raw);
            let check = lax(match unasked {
                true => {
                    "not mutual: the server requests a certificate but also completes the handshake \
                         without one"
                }
                false => {
                    "not mutual: the server requests a certificate but also serves clients \
                     without one"
                }
            });
            let check = match outcome.target.starttls {
                Some(StartTls::Mysql) => check.because(
                    "requirements of individual users (`REQUIRE X509`) are only checked when they log in",
                ),
                _ => check,
            };
            differing(outcome).into_iter().fold(check, Check::because).hint(
                "make the server require one; otherwise anyone in the cluster can connect \
                       to it",
            )
        }
        Mutual::AfterRequest => after_request(outcome),
        Mutual::NotRequested if outcome.target.identity.is_some() => {
            lax("not mutual: the server never requests the certificate in the context").hint(
                "make the server request client certificates, or remove the certificate \
                       from the context",
            )
        }
        Mutual::NotRequested if conduct.require_mutual => {
            lax("not mutual: the server does not request a certificate")
        }
        Mutual::NotRequested => Check::ok(name, "the server does not request a client certificate"),
        Mutual::Unknown if !conduct.negative && outcome.target.identity.is_some() => {
            let result = if conduct.require_mutual { Result::Error } else { Result::Ok };
            Check::new(
                name,
                result,
                "not checked: whether the server requires a client \
                                      certificate",
            )
        }
        Mutual::Unknown => {
            let check =
                Check::unknown(name, "unknown: whether the server requires a client certificate");
            let check = outcome.mutual_unknown.clone().into_iter().fold(check, Check::because);
            match conduct.require_mutual {
                true => Check { result: Result::Error, ..check },
                false => check,
            }
        }
    }
}

/// Notes that successful pages differ with and without our certificate: one may be from another
/// application, or an error page with a success status.
fn differing(outcome: &ProbeOutcome) -> Option<String> {
    let (with, without) = (outcome.first()?, outcome.without()?);
    let ours = with.reply.as_ref().filter(|_| with.sent_certificate())?;
    let bare = without.reply.as_ref()?;
    (ours.status == bare.status && ours.whole && bare.whole && ours.text != bare.text).then(|| {
        format!(
            "its answers differ, {} bytes with our certificate and {} without: see whether the second one \
             is the application's",
            ours.text.len(),
            bare.text.len()
        )
    })
}

/// A server that requests the certificate too late for Envoy.
fn after_request(outcome: &ProbeOutcome) -> Check {
    let check = Check::error(
        "mutual",
        "the server requests a certificate only after reading the request, which Envoy does not \
         support",
    );
    let renegotiates = outcome.attempts.iter().any(|attempt| attempt.asked_again);
    let check = check.because(match renegotiates {
        true => {
            "it sends a HelloRequest; Envoy answers no_renegotiation and closes the \
                 connection: every request fails with 503 (UC)"
        }
        false => {
            "over TLS 1.3 it needs post-handshake authentication, which Envoy does not offer \
                  (curl does); in TLS 1.2 it would renegotiate, which Envoy rejects"
        }
    });
    check.hint(
        "make the server request it in the handshake: Apache `SSLVerifyClient` in the virtual host \
         instead of a `<Location>`, Tomcat `certificateVerification=\"required\"` instead of \
         CLIENT-CERT",
    )
}

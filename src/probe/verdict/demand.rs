//! Whether the server requires a client certificate, from one connection with ours and one without.

use crate::probe::wire::{Attempt, Did, Reply};

/// Whether the server requires a client certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutual {
    /// It rejects clients without one.
    Required,
    /// It requests one, but accepts clients without.
    Optional,
    /// It never requests one.
    NotRequested,
    /// It requests one after reading the request, which Envoy does not support.
    AfterRequest,
    /// Not known.
    Unknown,
}

/// The result, with a reason if it is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The result.
    pub mutual: Mutual,
    /// Why it is [`Mutual::Unknown`], as a sentence without a full stop.
    pub because: Option<String>,
}

impl Demand {
    pub(super) fn of(mutual: Mutual) -> Self {
        Self { mutual, because: None }
    }

    pub(super) fn unknown(because: impl Into<String>) -> Self {
        Self { mutual: Mutual::Unknown, because: Some(because.into()) }
    }
}

/// Determines the result from this table. Rows are what the server did without a certificate
/// ([`Did`]), columns what it did with ours; "served" is a status 200 to 299, "denied" 400, 401,
/// 403, 495 or 496, "other" any other status. The first matching row applies.
///
/// | without | with: served | with: denied or other | with: anything else, or not tried |
/// | --- | --- | --- | --- |
/// | a HelloRequest, or a page that says so, in either connection | after the request | after the request | after the request |
/// | no certificate was requested, in either connection | not requested | not requested | not requested |
/// | alert about certificates | required | required | required |
/// | closed before any request | required | required | required |
/// | a page or a message about certificates | required | required | required |
/// | closed on the request, or `internal_error` | required | unknown | unknown |
/// | served | optional | optional | optional |
/// | denied, or a redirection | required | unknown | unknown |
/// | 502, 503, 504 | unknown | optional if the same | unknown |
/// | other (404, 421, 500, …) | required | optional if the same | 421: optional, else unknown |
/// | no response | unknown | unknown | unknown |
/// | kept open, without a request | optional | optional | optional |
pub(super) fn demand(with: Option<&Attempt>, without: Option<&Attempt>) -> Demand {
    let both = || [with, without].into_iter().flatten();
    if both().any(asks_later) {
        return Demand::of(Mutual::AfterRequest);
    }
    let asked: Vec<bool> = both().filter_map(Attempt::requested).collect();
    if asked.is_empty() {
        return Demand::unknown("no handshake reached a certificate request");
    }
    if asked.iter().all(|asked| !asked) {
        return Demand::of(Mutual::NotRequested);
    }
    let Some(without) = without else {
        return Demand::unknown("no connection without a certificate was made");
    };
    let served = with.is_some_and(serves);
    match without.did() {
        Did::Refused(_) | Did::HungUp => Demand::of(Mutual::Required),
        Did::Failed(_) | Did::HungUpOnRequest if served => Demand::of(Mutual::Required),
        Did::Failed(alert) => Demand::unknown(format!(
            "without a certificate the server sends the alert {alert}, which may have any cause"
        )),
        Did::HungUpOnRequest => Demand::unknown(
            "without a certificate the server closes the connection on the request; only a \
             certificate that it accepts would show why",
        ),
        Did::Answered => answered(with, without),
        Did::Stayed { orderly } if orderly || without.raw => Demand::of(Mutual::Optional),
        Did::Stayed { .. } => {
            Demand::unknown("servers like nginx reject only in HTTP, and no request was sent")
        }
        Did::Quiet => Demand::unknown("without a certificate there was no response in time"),
        Did::AskedAgain => Demand::of(Mutual::AfterRequest),
        Did::Nothing => Demand::unknown("the handshake without a certificate did not complete"),
    }
}

/// The rows of [`demand`] for a server that answers clients without a certificate.
fn answered(with: Option<&Attempt>, without: &Attempt) -> Demand {
    let page = without.reply.as_ref().is_some_and(Reply::refuses_certificate);
    if without.reply.as_ref().is_some_and(Reply::has_no_rule_for_us) {
        return Demand::unknown(
            "PostgreSQL's requirements depend on the user, and `pg_hba.conf` has no line for the \
             user `mtlsctl`",
        );
    }
    let Some(status) = without.status().filter(|_| !page) else {
        // Data of another protocol than HTTP is also an answer.
        return Demand::of(if page { Mutual::Required } else { Mutual::Optional });
    };
    let ours = with.filter(|with| with.did() == Did::Answered).and_then(Attempt::status);
    let redirected = (300..400).contains(&status);
    let denied = redirected || without.reply.as_ref().is_some_and(Reply::denies);
    match ours {
        _ if serves(without) => Demand::of(Mutual::Optional),
        // A proxy with an unreliable backend answers like this.
        Some(200..=299) if !matches!(status, 502..=504) => Demand::of(Mutual::Required),
        Some(ours) if ours == status && !denied => Demand::of(Mutual::Optional),
        // For a name that was not sent as SNI; the certificate does not matter.
        _ if status == 421 => Demand::of(Mutual::Optional),
        Some(ours) if ours == status => Demand::unknown(format!(
            "the server answers HTTP {status} with and without our certificate: it makes no \
             difference, or the server treats it like none"
        )),
        Some(ours) => Demand::unknown(format!(
            "the server answers HTTP {ours} with our certificate and HTTP {status} without one"
        )),
        None => Demand::unknown(format!(
            "the server answers HTTP {status} to a client without a certificate; only a \
             certificate with which it responds differently would show why"
        )),
    }
}

/// Whether the request was answered successfully.
pub(super) fn serves(attempt: &Attempt) -> bool {
    attempt.did() == Did::Answered
        && attempt.let_in() == Some(true)
        && attempt.reply.as_ref().is_some_and(Reply::succeeds)
}

/// Whether the server requested a certificate after reading the request.
pub(super) fn asks_later(attempt: &Attempt) -> bool {
    attempt.did() == Did::AskedAgain
        || (attempt.requested() == Some(false)
            && attempt.reply.as_ref().is_some_and(Reply::wanted_to_ask_later))
}

/// Whether the server accepted our certificate; `None` if it did not request one, or if it is not
/// known.
pub(super) fn acceptance(with: &[&Attempt], without: Option<&Attempt>) -> Option<bool> {
    let sent: Vec<&&Attempt> = with.iter().filter(|attempt| attempt.sent_certificate()).collect();
    if let Some(told) = sent.iter().find_map(|attempt| attempt.let_in()) {
        let last = sent.last()?;
        let same = without.is_some_and(|without| {
            without.requested() == Some(true)
                && without.did() == Did::Answered
                && without.status() == last.status()
        });
        let denied = last.status().is_some_and(|status| matches!(status, 300..=399 | 401 | 403));
        // Denied both with ours and without any: nothing shows that ours was accepted.
        return (!(told && same && denied)).then_some(told);
    }
    // An internal error of the server with our certificate, and none without, is about the
    // certificate. Apache sends one for a chain longer than SSLVerifyDepth, Java for any
    // certificate if its truststore is empty.
    let failed = sent.iter().any(|attempt| matches!(attempt.did(), Did::Failed(_)));
    let otherwise = without.is_some_and(|without| {
        matches!(without.did(), Did::Refused(_) | Did::Answered | Did::Stayed { .. } | Did::HungUp)
    });
    (failed && otherwise).then_some(false)
}

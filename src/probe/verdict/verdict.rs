//! What was found out: Envoy's outcome, and whether the server insists.

use crate::probe::wire::{Attempt, Ending};

/// What Envoy would have made of the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Envoy {
    /// The request went through.
    Accepted,
    /// The request failed on the wire.
    Refused(Refusal),
    /// Envoy refuses the whole configuration, with these words.
    ConfigRejected(String),
    /// Cannot be told, because of this.
    Unknown(String),
}

/// A request that failed on the wire, in the words users find in their logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `%RESPONSE_FLAGS%`; empty where Envoy passes the server's own answer on.
    pub flags: &'static str,
    /// Envoy's short name for it.
    pub reason: String,
    /// `%UPSTREAM_TRANSPORT_FAILURE_REASON%`, where Envoy has one.
    pub log: Option<String>,
    /// The statistic that counts it, below `cluster.<name>.`.
    pub stat: &'static str,
}

/// Whether the server insists on a client certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutual {
    /// Without one it refuses.
    Required,
    /// It asks, and is content without.
    Optional,
    /// It never asks.
    NotRequested,
    /// Not found out.
    Unknown,
}

/// Whether the server insists, from an attempt with the certificate and one without.
pub(crate) fn mutual(with: Option<&Attempt>, without: Option<&Attempt>) -> Mutual {
    let asked: Vec<bool> =
        [with, without].into_iter().flatten().filter_map(Attempt::requested).collect();
    if asked.is_empty() {
        return Mutual::Unknown;
    }
    if asked.iter().all(|asked| !asked) {
        return Mutual::NotRequested;
    }
    let Some(without) = without else {
        return Mutual::Unknown;
    };
    let served = with.is_some_and(|with| {
        with.answered() && with.let_in() == Some(true) && !denied_in_http(with)
    });
    let hung_up = matches!(
        without.ending,
        Ending::CloseNotify { .. } | Ending::Closed { .. } | Ending::HandshakeClosed { .. }
    );
    match without.let_in() {
        // The same question answered with a certificate, and hung up on or denied without one.
        _ if served && (hung_up || denied_in_http(without)) => Mutual::Required,
        Some(false) => Mutual::Required,
        // Answered with one, and left waiting without: perhaps slow, perhaps a refusal.
        _ if served && without.ending == Ending::Silence => Mutual::Unknown,
        // Denied either way: for want of a certificate, or for another reason.
        Some(true) if denied_in_http(without) => Mutual::Unknown,
        Some(true) => Mutual::Optional,
        None => Mutual::Unknown,
    }
}

/// Whether the answer was one of those that servers give for want of a certificate, among others.
fn denied_in_http(attempt: &Attempt) -> bool {
    let status = attempt.reply.as_ref().and_then(|reply| reply.status);
    attempt.asked && matches!(status, Some(400 | 401 | 403 | 495 | 496))
}

//! The mesh's mode, worked out from outside: with and without a certificate, by three ALPNs, and in
//! the clear. Istio's and Consul's sidecars each answer in a pattern of their own.

use crate::cert::{Certificate, WorkloadIdentity};
use crate::probe::hello::Codec;
use crate::probe::hello::Hello;
use crate::probe::target::{Conduct, Target};
use crate::probe::wire::dial;
use crate::probe::wire::plain;
use crate::probe::wire::{Attempt, Ending, Presented};

/// The ALPN offers tried: none, the token of Istio's sidecars, and HTTP/2.
pub(crate) const OFFERS: [Option<&str>; 3] = [None, Some("istio"), Some("h2")];

/// What one trial showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// TLS, and we were let in after being asked for a certificate.
    LetInAsked,
    /// TLS, and we were let in without being asked.
    LetInUnasked,
    /// TLS, and we were turned away; the alert's number, if there was one.
    TurnedAway(Option<u8>),
    /// TLS, and it could not be told whether we were let in.
    Open,
    /// Ended before a byte of TLS came.
    HungUp,
    /// Answered, not in TLS.
    Plain,
    /// Nothing came.
    Silent,
}

/// One trial of the six with TLS.
#[derive(Debug, Clone)]
pub struct Trial {
    /// With the context's certificate, or none.
    pub presented: Presented,
    /// The only protocol offered.
    pub alpn: Option<&'static str>,
    /// What came of it.
    pub sight: Sight,
}

/// What stands behind the port, as far as a client can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortMode {
    /// Istio's sidecar, STRICT: a certificate with any ALPN, nothing in the clear.
    IstioStrict,
    /// Istio's sidecar, PERMISSIVE, port declared as HTTP: TLS only with Istio's ALPN.
    IstioPermissiveHttp,
    /// Istio's sidecar, PERMISSIVE, port of no declared protocol: other TLS goes raw to the app.
    IstioPermissiveAuto,
    /// Consul's Envoy sidecar.
    ConsulEnvoy,
    /// Consul's built-in proxy, or a service that uses its Go library.
    ConsulNative,
    /// A server that insists on a certificate, of no mesh known here.
    Strict,
    /// A server that asks for a certificate and is content without, or takes plaintext too.
    Permissive,
    /// A server that never asks.
    TlsOnly,
    /// No TLS at all.
    Plaintext,
    /// The pattern is none of these.
    Unknown,
}

/// All seven trials and their meaning.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The six with TLS.
    pub trials: Vec<Trial>,
    /// The one in the clear.
    pub plaintext: Sight,
    /// What the pattern means.
    pub mode: PortMode,
}

/// Runs the seven trials, one after the other.
pub(crate) async fn matrix(target: &Target, conduct: &Conduct, hello: &Hello) -> Matrix {
    let mut trials = Vec::new();
    let mut identity = None;
    for presented in [Presented::Context, Presented::Nothing] {
        if presented == Presented::Context && target.identity.is_none() {
            continue;
        }
        for alpn in OFFERS {
            let hello = hello.with_alpn(alpn.as_slice());
            // Over HTTP/2 an HTTP/1.1 request would be answered by a closed connection.
            let mut target = target.clone();
            if alpn == Some("h2") {
                target.offer.codec = Codec::Http2;
            }
            let attempt = dial(&target, conduct, &hello, presented).await;
            identity = identity.or_else(|| attempt.chain.leaf().and_then(Certificate::spiffe_id));
            let sight = sight(&attempt);
            trials.push(Trial { presented, alpn, sight });
        }
    }
    let plaintext = in_the_clear(target, conduct).await;
    let mode = mode(&trials, plaintext, identity.as_ref().map(|identity| &identity.workload));
    Matrix { trials, plaintext, mode }
}

fn sight(attempt: &Attempt) -> Sight {
    match (&attempt.ending, attempt.let_in(), attempt.requested()) {
        (_, Some(true), Some(true)) => Sight::LetInAsked,
        (_, Some(true), _) => Sight::LetInUnasked,
        (_, Some(false), _) => Sight::TurnedAway(attempt.alert().map(|alert| alert.0)),
        (Ending::HandshakeAlert(alert), ..) => Sight::TurnedAway(Some(alert.0)),
        (Ending::NotTls { .. }, ..) => Sight::Plain,
        (Ending::HandshakeClosed { received: 0, .. }, ..) => Sight::HungUp,
        (Ending::Unreached(_) | Ending::HandshakeTimeout { received: 0 }, ..) => Sight::Silent,
        _ => Sight::Open,
    }
}

/// A request in the clear: does anybody answer it?
async fn in_the_clear(target: &Target, conduct: &Conduct) -> Sight {
    let attempt = plain::ask(target, conduct, Codec::Http1).await;
    match (&attempt.ending, &attempt.reply) {
        // A TLS server's alert, or its page about TLS, is not an answer to the question.
        (Ending::Answered, Some(reply)) if reply.wants_tls => Sight::TurnedAway(None),
        (Ending::Answered, _) => Sight::Plain,
        (Ending::Closed { .. }, _) => Sight::HungUp,
        _ => Sight::Silent,
    }
}

/// Reads the pattern.
fn mode(trials: &[Trial], plaintext: Sight, server: Option<&WorkloadIdentity>) -> PortMode {
    let of = |presented, alpn: Option<&str>| {
        trials
            .iter()
            .find(|trial| trial.presented == presented && trial.alpn == alpn)
            .map(|trial| trial.sight)
    };
    // Without a certificate of our own the other row still tells TLS from no TLS.
    let any = |alpn| of(Presented::Context, alpn).or_else(|| of(Presented::Nothing, alpn));
    let speaks = |sight: Option<Sight>| {
        matches!(
            sight,
            Some(Sight::LetInAsked | Sight::LetInUnasked | Sight::TurnedAway(_) | Sight::Open)
        )
    };
    let clear = plaintext == Sight::Plain;
    let (bare, istio, h2) = (any(None), any(Some("istio")), any(Some("h2")));

    if speaks(istio) && !speaks(bare) && !speaks(h2) {
        return match (bare, clear) {
            (Some(Sight::HungUp), true) => PortMode::IstioPermissiveHttp,
            (Some(Sight::Plain), true) => PortMode::IstioPermissiveAuto,
            // An app that does not answer what it cannot read.
            (Some(Sight::Silent), _) => PortMode::IstioPermissiveAuto,
            _ => PortMode::Unknown,
        };
    }
    if [bare, istio, h2].iter().all(|sight| *sight == Some(Sight::Plain)) {
        return PortMode::Plaintext;
    }
    if ![bare, istio, h2].into_iter().any(speaks) {
        return if clear { PortMode::Plaintext } else { PortMode::Unknown };
    }
    let without: Vec<Sight> =
        OFFERS.iter().filter_map(|alpn| of(Presented::Nothing, *alpn)).collect();
    if without.contains(&Sight::LetInAsked) || clear {
        return PortMode::Permissive;
    }
    if without.contains(&Sight::LetInUnasked) {
        return PortMode::TlsOnly;
    }
    let insists = without.iter().any(|sight| matches!(sight, Sight::TurnedAway(_)));
    if !insists {
        return PortMode::Unknown;
    }
    // Go says `bad_certificate` for every reason, an absent certificate included.
    let vague = without.contains(&Sight::TurnedAway(Some(42)));
    match server {
        Some(WorkloadIdentity::Consul { .. }) if vague => PortMode::ConsulNative,
        Some(WorkloadIdentity::Consul { .. }) => PortMode::ConsulEnvoy,
        Some(WorkloadIdentity::Istio { .. }) => PortMode::IstioStrict,
        _ => PortMode::Strict,
    }
}

//! Detects the mesh's mode from outside, with and without a certificate, with three ALPN offers,
//! and in plaintext: Istio's and Consul's sidecars each respond in a characteristic pattern.

use crate::cert::{Certificate, WorkloadIdentity};
use crate::probe::hello::Codec;
use crate::probe::hello::Hello;
use crate::probe::target::{Conduct, Target};
use crate::probe::wire::dial;
use crate::probe::wire::plain;
use crate::probe::wire::{Attempt, Ending, Presented};

/// The ALPN offers to try: none, the token of Istio's sidecars, and HTTP/2.
pub(crate) const OFFERS: [Option<&str>; 3] = [None, Some("istio"), Some("h2")];

/// The result of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// TLS; accepted after a certificate was requested.
    LetInAsked,
    /// TLS; accepted without a certificate request.
    LetInUnasked,
    /// TLS; rejected, with the number of the alert, if there was one.
    TurnedAway(Option<u8>),
    /// TLS; unknown whether we were accepted.
    Open,
    /// Closed before a byte of TLS arrived.
    HungUp,
    /// Answered without TLS.
    Plain,
    /// No response.
    Silent,
}

/// One of the six trials with TLS.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The context's certificate, or none.
    pub presented: Presented,
    /// The only offered protocol.
    pub alpn: Option<&'static str>,
    /// The result.
    pub sight: Sight,
}

/// What is behind the port, as far as a client can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortMode {
    /// Istio's sidecar, STRICT: a certificate is required with any ALPN, and plaintext is rejected.
    IstioStrict,
    /// Istio's sidecar, PERMISSIVE, on a port declared as HTTP: TLS only with Istio's ALPN.
    IstioPermissiveHttp,
    /// Istio's sidecar, PERMISSIVE, on a port without a declared protocol: other TLS is passed to
    /// the app.
    IstioPermissiveAuto,
    /// Consul's Envoy sidecar.
    ConsulEnvoy,
    /// Consul's built-in proxy, or a service that uses its Go library.
    ConsulNative,
    /// A server that requires a certificate, of no known mesh.
    Strict,
    /// A server that requests but does not require a certificate, or also accepts plaintext.
    Permissive,
    /// A server that never requests a certificate.
    TlsOnly,
    /// No TLS at all.
    Plaintext,
    /// An unknown pattern.
    Unknown,
}

/// All seven trials and their meaning.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The six with TLS.
    pub trials: Vec<Trial>,
    /// The plaintext trial.
    pub plaintext: Sight,
    /// The meaning of the pattern.
    pub mode: PortMode,
}

/// Runs the seven trials sequentially.
pub(crate) async fn matrix(target: &Target, conduct: &Conduct, hello: &Hello) -> Matrix {
    let mut trials = Vec::new();
    let mut identity = None;
    for presented in [Presented::Context, Presented::Nothing] {
        if presented == Presented::Context && target.identity.is_none() {
            continue;
        }
        for alpn in OFFERS {
            let hello = hello.with_alpn(alpn.as_slice());
            // A server that chose HTTP/2 would close the connection on an HTTP/1.1 request.
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

/// Sends a plaintext request: is there an answer?
async fn in_the_clear(target: &Target, conduct: &Conduct) -> Sight {
    let attempt = plain::ask(target, conduct, Codec::Http1).await;
    match (&attempt.ending, &attempt.reply) {
        // A TLS server's alert, or its page about TLS, is not an answer to the request.
        (Ending::Answered, Some(reply)) if reply.wants_tls => Sight::TurnedAway(None),
        (Ending::Answered, _) => Sight::Plain,
        (Ending::Closed { .. }, _) => Sight::HungUp,
        _ => Sight::Silent,
    }
}

/// Interprets the pattern.
fn mode(trials: &[Trial], plaintext: Sight, server: Option<&WorkloadIdentity>) -> PortMode {
    let of = |presented, alpn: Option<&str>| {
        trials
            .iter()
            .find(|trial| trial.presented == presented && trial.alpn == alpn)
            .map(|trial| trial.sight)
    };
    // Without a certificate of our own, the other row still shows whether there is TLS.
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
            // An app that does not answer what it cannot parse.
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
    // Go sends `bad_certificate` for every reason, including a missing certificate.
    let vague = without.contains(&Sight::TurnedAway(Some(42)));
    match server {
        Some(WorkloadIdentity::Consul { .. }) if vague => PortMode::ConsulNative,
        Some(WorkloadIdentity::Consul { .. }) => PortMode::ConsulEnvoy,
        Some(WorkloadIdentity::Istio { .. }) => PortMode::IstioStrict,
        _ => PortMode::Strict,
    }
}

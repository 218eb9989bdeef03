//! A connection in `probe -o json`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;

use crate::envoy::Alert;
use crate::probe::{Attempt, Ending, Handshake, Mutual, Phases, Presented, Unreached};
use crate::report::inspect::CertificateJson;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Attempt")]
pub(super) struct AttemptJson<'s> {
    identity: &'static str,
    capped_to_tls12: bool,
    phases: PhasesJson,
    reached: bool,
    handshake: Option<HandshakeJson<'s>>,
    client_certificate: ClientCertificateJson,
    let_in: Option<bool>,
    tickets: u32,
    request_sent: bool,
    asked_again: bool,
    server_chain: Vec<CertificateJson<'s>>,
    http_status: Option<u16>,
    ending: &'static str,
}

/// Time spent, in milliseconds.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Phases")]
struct PhasesJson {
    dns_ms: Option<f64>,
    tcp_ms: Option<f64>,
    tls_ms: Option<f64>,
    first_byte_ms: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Handshake")]
struct HandshakeJson<'s> {
    version: &'static str,
    cipher: &'s str,
    group: Option<&'s str>,
    alpn: Option<&'s str>,
    sni: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClientCertificate")]
struct ClientCertificateJson {
    requested: Option<bool>,
    required: Option<bool>,
    accepted: Option<bool>,
    acceptable_cas: Vec<String>,
    alert: Option<String>,
}

/// The account of one connection; `mutual` is the conclusion from all of them.
pub(super) fn attempt(attempt: &Attempt, mutual: Mutual, now: OffsetDateTime) -> AttemptJson<'_> {
    let request = attempt.request.as_ref();
    let chain = attempt.chain.certificates().iter();
    // With a single connection, this is known only if no certificate was presented.
    let required = match mutual {
        Mutual::Required => Some(true),
        Mutual::Optional | Mutual::NotRequested => Some(false),
        Mutual::AfterRequest | Mutual::Unknown => None,
    };
    let accepted = match attempt.presented {
        Presented::Context if attempt.sent_certificate() => attempt.let_in(),
        _ => None,
    };
    AttemptJson {
        identity: identity(attempt.presented),
        capped_to_tls12: attempt.capped,
        phases: phases(&attempt.phases),
        reached: attempt.reached(),
        handshake: attempt.handshake.as_ref().map(handshake),
        client_certificate: ClientCertificateJson {
            requested: attempt.requested(),
            required,
            accepted,
            acceptable_cas: request.map(|request| request.authority_names()).unwrap_or_default(),
            alert: attempt.alert().map(Alert::name),
        },
        let_in: attempt.let_in(),
        tickets: attempt.tickets,
        request_sent: attempt.asked,
        asked_again: attempt.asked_again,
        server_chain: chain.map(|one| CertificateJson::of(one, now)).collect(),
        http_status: attempt.reply.as_ref().and_then(|reply| reply.status),
        ending: ending(&attempt.ending),
    }
}

pub(super) fn identity(presented: Presented) -> &'static str {
    match presented {
        Presented::Context => "context",
        Presented::Nothing => "none",
    }
}

fn phases(phases: &Phases) -> PhasesJson {
    let millis = |time: Option<Duration>| {
        time.map(|time| (time.as_secs_f64() * 1_000_000.0).round() / 1000.0)
    };
    PhasesJson {
        dns_ms: millis(phases.dns),
        tcp_ms: millis(phases.tcp),
        tls_ms: millis(phases.tls),
        first_byte_ms: millis(phases.first_byte),
    }
}

fn handshake(handshake: &Handshake) -> HandshakeJson<'_> {
    HandshakeJson {
        version: handshake.version,
        cipher: &handshake.cipher,
        group: handshake.group.as_deref(),
        alpn: handshake.alpn.as_deref(),
        sni: handshake.sni.as_deref(),
    }
}

fn ending(ending: &Ending) -> &'static str {
    match ending {
        Ending::Unreached(Unreached::NoAddress(_)) => "no_address",
        Ending::Unreached(Unreached::Refused) => "connection_refused",
        Ending::Unreached(Unreached::TimedOut) => "connect_timeout",
        Ending::Unreached(Unreached::Failed(_)) => "connect_failed",
        Ending::HandshakeTimeout { .. } => "handshake_timeout",
        Ending::NotTls { .. } => "not_tls",
        Ending::NoStartTls(_) => "no_starttls",
        Ending::HandshakeAlert(_) => "handshake_alert",
        Ending::HandshakeClosed { reset: true, .. } => "handshake_reset",
        Ending::HandshakeClosed { reset: false, .. } => "handshake_closed",
        Ending::HandshakeBroken(_) => "handshake_broken",
        Ending::Alert(_) => "alert",
        Ending::Answered => "answered",
        Ending::CloseNotify { .. } => "close_notify",
        Ending::Closed { reset: true, .. } => "reset",
        Ending::Closed { reset: false, .. } => "closed",
        Ending::Silence => "silence",
    }
}

//! The end of the story: the response, the mesh's mode, and Envoy's result.

use super::sentence::{Check, Result};
use crate::probe::hello::{Codec, HelloAs};
use crate::probe::target::{Opinion, Upgrade};
use crate::probe::verdict::ProbeOutcome;
use crate::probe::verdict::wrong_pool;
use crate::probe::verdict::{EnvoyOutcome, Mutual, Otherwise};
use crate::probe::verdict::{Matrix, PortMode, Sight};
use crate::probe::wire::{Attempt, Ending};

pub(crate) fn checks(outcome: &ProbeOutcome) -> Vec<Check> {
    let mut checks = Vec::new();
    if let Some(attempt) = outcome.first() {
        checks.extend(codec(outcome, attempt));
        // Without TLS the response is the whole result, and already reported.
        checks.extend(answer(outcome, attempt).filter(|_| !outcome.target.plaintext));
    }
    checks.extend(second_knock(outcome));
    checks.extend(resumption(outcome));
    checks.extend(outcome.matrix.as_ref().map(mode));
    checks.extend(envoy(outcome));
    checks.extend(outcome.upgrade.as_ref().map(|next| upgrade(outcome, next)));
    checks
}

fn codec(outcome: &ProbeOutcome, attempt: &Attempt) -> Option<Check> {
    let chosen = attempt.handshake.as_ref()?.alpn.as_deref()?;
    let codec = outcome.target.offer.codec;
    let speaks = if codec == Codec::Http2 { "HTTP/2" } else { "HTTP/1.1" };
    wrong_pool(attempt, codec).then(|| {
        Check::error(
            "alpn",
            format!("the server chose {chosen}, but Envoy's pool for this Mapping uses {speaks}"),
        )
        .because("every request fails with 502 (UPE) or 503 (UC)")
        .hint(
            "remove the protocol from `alpn_protocols`, or set `grpc: true` if the service is gRPC",
        )
    })
}

fn answer(outcome: &ProbeOutcome, attempt: &Attempt) -> Option<Check> {
    let raw = outcome.target.offer.codec == Codec::Raw;
    let first_byte = super::reach::ms(attempt.phases.first_byte);
    match (&attempt.ending, &attempt.reply) {
        _ if attempt.asked_again => None,
        (Ending::Answered, Some(reply)) if reply.postgres && reply.refuses_certificate() => None,
        (Ending::Answered, Some(reply)) if reply.postgres => {
            Some(Check::ok("answer", format!("PostgreSQL answers: {}", reply.text)))
        }
        (Ending::Answered, Some(reply))
            if reply.is_certificate_page() || reply.wanted_to_ask_later() =>
        {
            None
        }
        (Ending::Answered, Some(reply)) if reply.is_rbac_page() => Some(
            Check::warning(
                "answer",
                "the sidecar denies our identity: 403 RBAC: access denied",
            )
            .because("at least for GET /; an authorization rule may allow other paths")
            .hint("check the AuthorizationPolicy (Istio) or the intentions (Consul)"),
        ),
        (Ending::Answered, Some(reply)) if attempt.asked && reply.wrong_codec => {
            Some(Check::error(
                "answer",
                "the server answered in a different HTTP version than Envoy's pool uses",
            ))
        }
        (Ending::Answered, Some(reply)) if attempt.asked && reply.http2 && reply.status.is_none() => {
            Some(Check::unknown(
                "answer",
                "the server uses HTTP/2, and closed the request's stream without a response",
            ))
        }
        (Ending::Answered, Some(reply)) => match reply.status {
            Some(status @ 421) if attempt.asked => Some(
                Check::warning("answer", format!("HTTP {status}: not for this server name"))
                    .because(
                        "the server compares the request's Host with the server name in the \
                         handshake, and Envoy sends none unless the context has `sni`",
                    )
                    .hint("set `sni` in the TLSContext to the Host of the request"),
            ),
            Some(status @ 500..=599) if attempt.asked => Some(
                Check::warning("answer", format!("HTTP {status} after {first_byte}"))
                    .because("TLS works; the application or its backend does not"),
            ),
            Some(status) if attempt.asked => Some(Check::ok(
                "answer",
                format!("HTTP {status} after {first_byte}"),
            )),
            None if attempt.asked && !raw => Some(
                Check::error("answer", "the server's answer is not HTTP")
                    .hint("use a TCPMapping for services that do not speak HTTP"),
            ),
            _ => Some(Check::ok("answer", "the server sent data")),
        },
        (Ending::Silence, _) if attempt.asked => Some(
            Check::unknown("answer", "there was no HTTP response within the time limit")
                .because(
                    "a slow application does this, and so does a proxy that drops what it refuses \
                     (haproxy `silent-drop`, Envoy's network RBAC with `delay_deny`)",
                )
                .hint("wait longer with --timeout"),
        ),
        (Ending::CloseNotify { .. } | Ending::Closed { .. }, _) if attempt.asked => Some(
            Check::error(
                "answer",
                "the server closed the connection on the request",
            )
            .because(
                "a sidecar that denies our identity at the TCP level does this, and so do nginx \
                 `return 444` and haproxy `reject`",
            )
            .hint(
                "check the AuthorizationPolicy (Istio) or the intentions (Consul); else the app \
                     behind it does not speak HTTP or is down",
            ),
        ),
        (
            Ending::CloseNotify { in_answer: false }
            | Ending::Closed {
                in_answer: false, ..
            },
            _,
        ) if attempt.requested() != Some(true) => Some(Check::error(
            "answer",
            "the server closed the connection right after the handshake, before any request",
        )),
        _ => None,
    }
}

/// The result of another ClientHello after the first one failed.
fn second_knock(outcome: &ProbeOutcome) -> Option<Check> {
    let (knock, first) = (outcome.knock.as_ref()?, outcome.first()?);
    let who = knock.attempt.chain.leaf().map(|leaf| leaf.subject.to_string());
    let who = who.map(|who| format!(" and presents {who}")).unwrap_or_default();
    let (with, next) = match &knock.otherwise {
        Otherwise::ServerName(name) => {
            (format!("the server name `{name}`"), format!("set `sni: {name}` in the TLSContext"))
        }
        Otherwise::Tls13 => {
            ("TLS 1.3".to_owned(), "set `max_tls_version: v1.3` in the TLSContext".to_owned())
        }
    };
    if !knock.helps(first) {
        return Some(Check::ok("second-knock", format!("the result is the same with {with}")));
    }
    let check = Check::warning("second-knock", format!("with {with} the server answers{who}"));
    let check = match knock.demand.mutual {
        Mutual::Required => check.because("and requires a client certificate"),
        Mutual::Optional => check.because("and requests a client certificate without requiring it"),
        _ => check,
    };
    Some(check.hint(next))
}

/// A server that accepts our certificate once but fails the connections that Envoy resumes.
fn resumption(outcome: &ProbeOutcome) -> Option<Check> {
    let how = match outcome.ends_resumption.as_ref()? {
        Ending::HandshakeAlert(alert) => format!("with alert {alert}"),
        _ => "by closing the connection".to_owned(),
    };
    let old = outcome.first()?.tls13 != Some(true);
    let which = match old {
        true => "after the first connection every one fails while the session lasts",
        false => "every second connection fails",
    };
    let check = Check::error("resumption", format!("the server fails resumed sessions, {how}"))
        .because(format!("Envoy keeps a session of this server and offers it: {which}"))
        .because(
            "OpenSSL does this where the server asks for a certificate and sets no session id context \
             (cpp-httplib and socat do not)",
        );
    Some(check.hint(
        "call SSL_CTX_set_session_id_context in the server, or switch off its session tickets and \
         its session cache; Ambassador cannot switch resumption off",
    ))
}

fn mode(matrix: &Matrix) -> Check {
    let name = "mesh-mode";
    let check = match matrix.mode {
        PortMode::IstioStrict => Check::ok(name, "an Istio sidecar in STRICT mode"),
        PortMode::IstioPermissiveHttp => Check::warning(
            name,
            "an Istio sidecar in PERMISSIVE mode on an HTTP port: TLS needs Istio's ALPN, and \
             plaintext is also served",
        )
        .hint("set `alpn_protocols: istio` in the TLSContext; STRICT mode would reject plaintext"),
        PortMode::IstioPermissiveAuto => Check::warning(
            name,
            "an Istio sidecar in PERMISSIVE mode: TLS without Istio's ALPN is passed on to the app undecrypted",
        )
        .hint("set `alpn_protocols: istio` in the TLSContext; STRICT mode would reject plaintext"),
        PortMode::ConsulEnvoy => Check::ok(name, "a Consul sidecar (Envoy)"),
        PortMode::ConsulNative => Check::ok(name, "a Consul sidecar (built-in proxy or Go library)").because(
            "it rejects a denied intention like a wrong certificate; the agent can tell which one it is",
        ),
        PortMode::Strict => Check::ok(name, "a server that requires a client certificate, not of a known mesh"),
        PortMode::Permissive => Check::warning(name, "a server that also serves clients without a certificate"),
        PortMode::TlsOnly => Check::warning(name, "a server that never requests a client certificate"),
        PortMode::Plaintext => Check::warning(name, "no TLS at all"),
        PortMode::Unknown => Check::unknown(name, "the results match no known mode"),
    };
    let rows = matrix.trials.iter().map(|trial| {
        let who = match trial.presented {
            crate::probe::wire::Presented::Context => "our certificate",
            crate::probe::wire::Presented::Nothing => "no certificate",
        };
        format!("{who}, ALPN {}: {}", trial.alpn.unwrap_or("none"), sight(trial.sight))
    });
    let plain = format!("plaintext: {}", sight(matrix.plaintext));
    rows.chain([plain]).fold(check, Check::because)
}

fn sight(sight: Sight) -> String {
    match sight {
        Sight::LetInAsked => "accepted".to_owned(),
        Sight::LetInUnasked => "accepted, no certificate requested".to_owned(),
        Sight::TurnedAway(Some(alert)) => format!("rejected ({})", crate::envoy::Alert(alert)),
        Sight::TurnedAway(None) => "rejected".to_owned(),
        Sight::Open => "TLS, not confirmed".to_owned(),
        Sight::HungUp => "closed the connection".to_owned(),
        Sight::Plain => "answered in plaintext".to_owned(),
        Sight::Silent => "silence".to_owned(),
    }
}

/// A newer Envoy's verdict on the same chain.
fn upgrade(outcome: &ProbeOutcome, next: &Upgrade) -> Check {
    let name = "next-envoy";
    let (own, version) = (outcome.target.trust.version(), next.version);
    match &next.opinion {
        Opinion::Refused { depth, reason } => {
            let depth = depth.map_or(String::new(), |depth| format!(" (depth {depth})"));
            Check::warning(
                name,
                format!("fails after the upgrade to Envoy {version}: {reason}{depth}"),
            )
            .because(format!("Envoy {own} accepts the server's chain"))
            .hint("reissue the server's certificate before the upgrade")
        }
        _ => Check::ok(name, format!("Envoy {version} would accept the server's chain")),
    }
}

fn envoy(outcome: &ProbeOutcome) -> Option<Check> {
    let who = match outcome.target.offer.profile {
        HelloAs::Envoy => "Envoy",
        HelloAs::Strict => "a strict client",
    };
    let name = "verdict";
    if let Some(kind) = outcome.target.starttls {
        return Some(
            Check::error(name, format!("{who} cannot start TLS as {kind} does, and would fail"))
                .hint(format!(
                    "use a TCPMapping without TLS for the clients' own {kind} connections, TLS \
                     included"
                )),
        );
    }
    Some(match &outcome.envoy {
        EnvoyOutcome::Accepted if outcome.target.offer.codec == Codec::Raw => {
            let check = Check::ok(name, format!("TLS would work: {who} completes the handshake"));
            check.because("the application itself was not tested")
        }
        EnvoyOutcome::Accepted => Check::ok(name, format!("{who} would get through")),
        EnvoyOutcome::PassedOn(status) => Check::warning(
            name,
            format!("{who} would get through, and pass on the server's HTTP {status}"),
        ),
        EnvoyOutcome::ConfigRejected(_) => return None,
        EnvoyOutcome::Unknown(why) => {
            Check::unknown(name, format!("unknown: whether {who} would get through"))
                .because(why.clone())
        }
        EnvoyOutcome::Refused(_) if outcome.target.offer.profile == HelloAs::Strict => {
            Check::error(name, format!("{who} would fail"))
        }
        EnvoyOutcome::Refused(refusal) => {
            let detail = match refusal.flags {
                "-" => format!("{who} would fail after the handshake, and log no reason"),
                "" => format!("{who} would pass the refusal on: {}", refusal.reason),
                flags => format!("{who} would fail: {flags}, {}", refusal.reason),
            };
            let mut check = Check::new(name, Result::Error, detail);
            if let Some(log) = &refusal.log {
                check = check.because(format!("access log: {log}"));
            }
            check.because(format!("counted in: cluster.<name>.{}", refusal.stat))
        }
    })
}

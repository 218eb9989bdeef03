//! `probe -o json`, version 1.

use std::time::Duration;

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::envoy::Alert;
use crate::probe::{
    Attempt, CheckResult, Ending, Envoy, HelloAs, Knock, Matrix, Mode, Mutual, Opinion, Otherwise,
    Presented, Sight, Story, Unreached, Upgrade,
};
use crate::report::inspect::CertificateJson;

/// The whole report, one target at a time, so that a thousand of them fit into little memory.
pub fn json(stories: &[Story], now: OffsetDateTime) -> String {
    let mut report = String::from("{\n  \"version\": 1,\n  \"targets\": [");
    for (at, outcome) in stories.iter().enumerate() {
        report.push_str(if at == 0 { "\n    " } else { ",\n    " });
        // Line breaks within strings are escaped, so these are all between tokens.
        report.push_str(&format!("{:#}", target(outcome, now)).replace('\n', "\n    "));
    }
    report.push_str(if stories.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
    report
}

fn target(outcome: &Story, now: OffsetDateTime) -> Value {
    let (envoy, reason, refusal) = match &outcome.envoy {
        // Another client's hello says nothing about Envoy.
        _ if outcome.target.offer.profile == HelloAs::Strict => {
            ("unknown", Some("--profile strict sends a different ClientHello".to_owned()), None)
        }
        Envoy::Accepted => ("accepted", None, None),
        Envoy::PassedOn(status) => ("passed_on", Some(format!("HTTP {status}")), None),
        Envoy::Refused(refusal) => ("refused", Some(refusal.reason.clone()), Some(refusal)),
        Envoy::ConfigRejected(words) => ("config_rejected", Some(words.clone()), None),
        Envoy::Unknown(why) => ("unknown", Some(why.clone()), None),
    };
    let (strict, strict_reason) = match &outcome.strict {
        Opinion::Accepted => ("accepted", None),
        Opinion::Refused { reason, .. } => ("refused", Some(reason)),
        Opinion::Unknown(why) => ("unknown", Some(why)),
    };
    let address = outcome.first().and_then(|attempt| attempt.via.as_ref());
    let mut report = json!({
        "upstream": outcome.target.name,
        "object": outcome.target.origin.as_ref().map(|origin| json!({
            "kind": origin.object.kind,
            "namespace": origin.object.namespace,
            "name": origin.object.name,
        })),
        "service": format!("{}:{}", outcome.target.host, outcome.target.port),
        "context": outcome.target.context,
        "address": address.map(ToString::to_string),
        "attempts": outcome.attempts.iter().map(|a| attempt(a, outcome.mutual, now)).collect::<Vec<_>>(),
        "verdict": {
            "envoy": envoy,
            "envoy_reason": reason,
            "envoy_flags": refusal.map(|refusal| refusal.flags),
            "envoy_log": refusal.and_then(|refusal| refusal.log.as_deref()),
            "envoy_stat": refusal.map(|refusal| refusal.stat),
            "upgrade": outcome.upgrade.as_ref().map(upgrade),
            "strict": strict,
            "strict_reason": strict_reason,
            "mutual": mutual(outcome.mutual),
            "mutual_unknown_because": outcome.mutual_unknown,
            "client_certificate_accepted": outcome.accepted,
        },
        "second_knock": outcome.knock.as_ref().map(|one| knock(one, now)),
        "matrix": outcome.matrix.as_ref().map(matrix),
        "checks": outcome.checks.iter().map(|check| json!({
            "name": check.name,
            "result": match check.result {
                CheckResult::Ok => "ok",
                CheckResult::Warning => "warning",
                CheckResult::Error => "error",
                CheckResult::Unknown => "unknown",
            },
            "detail": check.detail,
            "evidence": check.evidence,
            "hint": check.hint,
        })).collect::<Vec<_>>(),
    });
    // Only where the input has several.
    let world = outcome.target.origin.as_ref().map(|origin| &origin.world);
    if let (Some(world), Some(fields)) =
        (world.filter(|world| !world.is_empty()), report.as_object_mut())
    {
        fields.insert("world".to_owned(), Value::from(world.as_str()));
    }
    report
}

fn mutual(mutual: Mutual) -> &'static str {
    match mutual {
        Mutual::Required => "required",
        Mutual::Optional => "optional",
        Mutual::NotRequested => "not_requested",
        Mutual::AfterRequest => "after_request",
        Mutual::Unknown => "unknown",
    }
}

fn attempt(attempt: &Attempt, mutual: Mutual, now: OffsetDateTime) -> Value {
    let millis = |time: Option<Duration>| {
        time.map(|time| (time.as_secs_f64() * 1_000_000.0).round() / 1000.0)
    };
    let request = attempt.request.as_ref();
    let chain = attempt.chain.certificates().iter();
    let chain: Vec<Value> =
        chain.filter_map(|one| serde_json::to_value(CertificateJson::of(one, now)).ok()).collect();
    // On one connection alone it is seen only where none was shown.
    let required = match (attempt.presented, mutual) {
        (_, Mutual::Required) => Some(true),
        (_, Mutual::Optional | Mutual::NotRequested) => Some(false),
        (_, Mutual::AfterRequest | Mutual::Unknown) => None,
    };
    let accepted = match attempt.presented {
        Presented::Context if attempt.sent_certificate() => attempt.let_in(),
        _ => None,
    };
    json!({
        "identity": match attempt.presented {
            Presented::Context => "context",
            Presented::Nothing => "none",
        },
        "capped_to_tls12": attempt.capped,
        "phases": {
            "dns_ms": millis(attempt.phases.dns),
            "tcp_ms": millis(attempt.phases.tcp),
            "tls_ms": millis(attempt.phases.tls),
            "first_byte_ms": millis(attempt.phases.first_byte),
        },
        "reached": attempt.reached(),
        "handshake": attempt.handshake.as_ref().map(|handshake| json!({
            "version": handshake.version,
            "cipher": handshake.cipher,
            "group": handshake.group,
            "alpn": handshake.alpn,
            "sni": handshake.sni,
        })),
        "client_certificate": {
            "requested": attempt.requested(),
            "required": required,
            "accepted": accepted,
            "acceptable_cas": request.map(|request| request.authority_names()).unwrap_or_default(),
            "alert": attempt.alert().map(Alert::name),
        },
        "let_in": attempt.let_in(),
        "tickets": attempt.tickets,
        "request_sent": attempt.asked,
        "asked_again": attempt.asked_again,
        "server_chain": chain,
        "http_status": attempt.reply.as_ref().and_then(|reply| reply.status),
        "ending": ending(&attempt.ending),
    })
}

/// The connection with another hello, where one was made.
fn knock(knock: &Knock, now: OffsetDateTime) -> Value {
    let (with, sni) = match &knock.otherwise {
        Otherwise::ServerName(name) => ("server_name", Some(name)),
        Otherwise::Tls13 => ("tls13", None),
    };
    json!({
        "with": with,
        "sni": sni,
        "mutual": mutual(knock.demand.mutual),
        "attempt": attempt(&knock.attempt, knock.demand.mutual, now),
    })
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

fn upgrade(upgrade: &Upgrade) -> Value {
    let (result, depth, reason) = match &upgrade.opinion {
        Opinion::Accepted => ("accepted", None, None),
        Opinion::Refused { depth, reason } => ("refused", *depth, Some(reason)),
        Opinion::Unknown(why) => ("unknown", None, Some(why)),
    };
    json!({
        "envoy_version": upgrade.version.to_string(),
        "result": result,
        "depth": depth,
        "reason": reason,
    })
}

fn matrix(matrix: &Matrix) -> Value {
    json!({
        "mode": match matrix.mode {
            Mode::IstioStrict => "istio_strict",
            Mode::IstioPermissiveHttp => "istio_permissive_http",
            Mode::IstioPermissiveAuto => "istio_permissive_auto",
            Mode::ConsulEnvoy => "consul_envoy",
            Mode::ConsulNative => "consul_native",
            Mode::Strict => "strict",
            Mode::Permissive => "permissive",
            Mode::TlsOnly => "tls_only",
            Mode::Plaintext => "plaintext",
            Mode::Unknown => "unknown",
        },
        "plaintext": sight(matrix.plaintext),
        "trials": matrix.trials.iter().map(|trial| json!({
            "identity": match trial.presented {
                Presented::Context => "context",
                Presented::Nothing => "none",
            },
            "alpn": trial.alpn,
            "seen": sight(trial.sight),
            "alert": match trial.sight {
                Sight::TurnedAway(Some(alert)) => Some(Alert(alert).name()),
                _ => None,
            },
        })).collect::<Vec<_>>(),
    })
}

fn sight(sight: Sight) -> &'static str {
    match sight {
        Sight::LetInAsked => "let_in",
        Sight::LetInUnasked => "let_in_unasked",
        Sight::TurnedAway(_) => "turned_away",
        Sight::Open => "not_confirmed",
        Sight::HungUp => "hung_up",
        Sight::Plain => "plaintext",
        Sight::Silent => "silence",
    }
}

//! Derives Envoy's result from the observations, with its log messages.

use super::verdict::{EnvoyOutcome, RequestRefusal};
use crate::envoy::Alert;
use crate::envoy::Decoded;
use crate::envoy::EnvoyVersion;
use crate::envoy::log::named_reason;
use crate::probe::hello::Codec;
use crate::probe::hello::Hello;
use crate::probe::target::{Opinion, StartTls, Target, Unreached};
use crate::probe::wire::Fit;
use crate::probe::wire::SignatureCheck;
use crate::probe::wire::{Attempt, Broken, Ending, Presented};

const CONNECTION_ERROR: &str = "ssl.connection_error";
const VERIFY_ERROR: &str = "ssl.fail_verify_error";
const CONNECT_FAIL: &str = "upstream_cx_connect_fail";
const CONNECT_TIMEOUT: &str = "upstream_cx_connect_timeout";
const ENDED_BY_PEER: &str = "upstream_cx_destroy_remote_with_active_rq";
const PROTOCOL_ERROR: &str = "upstream_cx_protocol_error";

/// BoringSSL's limit for a Certificate message.
const MOST_CERTIFICATES: usize = 100 * 1024;

impl RequestRefusal {
    fn tls(decoded: Decoded) -> EnvoyOutcome {
        EnvoyOutcome::Refused(Self {
            flags: "UF",
            reason: decoded.name(),
            log: Some(decoded.log_line()),
            stat: CONNECTION_ERROR,
        })
    }

    fn of_reason(name: &str) -> EnvoyOutcome {
        match named_reason(name) {
            Some(decoded) => Self::tls(decoded),
            None => EnvoyOutcome::Unknown(format!("no code is known for {name}")),
        }
    }

    fn plain(flags: &'static str, reason: &str, stat: &'static str) -> EnvoyOutcome {
        EnvoyOutcome::Refused(Self { flags, reason: reason.to_owned(), log: None, stat })
    }
}

/// The failure of Envoy's own verification, as it prints it.
fn verify_failed(depth: Option<i32>, reason: &str, version: EnvoyVersion) -> EnvoyOutcome {
    // Without a depth it is a TLS error of its own, such as KEY_USAGE_BIT_INCORRECT.
    let Some(depth) = depth else {
        return match named_reason(reason) {
            Some(decoded) => RequestRefusal::tls(decoded),
            None => RequestRefusal::plain("UF", reason, CONNECTION_ERROR),
        };
    };
    let why = match version {
        // The reason is logged since 1.37.
        EnvoyVersion::V1_36 => String::new(),
        _ => format!(
            ":verify_cert_failed:_X509_verify_cert:_certificate_verification_error_at_depth_{depth}:_{}",
            reason.replace(' ', "_")
        ),
    };
    EnvoyOutcome::Refused(RequestRefusal {
        flags: "UF",
        reason: format!("CERTIFICATE_VERIFY_FAILED: {reason} (depth {depth})"),
        log: Some(format!(
            "TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED{why}:TLS_error_end"
        )),
        stat: VERIFY_ERROR,
    })
}

/// Envoy's result for a context whose minimum version is above its maximum.
pub(crate) fn no_versions() -> EnvoyOutcome {
    RequestRefusal::of_reason("NO_SUPPORTED_VERSIONS_ENABLED")
}

/// Envoy's result for the context of this attempt; `accepted` is what all attempts together show
/// about our certificate.
pub(crate) fn outcome(
    attempt: &Attempt,
    hello: &Hello,
    target: &Target,
    accepted: Option<bool>,
) -> EnvoyOutcome {
    if let Some(kind) = target.starttls {
        return without_starttls(kind);
    }
    match as_http(attempt, hello, target, accepted) {
        // The TCP proxy cannot answer by itself: Envoy resets the client's connection.
        EnvoyOutcome::Refused(refusal) if target.offer.codec == Codec::Raw => {
            EnvoyOutcome::Refused(RequestRefusal { flags: raw_flags(refusal.flags), ..refusal })
        }
        made => made,
    }
}

/// Envoy's result if TLS starts later: servers that send first do not look like TLS, and the others
/// close on its ClientHello.
fn without_starttls(kind: StartTls) -> EnvoyOutcome {
    let made = match kind {
        StartTls::Postgres | StartTls::Ldap => {
            RequestRefusal::plain("UF", "remote_connection_failure", CONNECT_FAIL)
        }
        _ => RequestRefusal::of_reason("WRONG_VERSION_NUMBER"),
    };
    match made {
        EnvoyOutcome::Refused(refusal) => {
            EnvoyOutcome::Refused(RequestRefusal { flags: raw_flags(refusal.flags), ..refusal })
        }
        made => made,
    }
}

/// The flags in a TCPMapping's access log (Envoy 1.38: `UF,URX` if the handshake failed, `-` if the
/// server closed the connection after it).
fn raw_flags(flags: &'static str) -> &'static str {
    match flags {
        "UF" => "UF,URX",
        _ => "-",
    }
}

fn as_http(
    attempt: &Attempt,
    hello: &Hello,
    target: &Target,
    accepted: Option<bool>,
) -> EnvoyOutcome {
    let (codec, version) = (target.offer.codec, target.trust.version());
    // Envoy verifies the chain before it presents its own certificate.
    match &attempt.opinion {
        Some(Opinion::Refused { depth, reason }) => return verify_failed(*depth, reason, version),
        Some(Opinion::Unknown(why)) => return EnvoyOutcome::Unknown(why.clone()),
        Some(Opinion::Accepted) | None => {}
    }
    if let Some(request) = &attempt.request
        && attempt.presented == Presented::Context
    {
        match (request.fit, attempt.tls13) {
            (Fit::Fits, _) => {}
            // In TLS 1.3 a scheme fixes curve and padding, so BoringSSL has no further options.
            (Fit::Perhaps, tls13) if tls13 != Some(true) => {
                return EnvoyOutcome::Unknown(
                    "the server only accepts signatures that Envoy can make with this key but this \
                     probe cannot"
                        .to_owned(),
                );
            }
            (_, Some(true)) => {
                return RequestRefusal::of_reason("NO_COMMON_SIGNATURE_ALGORITHMS");
            }
            _ => return RequestRefusal::of_reason("UNKNOWN_CERTIFICATE_TYPE"),
        }
    }
    match &attempt.ending {
        Ending::Unreached(reason) => unreached(reason),
        Ending::HandshakeTimeout { .. } => {
            RequestRefusal::plain("UF", "connection_timeout", CONNECT_TIMEOUT)
        }
        Ending::NotTls { .. } => RequestRefusal::of_reason("WRONG_VERSION_NUMBER"),
        Ending::NoStartTls(why) => EnvoyOutcome::Unknown(why.clone()),
        Ending::HandshakeAlert(alert) => handshake_alert(*alert, attempt, hello),
        Ending::HandshakeClosed { reset: true, .. } => {
            let reset = Decoded::from_number(33_554_536);
            EnvoyOutcome::Refused(RequestRefusal {
                flags: "UF",
                reason: reset.name(),
                log: Some(reset.log_line()),
                stat: CONNECT_FAIL,
            })
        }
        Ending::HandshakeClosed { reset: false, .. } => {
            RequestRefusal::plain("UF", "remote_connection_failure", CONNECT_FAIL)
        }
        Ending::HandshakeBroken(broken) => self::broken(broken, hello),
        _ if attempt.signature == Some(SignatureCheck::Unknown) => EnvoyOutcome::Unknown(
            "the handshake's signature could not be checked: the server's key is below 2048 bits, \
             or of a kind that this probe does not support"
                .to_owned(),
        ),
        // Envoy sends no_renegotiation and closes the connection, whatever the server does then.
        _ if attempt.asked_again => {
            RequestRefusal::plain("UC", "connection_termination", CONNECTION_ERROR)
        }
        // The alert arrives after Envoy has sent its request; Envoy only sees the connection end.
        Ending::Alert(_) => RequestRefusal::plain("UC", "connection_termination", CONNECTION_ERROR),
        Ending::Answered => answered(attempt, codec, accepted),
        Ending::CloseNotify { in_answer: true } if !attempt.asked => EnvoyOutcome::Accepted,
        Ending::Closed { in_answer: true, .. } if attempt.raw => EnvoyOutcome::Accepted,
        Ending::Closed { in_answer: true, .. } if !attempt.asked => EnvoyOutcome::Unknown(
            "the server closed the connection without close_notify; servers like nginx reject \
             certificates only in HTTP, and no request was sent"
                .to_owned(),
        ),
        Ending::CloseNotify { .. } | Ending::Closed { .. } => {
            RequestRefusal::plain("UC", "connection_termination", ENDED_BY_PEER)
        }
        Ending::Silence if attempt.asked && wrong_pool(attempt, codec) => {
            RequestRefusal::plain("UC", "connection_termination", ENDED_BY_PEER)
        }
        // It neither closed the connection nor sent anything, before our close_notify and after it.
        Ending::Silence if attempt.let_in() == Some(true) => EnvoyOutcome::Accepted,
        Ending::Silence => EnvoyOutcome::Unknown(
            "the handshake is complete, but there was no response to the request; Envoy answers \
             504 (UT) when the Mapping's `timeout_ms` expires"
                .to_owned(),
        ),
    }
}

fn unreached(reason: &Unreached) -> EnvoyOutcome {
    match reason {
        Unreached::Refused => EnvoyOutcome::Refused(RequestRefusal {
            flags: "UF",
            reason: "Connection refused".to_owned(),
            log: Some("delayed_connect_error:_Connection_refused".to_owned()),
            stat: CONNECT_FAIL,
        }),
        Unreached::TimedOut => RequestRefusal::plain("UF", "connection_timeout", CONNECT_TIMEOUT),
        Unreached::NoAddress(_) => EnvoyOutcome::Unknown(
            "the name does not resolve from here; Envoy uses the cluster's DNS".to_owned(),
        ),
        Unreached::Failed(error) => {
            EnvoyOutcome::Unknown(format!("cannot be reached from here: {error}"))
        }
    }
}

fn handshake_alert(alert: Alert, attempt: &Attempt, hello: &Hello) -> EnvoyOutcome {
    // Before the server has sent a chain, these two are about the ClientHello, and Envoy's offers
    // more.
    let about_hello = matches!(alert.0, 40 | 70 | 71) && attempt.chain.is_empty();
    if about_hello && !hello.beyond.is_empty() {
        return EnvoyOutcome::Unknown(format!(
            "the server rejected the ClientHello ({alert}); with this context Envoy also offers \
             {}, which this probe cannot",
            hello.beyond.join(", ")
        ));
    }
    let refused = RequestRefusal::tls(Decoded::Alert(alert));
    match (refused, named_reason("HANDSHAKE_FAILURE_ON_CLIENT_HELLO")) {
        // BoringSSL records that the ClientHello was rejected.
        (EnvoyOutcome::Refused(mut refusal), Some(second)) if alert.0 == 40 && about_hello => {
            refusal.log = Some(Decoded::log_line_of(&[Decoded::Alert(alert), second]));
            EnvoyOutcome::Refused(refusal)
        }
        (refused, _) => refused,
    }
}

/// Envoy's result for a resumed connection whose handshake the server ends like this.
pub(crate) fn resumed(ending: &Ending) -> Option<EnvoyOutcome> {
    match ending {
        Ending::HandshakeAlert(alert) => Some(RequestRefusal::tls(Decoded::Alert(*alert))),
        Ending::HandshakeClosed { .. } => {
            Some(RequestRefusal::plain("UF", "remote_connection_failure", CONNECT_FAIL))
        }
        _ => None,
    }
}

fn broken(broken: &Broken, hello: &Hello) -> EnvoyOutcome {
    match broken {
        Broken::Signature => RequestRefusal::of_reason("BAD_SIGNATURE"),
        Broken::OldVersion if hello.beyond.is_empty() => {
            RequestRefusal::of_reason("UNSUPPORTED_PROTOCOL")
        }
        Broken::OldVersion => EnvoyOutcome::Unknown(
            "the server supports neither TLS 1.2 nor 1.3; with this context Envoy could connect, \
             but this probe cannot"
                .to_owned(),
        ),
        Broken::TooLarge { certificates: Some(length) } if *length > MOST_CERTIFICATES => {
            RequestRefusal::of_reason("EXCESSIVE_MESSAGE_SIZE")
        }
        Broken::TooLarge { .. } => EnvoyOutcome::Unknown(
            "the server's certificates are larger than 64 KB; Envoy accepts up to 100 KB, this \
             probe does not"
                .to_owned(),
        ),
        Broken::NotOffered(why) | Broken::Other(why) => EnvoyOutcome::Unknown(format!(
            "the handshake failed here, but may not fail in Envoy: {why}"
        )),
    }
}

/// Whether ALPN chose another protocol than the pool uses.
pub(crate) fn wrong_pool(attempt: &Attempt, codec: Codec) -> bool {
    let chosen = attempt.handshake.as_ref().and_then(|handshake| handshake.alpn.as_deref());
    match (codec, chosen) {
        (Codec::Http1, Some(chosen)) => chosen == "h2",
        (Codec::Http2, Some(chosen)) => chosen.starts_with("http/1"),
        _ => false,
    }
}

fn answered(attempt: &Attempt, codec: Codec, accepted: Option<bool>) -> EnvoyOutcome {
    let reply = attempt.reply.clone().unwrap_or_default();
    if reply.is_certificate_page() || reply.wanted_to_ask_later() {
        let title = reply.title().unwrap_or_default();
        return RequestRefusal::plain("", &format!("HTTP page: {title}"), "upstream_rq_4xx");
    }
    let http = codec != Codec::Raw && attempt.asked;
    if http && reply.http2 && reply.status.is_none() {
        return EnvoyOutcome::Unknown(
            "the server uses HTTP/2, and closed the request's stream without a response".to_owned(),
        );
    }
    if http && (reply.wrong_codec || reply.status.is_none()) {
        // nginx and Go: 502 UPE. haproxy and Envoy close the connection first: 503 UC.
        return RequestRefusal::plain("UPE", "protocol_error", PROTOCOL_ERROR);
    }
    let asked = attempt.requested() == Some(true);
    match attempt.status() {
        // Maybe because it requires a different certificate, maybe for any other reason.
        Some(status @ (401 | 403)) if asked && accepted.is_none() => {
            EnvoyOutcome::Unknown(format!(
                "Envoy passes on the server's HTTP {status}, but it is unknown whether the client \
             certificate is the reason"
            ))
        }
        Some(status @ (401 | 403)) if asked => EnvoyOutcome::PassedOn(status),
        Some(status @ 300..=499) if asked && accepted.is_none() => EnvoyOutcome::PassedOn(status),
        Some(status @ (421 | 500..=599)) => EnvoyOutcome::PassedOn(status),
        _ => EnvoyOutcome::Accepted,
    }
}

/// Envoy's result for an upstream without TLS.
pub(crate) fn plaintext(attempt: &Attempt, codec: Codec) -> EnvoyOutcome {
    match (&attempt.ending, &attempt.reply) {
        (Ending::Unreached(reason), _) => unreached(reason),
        (Ending::Answered, Some(reply)) if reply.wants_tls && reply.status.is_some() => {
            let title = reply.title().unwrap_or_default();
            RequestRefusal::plain("", &format!("HTTP page: {title}"), "upstream_rq_4xx")
        }
        (Ending::Answered, Some(reply)) if reply.wants_tls || reply.status.is_none() => {
            RequestRefusal::plain("UPE", "protocol_error", PROTOCOL_ERROR)
        }
        (Ending::Answered, _) => EnvoyOutcome::Accepted,
        (Ending::Closed { .. }, _) => {
            RequestRefusal::plain("UC", "connection_termination", ENDED_BY_PEER)
        }
        _ if codec == Codec::Raw || !attempt.asked => EnvoyOutcome::Accepted,
        _ => {
            EnvoyOutcome::Unknown("the server accepted the request and did not respond".to_owned())
        }
    }
}

//! From the configuration to the handshake: the key pair, DNS, TCP, TLS.

use std::time::Duration;

use super::sentence::Check;
use crate::envoy::log::facts::{CLOSES_ON_HELLO, OFFERS};
use crate::envoy::log::meaning;
use crate::envoy::{Alert, Meaning, read_ciphers, read_curves};
use crate::probe::hello::{Misfit, TlsVersion};
use crate::probe::target::{NoAddress, StartTls, Unreached, Via};
use crate::probe::verdict::EnvoyOutcome;
use crate::probe::verdict::ProbeOutcome;
use crate::probe::wire::{Attempt, Broken, Chosen, Ending, Handshake};

pub(crate) fn checks(outcome: &ProbeOutcome) -> Vec<Check> {
    let mut checks: Vec<Check> =
        outcome.target.frozen.iter().map(|reason| frozen(reason)).collect();
    if let EnvoyOutcome::ConfigRejected(words) = &outcome.envoy {
        checks.push(
            Check::error(
                "configuration",
                "Envoy would not load this configuration, so no connection was made",
            )
            .because(format!("Envoy reports: {words}"))
            .hint(
                "fix what Envoy names, in the Mapping, the context, or its files and Secrets; \
                 until then Ambassador keeps its previous configuration",
            ),
        );
        return checks;
    }
    if let Some(Misfit::Beyond(why)) = outcome.target.misfits.worst() {
        checks.push(
            Check::unknown(
                "client-pair",
                "the context's files are not available here; probing \
                 without them",
            )
            .because(why.clone()),
        );
    }
    if outcome.target.identity.is_some() {
        checks.push(Check::ok("client-pair", "Envoy loads the context's certificate and key"));
    }
    let Some(attempt) = outcome.first() else {
        checks.extend(outcome.takes.as_ref().map(|takes| {
            let what =
                "the server chose one of the context's cipher suites that this probe does not \
                 support";
            Check::ok("tls", format!("{what}: {}", takes.suite))
        }));
        return checks;
    };
    checks.extend(address(outcome, attempt));
    if attempt.reached() {
        checks.push(if outcome.target.plaintext {
            plaintext(attempt)
        } else {
            tls(outcome, attempt)
        });
    }
    checks
}

/// A problem elsewhere that keeps Ambassador on its previous configuration.
fn frozen(reason: &str) -> Check {
    Check::warning(
        "configuration",
        "Ambassador cannot apply this configuration, so it may be running an older one",
    )
    .because(reason)
    .hint("`mtlsctl lint` shows where and how to fix it")
}

fn plaintext(attempt: &Attempt) -> Check {
    let name = "plaintext";
    match (&attempt.ending, &attempt.reply) {
        (Ending::Answered, Some(reply)) if reply.wants_tls => {
            Check::error(name, "Ambassador connects without TLS, but the server expects TLS")
                .hint(meaning::TLS_WANTED)
        }
        (Ending::Closed { .. }, _) => Check::error(
            name,
            "Ambassador connects without TLS, and the server closes the \
                                connection",
        )
        .because("a server that expects TLS, such as an Istio sidecar in STRICT mode, does this")
        .hint(meaning::TLS_WANTED),
        (Ending::Answered, _) => Check::warning(
            name,
            "Ambassador connects without TLS to this server, and the server responds",
        )
        .hint("write the service with `https://` if the server supports TLS"),
        _ => Check::warning(name, "Ambassador connects without TLS to this server"),
    }
}

fn address(outcome: &ProbeOutcome, attempt: &Attempt) -> Vec<Check> {
    let (host, port) = (&outcome.target.host, outcome.target.port);
    let dns = ms(attempt.phases.dns);
    let Some(via) = &attempt.via else {
        let why = match &attempt.ending {
            Ending::Unreached(Unreached::NoAddress(why)) => why.clone(),
            _ => NoAddress::Unknown("no address".to_owned()),
        };
        let check = match why {
            NoAddress::OnlyIpv6 => Check::error(
                "address",
                format!("{host} has IPv6 addresses only, but Envoy looks up IPv4"),
            )
            .hint("set `enable_ipv6: true` in the Mapping or the Ambassador module"),
            NoAddress::OnlyIpv4 => Check::error(
                "address",
                format!("{host} has IPv4 addresses only, but Envoy looks up IPv6"),
            )
            .hint("remove `enable_ipv4: false` in the Mapping or the Ambassador module"),
            NoAddress::TimedOut => {
                Check::error("address", format!("DNS lookup of {host} got no answer"))
                    .hint(format!("give the address: --connect-to {host}:{port}:ADDRESS:{port}"))
            }
            NoAddress::Unknown(error) => {
                Check::error("address", format!("{host} does not resolve from here"))
                    .because(error)
                    .hint(
                        "cluster names do not resolve outside the cluster: probe from Ambassador's \
                         pod with `--in deploy/ambassador`, or through a command, such as \
                         `--via 'ssh bastion -W {host}:{port}'`",
                    )
            }
        };
        return vec![check];
    };
    let mut checks = Vec::new();
    if let Via::Tcp(address) = via
        && host.parse::<std::net::IpAddr>().is_err()
    {
        checks.push(Check::ok("address", format!("{host} is {} ({dns})", address.ip())));
    }
    checks.push(match &attempt.ending {
        Ending::Unreached(Unreached::Refused) => with(
            Check::error("tcp", format!("{via} refused the connection")),
            meaning::of_code(&crate::envoy::Decoded::from_number(33_554_543)),
        ),
        Ending::Unreached(Unreached::TimedOut) => with(
            Check::error("tcp", format!("{via} did not answer in time")),
            meaning::of_code(&crate::envoy::Decoded::from_number(33_554_542)),
        ),
        Ending::Unreached(Unreached::Failed(error)) => {
            Check::error("tcp", format!("{via} cannot be reached: {error}"))
        }
        _ => Check::ok("tcp", format!("connected to {via} ({})", ms(attempt.phases.tcp))),
    });
    checks
}

/// The server's choice from every suite and group, and how to make Envoy offer it.
fn would_take(check: Check, outcome: &ProbeOutcome, takes: &Chosen) -> Check {
    let envoy = outcome.target.offer.envoy;
    let suite = takes.suite.as_str();
    let own: Vec<&str> = outcome.target.offer.cipher_suites.iter().map(String::as_str).collect();
    let offered = match own.is_empty() {
        _ if takes.tls13 => true,
        true => DEFAULT.contains(&suite),
        false => read_ciphers(&own, envoy).is_ok_and(|offered| offered.contains(&suite)),
    };
    let with_group = takes.group.map(|group| format!(" with {group}")).unwrap_or_default();
    let version = if takes.tls13 { " and of TLS 1.3" } else { "" };
    let check = check
        .because("client and server have no cipher suite, group or signature algorithm in common")
        .because(format!(
            "offered every suite of TLS 1.2{version}, the server chooses {suite}{with_group}"
        ));
    let group = takes.group.filter(|group| read_curves(&[group], envoy).is_ok());
    let too_old = takes.tls13 && outcome.target.offer.versions().1 < TlsVersion::V1_3;
    match (offered, takes.group, group) {
        _ if too_old && takes.group.is_none_or(is_default) => {
            check.hint("set `max_tls_version: v1.3` in the TLSContext")
        }
        (false, ..) if read_ciphers(&[suite], envoy).is_ok() => check.hint(format!(
            "add `{suite}` to `cipher_suites` in the TLSContext (the list replaces Envoy's own), or \
             give the server a suite with ECDHE and AES-GCM or ChaCha20"
        )),
        (false, ..) => check.hint(format!(
            "Envoy does not support {suite}: give the server a suite with ECDHE and AES-GCM or ChaCha20"
        )),
        (true, _, Some(group)) if !is_default(group) => {
            let version = if too_old { "`max_tls_version: v1.3`, and add " } else { "add " };
            check.hint(format!(
                "{}{version}`{group}` to `ecdh_curves` in the TLSContext, or X25519 or P-256 to the \
                 server's groups",
                if too_old { "set " } else { "" }
            ))
        }
        (true, Some(group), None) => check.hint(format!(
            "Envoy {envoy} does not support {group}: add X25519 or P-256 to the server's groups"
        )),
        (true, ..) => check.hint(format!(
            "the suite is offered, so the group or the server's key is the problem: Envoy offers \
             {OFFERS}; set `ecdh_curves` in the TLSContext, or change the server"
        )),
    }
}

/// Whether every Envoy offers this group by default.
fn is_default(group: &str) -> bool {
    matches!(group, "X25519" | "P-256")
}

/// Envoy's default suites for TLS 1.2.
const DEFAULT: [&str; 6] = [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
];

/// A port whose TLS starts after some plaintext, which a TLSContext cannot configure.
fn starts_later(check: Check, kind: StartTls) -> Check {
    check
        .because(format!(
            "{kind} starts TLS only after a plaintext exchange; Ambassador's Envoy always sends its \
             ClientHello immediately"
        ))
        .hint(format!(
            "use a TCPMapping without TLS for the clients' own {kind} connections, TLS included; \
             `--starttls {}` probes what is behind",
            kind.flag()
        ))
}

fn tls(outcome: &ProbeOutcome, attempt: &Attempt) -> Check {
    if let Some(handshake) = &attempt.handshake {
        return Check::ok("tls", format!("{} ({})", agreed(handshake), ms(attempt.phases.tls)));
    }
    let error = |detail: &str| Check::error("tls", detail);
    match &attempt.ending {
        Ending::HandshakeTimeout { received: 0 } => error(
            "the server accepted the connection and then sent nothing",
        )
        .hint(
            "check that the port serves TLS, and that any proxy in front of the app has a backend",
        ),
        Ending::HandshakeTimeout { received } => {
            error(&format!("the handshake timed out ({received} bytes received)")).hint(
                "the server is slow or overloaded; Envoy's `connect_timeout_ms` also covers the \
               handshake",
            )
        }
        Ending::NotTls { words, greeting: None } => {
            let check = error("the port does not serve TLS").because(format!("it sent: {words}"));
            let check = with(check, meaning::of_reason("WRONG_VERSION_NUMBER"));
            match outcome.target.origin {
                // Then the advice to remove `https://` would be wrong.
                Some(_) => check.because(
                    "through `kubectl port-forward` to a pod the connection arrives behind its \
                     sidecar, where the mesh's TLS is already terminated: run the probe in \
                     Ambassador's pod instead",
                ),
                None => check,
            }
        }
        Ending::NotTls { words, greeting: Some(kind) } => {
            let check = error("the port does not start with TLS");
            starts_later(check.because(format!("it sent: {words}")), *kind)
        }
        Ending::NoStartTls(why) => error("the server does not start TLS").because(why.clone()),
        Ending::HandshakeAlert(alert) if attempt.requested() == Some(true) => {
            // Which side is at fault is reported with the client's certificate.
            Check::ok("tls", "the server began a handshake").because(format!("then alert {alert}"))
        }
        Ending::HandshakeAlert(alert @ Alert(70))
            if outcome.target.offer.versions() == (TlsVersion::V1_3, TlsVersion::V1_3) =>
        {
            error(&format!("the server aborts the handshake: alert {alert}"))
                .because("only TLS 1.3 was offered, and the server does not support it")
                .hint(
                    "lower `min_tls_version` in the TLSContext, or enable TLS 1.3 on the server \
                     (nginx before 1.23.4 needs `ssl_protocols`)",
                )
        }
        Ending::HandshakeAlert(alert) => {
            let check = error(&format!("the server aborts the handshake: alert {alert}"));
            match (&outcome.takes, &outcome.knock) {
                (Some(takes), _) => would_take(check, outcome, takes),
                // The second attempt found the cause and has the next step.
                (None, Some(knock)) if knock.helps(attempt) => {
                    check.because("it responds differently to another ClientHello: see below")
                }
                (None, _) => with(check, meaning::of_alert(*alert, false)),
            }
        }
        Ending::HandshakeClosed { reset, received: 0 } => {
            let how = if *reset { "resets" } else { "closes" };
            let check = error(&format!("the server {how} the connection on our ClientHello"));
            if let Some(kind) = outcome.speaks {
                return starts_later(check, kind);
            }
            if let Some(takes) = &outcome.takes {
                return would_take(check, outcome, takes);
            }
            check
                .because(format!("possible causes: {CLOSES_ON_HELLO}"))
                .because("no TLSContext makes Ambassador send the PROXY protocol")
                .hint(meaning::HANGS_UP_NEXT)
        }
        Ending::HandshakeClosed { reset, .. } => {
            let how = if *reset { "resets" } else { "closes" };
            error(&format!(
                "the server {how} the connection during the handshake, without an alert"
            ))
            .hint("read the server's log; with Consul's built-in proxy, check that the app is up")
        }
        Ending::HandshakeBroken(broken) => broken_here(broken),
        _ => Check::unknown("tls", "the handshake did not complete"),
    }
}

fn broken_here(broken: &Broken) -> Check {
    match broken {
        Broken::Signature => with(
            Check::error("tls", "the server's signature in the handshake is wrong"),
            meaning::of_reason("BAD_SIGNATURE"),
        ),
        Broken::TooLarge { .. } => {
            Check::unknown("tls", "the server sends more than 64 KB of certificates")
                .hint("send only the chain, not a bundle of every CA")
        }
        Broken::OldVersion => with(
            Check::error("tls", "the server supports neither TLS 1.2 nor 1.3"),
            meaning::of_reason("UNSUPPORTED_PROTOCOL"),
        ),
        Broken::NotOffered(why) => {
            Check::unknown("tls", "the server chose something that was not offered")
                .because(why.clone())
        }
        Broken::Other(why) => {
            Check::unknown("tls", "what the server sent could not be read as TLS")
                .because(why.clone())
        }
    }
}

fn agreed(handshake: &Handshake) -> String {
    let mut parts = vec![handshake.version.to_owned(), handshake.cipher.clone()];
    parts.extend(handshake.group.clone());
    parts.push(match &handshake.alpn {
        Some(name) => format!("ALPN {name}"),
        None => "no ALPN".to_owned(),
    });
    parts.push(match &handshake.sni {
        Some(name) => format!("SNI {name}"),
        None => "no SNI".to_owned(),
    });
    parts.join(", ")
}

pub(crate) fn with(check: Check, meaning: Option<Meaning>) -> Check {
    match meaning {
        Some(Meaning { cause, next }) => check.because(cause).hint(next),
        None => check,
    }
}

pub(crate) fn ms(time: Option<Duration>) -> String {
    time.map_or_else(
        || "no time".to_owned(),
        |time| format!("{:.1} ms", time.as_secs_f64() * 1000.0),
    )
}

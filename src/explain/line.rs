//! Reads one line: everything that it says, the most specific first.

use std::collections::BTreeMap;

use crate::envoy::{Alert, Decoded, VerifyReason, of_code};

use super::access::access;
use super::alerts;
use super::code::{Code, Form};
use super::codes::codes;
use super::dictionary::look_up;
use super::facts::{Facts, facts};
use super::listener;
use super::moment::moment;
use super::of_access::of_access;
use super::rules::{CLIENT_HELLO, rules_at_listener, rules_of};
use crate::explain::matching::clean::{Cleaned, clean};
use crate::explain::matching::entry::{Grade, Side, weight};
use crate::explain::matching::said::Said;
use crate::explain::matching::secrecy::hide;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineReading {
    /// Its causes, the most specific first; empty if nothing in it is known.
    pub said: Vec<Said>,
    /// When it was written, as given in the line.
    pub moment: Option<String>,
    /// Host and port of the upstream that it names.
    pub upstream: Option<String>,
}

/// Readings below this only add context to those above [`TELLING`].
const FRAME: u8 = weight::GENERAL + 9;
const TELLING: u8 = weight::SPECIFIC - 10;

/// Reads a text: one word, a line, or several related lines.
pub fn read(text: &str) -> LineReading {
    let line = clean(text);
    let facts = facts(&line);
    let mut said = of_codes(&line, &facts);
    let is_boring = said.iter().any(|one| one.speaker.starts_with("Envoy"));
    let known = look_up(&line, facts.side).into_iter().filter(|one| {
        // OpenSSL's text inside BoringSSL's line is reported there, by number and reason.
        !(is_boring && one.id.starts_with("openssl/"))
    });
    for one in known {
        said.retain(|other| {
            !(is_name_only(other) && overlap(other, &one) && other.weight <= one.weight)
        });
        said.push(one);
    }
    if said.iter().any(is_of_grpc) {
        said.retain(|one| !one.id.starts_with("envoy/2"));
    }
    of_the_control_plane(&mut said);
    said.extend(verification(&line, &facts, &said));
    if let Some(access) = access(&line) {
        said.extend(of_access(&access));
    }
    turn_to_side(&mut said, &facts);
    let mut seen = Vec::new();
    said.retain(|one| {
        let known = seen.contains(&one.id);
        seen.push(one.id.clone());
        !known
    });
    // A stable sort: of equally specific ones, the first in the line wins.
    said.sort_by_key(|one| std::cmp::Reverse(one.weight));
    if said.first().is_some_and(|first| first.weight >= TELLING) {
        said.retain(|one| one.weight > FRAME || one.id.starts_with("envoy/flag/"));
    }
    LineReading { said, moment: moment(text), upstream: facts.upstream }
}

/// gRPC's C core also uses BoringSSL, and writes its codes as Envoy does; its own entries are more
/// specific.
fn is_of_grpc(said: &Said) -> bool {
    said.id.starts_with("grpc/core-") && said.weight > weight::CAUSE
}

/// A configuration stream that ended: everything else in the line is about the connection to the
/// control plane.
fn of_the_control_plane(said: &mut [Said]) {
    if said.iter().all(|one| one.id != "envoy/sds-fetch") {
        return;
    }
    // Istio's own messages show why it ended.
    let is_told = said.iter().any(|one| one.id.starts_with("istio/") && one.weight > FRAME);
    for one in said.iter_mut().filter(|one| !one.id.starts_with("istio/")) {
        if one.id == "envoy/sds-fetch" {
            if is_told {
                one.weight = weight::SPECIFIC;
            }
            continue;
        }
        one.weight = one.weight.min(weight::SPECIFIC);
        one.remarks.push(
            "This is about the connection to the control plane, not to an upstream".to_owned(),
        );
    }
}

fn is_name_only(said: &Said) -> bool {
    said.id.starts_with("name/")
}

fn overlap(one: &Said, other: &Said) -> bool {
    one.span.0 < other.span.1 && other.span.0 < one.span.1
}

/// Adapts sentences that apply to both sides to the side that wrote the line.
fn turn_to_side(said: &mut [Said], facts: &Facts) {
    let Some(side) = facts.side else { return };
    for one in said.iter_mut().filter(|one| one.side == Side::Either) {
        one.side = side;
    }
}

fn of_codes(line: &Cleaned, facts: &Facts) -> Vec<Said> {
    let codes = codes(line);
    let on_hello = codes.iter().any(|code| code.decoded.name() == CLIENT_HELLO);
    let mut said = Vec::new();
    for code in &codes {
        if on_hello && matches!(code.decoded, Decoded::Alert(_)) {
            continue;
        }
        let mut one = of_code_in(code, line, facts);
        if on_hello && one.title.contains(CLIENT_HELLO) {
            one.weight = weight::CAUSE;
        }
        if let Some((name, other)) = &code.misnamed {
            let sentence = format!(
                "The number and the name next to it disagree: {} is {}, not {name}; numbers \
                 change between versions of BoringSSL and forks of it, so the name is more \
                 reliable",
                code.decoded.number(),
                code.decoded.name()
            );
            one.remarks.push(sentence.clone());
            if let Some(other) = other {
                let other = Code { decoded: *other, misnamed: None, ..code.clone() };
                let mut named = of_code_in(&other, line, facts);
                named.remarks.push(sentence);
                named.weight = named.weight.max(one.weight) + 1;
                said.push(named);
            }
        }
        said.push(one);
    }
    said
}

/// A code in its line.
fn of_code_in(code: &Code, line: &Cleaned, facts: &Facts) -> Said {
    let decoded = &code.decoded;
    let name = decoded.name();
    let (title, id) = match decoded {
        Decoded::Alert(alert) if code.form == Form::BoringSsl || code.form == Form::Alone => (
            format!("{decoded} (0x{:08x}), alert {}", decoded.number(), alert.0),
            format!("envoy/{}", decoded.number()),
        ),
        Decoded::Alert(alert) => {
            (format!("alert {} {alert}", alert.0), format!("name/alert/{}", alert.0))
        }
        _ => (
            format!("{decoded} (0x{:08x})", decoded.number()),
            format!("envoy/{}", decoded.number()),
        ),
    };
    let id = if code.form == Form::Name { format!("name/{}", decoded.number()) } else { id };
    let mut said = Said {
        id,
        title,
        speaker: match code.form {
            Form::BoringSsl | Form::Alone => "Envoy (BoringSSL)",
            Form::OpenSsl | Form::Name => "a program with OpenSSL or BoringSSL",
        },
        side: facts.side.unwrap_or(if code.form == Form::OpenSsl {
            Side::Either
        } else {
            Side::Client
        }),
        weight: weight_of(decoded),
        grade: Grade::Failure,
        cause: String::new(),
        other: String::new(),
        next: String::new(),
        remarks: Vec::new(),
        rules: rules_of(&name),
        names: BTreeMap::new(),
        seen: "BoringSSL's tables, as in Envoy 1.14 to 1.40; alerts tested against real servers"
            .to_owned(),
        span: code.span,
    };
    match decoded {
        Decoded::Alert(alert) => of_alert(*alert, code, facts, &mut said),
        Decoded::Reason { name, .. } => of_reason(name, decoded, line, facts, &mut said),
        Decoded::System { .. } => {
            said.other =
                "the operating system ended the connection; no TLS error was involved on this side"
                    .to_owned();
            fill(&mut said, of_code(decoded).map(|meaning| (meaning.cause, meaning.next)));
        }
        Decoded::Other { library, number, reason } => {
            let library = library.map_or_else(|| format!("library {number}"), str::to_owned);
            said.cause = format!("an error {reason} inside BoringSSL's {library}");
            said.next = "see the name next to it, or the code after it".to_owned();
        }
    }
    said
}

/// Fills in cause and next step, or states that nothing more is known.
fn fill(said: &mut Said, meaning: Option<(&str, &str)>) {
    let (cause, next) = meaning.unwrap_or((
        "only its name is known",
        "`mtlsctl probe MAPPING` performs the same handshake and shows where it fails",
    ));
    said.cause = cause.to_owned();
    said.next = next.to_owned();
}

fn of_alert(alert: Alert, code: &Code, facts: &Facts, said: &mut Said) {
    let number = alert.0;
    let from_server = match (number, code.form) {
        (40, Form::OpenSsl | Form::Name | Form::Alone) => Some(alerts::HANDSHAKE_FAILURE),
        _ => of_code(&Decoded::Alert(alert)).map(|meaning| (meaning.cause, meaning.next)),
    };
    let own = if facts.is_listener { "Ambassador's listener" } else { "the server" };
    let from_client = alerts::from_client(number);
    match facts.side {
        Some(Side::Server) => {
            said.other = format!("the client sent the TLS alert {number} ({alert})");
            fill(said, from_client);
            said.cause = said.cause.replace("{own}", own);
            said.next = said.next.replace("{own}", own);
            said.rules = vec!["ca-does-not-cover-own-issuer", "secret-chain-order"];
        }
        None if code.form == Form::OpenSsl || code.form == Form::Name => {
            said.other = format!("the other side sent the TLS alert {number} ({alert})");
            fill(said, from_server);
            if let Some((cause, next)) = from_client {
                said.cause = format!(
                    "in a client's log: {}; in a server's log: {}",
                    said.cause,
                    cause.replace("{own}", "the server")
                );
                said.next = format!(
                    "{}; in a server's log: {}",
                    said.next,
                    next.replace("{own}", "the server")
                );
            }
        }
        _ => {
            said.other = format!("the server sent the TLS alert {number} ({alert})");
            if !alert.is_registered() {
                said.other = format!("the server sent alert {number}, which no standard defines");
            }
            fill(said, from_server);
            if alert.refuses_certificate() {
                said.remarks.push(
                    "With TLS 1.3 the client's certificate is rejected after the handshake, and \
                     Envoy logs only UC (connection termination) without a reason; `mtlsctl \
                     probe` sees the alert"
                        .to_owned(),
                );
            }
            if facts.side.is_none() && from_client.is_some() && code.form == Form::BoringSsl {
                said.remarks.push(format!(
                    "If the line is about a listener (it names no upstream), one of Ambassador's \
                     clients sent the alert: {}",
                    from_client
                        .map(|(cause, _)| cause.replace("{own}", "Ambassador"))
                        .unwrap_or_default()
                ));
            }
        }
    }
}

fn of_reason(name: &str, decoded: &Decoded, line: &Cleaned, facts: &Facts, said: &mut Said) {
    let at_listener = listener::at_listener(name);
    if facts.side == Some(Side::Server) || (listener::is_servers_own(name) && facts.side.is_none())
    {
        said.side = Side::Server;
        if at_listener.is_some() {
            said.rules = rules_at_listener(name);
            return fill(said, at_listener);
        }
    }
    fill(said, of_code(decoded).map(|meaning| (meaning.cause, meaning.next)));
    if name == "CERTIFICATE_VERIFY_FAILED" {
        said.weight = if VerifyReason::read(&line.folded).is_some() {
            weight::FRAME
        } else {
            weight::GENERAL
        };
        if line.folded.contains("verify cert failed:") || line.folded.contains("verify san list") {
            said.weight = weight::FRAME;
        }
    }
    if let (Some((cause, next)), None) = (at_listener, facts.side) {
        said.remarks.push(format!(
            "If the line is about a listener (it names no upstream): {cause}; {next}"
        ));
    }
}

/// The reason behind CERTIFICATE_VERIFY_FAILED, a `Verify return code` or a `verify error:num=`.
fn verification(line: &Cleaned, facts: &Facts, said: &[Said]) -> Option<Said> {
    let (reason, depth) = VerifyReason::read(&line.folded)?;
    // Some programs' own entries match equally well, and are more specific.
    let is_of_codes = |one: &Said| one.id.starts_with("envoy/2") || one.id == "grpc/core-verify";
    if said.iter().any(|one| one.weight >= weight::CAUSE && !is_of_codes(one)) {
        return None;
    }
    let is_envoy = said.iter().any(|one| one.speaker.starts_with("Envoy"));
    let peer = match facts.side {
        Some(Side::Server) => "the client",
        Some(Side::Client) => "the server",
        _ if is_envoy => "the server",
        _ => "the other side",
    };
    let at = line.folded.find(reason.words()).unwrap_or_default();
    let mut title = reason.words().to_owned();
    let mut names = BTreeMap::new();
    if let Some(depth) = depth {
        let whose = match depth {
            0 => format!("the leaf, {peer}'s own certificate"),
            1 => "the issuer of the leaf".to_owned(),
            _ => "an issuer further up".to_owned(),
        };
        title = format!("{title} (depth {depth}: {whose})");
        names.insert("depth", depth.to_string());
    }
    let next = match (is_envoy, facts.side) {
        (true, Some(Side::Client) | None) => {
            let tool = "`mtlsctl probe MAPPING` verifies as Envoy does and prints the chain";
            format!("{}; {tool}", reason.next(peer))
        }
        _ => reason.next(peer),
    };
    let rules = if facts.side == Some(Side::Server) { Vec::new() } else { reason.rules.to_vec() };
    Some(Said {
        id: format!("verify/{}", reason.name),
        title,
        speaker: if is_envoy { "Envoy (BoringSSL)" } else { "a program with OpenSSL or BoringSSL" },
        side: facts.side.unwrap_or(if is_envoy { Side::Client } else { Side::Either }),
        weight: weight::CAUSE + 5,
        grade: Grade::Failure,
        cause: reason.cause(peer),
        other: match facts.side {
            Some(Side::Server) => {
                "the client presented a certificate that this side does not trust".to_owned()
            }
            _ => format!("{peer} presented a certificate that this side does not trust"),
        },
        next,
        remarks: Vec::new(),
        rules,
        names,
        seen: "each reason tested with Envoy 1.36 to 1.40 and OpenSSL 3.0".to_owned(),
        span: (at, at + reason.words().len()),
    })
}

/// How specific a code is.
fn weight_of(decoded: &Decoded) -> u8 {
    match decoded {
        Decoded::Alert(alert) => match alert.0 {
            40 | 42 | 46 | 47 | 50 | 80 => weight::SPECIFIC,
            0 | 90 => weight::FRAME,
            _ => weight::SPECIFIC + 10,
        },
        Decoded::Reason { name, .. } => match *name {
            "PROTOCOL_IS_SHUTDOWN"
            | "SSL_HANDSHAKE_FAILURE"
            | "UNINITIALIZED"
            | "SHUTDOWN_WHILE_IN_INIT" => weight::FRAME,
            _ => weight::SPECIFIC + 10,
        },
        Decoded::System { .. } => weight::SPECIFIC,
        Decoded::Other { .. } => weight::FRAME,
    }
}

/// A text that is safe to show: without keys and tokens, and at most a few lines long.
pub fn shown(text: &str) -> String {
    let line = clean(&hide(text)).quoted;
    match line.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

//! The alerts of a line, by number and by name.

use crate::envoy::{Alert, Decoded};

use super::code::{Code, Form};
use crate::explain::matching::clean::Cleaned;

/// Text before an alert number.
const ALERT_NUMBER: [&str; 4] =
    ["ssl alert number ", "tls alert number ", "ssl alert ", "*** received alert ["];

/// The same, but only in lines about TLS or on its own, since other programs have alerts, too.
const ALERT_NUMBER_OF_TLS: [&str; 7] = [
    "alert number ",
    "alert code is ",
    "error code is ",
    "received alert [",
    "fatal alert ",
    "alert: ",
    "alert(",
];

/// Numbers of alerts: `SSL alert number 48`.
pub(super) fn alert_numbers(line: &Cleaned) -> Vec<Code> {
    let mut codes = Vec::new();
    let is_about_tls = line.is_about_tls();
    let others = ALERT_NUMBER_OF_TLS.map(|words| (words, is_about_tls));
    for (words, counts) in ALERT_NUMBER.map(|words| (words, true)).into_iter().chain(others) {
        for (at, _) in line.folded.match_indices(words) {
            let from = at + words.len();
            let digits = &line.folded[from..];
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            let Ok(number) = digits[..end].parse::<u8>() else { continue };
            let counts = counts || line.is_all(at, from + end);
            if counts && Alert(number).is_registered() {
                codes.push(Code {
                    decoded: Decoded::Alert(Alert(number)),
                    misnamed: None,
                    form: Form::OpenSsl,
                    span: (at, from + end),
                });
            }
        }
    }
    codes
}

/// Text before the name of a received alert, in OpenSSL, curl, .NET, Bouncy Castle, Erlang and
/// Java.
const ALERT_NAME: [&str; 12] = [
    "received client alert: fatal - ",
    "received server alert: fatal - ",
    "sslv3 alert ",
    "tlsv1 alert ",
    "tlsv13 alert ",
    "ssl/tls alert ",
    "(in), tls alert, ",
    "sent a tls alert: ",
    "tlsfatalalertreceived: ",
    "recv tlsv1 alert: fatal, ",
    "recv tlsv1.2 alert: fatal, ",
    "recv tlsv1.3 alert: fatal, ",
];

/// The text of a received alert: `tlsv1 alert unknown ca`.
pub(super) fn alert_words(line: &Cleaned) -> Vec<Code> {
    let mut codes = Vec::new();
    for words in ALERT_NAME {
        for (at, _) in line.folded.match_indices(words) {
            let from = at + words.len();
            let rest = &line.folded[from..];
            let end =
                rest.find(|c: char| !(c.is_ascii_lowercase() || c == ' ')).unwrap_or(rest.len());
            let name: Vec<&str> =
                rest[..end].split(' ').filter(|word| !word.is_empty()).take(4).collect();
            let alert =
                (1..=name.len()).rev().find_map(|count| Alert::named(&name[..count].join("_")));
            codes.extend(alert.map(|alert| Code {
                decoded: Decoded::Alert(alert),
                misnamed: None,
                form: Form::OpenSsl,
                span: (at, from),
            }));
        }
    }
    codes
}

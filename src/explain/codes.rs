//! TLS codes in a line: BoringSSL's numbers and names, OpenSSL's hexadecimal ones, alert numbers.

use crate::envoy::{Alert, Decoded};

use super::alert_codes::{alert_numbers, alert_words};
use super::code::{Code, Form};
use crate::explain::matching::clean::Cleaned;

const INTERNAL: &str = "openssl internal:";

/// All codes of a line in order, each once.
pub(super) fn codes(line: &Cleaned) -> Vec<Code> {
    if let Some(code) = alone(line) {
        return vec![code];
    }
    let mut codes = numbers(line);
    codes.extend(internal_names(line, &codes));
    codes.extend(openssl_errors(line));
    codes.extend(alert_numbers(line));
    codes.extend(alert_words(line));
    codes.extend(loose_names(line, &codes));
    codes.sort_by_key(|code| code.span);
    let mut seen = Vec::new();
    codes.retain(|code| {
        let known = seen.contains(&code.decoded);
        seen.push(code.decoded);
        !known
    });
    codes
}

/// A text that is only a code. A name in capitals, such as `NO_RENEGOTIATION`, is read as a reason
/// first and as an alert second; in the standard's spelling it is an alert.
fn alone(line: &Cleaned) -> Option<Code> {
    let text = line
        .plain
        .trim_matches(|c: char| matches!(c, '|' | ':' | '.' | ',' | ';' | '(' | ')' | '[' | ']'));
    let span = (0, line.plain.len());
    let code = |decoded| Some(Code { decoded, misnamed: None, form: Form::Alone, span });
    if let Some(number) = number(text) {
        return match u8::try_from(number) {
            Ok(alert) if Alert(alert).is_registered() => code(Decoded::from_number(number)),
            Ok(_) => None,
            Err(_) if number < 1 << 24 => None,
            Err(_) => code(Decoded::from_number(number)),
        };
    }
    if PLAIN_ENGLISH.iter().any(|words| text.eq_ignore_ascii_case(words)) {
        return None;
    }
    let word = text.strip_prefix("ERR_SSL_").unwrap_or(text);
    let alert_name = text
        .strip_prefix("alert ")
        .or_else(|| text.strip_prefix("tls alert "))
        .or_else(|| text.strip_prefix("TLS alert "))
        .unwrap_or(word);
    let alert = || Alert::named(&alert_name.replace(' ', "_")).map(Decoded::Alert);
    let is_capitals = word.chars().any(|c| c.is_ascii_uppercase())
        && !word.chars().any(|c| c.is_ascii_lowercase());
    let found = if is_capitals {
        Decoded::named(word).or_else(alert)
    } else {
        alert().or_else(|| Decoded::named(&word.replace(' ', "_")))
    };
    code(found?)
}

/// Alert names that are also common phrases; with an underscore they are alerts.
const PLAIN_ENGLISH: [&str; 2] = ["access denied", "internal error"];

fn number(text: &str) -> Option<u32> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

/// BoringSSL's packed numbers, recognised by their library or by the text after them.
fn numbers(line: &Cleaned) -> Vec<Code> {
    let mut codes = Vec::new();
    for (start, end) in digit_runs(&line.plain) {
        let Ok(number) = line.plain[start..end].parse::<u32>() else { continue };
        let behind = &line.folded[end..];
        let named =
            behind.starts_with(':') && behind.get(..80).unwrap_or(behind).contains(INTERNAL);
        let is_ssl = (0x1000_0000..0x1000_0600).contains(&number);
        let is_system = (0x0200_0000..0x0200_0100).contains(&number);
        if !(named || is_ssl || is_system) {
            continue;
        }
        let decoded = Decoded::from_number(number);
        let (misnamed, end) = match named {
            true => {
                let from = end + behind.find(INTERNAL).unwrap_or_default() + INTERNAL.len();
                let name = name_at(&line.plain, from);
                let other = (!name.is_empty() && disagrees(&decoded, name))
                    .then(|| (name.to_owned(), Decoded::named(name)));
                (other, from + name.len())
            }
            false => (None, end),
        };
        codes.push(Code { decoded, misnamed, form: Form::BoringSsl, span: (start, end) });
    }
    codes
}

/// Whether the name next to a number is that of another code.
fn disagrees(decoded: &Decoded, name: &str) -> bool {
    match decoded {
        // Names from other libraries, and system error texts, are not listed here.
        Decoded::Other { .. } | Decoded::System { .. } => false,
        _ => {
            Decoded::named(name).is_some_and(|named| named != *decoded) || {
                let is_reason = name.len() > 3
                    && name.bytes().all(|byte| {
                        byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'
                    });
                is_reason
                    && !name.eq_ignore_ascii_case(&decoded.name())
                    && Decoded::named(name).is_none()
            }
        }
    }
}

fn name_at(text: &str, from: usize) -> &str {
    let rest = text.get(from..).unwrap_or_default();
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    &rest[..end]
}

/// Runs of eight to ten digits that are not part of a longer word.
fn digit_runs(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let joined = |byte: Option<&u8>| {
            byte.is_some_and(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
            })
        };
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let behind = bytes.get(at);
        // `reason_268435581` and a trailing full stop do not count as part of a word.
        let free = !joined(before) || before == Some(&b'_');
        let ends = !behind.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        if (8..=10).contains(&(at - start)) && free && ends {
            runs.push((start, at));
        }
    }
    runs
}

/// Names after `OPENSSL_internal:` without a number before them.
fn internal_names(line: &Cleaned, known: &[Code]) -> Vec<Code> {
    let mut codes = Vec::new();
    for (at, _) in line.folded.match_indices(INTERNAL) {
        let from = at + INTERNAL.len();
        let name = name_at(&line.plain, from);
        let span = (at, from + name.len());
        if known.iter().any(|code| code.span.0 <= span.0 && span.1 <= code.span.1) {
            continue;
        }
        // `error:1000007d:…` is BoringSSL in a program other than Envoy, which writes decimal
        // numbers.
        let is_others = line.folded[..at].rfind("error:").is_some_and(|from| {
            let hex = &line.folded[from + 6..at];
            hex.len() < 80 && hex.get(..8).is_some_and(|hex| u32::from_str_radix(hex, 16).is_ok())
        });
        if let Some(decoded) = Decoded::named(name) {
            let form = if is_others { Form::Name } else { Form::BoringSsl };
            codes.push(Code { decoded, misnamed: None, form, span });
        }
    }
    codes
}

/// `error:14094418:` of OpenSSL 1.1 and `error:0A000418:` of 3.x, if they contain an alert.
fn openssl_errors(line: &Cleaned) -> Vec<Code> {
    let mut codes = Vec::new();
    for (at, _) in line.folded.match_indices(':') {
        let Some(hex) = line.plain.get(at + 1..at + 9) else { continue };
        let before = line.folded[..at].trim_end_matches(' ');
        if !before.ends_with("error") || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            continue;
        }
        let Ok(packed) = u32::from_str_radix(hex, 16) else { continue };
        let reason = match packed >> 24 {
            0x14 => packed & 0xfff,
            _ if packed >> 23 == 0x14 => packed & 0x007f_ffff,
            _ => continue,
        };
        if let Some(alert) = reason.checked_sub(1000).and_then(|alert| u8::try_from(alert).ok()) {
            codes.push(Code {
                decoded: Decoded::Alert(Alert(alert)),
                misnamed: None,
                form: Form::OpenSsl,
                span: (at + 1, at + 9),
            });
        }
    }
    codes
}

/// BoringSSL's names within other text: `TLSV1_ALERT_UNKNOWN_CA`, `SSL_R_NO_SHARED_CIPHER`.
fn loose_names(line: &Cleaned, known: &[Code]) -> Vec<Code> {
    let mut codes = Vec::new();
    let mut from = 0;
    for word in line.plain.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
        let start = from;
        from += word.len() + 1;
        while !line.plain.is_char_boundary(from.min(line.plain.len())) {
            from += 1;
        }
        let Some(at) =
            line.plain.get(start..).and_then(|rest| rest.find(word)).map(|at| at + start)
        else {
            continue;
        };
        let is_name = word.len() > 7
            && word.contains('_')
            && !word.bytes().any(|byte| byte.is_ascii_lowercase());
        let span = (at, at + word.len());
        if !is_name || known.iter().any(|code| code.span.0 <= span.0 && span.1 <= code.span.1) {
            continue;
        }
        let bare = word.strip_prefix("ERR_SSL_").unwrap_or(word);
        if let Some(decoded) = Decoded::named(bare) {
            codes.push(Code { decoded, misnamed: None, form: Form::Name, span });
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::matching::clean::clean;

    fn names(text: &str) -> Vec<String> {
        codes(&clean(text)).iter().map(|code| code.decoded.name()).collect()
    }

    #[test]
    fn all_codes_of_a_line_are_read_in_their_order() {
        assert_eq!(
            names(
                "TLS error: 268436496:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE 268435610:SSL routines:OPENSSL_internal:HANDSHAKE_FAILURE_ON_CLIENT_HELLO"
            ),
            ["SSLV3_ALERT_HANDSHAKE_FAILURE", "HANDSHAKE_FAILURE_ON_CLIENT_HELLO"]
        );
        assert_eq!(
            names("OPENSSL_internal:NO_RENEGOTIATION OPENSSL_internal:PROTOCOL_IS_SHUTDOWN"),
            ["NO_RENEGOTIATION", "PROTOCOL_IS_SHUTDOWN"]
        );
        assert_eq!(names("NO_RENEGOTIATION"), ["NO_RENEGOTIATION"]);
        assert_eq!(
            names(
                "error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48"
            ),
            ["TLSV1_ALERT_UNKNOWN_CA"]
        );
        assert_eq!(
            names("error:0A000412:SSL routines::sslv3 alert bad certificate"),
            ["SSLV3_ALERT_BAD_CERTIFICATE"]
        );
    }

    #[test]
    fn a_name_that_is_another_numbers_is_told() {
        let codes = codes(&clean("268435612:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER"));
        assert_eq!(codes[0].decoded.name(), "HTTP_REQUEST");
        assert_eq!(
            codes[0].misnamed.as_ref().map(|(name, _)| name.as_str()),
            Some("NO_SHARED_CIPHER")
        );
    }

    #[test]
    fn numbers_of_other_kinds_are_no_codes() {
        assert!(names("took 268435581ms at 1606730000, id 26843558-1 2021.268435581").is_empty());
        assert!(names("7").is_empty());
        assert!(names("503").is_empty());
        for text in [
            "alert: 40 new messages in your inbox",
            "Alert(45): CPU of node 7 is high",
            "received alert [42] from the pager of team a",
        ] {
            assert!(names(text).is_empty(), "{text}");
        }
        assert_eq!(names("TLS alert: 48 from the peer"), ["TLSV1_ALERT_UNKNOWN_CA"]);
    }
}

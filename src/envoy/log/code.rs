//! Decodes Envoy's numbers: `268435581` is a TLS reason, `268436504` an alert, `33554536` an errno.

use std::fmt;

use super::alert::Alert;
use super::reason::REASONS;

/// BoringSSL puts the library into the top byte; 16 is SSL, 2 the operating system.
const LIBRARY_SHIFT: u32 = 24;
const SYSTEM: u32 = 2;
const SSL: u32 = 16;
/// Higher reasons are *received* alerts: reason - 1000 is the alert's number.
const ALERTS: u32 = 1000;

/// BoringSSL's libraries by number, with their names in error lines.
const LIBRARIES: &[(u32, &str)] = &[
    (2, "system library"),
    (3, "bignum routines"),
    (4, "RSA routines"),
    (6, "public key routines"),
    (9, "PEM routines"),
    (11, "X.509 certificate routines"),
    (12, "ASN.1 encoding routines"),
    (15, "Elliptic curve routines"),
    (16, "SSL routines"),
    (17, "BIO routines"),
    (19, "PKCS8 routines"),
    (20, "X509 V3 routines"),
    (26, "ECDSA routines"),
    (29, "digest routines"),
    (30, "Cipher functions"),
];

/// The errno values of connections on Linux, where Envoy runs.
const ERRNOS: &[(u32, &str, &str)] = &[
    (32, "EPIPE", "Broken pipe"),
    (101, "ENETUNREACH", "Network is unreachable"),
    (103, "ECONNABORTED", "Software caused connection abort"),
    (104, "ECONNRESET", "Connection reset by peer"),
    (110, "ETIMEDOUT", "Connection timed out"),
    (111, "ECONNREFUSED", "Connection refused"),
    (113, "EHOSTUNREACH", "No route to host"),
];

/// The meaning of a code, a reason's name or an alert's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoded {
    /// The peer sent this alert.
    Alert(Alert),
    /// The client (Envoy) stopped for this reason.
    Reason {
        /// BoringSSL's number within the SSL library.
        number: u16,
        /// BoringSSL's name for it.
        name: &'static str,
    },
    /// The operating system ended the connection.
    System {
        /// Linux errno.
        errno: u32,
        /// Symbol and text, if it is one of the usual ones.
        name: Option<(&'static str, &'static str)>,
    },
    /// A code of another BoringSSL library, or an SSL reason without a name here.
    Other {
        /// The library's name, if it is known.
        library: Option<&'static str>,
        /// The library's number.
        number: u32,
        /// The reason within it.
        reason: u32,
    },
}

impl Decoded {
    /// Parses a number (`268435581`, `0x1000007d`), an alert (`48`, `unknown_ca`, `UnknownCA`) or a
    /// name from Envoy's log (`TLSV1_ALERT_UNKNOWN_CA`, `CERTIFICATE_VERIFY_FAILED`), alone or in a
    /// copied line.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(code) = number(text) {
            // A small number is that of an alert, if there is such an alert.
            let alert = u8::try_from(code).ok().map(Alert);
            let known = alert.is_none_or(Alert::is_registered);
            return known.then(|| Self::from_number(code));
        }
        if let Some(alert) = Alert::named(text) {
            return Some(Self::Alert(alert));
        }
        if let Some(reason) = named_reason(text) {
            return Some(reason);
        }
        // In a whole line, the code is between a bar and a colon.
        text.split(['|', ':', ' '])
            .filter_map(number)
            .find(|code| *code >> LIBRARY_SHIFT != 0)
            .map(Self::from_number)
    }

    /// The reason or alert with BoringSSL's name, with or without `SSL_R_`. A reason takes
    /// precedence over an alert of the same name (`NO_RENEGOTIATION`).
    pub fn named(name: &str) -> Option<Self> {
        let is_capitals = !name.chars().any(|c| c.is_ascii_lowercase());
        match is_capitals {
            true => named_reason(name).or_else(|| Alert::named(name).map(Self::Alert)),
            false => Alert::named(name).map(Self::Alert).or_else(|| named_reason(name)),
        }
    }

    /// Splits a packed code; a number below 256 is that of an alert.
    pub fn from_number(code: u32) -> Self {
        let library = code >> LIBRARY_SHIFT;
        let reason = code & 0x00ff_ffff;
        match (library, reason) {
            (0, 0..=255) => Self::Alert(Alert(reason as u8)),
            (SSL, ALERTS..=1255) => Self::Alert(Alert((reason - ALERTS) as u8)),
            (SYSTEM, errno) => Self::System {
                errno,
                name: ERRNOS
                    .iter()
                    .find(|(known, ..)| *known == errno)
                    .map(|(_, symbol, text)| (*symbol, *text)),
            },
            (SSL, _) if reason_name(reason).is_some() => Self::Reason {
                number: reason as u16,
                name: reason_name(reason).unwrap_or_default(),
            },
            _ => Self::Other {
                library: LIBRARIES
                    .iter()
                    .find(|(known, _)| *known == library)
                    .map(|(_, name)| *name),
                number: library,
                reason,
            },
        }
    }

    /// The number that Envoy prints.
    pub fn number(&self) -> u32 {
        match *self {
            Self::Alert(alert) => pack(SSL, ALERTS + u32::from(alert.0)),
            Self::Reason { number, .. } => pack(SSL, u32::from(number)),
            Self::System { errno, .. } => pack(SYSTEM, errno),
            Self::Other { number, reason, .. } => pack(number, reason),
        }
    }

    /// The name that Envoy prints after the number.
    pub fn name(&self) -> String {
        match *self {
            Self::Alert(alert) => alert.boring_name(),
            Self::Reason { name, .. } => name.to_owned(),
            Self::System { errno, name } => {
                name.map_or_else(|| format!("errno {errno}"), |(_, text)| text.to_owned())
            }
            Self::Other { reason, .. } => format!("reason {reason}"),
        }
    }

    /// The text of Envoy's `%UPSTREAM_TRANSPORT_FAILURE_REASON%`, with blanks replaced as in access
    /// logs.
    pub fn log_line(&self) -> String {
        Self::log_line_of(&[*self])
    }

    /// The text for several errors of one failure, the first cause first.
    pub fn log_line_of(errors: &[Self]) -> String {
        let errors: String = errors.iter().map(Self::log_part).collect();
        format!("TLS_error:{errors}:TLS_error_end")
    }

    fn log_part(&self) -> String {
        let number = self.number();
        let name = self.name().replace(' ', "_");
        let library = match self {
            Self::System { .. } => "system_library".to_owned(),
            Self::Other { library, .. } => library.unwrap_or("unknown library").replace(' ', "_"),
            _ => "SSL_routines".to_owned(),
        };
        format!("|{number}:{library}:OPENSSL_internal:{name}")
    }
}

impl fmt::Display for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number(), self.name())
    }
}

/// The BoringSSL reason with this name.
pub(crate) fn named_reason(name: &str) -> Option<Decoded> {
    let name = name.strip_prefix("SSL_R_").unwrap_or(name);
    REASONS
        .iter()
        .find(|(_, known)| known.eq_ignore_ascii_case(name))
        .map(|&(number, name)| Decoded::Reason { number, name })
}

fn reason_name(number: u32) -> Option<&'static str> {
    let number = u16::try_from(number).ok()?;
    let at = REASONS.binary_search_by_key(&number, |(known, _)| *known);
    at.ok().map(|at| REASONS[at].1)
}

fn number(text: &str) -> Option<u32> {
    match text.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

fn pack(library: u32, reason: u32) -> u32 {
    (library << LIBRARY_SHIFT) | reason
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_envoys_log_are_decoded() {
        for (code, name) in [
            (268_435_581, "CERTIFICATE_VERIFY_FAILED"),
            (268_435_703, "WRONG_VERSION_NUMBER"),
            (268_436_496, "SSLV3_ALERT_HANDSHAKE_FAILURE"),
            (268_436_501, "SSLV3_ALERT_CERTIFICATE_EXPIRED"),
            (268_436_504, "TLSV1_ALERT_UNKNOWN_CA"),
            (268_436_526, "TLSV1_ALERT_PROTOCOL_VERSION"),
            (268_436_568, "TLSV1_ALERT_UNRECOGNIZED_NAME"),
            (33_554_536, "Connection reset by peer"),
        ] {
            let decoded = Decoded::from_number(code);
            assert_eq!((decoded.number(), decoded.name().as_str()), (code, name));
        }
    }

    #[test]
    fn a_name_and_a_pasted_line_are_decoded_to_the_same_code() {
        let line = "TLS_error:|268436504:SSL_routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA:TLS_error_end";
        for text in [line, "268436504", "0x10000418", "48", "unknown_ca", "UnknownCA"] {
            let decoded = Decoded::read(text).expect(text);
            assert_eq!(decoded, Decoded::Alert(Alert(48)), "{text}");
            assert_eq!(decoded.log_line(), line);
        }
        assert_eq!(Decoded::read("mapping-host-port"), None);
        assert_eq!(Decoded::read("1"), None);
        assert_eq!(Decoded::read("268436457"), Some(Decoded::Alert(Alert(1))));
        assert_eq!(
            Decoded::read("KEY_USAGE_BIT_INCORRECT").map(|decoded| decoded.number()),
            Some(268_435_758)
        );
    }

    #[test]
    fn reasons_are_sorted_for_binary_search() {
        assert!(REASONS.is_sorted_by_key(|(number, _)| *number));
    }
}

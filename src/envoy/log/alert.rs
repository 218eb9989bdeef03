//! A TLS alert: its number, its names, and whether it is about the client's certificate.

use std::fmt;

/// The description byte of a TLS alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Alert(pub u8);

/// Number, registered name, and BoringSSL's prefix (SSLv3 already had some of them).
const ALERTS: &[(u8, &str, &str)] = &[
    (0, "close_notify", "SSLV3_ALERT_"),
    (10, "unexpected_message", "SSLV3_ALERT_"),
    (20, "bad_record_mac", "SSLV3_ALERT_"),
    (21, "decryption_failed", "TLSV1_ALERT_"),
    (22, "record_overflow", "TLSV1_ALERT_"),
    (30, "decompression_failure", "SSLV3_ALERT_"),
    (40, "handshake_failure", "SSLV3_ALERT_"),
    (41, "no_certificate", "SSLV3_ALERT_"),
    (42, "bad_certificate", "SSLV3_ALERT_"),
    (43, "unsupported_certificate", "SSLV3_ALERT_"),
    (44, "certificate_revoked", "SSLV3_ALERT_"),
    (45, "certificate_expired", "SSLV3_ALERT_"),
    (46, "certificate_unknown", "SSLV3_ALERT_"),
    (47, "illegal_parameter", "SSLV3_ALERT_"),
    (48, "unknown_ca", "TLSV1_ALERT_"),
    (49, "access_denied", "TLSV1_ALERT_"),
    (50, "decode_error", "TLSV1_ALERT_"),
    (51, "decrypt_error", "TLSV1_ALERT_"),
    (60, "export_restriction", "TLSV1_ALERT_"),
    (70, "protocol_version", "TLSV1_ALERT_"),
    (71, "insufficient_security", "TLSV1_ALERT_"),
    (80, "internal_error", "TLSV1_ALERT_"),
    (86, "inappropriate_fallback", "TLSV1_ALERT_"),
    (90, "user_cancelled", "TLSV1_ALERT_"),
    (100, "no_renegotiation", "TLSV1_ALERT_"),
    (110, "unsupported_extension", "TLSV1_ALERT_"),
    (111, "certificate_unobtainable", "TLSV1_ALERT_"),
    (112, "unrecognized_name", "TLSV1_ALERT_"),
    (113, "bad_certificate_status_response", "TLSV1_ALERT_"),
    (114, "bad_certificate_hash_value", "TLSV1_ALERT_"),
    (115, "unknown_psk_identity", "TLSV1_ALERT_"),
    (116, "certificate_required", "TLSV1_ALERT_"),
    (120, "no_application_protocol", "TLSV1_ALERT_"),
    (121, "ech_required", "TLSV1_ALERT_"),
];

impl Alert {
    /// Parses `unknown_ca`, `UnknownCA`, `unknown-ca`, `TLSV1_ALERT_UNKNOWN_CA` and similar
    /// spellings.
    pub fn named(text: &str) -> Option<Self> {
        let plain = |text: &str| {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_ascii_lowercase()
        };
        let upper = text.trim_start_matches("SSL_R_");
        let bare = upper
            .strip_prefix("SSLV3_ALERT_")
            .or_else(|| upper.strip_prefix("TLSV1_ALERT_"))
            .or_else(|| upper.strip_prefix("TLSV13_ALERT_"))
            .or_else(|| upper.strip_prefix("TLSV1_"))
            .unwrap_or(upper);
        let wanted = plain(bare);
        ALERTS.iter().find(|(_, name, _)| plain(name) == wanted).map(|(number, ..)| Self(*number))
    }

    /// The registered name, or `alert 99` without one.
    pub fn name(self) -> String {
        self.row().map_or_else(|| format!("alert {}", self.0), |(name, _)| name.to_owned())
    }

    /// Whether a standard assigns this number.
    pub fn is_registered(self) -> bool {
        self.row().is_some()
    }

    /// The name in Envoy's log.
    pub fn boring_name(self) -> String {
        self.row().map_or_else(
            || format!("reason {}", 1000 + u32::from(self.0)),
            |(name, prefix)| format!("{prefix}{}", name.to_ascii_uppercase()),
        )
    }

    /// Whether a server that requested a certificate rejects with this alert the one it got, or a
    /// missing one. Any alert of this group counts: Go always sends `bad_certificate`, GnuTLS
    /// `access_denied`, and `decode_error` for an empty certificate.
    pub fn refuses_certificate(self) -> bool {
        matches!(self.0, 40..=51 | 113 | 114 | 116)
    }

    fn row(self) -> Option<(&'static str, &'static str)> {
        ALERTS
            .iter()
            .find(|(number, ..)| *number == self.0)
            .map(|(_, name, prefix)| (*name, *prefix))
    }
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

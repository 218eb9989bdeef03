//! Writes DER as PEM.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Writes bytes as a PEM block with 64 characters per line. Not for private keys.
pub fn encode(label: &str, der: &[u8]) -> String {
    from_digits(label, &STANDARD.encode(der))
}

/// Writes base64 digits as a PEM block with 64 of them per line. The text is allocated once, so
/// that growing it leaves no copy of a private key behind.
pub(in crate::cert) fn from_digits(label: &str, digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 64 + 2 * label.len() + 40);
    text.push_str("-----BEGIN ");
    text.push_str(label);
    text.push_str("-----\n");
    let mut rest = digits;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str("-----END ");
    text.push_str(label);
    text.push_str("-----\n");
    text
}

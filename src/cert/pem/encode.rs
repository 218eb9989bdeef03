//! DER written as PEM.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Writes bytes as a PEM block with 64 characters a line. Never call it with a private key.
pub fn encode(label: &str, der: &[u8]) -> String {
    from_digits(label, &STANDARD.encode(der))
}

/// Writes base64 digits as a PEM block with 64 of them a line. The text has room for all of it from
/// the start, so that growing leaves no copy of a private key behind.
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

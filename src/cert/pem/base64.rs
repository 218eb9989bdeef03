//! Base64 as BoringSSL's streaming decoder accepts it.

/// Decodes the text between `BEGIN` and `END`. Blanks and line ends are ignored, padding ends the
/// data, and unused bits before padding may be set. `None` if it is invalid.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut quad, mut digits, mut padding) = (0u32, 0, 0);
    for byte in text {
        let value = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            // Nothing may follow a padded quad.
            _ if padding > 0 && digits == 0 => return None,
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' if digits >= 2 => {
                padding += 1;
                0
            }
            _ => return None,
        };
        // A digit must not follow padding within a quad.
        if padding > 0 && *byte != b'=' {
            return None;
        }
        quad = quad << 6 | u32::from(value);
        digits += 1;
        if digits == 4 {
            let [_, bytes @ ..] = quad.to_be_bytes();
            out.extend_from_slice(&bytes[..3 - padding]);
            (quad, digits) = (0, 0);
        }
    }
    (digits == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn decodes_as_boringssl_does() {
        assert_eq!(decode(b"QUJD\nRA=="), Some(b"ABCD".to_vec()));
        assert_eq!(decode(b"QUI="), Some(b"AB".to_vec()));
        // Unused bits before the padding are ignored.
        assert_eq!(decode(b"QUJ="), Some(b"AB".to_vec()));
        for bad in [&b"QUI=QUJD"[..], b"QU", b"QUJDR", b"Q===", b"QU=D", b"QU-D", b"===="] {
            assert_eq!(decode(bad), None, "{}", String::from_utf8_lossy(bad));
        }
        assert_eq!(decode(b""), Some(Vec::new()));
    }
}

//! What a text without PEM blocks is, and where a block is damaged.

use memchr::memmem;

use super::base64;
use super::fault::FaultKind;

/// How many bytes of a text are examined.
const SAMPLE: usize = 4096;

/// What a text without any block may be, and the line where that starts.
pub(super) fn blockless(text: &[u8]) -> Option<(usize, FaultKind)> {
    let start = text.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let rest = &text[start..];
    // SEQUENCE with a long length: the start of every certificate, CRL and key.
    let kind = if let [0x30, 0x80..=0x84, ..] = rest {
        FaultKind::Der
    } else {
        let sample = rest[..rest.len().min(SAMPLE)].iter().copied();
        let digits: Vec<u8> = sample.filter(|byte| !byte.is_ascii_whitespace()).collect();
        let decoded = base64::decode(&digits[..digits.len() / 4 * 4])?;
        if memmem::find(&decoded, b"-----BEGIN ").is_some() {
            FaultKind::EncodedTwice
        } else if decoded.starts_with(&[0x30, 0x82]) {
            FaultKind::BareBase64
        } else {
            return None;
        }
    };
    let line = 1 + text[..start].iter().filter(|byte| **byte == b'\n').count();
    Some((line, kind))
}

/// Whether the text before a `BEGIN` is prose, as in a comment.
pub(super) fn is_prose(before: &[u8]) -> bool {
    before.first().is_some_and(|first| matches!(first, b'#' | b'/' | b';'))
        || before.iter().filter(|byte| **byte == b' ').count() >= 2
}

/// The first line of a body that is not base64.
pub(super) fn bad_base64_line(body: &[u8], begin: usize) -> usize {
    let odd = |line: &[u8]| {
        line.iter().any(|byte| !(byte.is_ascii_alphanumeric() || b"+/= \t\r".contains(byte)))
    };
    begin + body.split(|byte| *byte == b'\n').position(odd).map_or(0, |index| index + 1)
}

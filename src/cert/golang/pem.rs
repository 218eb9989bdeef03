//! The first PEM block of a text, as `encoding/pem` finds it.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use memchr::memmem;

/// Go's `base64.StdEncoding`: padding is required, unused bits are ignored.
const GO: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical)
        .with_decode_allow_trailing_bits(true),
);

/// Label and contents of the first block that can be decoded; damaged blocks before it are skipped.
pub(super) fn first_block(text: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut rest = text;
    loop {
        rest = behind_begin(rest)?;
        if let Some(block) = block(rest) {
            return Some(block);
        }
    }
}

/// The text after the next `-----BEGIN ` at the start of a line.
fn behind_begin(text: &[u8]) -> Option<&[u8]> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let mut at = 0;
    loop {
        let found = at + memmem::find(&text[at..], BEGIN)?;
        if found == 0 || text[found - 1] == b'\n' {
            return Some(&text[found + BEGIN.len()..]);
        }
        at = found + 1;
    }
}

/// The block whose label starts here.
fn block(text: &[u8]) -> Option<(String, Vec<u8>)> {
    let (line, mut body) = line(text);
    let label = line.strip_suffix(b"-----")?;
    // Lines with a colon are headers.
    while let (line, rest) = self::line(body)
        && line.contains(&b':')
    {
        body = rest;
    }
    const END: &[u8] = b"\n-----END ";
    let (end, behind) = if body.starts_with(&END[1..]) {
        (0, &body[END.len() - 1..])
    } else {
        let end = memmem::find(body, END)?;
        (end, &body[end + END.len()..])
    };
    let behind = behind.strip_prefix(label)?.strip_prefix(b"-----")?;
    let (tail, _) = self::line(behind);
    if !tail.is_empty() {
        return None;
    }
    let digits: Vec<u8> = body[..end]
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .collect();
    let der = GO.decode(digits).ok()?;
    Some((String::from_utf8_lossy(label).into_owned(), der))
}

/// A line without trailing whitespace, and the rest.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr::memchr(b'\n', text) {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, &text[text.len()..]),
    };
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |at| at + 1);
    (&line[..end], rest)
}

#[cfg(test)]
mod tests {
    use super::first_block;

    #[test]
    fn the_first_block_that_go_decodes_is_used() {
        let label = |text: &str| first_block(text.as_bytes()).map(|(label, _)| label);
        let a = "-----BEGIN A-----\nQUJD\n-----END A-----\n";
        assert_eq!(label(a).as_deref(), Some("A"));
        assert_eq!(label(&format!("text\n{a}")).as_deref(), Some("A"));
        // A block that cannot be decoded is skipped.
        let bad = "-----BEGIN B-----\nQUJ\n-----END B-----\n";
        assert_eq!(label(&format!("{bad}{a}")).as_deref(), Some("A"));
        assert_eq!(label(bad), None);
        assert_eq!(label(" -----BEGIN A-----\nQUJD\n-----END A-----\n"), None);
        let headers = "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nQUJD\n-----END A-----\n";
        assert_eq!(label(headers).as_deref(), Some("A"));
    }
}

//! Maps a decoded character of a scalar to its position in the source.

use crate::source::{SourceId, Span};

/// Maps offsets in a parsed text to offsets in its source.
#[derive(Debug)]
pub(super) enum Placement {
    /// The text is a slice of the source that starts at this byte.
    At(u32),
    /// The text was decoded. For each of its bytes, and for its end, the source bytes of that
    /// character.
    Mapped(Vec<(u32, u32)>),
}

impl Placement {
    pub(super) fn span(&self, source: SourceId, start: usize, end: usize) -> Span {
        match self {
            Self::At(base) => Span::new(source, base + start as u32, base + end as u32),
            Self::Mapped(map) => {
                let at =
                    |offset: usize| map.get(offset).or(map.last()).copied().unwrap_or_default();
                // The end is that of the last character, not the start of the next one.
                let end = if end > start { at(end - 1).1 } else { at(end).0 };
                Span::new(source, at(start).0, end)
            }
        }
    }

    /// Aligns a decoded scalar with its source text, which starts at `base`.
    ///
    /// Walks both in parallel: escapes correspond to the characters they decode to, and blanks
    /// added or removed by folding, indentation or line breaks are skipped. Characters other than
    /// blanks are placed exactly.
    pub(super) fn align(decoded: &str, raw: &str, base: u32, escapes: bool) -> Self {
        let raw_bytes = raw.as_bytes();
        let mut map = Vec::with_capacity(decoded.len() + 1);
        let mut at = 0;
        for character in decoded.chars() {
            if !character.is_whitespace() {
                while at < raw.len() && raw_bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
            }
            let width = character.len_utf8();
            let start = base + at.min(raw.len()) as u32;
            at += if escapes && raw_bytes.get(at) == Some(&b'\\') {
                escape_width(&raw_bytes[at..])
            } else if raw[at.min(raw.len())..].starts_with(character) {
                let doubled = character == '\'' && raw_bytes.get(at + 1) == Some(&b'\'');
                width + usize::from(doubled && !escapes)
            } else if character.is_whitespace() {
                // A blank made from a line break by folding, or one that stands for several.
                usize::from(raw_bytes.get(at).is_some_and(u8::is_ascii_whitespace))
            } else {
                0
            };
            while at < raw.len() && !raw.is_char_boundary(at) {
                at += 1;
            }
            let end = base + at.min(raw.len()) as u32;
            map.extend(std::iter::repeat_n((start, end), width));
        }
        let end = base + at.min(raw.len()) as u32;
        map.push((end, end));
        Self::Mapped(map)
    }
}

/// The length of an escape in a double-quoted scalar, in bytes.
fn escape_width(raw: &[u8]) -> usize {
    match raw.get(1) {
        Some(b'x') => 4,
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(decoded: &str, raw: &str, escapes: bool, what: &str) -> String {
        let Placement::Mapped(map) = Placement::align(decoded, raw, 0, escapes) else {
            unreachable!()
        };
        let at = decoded.find(what).unwrap();
        raw[map[at].0 as usize..].chars().take(what.chars().count()).collect()
    }

    #[test]
    fn escapes_and_doubled_quotes_shift_the_text_after_them() {
        assert_eq!(placed("a: 1\nkey: x", r"a: 1\nkey: x", true, "key"), "key");
        assert_eq!(placed("é: \"q\" z", r#"\u00e9: \"q\" z"#, true, "z"), "z");
        assert_eq!(placed("it's: here", "it''s: here", false, "here"), "here");
    }

    #[test]
    fn folding_and_indentation_are_skipped() {
        assert_eq!(placed("a: 1\nb: 2\n", "a: 1\n    b: 2\n", false, "b"), "b");
        assert_eq!(placed("one two three", "one\n   two\n   three", false, "three"), "three");
    }
}

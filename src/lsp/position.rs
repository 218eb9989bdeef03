//! Converts between LSP positions and byte offsets.

use ls_types::{Position, PositionEncodingKind, Range};

/// The unit of the client's character offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which every client supports.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The client's first supported preference; UTF-16 by default.
    pub(super) fn choose(offered: &[PositionEncodingKind]) -> Self {
        let known = offered.iter().find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        });
        known.unwrap_or_default()
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The length of a character.
    fn width(self, character: char) -> u32 {
        match self {
            Self::Utf8 => character.len_utf8() as u32,
            Self::Utf16 => character.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }
}

/// The line starts of a text: after `\n`, `\r\n` and a lone `\r`.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines(Vec<u32>);

impl Lines {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Self(std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect())
    }

    /// The number of the line (from 0) that contains a byte.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.0.partition_point(|&start| start as usize <= byte).saturating_sub(1)
    }

    /// The first byte of a line (from 0), and the byte after its line break; past the last line,
    /// the end of the text.
    pub(super) fn bounds(&self, text: &str, line: usize) -> (usize, usize) {
        let at = |line: usize| self.0.get(line).map_or(text.len(), |&start| start as usize);
        (at(line), at(line + 1))
    }

    /// The position of a byte; one inside a character counts as that character.
    pub(super) fn position(&self, text: &str, byte: usize, encoding: Encoding) -> Position {
        let byte = text.floor_char_boundary(byte.min(text.len()));
        let line = self.line(byte);
        let (start, _) = self.bounds(text, line);
        let before = &text[start..byte];
        let character = match encoding {
            Encoding::Utf8 => before.len() as u32,
            _ if before.is_ascii() => before.len() as u32,
            _ => before.chars().map(|character| encoding.width(character)).sum(),
        };
        Position { line: line as u32, character }
    }

    /// The range between two bytes.
    pub(super) fn range(&self, text: &str, start: usize, end: usize, encoding: Encoding) -> Range {
        Range {
            start: self.position(text, start, encoding),
            end: self.position(text, end, encoding),
        }
    }

    /// The byte at a position: past the end of a line, the line's end; past the last line, the end
    /// of the text; inside a character, its start.
    pub(super) fn byte(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let (start, end) = self.bounds(text, position.line as usize);
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let mut left = position.character;
        for (at, character) in line.char_indices() {
            let width = encoding.width(character);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: ü🦀x\r\nb\rc\n";

    #[test]
    fn characters_are_counted_as_negotiated() {
        let lines = Lines::of(TEXT);
        let x = TEXT.find('x').unwrap();
        let character = |encoding| lines.position(TEXT, x, encoding).character;
        assert_eq!(character(Encoding::Utf8), 9);
        assert_eq!(character(Encoding::Utf16), 6);
        assert_eq!(character(Encoding::Utf32), 5);
        assert_eq!(Encoding::choose(&[PositionEncodingKind::UTF32]), Encoding::Utf32);
        assert_eq!(Encoding::choose(&["x".to_owned().into()]), Encoding::Utf16);
    }

    #[test]
    fn every_line_break_of_the_protocol_ends_a_line() {
        let lines = Lines::of(TEXT);
        let at = |byte: char| lines.position(TEXT, TEXT.find(byte).unwrap(), Encoding::Utf16);
        assert_eq!(at('b'), Position { line: 1, character: 0 });
        assert_eq!(at('c'), Position { line: 2, character: 0 });
        assert_eq!(lines.line(TEXT.len()), 3);
    }

    #[test]
    fn positions_and_bytes_are_each_others_inverse() {
        let lines = Lines::of(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (byte, character) in TEXT.char_indices() {
                if !matches!(character, '\r' | '\n') {
                    let position = lines.position(TEXT, byte, encoding);
                    assert_eq!(lines.byte(TEXT, position, encoding), byte);
                }
            }
        }
    }

    #[test]
    fn positions_outside_of_the_text_lead_to_its_nearest_byte() {
        let lines = Lines::of(TEXT);
        let byte =
            |line, character| lines.byte(TEXT, Position { line, character }, Encoding::Utf16);
        assert_eq!(byte(0, 99), TEXT.find('\r').unwrap());
        assert_eq!(byte(99, 0), TEXT.len());
        assert_eq!(byte(0, 5), TEXT.find('🦀').unwrap(), "inside a surrogate pair");
    }
}

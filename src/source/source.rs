//! A named text, and the lines and columns in it.

use std::sync::OnceLock;

use memchr::memchr_iter;

use super::{SourceId, Span};

/// One file, or standard input.
#[derive(Debug)]
pub struct Source {
    /// Its index among all sources.
    pub id: SourceId,
    /// The path as it is shown, with `/` between its parts; `<stdin>` for standard input.
    pub name: String,
    /// The whole text, as it was read.
    pub text: String,
    line_starts: OnceLock<Vec<u32>>,
    characters: OnceLock<Vec<u32>>,
}

/// Bytes after which characters are counted anew, so that a place far along a line costs no more
/// than one at its start.
const COUNTED_AT: usize = 1024;

/// A line and a column, both counted from 1; columns count Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

impl Source {
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|end| end as u32 + 1)).collect()
        })
    }

    /// The line (from 1) that holds a byte.
    pub fn line(&self, byte: u32) -> u32 {
        self.line_starts().partition_point(|&start| start <= byte) as u32
    }

    /// The line and column of a byte; a byte inside a character counts as that character.
    pub fn position(&self, byte: u32) -> Position {
        let byte = byte.min(self.text.len() as u32);
        let line = self.line(byte);
        let (start, byte) = (self.line_starts()[line as usize - 1] as usize, byte as usize);
        let before = if byte - start <= COUNTED_AT {
            characters(&self.text.as_bytes()[start..byte])
        } else {
            self.characters_before(byte) - self.characters_before(start)
        };
        Position { line, column: before + 1 }
    }

    /// How many characters of the text begin before a byte.
    fn characters_before(&self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let counted = self.characters.get_or_init(|| {
            let mut before = 0;
            let blocks = bytes.chunks(COUNTED_AT).map(|block| {
                before += characters(block);
                before
            });
            std::iter::once(0).chain(blocks).collect()
        });
        let block = byte / COUNTED_AT;
        counted[block] + characters(&bytes[block * COUNTED_AT..byte])
    }

    /// The bytes of a line (from 1) without its line break; empty past the end.
    pub fn line_span(&self, line: u32) -> Span {
        let starts = self.line_starts();
        let at = |index: usize| starts.get(index).copied().unwrap_or(self.text.len() as u32);
        let start = at(line.saturating_sub(1) as usize);
        let end = at(line as usize);
        let text = &self.text[start as usize..end as usize];
        let trimmed = text.trim_end_matches(['\n', '\r']);
        Span::new(self.id, start, start + trimmed.len() as u32)
    }

    /// How many lines there are; a last line without a break counts.
    pub fn line_count(&self) -> u32 {
        self.line_starts().len() as u32
    }
}

/// How many characters begin in some bytes of UTF-8: one of the form 10xxxxxx continues one.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

/// All sources of one call, in a stable order.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text under a name.
    pub fn add(&mut self, name: String, text: String) -> SourceId {
        let id = SourceId(self.0.len() as u32);
        self.0.push(Source {
            id,
            name,
            text,
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
        });
        id
    }

    /// The source a place lies in.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// The text a span covers.
    pub fn text(&self, span: Span) -> &str {
        let text = &self.get(span.source).text;
        text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Source> {
        self.0.iter()
    }

    /// All of them, as a slice for parallel work.
    pub fn as_slice(&self) -> &[Source] {
        &self.0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_before_their_break() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml".into(), "grüße: 1\r\nb: 2".into());
        let source = sources.get(id);
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(9), Position { line: 1, column: 8 });
        assert_eq!(source.position(12), Position { line: 2, column: 1 });
        assert_eq!(source.position(999), Position { line: 2, column: 5 });
        assert_eq!(sources.text(source.line_span(1)), "grüße: 1");
        assert_eq!(sources.text(source.line_span(2)), "b: 2");
        assert_eq!(sources.text(source.line_span(7)), "");
    }

    #[test]
    fn columns_far_along_a_line_are_those_that_counting_gives() {
        let mut sources = Sources::default();
        let text = format!("short\n{}\nend", "aä🦀".repeat(2_000));
        let id = sources.add("a.yaml".into(), text);
        let source = sources.get(id);
        for (at, _) in source.text.char_indices().step_by(97) {
            let start = source.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let column = source.text[start..at].chars().count() as u32 + 1;
            assert_eq!(source.position(at as u32).column, column, "byte {at}");
        }
    }
}

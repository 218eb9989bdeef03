//! A named text with its lines and columns.

use std::borrow::Cow;
use std::sync::OnceLock;

use memchr::memchr_iter;
use zeroize::Zeroize as _;

use super::extract::{Cut, Extract, PassedOver};
use super::{SourceId, SourceOrigin, Span, shown};

/// A text: a file, standard input, or a cluster object.
#[derive(Debug)]
pub struct Source {
    /// The id that spans refer to.
    pub id: SourceId,
    /// Where it comes from.
    pub origin: SourceOrigin,
    /// How reports call it: [`SourceOrigin::name`].
    pub name: String,
    /// The text as read, or the kept part of it; spans are positions in this.
    pub text: String,
    /// What is known about documents that are not kept.
    pub passed_over: PassedOver,
    cuts: Vec<Cut>,
    line_starts: OnceLock<Vec<u32>>,
    characters: OnceLock<Vec<u32>>,
}

/// Every how many bytes the number of characters is stored, so that a position far along a line
/// costs no more than one at its start.
const COUNTED_AT: usize = 1024;

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// A cluster object may be a Secret, so its text is wiped.
impl Drop for Source {
    fn drop(&mut self) {
        if is_of_cluster(&self.origin) {
            self.text.zeroize();
        }
    }
}

impl Source {
    pub(super) fn new(id: SourceId, origin: SourceOrigin, extract: Extract) -> Self {
        let cuts = match &origin {
            SourceOrigin::Rendered { lines, .. } => Extract::cuts_of(&extract.text, lines),
            _ => extract.cuts,
        };
        Self {
            id,
            name: origin.name(),
            origin,
            text: extract.text,
            passed_over: extract.passed_over,
            cuts,
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// The path by which other files refer to it, with `/` separators; its name if it is not in a
    /// file tree.
    pub fn path_in_tree(&self) -> Cow<'_, str> {
        match &self.origin {
            SourceOrigin::Revision { path, .. } => Cow::Owned(shown(path)),
            _ => Cow::Borrowed(&self.name),
        }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|end| end as u32 + 1)).collect()
        })
    }

    /// The line (from 1) of a byte, in the whole file.
    pub fn line(&self, byte: u32) -> u32 {
        (self.kept_line(byte) as i64 + self.missing_before(byte)) as u32
    }

    /// The line (from 1) of a byte, in the kept text.
    fn kept_line(&self, byte: u32) -> usize {
        self.line_starts().partition_point(|&start| start <= byte)
    }

    /// The number of lines before a byte that are not kept.
    fn missing_before(&self, byte: u32) -> i64 {
        let before = self.cuts.partition_point(|cut| cut.at <= byte);
        before.checked_sub(1).map_or(0, |last| self.cuts[last].missing)
    }

    /// Whether another source has the same origin, text and kept parts.
    pub fn reads_like(&self, other: &Self) -> bool {
        self.text == other.text
            && self.origin == other.origin
            && self.cuts == other.cuts
            && self.passed_over == other.passed_over
    }

    /// Whether parts of the file are not kept.
    pub fn is_cut(&self) -> bool {
        !self.cuts.is_empty()
    }

    /// The line and column of a byte; a byte inside a character counts as that character.
    pub fn position(&self, byte: u32) -> Position {
        let byte = byte.min(self.text.len() as u32);
        let line = self.line(byte);
        let start = self.line_starts()[self.kept_line(byte) - 1] as usize;
        let byte = byte as usize;
        let before = if byte - start <= COUNTED_AT {
            characters(&self.text.as_bytes()[start..byte])
        } else {
            self.characters_before(byte) - self.characters_before(start)
        };
        Position { line, column: before + 1 }
    }

    /// The number of characters that start before a byte.
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

    /// The bytes of a line (from 1, in the whole file) without its line break; empty past the end,
    /// and if the line is not kept. If several rendered lines correspond to it, the first.
    pub fn line_span(&self, line: u32) -> Span {
        let starts = self.line_starts();
        if let SourceOrigin::Rendered { lines, .. } = &self.origin
            && !lines.is_empty()
        {
            let kept = lines.iter().position(|own| *own == line).unwrap_or(starts.len());
            return self.kept_span(kept);
        }
        // The first line after a cut, in the whole file, is that of the next byte.
        let passed = self.cuts.partition_point(|cut| self.line(cut.at) <= line);
        let missing = passed.checked_sub(1).map_or(0, |last| self.cuts[last].missing);
        let kept = (i64::from(line) - missing - 1).max(0) as usize;
        let own = self.kept_span(kept);
        match self.cuts.get(passed) {
            Some(next) if own.start >= next.at => Span::new(self.id, own.start, own.start),
            _ => own,
        }
    }

    /// The bytes of a line of the kept text, from 0.
    fn kept_span(&self, line: usize) -> Span {
        let starts = self.line_starts();
        let at = |index: usize| starts.get(index).copied().unwrap_or(self.text.len() as u32);
        let (start, end) = (at(line), at(line + 1));
        let text = &self.text[start as usize..end as usize];
        let trimmed = text.trim_end_matches(['\n', '\r']);
        Span::new(self.id, start, start + trimmed.len() as u32)
    }

    /// The number of lines in the whole file, including a last line without a line break.
    pub fn line_count(&self) -> u32 {
        let kept = self.line_starts().len() as i64;
        match &self.origin {
            SourceOrigin::Rendered { lines, .. } if !lines.is_empty() => {
                lines.iter().max().copied().unwrap_or_default()
            }
            _ => (kept + self.cuts.last().map_or(0, |last| last.missing)) as u32,
        }
    }
}

/// The number of characters that start in some UTF-8 bytes: 10xxxxxx continues a character.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

pub(super) fn is_of_cluster(origin: &SourceOrigin) -> bool {
    matches!(origin, SourceOrigin::Cluster { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

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
    fn an_extract_keeps_the_line_numbers_of_the_whole() {
        let mut extract = Extract::default();
        extract.cut("1\n2\n");
        extract.keep("three\nfour\n");
        extract.cut("5\n6\n");
        extract.cut("7\n");
        extract.keep("eight\n");
        extract.cut("9\n10");
        let mut sources = Sources::default();
        let id = sources.add_extract(SourceOrigin::File("a".into()), extract);
        let source = sources.get(id);
        let lines = (0..12).map(|line| sources.text(source.line_span(line)));
        let expected = ["", "", "", "three", "four", "", "", "", "eight", "", "", ""];
        assert_eq!(lines.collect::<Vec<_>>(), expected);
        for line in ["three", "four", "eight"] {
            let at = source.text.find(line).unwrap() as u32;
            let number = expected.iter().position(|text| *text == line).unwrap() as u32;
            assert_eq!(source.position(at + 1), Position { line: number, column: 2 });
        }
        assert_eq!(source.line_count(), 10);
    }

    #[test]
    fn columns_far_along_a_line_are_correct() {
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

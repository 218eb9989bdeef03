//! A reader for the plain block YAML of most manifests; it gives up at the first thing it does not
//! support.
//!
//! What it reads, it reads exactly like the full parser, including places; the fuzz target
//! `block_reader` compares the two. Giving up only costs time, so it does whenever in doubt.

mod block_scalar;
mod brackets;
mod scalar;

use std::borrow::Cow;

use memchr::memchr;

use super::tape::{MAX_BYTES, MAX_VALUES, Style, Tape, Value};

/// Maximum nesting of blocks; the full parser allows a few more and reports the rest.
const MAX_LEVELS: usize = 60;

/// The longest key, in bytes; the full parser looks 1,024 characters ahead for a `:`.
const MAX_KEY: usize = 1000;

/// Reads a document that starts at byte `base` of its source; returns `None` to give up.
///
/// Supports printable text in block mappings and sequences, with plain, quoted and block scalars,
/// flow collections on one line, and comments (which are skipped). Gives up at tabs, carriage
/// returns, anchors, aliases, tags, rare escapes, indentation indicators, `? key`, directives, and
/// any error.
pub(super) fn read_block(base: u32, text: &str) -> Option<Tape<'_>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    if !is_plain_ascii(text.as_bytes()) && !text.chars().all(is_printable) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        base,
        at: 0,
        line: 0,
        awaited: None,
        levels: Vec::new(),
        tape: Tape::for_text_of(text.len()),
    };
    reader.document()?;
    Some(reader.tape)
}

/// Whether all bytes are printable ASCII or line ends. Checks whole blocks so that it compiles to
/// vector instructions.
fn is_plain_ascii(bytes: &[u8]) -> bool {
    let is_known = |byte: u8| byte == b'\n' || (b' '..=b'~').contains(&byte);
    let (blocks, rest) = bytes.as_chunks::<32>();
    blocks.iter().all(|block| block.iter().fold(true, |known, &byte| known & is_known(byte)))
        && rest.iter().all(|&byte| is_known(byte))
}

/// Whether a character is printable and, also in YAML 1.1, neither a line break nor a mark.
fn is_printable(c: char) -> bool {
    match c {
        '\n' | ' '..='~' => true,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => c >= '\u{a0}',
    }
}

struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    base: u32,
    /// The current byte, and the first byte of its line.
    at: usize,
    line: usize,
    /// The `:` of a key whose value was not read yet.
    awaited: Option<usize>,
    levels: Vec<Level>,
    tape: Tape<'s>,
}

/// An open block collection.
#[derive(Clone, Copy)]
struct Level {
    kind: Kind,
    /// Column of its keys or dashes, from 0.
    column: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mapping,
    Sequence,
    /// A sequence whose dashes are in the column of the mapping's keys.
    Indentless,
}

impl<'s> Reader<'s> {
    fn document(&mut self) -> Option<()> {
        while self.at < self.bytes.len() {
            self.has_room()?;
            self.line = self.at;
            self.at = self.skip_spaces(self.at);
            match self.bytes.get(self.at) {
                None => break,
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.skip_line(),
                Some(_) => {
                    self.enter()?;
                    self.entry()?;
                }
            }
        }
        if let Some(colon) = self.awaited.take() {
            self.push_empty(colon);
        }
        self.has_room()?;
        while self.levels.pop().is_some() {
            self.tape.close(None);
        }
        Some(())
    }

    /// Opens and closes collections until the innermost one is that of this line.
    fn enter(&mut self) -> Option<()> {
        let column = self.at - self.line;
        let dash = self.is_dash();
        let block = if dash { Kind::Sequence } else { Kind::Mapping };
        let Some(mut top) = self.levels.last().copied() else {
            return self.open(block, self.at);
        };
        if let Some(colon) = self.awaited.take() {
            if column > top.column {
                return self.open(block, self.at);
            }
            if column == top.column && dash {
                // The full parser places it at its first item, since it has no indentation.
                return self.open(Kind::Indentless, self.skip_spaces(self.at + 1));
            }
            self.push_empty(colon);
        }
        while column < top.column || (top.kind == Kind::Indentless && !dash) {
            self.levels.pop();
            self.tape.close(None);
            top = self.levels.last().copied()?;
        }
        (column == top.column && dash == (top.kind != Kind::Mapping)).then_some(())
    }

    /// Opens a collection at the column of the current byte.
    fn open(&mut self, kind: Kind, start: usize) -> Option<()> {
        (self.levels.len() < MAX_LEVELS).then_some(())?;
        self.levels.push(Level { kind, column: self.at - self.line });
        let value = if kind == Kind::Mapping { Value::Mapping } else { Value::Sequence };
        self.push(value, start, start);
        Some(())
    }

    /// Reads an item or key with the rest of its line or block.
    fn entry(&mut self) -> Option<()> {
        while self.is_dash() {
            self.at = self.skip_spaces(self.at + 1);
            if self.is_dash() {
                self.open(Kind::Sequence, self.at)?;
                continue;
            }
            match self.bytes.get(self.at)? {
                b'\n' | b'#' => return None,
                b'[' | b'{' | b'|' | b'>' => return self.value(),
                _ => {}
            }
            if !self.head()?.is_key {
                return self.value();
            }
            self.open(Kind::Mapping, self.at)?;
        }
        self.key()?;
        self.value()
    }

    fn key(&mut self) -> Option<()> {
        let start = self.at;
        let head = self.head().filter(|head| head.is_key)?;
        let first = self.bytes[start];
        let known = first.is_ascii_alphanumeric() || first >= 0x80 || b"_/.$".contains(&first);
        (known || head.quoted).then_some(())?;
        // Three dots in the first column end the document.
        let tight = head.end > start && self.bytes[head.end - 1] != b' ';
        (tight && head.end - start <= MAX_KEY && !self.text[start..].starts_with("..."))
            .then_some(())?;
        self.push_scalar(start, head);
        self.at = self.skip_spaces(head.end + 1);
        if matches!(self.bytes.get(self.at), None | Some(b'\n' | b'#')) {
            self.awaited = Some(head.end);
        }
        Some(())
    }

    /// Reads a value on this line, if there is one.
    fn value(&mut self) -> Option<()> {
        if self.awaited.is_some() {
            self.skip_line();
            return Some(());
        }
        let start = self.at;
        match self.bytes.get(start)? {
            b'[' | b'{' => {
                let end = self.brackets(start, 0)?;
                self.end_line(end)
            }
            b'|' | b'>' => self.block_scalar(),
            _ => {
                let mut head = self.head().filter(|head| !head.is_key)?;
                if !head.quoted {
                    head.end = self.continued(head.end)?;
                }
                self.push_scalar(start, head);
                self.end_line(head.end)
            }
        }
    }

    /// Skips blanks and a comment after a value.
    fn end_line(&mut self, end: usize) -> Option<()> {
        self.at = self.skip_spaces(end);
        match self.bytes.get(self.at) {
            None => {}
            Some(b'\n') => self.at += 1,
            Some(b'#') if self.at > end => self.skip_line(),
            Some(_) => return None,
        }
        Some(())
    }

    /// A key without a value has an empty one, directly after its `:`.
    fn push_empty(&mut self, colon: usize) {
        let value = Value::Scalar { text: Cow::Borrowed(""), style: Style::Plain, tag: None };
        self.push(value, colon, colon);
    }

    fn push(&mut self, value: Value<'s>, start: usize, end: usize) {
        self.tape.push(value, self.base + start as u32, self.base + end as u32);
    }

    /// Gives up where the full parser reports too many values.
    fn has_room(&self) -> Option<()> {
        (self.tape.nodes.len() <= MAX_VALUES).then_some(())
    }

    fn is_dash(&self) -> bool {
        self.bytes[self.at..].starts_with(b"- ")
    }

    /// Whether a byte is a blank, a line break, or past the end.
    fn ends_word(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b' ' | b'\n'))
    }

    fn skip_spaces(&self, at: usize) -> usize {
        at + self.bytes[at..].iter().take_while(|&&byte| byte == b' ').count()
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at = memchr(b'\n', rest).map_or(self.bytes.len(), |line| self.at + line + 1);
    }
}

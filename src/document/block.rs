//! A reader for the plain block YAML that nearly all manifests are; it gives up at the first thing
//! it does not know.
//!
//! Whatever it does read, it reads as the full parser would, place by place; the fuzz target
//! `block_reader` compares the two. Giving up costs only time, so every doubt is a reason to.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::tape::Tape;
use super::tree::{Style, Value};

/// Levels of blocks that are read; the full parser reads a few more, and says so if there are.
const MAX_LEVELS: usize = 60;

/// Levels of brackets that are read.
const MAX_BRACKETS: usize = 8;

/// The longest key, in bytes; the full parser looks 1,024 characters ahead for a `:`.
const MAX_KEY: usize = 1000;

/// Reads a document whose first byte stands at `base` in its source; `None` gives up.
///
/// Takes printable ASCII in block mappings and sequences, with plain and quoted scalars and
/// brackets that end on their line, literal blocks, and comments (which it passes over). Gives up
/// at anchors, aliases, tags, escapes, folding, `? key`, directives and everything that is wrong.
pub(super) fn read_block(base: u32, text: &str) -> Option<Tape<'_>> {
    let is_known = |&byte: &u8| byte == b'\n' || (b' '..=b'~').contains(&byte);
    if !text.as_bytes().iter().all(is_known) {
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
        tape: Tape::default(),
    };
    reader.document()?;
    Some(reader.tape)
}

struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    base: u32,
    /// The byte that is looked at, and the first byte of its line.
    at: usize,
    line: usize,
    /// The `:` of a key whose value has not come yet.
    awaited: Option<usize>,
    levels: Vec<Level>,
    tape: Tape<'s>,
}

/// A block collection that is open.
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
    /// A sequence whose dashes stand at the column of the mapping's keys.
    Indentless,
}

impl<'s> Reader<'s> {
    fn document(&mut self) -> Option<()> {
        while self.at < self.bytes.len() {
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
        (!self.levels.is_empty()).then_some(())?;
        while self.levels.pop().is_some() {
            self.tape.close(None);
        }
        Some(())
    }

    /// Opens and closes collections until the innermost is the one this line belongs to.
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
                // The full parser places it at its first item, for want of an indentation.
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

    /// Opens a collection at the column of the byte that is looked at.
    fn open(&mut self, kind: Kind, start: usize) -> Option<()> {
        (self.levels.len() < MAX_LEVELS).then_some(())?;
        self.levels.push(Level { kind, column: self.at - self.line });
        let value = if kind == Kind::Mapping { Value::Mapping } else { Value::Sequence };
        self.push(value, start, start);
        Some(())
    }

    /// Reads one item or one key with what stands behind it, to the end of the line or block.
    fn entry(&mut self) -> Option<()> {
        while self.is_dash() {
            self.at = self.skip_spaces(self.at + 1);
            if self.is_dash() {
                self.open(Kind::Sequence, self.at)?;
                continue;
            }
            match self.bytes.get(self.at)? {
                b'\n' | b'#' => return None,
                b'[' | b'{' | b'|' => return self.value(),
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
        let known = first.is_ascii_alphanumeric() || matches!(first, b'_' | b'/' | b'.' | b'$');
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

    /// Reads a value that stands on the line, if one does.
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
            b'|' => self.literal(),
            _ => {
                let head = self.head().filter(|head| !head.is_key)?;
                self.push_scalar(start, head);
                self.end_line(head.end)
            }
        }
    }

    /// Measures the plain or quoted scalar that begins at the byte that is looked at.
    fn head(&self) -> Option<Head> {
        let start = self.at;
        let first = *self.bytes.get(start)?;
        if let b'"' | b'\'' = first {
            let end = self.quoted(start)?;
            let is_key = self.bytes.get(end) == Some(&b':') && self.ends_word(end + 1);
            return Some(Head { end, is_key, quoted: true });
        }
        let known = first.is_ascii_alphanumeric() || b"_/.$~+()<=^;\\".contains(&first);
        (known || (first == b'-' && !self.ends_word(start + 1))).then_some(())?;
        let mut at = start + 1;
        let (end, is_key) = loop {
            let Some(found) = memchr3(b':', b'#', b'\n', &self.bytes[at..]) else {
                break (self.bytes.len(), false);
            };
            at += found;
            match self.bytes[at] {
                b'\n' => break (at, false),
                b':' if self.ends_word(at + 1) => break (at, true),
                b'#' if self.bytes[at - 1] == b' ' => break (at, false),
                _ => at += 1,
            }
        };
        let end = if is_key { end } else { start + self.text[start..end].trim_end().len() };
        Some(Head { end, is_key, quoted: false })
    }

    /// The byte after the closing quote; gives up where anything must be decoded.
    fn quoted(&self, start: usize) -> Option<usize> {
        let quote = self.bytes[start];
        let end = start + 1 + memchr3(quote, b'\\', b'\n', &self.bytes[start + 1..])?;
        let doubled = self.bytes.get(end + 1) == Some(&quote);
        (self.bytes[end] == quote && !doubled).then_some(end + 1)
    }

    /// Reads `[…]` or `{…}` on one line; returns the byte after it.
    fn brackets(&mut self, start: usize, depth: usize) -> Option<usize> {
        (depth < MAX_BRACKETS).then_some(())?;
        let mapping = self.bytes[start] == b'{';
        let closing = if mapping { b'}' } else { b']' };
        let value = if mapping { Value::Mapping } else { Value::Sequence };
        self.push(value, start, start + 1);
        let mut at = self.skip_spaces(start + 1);
        if *self.bytes.get(at)? != closing {
            loop {
                if mapping {
                    at = self.word(at)?;
                    (self.bytes.get(at) == Some(&b':')).then_some(())?;
                    (self.bytes.get(at + 1) == Some(&b' ')).then_some(())?;
                    at = self.skip_spaces(at + 1);
                }
                at = match self.bytes.get(at)? {
                    b'[' | b'{' => self.brackets(at, depth + 1)?,
                    _ => self.word(at)?,
                };
                at = self.skip_spaces(at);
                match *self.bytes.get(at)? {
                    b',' => at = self.skip_spaces(at + 1),
                    byte if byte == closing => break,
                    _ => return None,
                }
            }
        }
        self.tape.close(Some(self.base + at as u32 + 1));
        Some(at + 1)
    }

    /// Reads a scalar inside brackets: quoted, or of characters that mean nothing there.
    fn word(&mut self, start: usize) -> Option<usize> {
        let first = *self.bytes.get(start)?;
        let quoted = matches!(first, b'"' | b'\'');
        let end = if quoted {
            self.quoted(start)?
        } else {
            let known = |byte: &u8| byte.is_ascii_alphanumeric() || b"_./-+=".contains(byte);
            let word = self.bytes[start..].iter().take_while(|byte| known(byte)).count();
            (first.is_ascii_alphanumeric() && word > 0).then_some(start + word)?
        };
        (end - start <= MAX_KEY).then_some(())?;
        self.push_scalar(start, Head { end, is_key: false, quoted });
        Some(end)
    }

    /// Reads a literal block, from its `|` to the first line that is indented less.
    fn literal(&mut self) -> Option<()> {
        let chomping = self.bytes.get(self.at + 1).filter(|byte| matches!(byte, b'-' | b'+'));
        let header = self.skip_spaces(self.at + 1 + usize::from(chomping.is_some()));
        (self.bytes.get(header) == Some(&b'\n') && self.text.ends_with('\n')).then_some(())?;
        let (mut at, mut breaks, mut widest) = (header + 1, 0, 0);
        let content = loop {
            let blanks = self.skip_spaces(at);
            if *self.bytes.get(blanks)? != b'\n' {
                break blanks;
            }
            widest = widest.max(blanks - at);
            breaks += 1;
            at = blanks + 1;
        };
        let indent = content - at;
        (indent > self.levels.last()?.column && widest <= indent).then_some(())?;
        let mut text = String::new();
        let end = loop {
            text.extend(std::iter::repeat_n('\n', breaks));
            let line_end = at + memchr(b'\n', &self.bytes[at..])?;
            text.push_str(&self.text[at + indent..=line_end]);
            (at, breaks) = (line_end + 1, 0);
            let next = loop {
                let line = &self.bytes[at..];
                let blanks = at + line.iter().take(indent).take_while(|&&b| b == b' ').count();
                if self.bytes.get(blanks) != Some(&b'\n') {
                    break blanks;
                }
                breaks += 1;
                at = blanks + 1;
            };
            if next == self.bytes.len() || next - at < indent {
                break next;
            }
        };
        match chomping {
            Some(b'-') => drop(text.pop()),
            Some(_) => text.extend(std::iter::repeat_n('\n', breaks)),
            None => {}
        }
        let text = Cow::Owned(text);
        self.push(Value::Scalar { text, style: Style::Literal, tag: None }, content, end);
        self.at = at;
        Some(())
    }

    /// Passes over what may follow a value on its line: blanks, and a comment behind them.
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

    fn push_scalar(&mut self, start: usize, head: Head) {
        let (text, style) = match head.quoted {
            true => (&self.text[start + 1..head.end - 1], Style::Quoted),
            false => (&self.text[start..head.end], Style::Plain),
        };
        let value = Value::Scalar { text: Cow::Borrowed(text), style, tag: None };
        self.push(value, start, head.end);
    }

    /// A key without a value has an empty one, right at its `:`.
    fn push_empty(&mut self, colon: usize) {
        let value = Value::Scalar { text: Cow::Borrowed(""), style: Style::Plain, tag: None };
        self.push(value, colon, colon);
    }

    fn push(&mut self, value: Value<'s>, start: usize, end: usize) {
        self.tape.push(value, self.base + start as u32, self.base + end as u32);
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

/// A scalar on one line, and whether a `:` makes it a key.
#[derive(Clone, Copy)]
struct Head {
    /// The byte after it, quotes included.
    end: usize,
    is_key: bool,
    quoted: bool,
}

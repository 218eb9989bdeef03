//! Plain and quoted scalars in the quick reader, on one line or folded.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use crate::document::tape::{Style, Value};

use super::{MAX_KEY, Reader};

/// A scalar, and whether a `:` makes it a key.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// The position after it, including quotes.
    pub(super) end: usize,
    pub(super) is_key: bool,
    pub(super) quoted: bool,
}

/// Where a plain scalar stops.
enum Stop {
    /// At a `:` that makes it a key.
    Colon(usize),
    /// Before a comment.
    Comment(usize),
    /// At the end of the line.
    Line(usize),
}

impl<'s> Reader<'s> {
    /// Measures the plain scalar on this line, or the quoted one, that starts at the current byte.
    pub(super) fn head(&self) -> Option<Head> {
        let start = self.at;
        let first = *self.bytes.get(start)?;
        if let b'"' | b'\'' = first {
            let end = self.quoted(start, self.levels.last().map(|level| level.column))?;
            let is_key = self.bytes.get(end) == Some(&b':') && self.ends_word(end + 1);
            // The full parser accepts no multi-line keys, and no value is followed by a `:`.
            let single = !is_key || memchr(b'\n', &self.bytes[start..end]).is_none();
            return single.then_some(Head { end, is_key, quoted: true });
        }
        self.begins_plain(start).then_some(())?;
        let (end, is_key) = match self.plain(start + 1) {
            Stop::Colon(end) => (end, true),
            Stop::Comment(end) | Stop::Line(end) => (self.without_blanks(start, end), false),
        };
        Some(Head { end, is_key, quoted: false })
    }

    /// Whether a byte can start a plain scalar in any context.
    fn begins_plain(&self, at: usize) -> bool {
        let Some(&first) = self.bytes.get(at) else { return false };
        let indicates_nothing = |byte: u8| {
            byte.is_ascii_alphanumeric() || byte >= 0x80 || b"_/.$~+()<=^;\\".contains(&byte)
        };
        let signed =
            || self.bytes.get(at + 1).is_some_and(|&byte| byte == b'-' || indicates_nothing(byte));
        indicates_nothing(first) || (first == b'-' && signed())
    }

    /// Scans a line, outside brackets, for the end of a plain scalar.
    fn plain(&self, from: usize) -> Stop {
        let mut at = from;
        loop {
            let Some(found) = memchr3(b':', b'#', b'\n', &self.bytes[at..]) else {
                return Stop::Line(self.bytes.len());
            };
            at += found;
            match self.bytes[at] {
                b'\n' => return Stop::Line(at),
                b':' if self.ends_word(at + 1) => return Stop::Colon(at),
                b'#' if self.bytes[at - 1] == b' ' => return Stop::Comment(at),
                _ => at += 1,
            }
        }
    }

    /// The end of a plain value whose first line ends at `end`, including its continuation lines.
    pub(super) fn continued(&self, end: usize) -> Option<usize> {
        let column = self.levels.last()?.column;
        let mut end = end;
        loop {
            let mut line_end = self.skip_spaces(end);
            if self.bytes.get(line_end) != Some(&b'\n') {
                return Some(end);
            }
            let content = loop {
                let content = self.skip_spaces(line_end + 1);
                match self.bytes.get(content) {
                    Some(b'\n') => line_end = content,
                    Some(byte) if *byte != b'#' && content - line_end - 1 > column => {
                        break content;
                    }
                    _ => return Some(end),
                }
            };
            let Stop::Line(stop) = self.plain(content) else { return None };
            end = self.without_blanks(content, stop);
        }
    }

    /// The position after the closing quote. The scalar continues on lines with more indentation
    /// than `column`, if given; gives up at rare escapes.
    pub(super) fn quoted(&self, start: usize, column: Option<usize>) -> Option<usize> {
        let quote = self.bytes[start];
        let escape = if quote == b'"' { b'\\' } else { quote };
        let mut at = start + 1;
        loop {
            at += memchr3(quote, escape, b'\n', &self.bytes[at..])?;
            let next = self.bytes.get(at + 1);
            match self.bytes[at] {
                b'\n' => at = self.next_content(at, column?)?,
                b'\\' if escape == b'\\' => {
                    matches!(next?, b'"' | b'\\' | b'n' | b't' | b'r').then_some(())?;
                    at += 2;
                }
                _ if escape == quote && next == Some(&quote) => at += 2,
                _ => return Some(at + 1),
            }
        }
    }

    /// The first byte after line ends and indentation, which must exceed `column`.
    fn next_content(&self, line_end: usize, column: usize) -> Option<usize> {
        let mut line_end = line_end;
        loop {
            let content = self.skip_spaces(line_end + 1);
            if *self.bytes.get(content)? != b'\n' {
                return (content - line_end - 1 > column).then_some(content);
            }
            line_end = content;
        }
    }

    /// Reads a scalar in a flow collection, which is on one line and ends before an indicator.
    pub(super) fn word(&mut self, start: usize) -> Option<Head> {
        let quoted = matches!(self.bytes.get(start)?, b'"' | b'\'');
        let end = if quoted { self.quoted(start, None)? } else { self.plain_in_brackets(start)? };
        (end - start <= MAX_KEY).then_some(())?;
        let head = Head { end, is_key: self.bytes.get(end) == Some(&b':'), quoted };
        self.push_scalar(start, head);
        Some(head)
    }

    fn plain_in_brackets(&self, start: usize) -> Option<usize> {
        self.begins_plain(start).then_some(())?;
        let mut at = start + 1;
        loop {
            match self.bytes.get(at)? {
                b',' | b'[' | b']' | b'{' | b'}' => break,
                b':' => match self.bytes.get(at + 1)? {
                    b' ' => break,
                    b'\n' | b',' | b'[' | b']' | b'{' | b'}' => return None,
                    _ => {}
                },
                b'#' if self.bytes[at - 1] == b' ' => return None,
                b'\n' => return None,
                _ => {}
            }
            at += 1;
        }
        Some(self.without_blanks(start, at))
    }

    /// The end of a text without trailing blanks; only spaces are blanks here.
    fn without_blanks(&self, start: usize, end: usize) -> usize {
        start + self.text[start..end].trim_end_matches(' ').len()
    }

    pub(super) fn push_scalar(&mut self, start: usize, head: Head) {
        let (raw, style) = match head.quoted {
            true => (&self.text[start + 1..head.end - 1], Style::Quoted),
            false => (&self.text[start..head.end], Style::Plain),
        };
        let mut text = Cow::Borrowed(raw);
        if memchr(b'\n', raw.as_bytes()).is_some() {
            text = Cow::Owned(folded(raw));
        }
        match self.bytes[start] {
            b'"' if memchr(b'\\', raw.as_bytes()).is_some() => text = Cow::Owned(unescaped(&text)),
            b'\'' if memchr(b'\'', raw.as_bytes()).is_some() => {
                text = Cow::Owned(text.replace("''", "'"));
            }
            _ => {}
        }
        self.push(Value::Scalar { text, style, tag: None }, start, head.end);
    }
}

/// Folds lines: a line break becomes a blank, and empty lines become line breaks.
fn folded(text: &str) -> String {
    let mut lines = text.split('\n').peekable();
    let mut folded = lines.next().unwrap_or_default().trim_end_matches(' ').to_owned();
    let mut breaks = 0;
    while let Some(line) = lines.next() {
        let line = line.trim_start_matches(' ');
        let is_last = lines.peek().is_none();
        let line = if is_last { line } else { line.trim_end_matches(' ') };
        if line.is_empty() && !is_last {
            breaks += 1;
            continue;
        }
        let between = if breaks == 0 { " " } else { "\n" };
        folded.extend(std::iter::repeat_n(between, breaks.max(1)));
        folded.push_str(line);
        breaks = 0;
    }
    folded
}

/// Decodes a double-quoted text with supported escapes.
fn unescaped(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('\\') {
        unescaped.push_str(head);
        let mut tail = tail.chars();
        unescaped.extend(tail.next().map(|escape| match escape {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            itself => itself,
        }));
        rest = tail.as_str();
    }
    unescaped.push_str(rest);
    unescaped
}

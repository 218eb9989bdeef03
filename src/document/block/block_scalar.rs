//! Block scalars in the quick reader: `|`, and `>` if all lines have the same indentation.

use std::borrow::Cow;

use memchr::memchr;

use crate::document::tape::{Style, Value};

use super::Reader;

impl Reader<'_> {
    /// Reads a block scalar, from its `|` or `>` to the first line with less indentation.
    pub(super) fn block_scalar(&mut self) -> Option<()> {
        let folds = self.bytes[self.at] == b'>';
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
            if folds && text.ends_with('\n') {
                text.pop();
                text.push_str(if breaks == 0 { " " } else { "" });
            }
            text.extend(std::iter::repeat_n('\n', breaks));
            let line_end = at + memchr(b'\n', &self.bytes[at..])?;
            let line = &self.text[at + indent..=line_end];
            // Lines with more indentation are not folded.
            (!folds || !line.starts_with(' ')).then_some(())?;
            text.push_str(line);
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
        let style = if folds { Style::Folded } else { Style::Literal };
        let text = Cow::Owned(text);
        self.push(Value::Scalar { text, style, tag: None }, content, end);
        self.at = at;
        Some(())
    }
}

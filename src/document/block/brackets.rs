//! Flow collections in the quick reader: `[…]` and `{…}` on one line.

use crate::document::tape::Value;

use super::Reader;

/// Maximum nesting of brackets.
const MAX_BRACKETS: usize = 8;

impl Reader<'_> {
    /// Reads `[…]` or `{…}` on one line; returns the position after it.
    pub(super) fn brackets(&mut self, start: usize, depth: usize) -> Option<usize> {
        (depth < MAX_BRACKETS).then_some(())?;
        let mapping = self.bytes[start] == b'{';
        let closing = if mapping { b'}' } else { b']' };
        let value = if mapping { Value::Mapping } else { Value::Sequence };
        self.push(value, start, start + 1);
        let mut at = self.skip_spaces(start + 1);
        if *self.bytes.get(at)? != closing {
            loop {
                self.has_room()?;
                if mapping {
                    let key = self.word(at).filter(|key| key.is_key)?;
                    // After a quoted key, as in JSON, a `:` needs no blank.
                    (key.quoted || self.bytes.get(key.end + 1) == Some(&b' ')).then_some(())?;
                    at = self.skip_spaces(key.end + 1);
                }
                at = match self.bytes.get(at)? {
                    b'[' | b'{' => self.brackets(at, depth + 1)?,
                    _ => self.word(at)?.end,
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
}

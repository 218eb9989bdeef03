//! A document open in the editor.

use ls_types::{TextDocumentContentChangeEvent, Uri};

use super::position::{Encoding, Lines};

/// An open document.
#[derive(Debug, Clone)]
pub(super) struct Buffer {
    /// The editor's URI for it.
    pub(super) uri: Uri,
    /// The editor's version number.
    pub(super) version: i32,
    /// Its text.
    pub(super) text: String,
}

impl Buffer {
    /// Applies the editor's changes in order.
    pub(super) fn apply(
        &mut self,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        for change in changes {
            match change.range {
                None => self.text = change.text,
                Some(range) => {
                    let lines = Lines::of(&self.text);
                    let start = lines.byte(&self.text, range.start, encoding);
                    let end = lines.byte(&self.text, range.end, encoding).max(start);
                    self.text.replace_range(start..end, &change.text);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ls_types::{Position, Range};

    use super::*;

    #[test]
    fn changes_are_made_one_after_another() {
        let mut buffer =
            Buffer {
                uri: "file:///a".parse().unwrap(), version: 1, text: "🦀: a\r\nb\r\n".into()
            };
        let change =
            |from: (u32, u32), to: (u32, u32), text: &str| TextDocumentContentChangeEvent {
                range: Some(Range::new(Position::new(from.0, from.1), Position::new(to.0, to.1))),
                range_length: None,
                text: text.to_owned(),
            };
        let changes = vec![change((0, 2), (0, 2), "x"), change((0, 5), (1, 1), "c\nd")];
        buffer.apply(changes, Encoding::Utf16);
        assert_eq!(buffer.text, "🦀x: c\nd\r\n");
        let backwards = change((1, 1), (0, 0), "!");
        buffer.apply(vec![backwards], Encoding::Utf16);
        assert_eq!(buffer.text, "🦀x: c\nd!\r\n", "a range that ends before it starts is empty");
        let whole =
            TextDocumentContentChangeEvent { range: None, range_length: None, text: "new".into() };
        buffer.apply(vec![whole], Encoding::Utf16);
        assert_eq!(buffer.text, "new");
    }
}

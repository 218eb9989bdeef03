//! Splits a stream into documents before parsing, so that errors in one do not affect the others.

use memchr::memmem;
use serde::de::IgnoredAny;

/// A document of a stream, as a byte range of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// First byte: after the `---` line, and after a byte order mark.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
    /// The kind of separator before it.
    pub kind: SliceKind,
}

/// How a document starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SliceKind {
    /// As `kubectl` expects: at the start of the text, or after a `---` alone on its line.
    Proper,
    /// After `---` with other text on its line (`--- {a: b}`, `---x`), which `kubectl` rejects; the
    /// document then starts at that line.
    BadSeparator,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Splits a text into documents as Kubernetes does: at lines that start with `---`, or, if the
/// first character is `{`, after each JSON value.
///
/// Such a line ends a document in every YAML context, so a syntax error stays in its document.
pub fn split(text: &str) -> Vec<Slice> {
    if text.trim_start_matches(BYTE_ORDER_MARK).trim_start().starts_with('{')
        && let Some(slices) = split_json(text)
    {
        return slices;
    }
    split_yaml(text)
}

fn split_json(text: &str) -> Option<Vec<Slice>> {
    let first = text.len() - text.trim_start_matches(BYTE_ORDER_MARK).len();
    let mut values = serde_json::Deserializer::from_str(&text[first..]).into_iter::<IgnoredAny>();
    let mut slices = Vec::new();
    loop {
        let before = first + values.byte_offset();
        match values.next() {
            None => return Some(slices),
            Some(Err(_)) => return None,
            Some(Ok(_)) => {
                let start = before + text[before..].len() - text[before..].trim_start().len();
                let end = first + values.byte_offset();
                slices.push(Slice { start, end, kind: SliceKind::Proper });
            }
        }
    }
}

fn split_yaml(text: &str) -> Vec<Slice> {
    let bytes = text.as_bytes();
    let mut slices = Vec::new();
    let mut start = 0;
    let mut kind = SliceKind::Proper;
    let mut push = |start: usize, end: usize, kind| {
        // Empty text before the first `---` is not a document.
        if start == end && end < text.len() {
            return;
        }
        let body = &text[start..end];
        let skipped = body.len() - body.trim_start_matches(BYTE_ORDER_MARK).len();
        slices.push(Slice { start: start + skipped, end, kind });
    };
    let at_start = bytes.starts_with(b"---").then_some(0);
    let later = memmem::find_iter(bytes, b"\n---").map(|at| at + 1);
    for at in at_start.into_iter().chain(later) {
        let line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
        let rest = text[at + 3..line_end].trim();
        let proper = rest.is_empty() || rest.starts_with('#');
        push(start, at, kind);
        (start, kind) =
            if proper { (line_end, SliceKind::Proper) } else { (at, SliceKind::BadSeparator) };
    }
    push(start, text.len(), kind);
    slices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|slice| &text[slice.start..slice.end]).collect()
    }

    #[test]
    fn documents_end_at_lines_that_start_with_three_dashes() {
        assert_eq!(parts("a: 1\n---\nb: 2\n"), ["a: 1\n", "b: 2\n"]);
        assert_eq!(
            parts("---\r\na: 1\r\n--- # two\r\nb: |\r\n  ---\r\n"),
            ["a: 1\r\n", "b: |\r\n  ---\r\n"]
        );
        assert_eq!(parts("\u{feff}a: 1\n---\n\u{feff}b: 2"), ["a: 1\n", "b: 2"]);
    }

    #[test]
    fn a_separator_followed_by_text_is_distinguished() {
        let kinds: Vec<_> = split("a: 1\n--- {b: 2}\n---\nc: 3\n").iter().map(|s| s.kind).collect();
        assert_eq!(kinds, [SliceKind::Proper, SliceKind::BadSeparator, SliceKind::Proper]);
    }

    #[test]
    fn consecutive_json_values_are_split() {
        assert_eq!(parts("{\"a\": 1}\n{\"b\":\t2} "), ["{\"a\": 1}", "{\"b\":\t2}"]);
        assert_eq!(parts("{a: 1}\n---\n{b: 2}"), ["{a: 1}\n", "{b: 2}"]);
    }
}

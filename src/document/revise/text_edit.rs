//! Replacements in a standalone text.

/// A replacement in a standalone text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextEdit {
    pub(super) range: std::ops::Range<usize>,
    pub(super) text: String,
}

/// Applies edits to a text; they are ordered by byte and do not overlap.
pub(super) fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut revised = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        revised.push_str(&text[at..edit.range.start]);
        revised.push_str(&edit.text);
        at = edit.range.end;
    }
    revised.push_str(&text[at..]);
    revised
}

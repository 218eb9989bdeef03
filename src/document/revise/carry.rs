//! Maps edits of a scalar's contents back to its source text.

use super::super::align::Placement;
use super::super::split::Slice;
use super::super::tape::{Style, Value};
use super::block::line_start;
use super::parsed::Parsed;
use super::text_edit::TextEdit;

/// A scalar that contains documents.
pub(super) struct Carrier {
    /// Its decoded contents.
    pub(super) decoded: String,
    /// For each byte of the contents, and for its end, the corresponding bytes of the outer text.
    map: Vec<(u32, u32)>,
    /// The corresponding bytes of the source.
    placed: Vec<(u32, u32)>,
    form: Form,
}

enum Form {
    DoubleQuoted,
    SingleQuoted,
    /// Each line break is followed by this indentation.
    Literal(String),
    /// Folded or plain: a line break has several spellings.
    Folded,
}

impl Carrier {
    /// A scalar of a document; `None` for block scalars with an explicit indentation.
    pub(super) fn of(parsed: &Parsed<'_>, node: u32) -> Option<Self> {
        let Value::Scalar { text, style, .. } = &parsed.node(node).value else { return None };
        let decoded = text.to_string();
        let start = parsed.node(node).start;
        let raw = parsed.raw(node);
        let (form, map) = if *style == Style::Literal {
            let first = line_start(parsed.text, start as usize);
            let indentation = &parsed.text[first..start as usize];
            let odd = decoded.trim_start_matches('\n').starts_with([' ', '\t']);
            if odd || !indentation.bytes().all(|byte| byte == b' ') {
                return None;
            }
            let map = literal_map(&decoded, raw, start, indentation.len());
            let crlf = raw.contains("\r\n");
            let line_break = if crlf { "\r\n" } else { "\n" };
            (Form::Literal(format!("{line_break}{indentation}")), map?)
        } else {
            let (form, quote) = match raw.as_bytes().first()? {
                b'"' => (Form::DoubleQuoted, 1),
                b'\'' => (Form::SingleQuoted, 1),
                _ => (Form::Folded, 0),
            };
            let inner = raw.get(quote..raw.len() - quote)?;
            let double = matches!(form, Form::DoubleQuoted);
            match Placement::align(&decoded, inner, start + quote as u32, double) {
                Placement::Mapped(map) => (form, map),
                Placement::At(_) => return None,
            }
        };
        let base = parsed.base();
        let placed = map.iter().map(|(start, end)| (start + base, end + base)).collect();
        Some(Self { decoded, map, placed, form })
    }

    /// Where a document in it is in the source.
    pub(super) fn placement(&self, slice: &Slice) -> Placement {
        Placement::Mapped(self.placed[slice.start..=slice.end].to_vec())
    }

    /// Converts edits of the contents to edits of the outer text.
    pub(super) fn carry(&self, edits: &[TextEdit]) -> Option<Vec<TextEdit>> {
        edits.iter().map(|edit| self.carry_one(edit)).collect()
    }

    fn carry_one(&self, edit: &TextEdit) -> Option<TextEdit> {
        let (mut start, mut end) = (edit.range.start, edit.range.end);
        // The last line takes the line break before it along, so that the following text keeps its
        // indentation.
        let lines = start > 0 && self.decoded[..start].ends_with('\n');
        if end > start && end == self.decoded.len() && self.decoded.ends_with('\n') && lines {
            (start, end) = (start - 1, end - 1);
        }
        let from = self.map.get(start)?.0 as usize;
        let to = if end > start { self.map.get(end - 1)?.1 as usize } else { from };
        let text = match &self.form {
            Form::DoubleQuoted => {
                let escaped = edit.text.replace('\\', "\\\\").replace('"', "\\\"");
                escaped.replace('\n', "\\n").replace('\r', "\\r")
            }
            Form::SingleQuoted if !edit.text.contains('\n') => edit.text.replace('\'', "''"),
            Form::Folded if !edit.text.contains('\n') => edit.text.clone(),
            Form::Literal(line_break) => edit.text.replace('\n', line_break),
            Form::SingleQuoted | Form::Folded => return None,
        };
        (from <= to).then_some(TextEdit { range: from..to, text })
    }
}

/// Maps each byte of a literal block exactly, since only indentation and line breaks differ. A line
/// break includes the indentation of the next line.
fn literal_map(decoded: &str, raw: &str, start: u32, indent: usize) -> Option<Vec<(u32, u32)>> {
    let mut map = Vec::with_capacity(decoded.len() + 1);
    // Blank lines before the first content are not part of the raw text.
    let blank = decoded.len() - decoded.trim_start_matches('\n').len();
    map.extend(std::iter::repeat_n((start, start), blank));
    let mut at = 0;
    for line in decoded[blank..].split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let rest = raw.get(at..)?;
        let written = rest.strip_prefix(content)?;
        for (offset, character) in content.char_indices() {
            let place = start + (at + offset) as u32;
            let width = character.len_utf8();
            map.extend(std::iter::repeat_n((place, place + width as u32), width));
        }
        at += content.len();
        if line.ends_with('\n') {
            let width =
                if written.starts_with("\r\n") { 2 } else { usize::from(!written.is_empty()) };
            let next = raw.get(at + width..).unwrap_or_default();
            let blanks = next.bytes().take(indent).take_while(|byte| *byte == b' ').count();
            let end = start + (at + width + blanks) as u32;
            map.push((start + at as u32, end));
            at += width + blanks;
        }
    }
    let end = start + at.min(raw.len()) as u32;
    map.push((end, end));
    (map.len() == decoded.len() + 1).then_some(map)
}

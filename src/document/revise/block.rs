//! Adds and removes entries: whole lines in block style, parts of a line in flow style.

use super::super::change::NewValue;
use super::draft::Draft;
use super::outline::Part;
use super::parsed::{EntryNodes, Parsed};
use super::write::{Quotes, write};

/// Adds an entry after another one of its mapping.
pub(super) fn add(
    draft: &mut Draft<'_, '_>,
    entry: EntryNodes,
    name: &str,
    value: &NewValue,
) -> Option<()> {
    let parsed = draft.parsed;
    if parsed.is_shared(entry.mapping) || is_omitted(parsed, entry.value) {
        return None;
    }
    let flow = parsed.is_flow(entry.mapping);
    let quotes = Quotes::of(parsed.raw(entry.key));
    let in_json = if quotes == Quotes::Double { quotes } else { Quotes::None };
    let written_name = write(&NewValue::Text(name.to_owned()), quotes, flow)?;
    let written = write(value, in_json, flow)?;
    let key_start = parsed.node(entry.key).start as usize;
    let end = parsed.node(entry.value).end as usize;
    let indentation = &parsed.text[line_start(parsed.text, key_start)..key_start];
    let (at, text) = if flow {
        let colon = &parsed.text[parsed.node(entry.key).end as usize..];
        let tight = colon.starts_with(':') && !colon[1..].starts_with(char::is_whitespace);
        let own_line = indentation.chars().all(char::is_whitespace);
        let lead = match (own_line, tight) {
            (true, _) => format!(",{}{indentation}", line_break(parsed.text, key_start)),
            (false, true) => ",".to_owned(),
            (false, false) => ", ".to_owned(),
        };
        (end, format!("{lead}{written_name}:{}{written}", if tight { "" } else { " " }))
    } else {
        let is_lead = |c: char| c == ' ' || c == '-';
        if !indentation.chars().all(is_lead) || indentation.contains("--") {
            return None;
        }
        let (line_end, _) = rest_of_line(parsed.text, end)?;
        let indentation = " ".repeat(indentation.len());
        let line_break = line_break(parsed.text, end);
        (line_end, format!("{line_break}{indentation}{written_name}: {written}"))
    };
    draft.edit(at..at, text);
    let parts = vec![Part::text(name), value.into()];
    draft.plan().followed.insert(entry.key, parts);
    Some(())
}

/// Removes an entry; in block style with its lines.
pub(super) fn remove(draft: &mut Draft<'_, '_>, entry: EntryNodes) -> Option<()> {
    let parsed = draft.parsed;
    if parsed.is_shared(entry.mapping) || is_omitted(parsed, entry.value) {
        return None;
    }
    let text = parsed.text;
    let (start, end) =
        (parsed.node(entry.key).start as usize, parsed.node(entry.value).end as usize);
    let mut range = if parsed.is_flow(entry.mapping) {
        let keys: Vec<EntryNodes> = parsed.keys(entry.mapping).collect();
        let at = keys.iter().position(|other| other.key == entry.key)?;
        match (at.checked_sub(1).map(|before| keys[before]), keys.get(at + 1)) {
            (Some(before), _) => parsed.node(before.value).end as usize..end,
            (None, Some(after)) => start..parsed.node(after.key).start as usize,
            (None, None) => return None,
        }
    } else {
        let first = line_start(text, start);
        if !text[first..start].bytes().all(|byte| byte == b' ') {
            return None;
        }
        let (line_end, commented) = rest_of_line(text, end)?;
        draft.lose_comment(commented);
        let break_width = line_break_width(&text[line_end..]);
        first..line_end + break_width
    };
    // The last line of a text has no line break of its own.
    if range.end == text.len() && !text.ends_with('\n') && !parsed.is_flow(entry.mapping) {
        let before = text[..range.start].trim_end_matches('\n').trim_end_matches('\r').len();
        range.start = before;
    }
    let within = parsed.node(entry.key).end as usize..parsed.node(entry.value).start as usize;
    draft.lose_comment(text[within].contains('#'));
    if !parsed.is_simple(entry.value) {
        draft.lose_comment(holds_comment(&text[range.clone()]));
    }
    draft.edit(range, String::new());
    draft.plan().removed.insert(entry.key);
    Some(())
}

/// Replaces a collection by a scalar on the line of its key.
pub(super) fn replace(
    draft: &mut Draft<'_, '_>,
    entry: EntryNodes,
    value: &NewValue,
) -> Option<()> {
    let parsed = draft.parsed;
    if parsed.is_shared(entry.value) {
        return None;
    }
    let quotes = Quotes::of(parsed.raw(entry.key));
    let quotes = if quotes == Quotes::Double { quotes } else { Quotes::None };
    let written = write(value, quotes, parsed.is_flow(entry.mapping))?;
    let node = parsed.node(entry.value);
    let (start, end) = (node.start as usize, node.end as usize);
    let range = if parsed.is_flow(entry.value) {
        start..end
    } else {
        let key_end = parsed.node(entry.key).end as usize;
        let colon = key_end + parsed.text[key_end..start].find(':')? + 1;
        // An anchor or tag would be lost.
        if parsed.text[colon..start].contains(['&', '!']) {
            return None;
        }
        colon..end
    };
    let lead = if parsed.text[..range.start].ends_with(':') { " " } else { "" };
    draft.lose_comment(holds_comment(&parsed.text[range.clone()]));
    draft.edit(range, format!("{lead}{written}"));
    draft.plan().replaced.insert(entry.value, vec![value.into()]);
    Some(())
}

/// Whether the value is missing, or is a block whose end is not exact.
fn is_omitted(parsed: &Parsed<'_>, value: u32) -> bool {
    use super::super::tape::{Style, Value};
    match parsed.node(value).value {
        Value::Scalar { style, .. } => {
            parsed.raw(value).is_empty() || matches!(style, Style::Literal | Style::Folded)
        }
        _ => false,
    }
}

fn holds_comment(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with('#') || line.contains(" #"))
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line of a place, before its line break, if only blanks or a comment follow there;
/// and whether a comment does.
fn rest_of_line(text: &str, at: usize) -> Option<(usize, bool)> {
    let rest = text[at..].split('\n').next().unwrap_or_default();
    let rest = rest.strip_suffix('\r').unwrap_or(rest);
    let comment = rest.trim_start();
    (comment.is_empty() || comment.starts_with('#'))
        .then_some((at + rest.len(), !comment.is_empty()))
}

fn line_break_width(rest: &str) -> usize {
    match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    }
}

/// The line break at the end of this line, or the one that the text uses.
fn line_break(text: &str, at: usize) -> &'static str {
    let newline = text[at..].find('\n').map(|newline| at + newline).or_else(|| text.find('\n'));
    match newline {
        Some(newline) if text[..newline].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

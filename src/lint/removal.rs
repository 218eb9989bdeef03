//! Removes an ignore from its comment, or the whole comment.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::resource::Ignore;
use crate::source::{Source, Sources, Span};

/// Removes one rule from an ignore, or the comment if it is the last one; `None` for annotations.
pub(super) fn removal(sources: &Sources, ignore: &Ignore, rule: &str) -> Option<Fix> {
    let source = sources.get(ignore.place.source);
    let comment = sources.text(ignore.place);
    let line = source.line_span(source.line(ignore.place.start));
    // Inside quoted text, the line continues after the comment.
    let alone = comment.starts_with('#')
        && sources.text(Span::new(source.id, ignore.place.end, line.end)).trim().is_empty();
    if !alone {
        return None;
    }
    let span = match ignore.rules.as_slice() {
        [_] => whole(source, line, ignore.place),
        rules => one_of(ignore.place, comment, rules, rule)?,
    };
    Some(Fix {
        description: "remove it".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit { span, replacement: String::new() }],
    })
}

/// The comment with the spaces before it, or its whole line if there is nothing else.
fn whole(source: &Source, line: Span, comment: Span) -> Span {
    let before = &source.text[line.start as usize..comment.start as usize];
    if before.trim().is_empty() {
        let Some(newline) = source.text[line.end as usize..].find('\n') else {
            // The last line has no line break, so the one before it is removed.
            let before = &source.text[..line.start as usize];
            let start = before.trim_end_matches('\n').trim_end_matches('\r').len();
            return Span::new(source.id, start as u32, line.end);
        };
        return Span::new(source.id, line.start, line.end + newline as u32 + 1);
    }
    Span::new(source.id, line.start + before.trim_end().len() as u32, comment.end)
}

/// One name in the bracketed list, with an adjacent comma.
fn one_of(place: Span, comment: &str, rules: &[String], rule: &str) -> Option<Span> {
    let open = comment.find('[')? + 1;
    let close = open + comment[open..].find(']')?;
    let mut at = open;
    let mut parts = Vec::new();
    for part in comment[open..close].split(',') {
        parts.push((at, at + part.len()));
        at += part.len() + 1;
    }
    let index = parts.iter().position(|(start, end)| comment[*start..*end].trim() == rule)?;
    if rules.len() < 2 {
        return None;
    }
    let (start, end) = match index {
        // The first one is removed with the comma and space after it.
        0 => {
            let next = parts.get(1)?.0;
            let blanks = comment[next..].len() - comment[next..].trim_start().len();
            (parts[0].0, next + blanks)
        }
        index => (parts[index].0 - 1, parts[index].1),
    };
    Some(Span::new(place.source, place.start + start as u32, place.start + end as u32))
}

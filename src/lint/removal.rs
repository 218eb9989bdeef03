//! Taking an ignore out of its comment, or the comment out of its file.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::resource::Ignore;
use crate::source::{Source, Sources, Span};

/// Removes one rule from an ignore, and the comment with the last one; `None` for annotations.
pub(super) fn removal(sources: &Sources, ignore: &Ignore, rule: &str) -> Option<Fix> {
    let source = sources.get(ignore.place.source);
    let comment = sources.text(ignore.place);
    let line = source.line_span(source.line(ignore.place.start));
    // Inside quoted text the line goes on behind the comment.
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

/// The comment with the blanks before it, or its whole line if nothing else is there.
fn whole(source: &Source, line: Span, comment: Span) -> Span {
    let before = &source.text[line.start as usize..comment.start as usize];
    if before.trim().is_empty() {
        let rest = &source.text[line.end as usize..];
        let line_break = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        return Span::new(source.id, line.start, line.end + line_break as u32);
    }
    Span::new(source.id, line.start + before.trim_end().len() as u32, comment.end)
}

/// One name of the list in brackets, with a comma beside it.
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
        // The first one goes with the comma behind it, and the blank behind that.
        0 => {
            let next = parts.get(1)?.0;
            let blanks = comment[next..].len() - comment[next..].trim_start().len();
            (parts[0].0, next + blanks)
        }
        index => (parts[index].0 - 1, parts[index].1),
    };
    Some(Span::new(place.source, place.start + start as u32, place.start + end as u32))
}

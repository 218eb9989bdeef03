//! Ignores in manifests: comments `# mtlsctl: ignore[rule] reason, until=2027-12-31` and
//! annotations `mtlsctl.dev/ignore`.

use time::Date;
use time::macros::format_description;

use crate::diagnostic::ObjectName;
use crate::document::{Comment, Field};
use crate::source::{Source, SourceId, Span};

/// One ignore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// Where it is written.
    pub place: Span,
    /// Ids of rules.
    pub rules: Vec<String>,
    /// The reason given.
    pub reason: String,
    /// The last day on which it is in effect.
    pub until: Option<Date>,
    /// What is wrong with its syntax; then it ignores nothing.
    pub fault: Option<String>,
    /// What it covers.
    pub extent: Extent,
}

/// What an ignore covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// A line, including a block scalar that starts on it.
    Bytes(Span),
    /// Everything about an object.
    Object {
        /// Its text.
        span: Span,
        /// Its name.
        name: Option<ObjectName>,
    },
}

impl Ignore {
    /// The ignores in a document's comments that start with `mtlsctl:`.
    pub(super) fn in_comments(source: &Source, comments: &[Comment]) -> Vec<Self> {
        let mut below = None;
        // In reverse order, so that consecutive comments share one search for their line.
        let found = comments.iter().rev().filter_map(|comment| {
            let words = comment.text.trim().strip_prefix("mtlsctl:")?.trim();
            let line = line_of(source, comment.span, below);
            below = Some((source.line(comment.span.start), line));
            Some(Self::in_comment(words, comment.span, Extent::Bytes(line)))
        });
        let mut found: Vec<Self> = found.collect();
        found.reverse();
        found
    }

    fn in_comment(words: &str, place: Span, extent: Extent) -> Self {
        match words.strip_prefix("ignore").map(str::trim_start) {
            Some(rest) if rest.starts_with('[') => Self::read(rest, place, extent),
            _ => Self::faulty("only `ignore[RULE] REASON` may follow `mtlsctl:`", place, extent),
        }
    }

    /// The ignores in an object's annotation, one per line. The name is only requested if there are
    /// any.
    pub(super) fn in_annotation(
        root: &Field<'_>,
        name: impl FnOnce() -> Option<ObjectName>,
    ) -> Vec<Self> {
        let annotations = root.set_at("metadata").and_then(|m| m.set_at("annotations"));
        let field = annotations.and_then(|all| all.set_at("mtlsctl.dev/ignore"));
        let Some(text) = field.as_ref().and_then(Field::text) else { return Vec::new() };
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let name = name();
        let read = |line: &str| {
            let extent = Extent::Object { span: root.span(), name: name.clone() };
            Self::read(line.trim(), text.key(), extent)
        };
        lines.map(read).collect()
    }

    /// Moves the covered object to the namespace that a build gives it.
    pub(super) fn move_to(&mut self, namespace: &str) {
        if let Extent::Object { name: Some(name), .. } = &mut self.extent {
            namespace.clone_into(&mut name.namespace);
        }
    }

    /// The fault of a reason, which may end in `until=DATE`.
    pub fn fault_of_reason(reason: &str) -> Option<String> {
        if reason.chars().any(char::is_control) {
            return Some("it must be on one line".to_owned());
        }
        let nowhere = Span::new(SourceId::default(), 0, 0);
        Self::read(&format!("[rule] {reason}"), nowhere, Extent::Bytes(nowhere)).fault
    }

    fn faulty(fault: &str, place: Span, extent: Extent) -> Self {
        let fault = Some(fault.to_owned());
        Self { place, rules: Vec::new(), reason: String::new(), until: None, fault, extent }
    }

    /// Parses `[RULE, RULE] REASON, until=DATE`.
    fn read(text: &str, place: Span, extent: Extent) -> Self {
        let Some((rules, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']'))
        else {
            return Self::faulty("rules go in brackets: `[RULE, RULE] REASON`", place, extent);
        };
        let rules = rules.split(',').map(|rule| rule.trim().to_owned());
        let rules: Vec<String> = rules.filter(|rule| !rule.is_empty()).collect();
        let (reason, date) = match rest.rsplit_once("until=") {
            Some((reason, date)) => (reason, Some(date.trim())),
            None => (rest, None),
        };
        let reason = reason.trim().trim_end_matches(',').trim_end().to_owned();
        let day = format_description!("[year]-[month]-[day]");
        let until = date.map(|date| Date::parse(date, &day));
        let fault = match (&until, rules.is_empty(), reason.is_empty()) {
            (_, true, _) => Some("it names no rule"),
            (_, _, true) => Some("it gives no reason"),
            (Some(Err(_)), ..) => Some("`until=` needs a date like 2027-12-31 at the end"),
            _ => None,
        };
        let fault = fault.map(ToOwned::to_owned);
        let until = until.and_then(Result::ok);
        Self { place, rules, reason, until, fault, extent }
    }
}

/// The line that a comment applies to: its own, or the next line that is not only a comment.
/// `below` is the line of the next `mtlsctl:` comment, and the line that one applies to.
fn line_of(source: &Source, comment: Span, below: Option<(u32, Span)>) -> Span {
    let slice = |span: Span| &source.text[span.start as usize..span.end as usize];
    let mut line = source.line(comment.start);
    let own = source.line_span(line);
    if slice(Span::new(source.id, own.start, comment.start)).trim().is_empty() {
        line += 1;
        while line < source.line_count()
            && slice(source.line_span(line)).trim_start().starts_with('#')
        {
            if let Some((_, about)) = below.filter(|(next, _)| *next == line) {
                return about;
            }
            line += 1;
        }
    }
    let first = source.line_span(line);
    let text = slice(first);
    let code = text.split(" #").next().unwrap_or_default().trim_end();
    let header = code.trim_end_matches(|c: char| c == '-' || c == '+' || c.is_ascii_digit());
    let mut end = first.end;
    if header.ends_with(['|', '>']) {
        // A block scalar cannot contain comments, so its lines belong to its key.
        let indentation = |text: &str| text.len() - text.trim_start().len();
        for next in line + 1..=source.line_count() {
            let span = source.line_span(next);
            let inside = slice(span);
            if !inside.trim().is_empty() && indentation(inside) <= indentation(text) {
                break;
            }
            end = span.end;
        }
    }
    Span::new(source.id, first.start, end)
}

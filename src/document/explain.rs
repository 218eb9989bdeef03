//! Translates parser errors: the kind of problem, and its probable cause.

use granit_parser::{ErrorKind, ScanError};

use crate::source::SourceId;

use super::align::Placement;
use super::problem::{Problem, ProblemKind};
use super::tape::MAX_DEPTH;

/// The problem that a parser error indicates, with its place in the source.
pub(super) fn explain(
    source: SourceId,
    placement: &Placement,
    text: &str,
    error: &ScanError,
) -> Problem {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let line = &text[line_start..line_end];
    let template = |text: &str| {
        text.contains("{{") || text.contains("{%") || text.lines().any(has_placeholder)
    };
    let kind = match error.kind() {
        ErrorKind::DirectiveDisallowed => ProblemKind::Directive,
        _ if template(&text[..line_end]) => ProblemKind::Template,
        ErrorKind::RecursionLimitExceeded => ProblemKind::TooDeep { limit: MAX_DEPTH },
        _ => ProblemKind::Syntax { message: message(error), hint: hint(line, &text[..at]) },
    };
    let width = text[at..].chars().next().map_or(0, |c| if c == '\n' { 0 } else { c.len_utf8() });
    Problem { kind, span: placement.span(source, at, at + width) }
}

/// Whether a line is, or its value starts with, a placeholder of Python's `format`: `{envs}` on its
/// own, `image: {images[emissary]}`, `name: {self.path}-admin`.
fn has_placeholder(line: &str) -> bool {
    let line = line.trim();
    let (value, is_alone) = match line.split_once(": ") {
        Some((_, value)) => (value.trim(), false),
        None => (line, line.ends_with('}')),
    };
    let Some((name, _)) = value.strip_prefix('{').and_then(|value| value.split_once('}')) else {
        return false;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    !name.is_empty() && name.chars().all(is_name) && (is_alone || name.contains(['.', '[']))
}

/// The parser's message without the appended place.
fn message(error: &ScanError) -> String {
    let text = error.info();
    text.strip_prefix("while parsing ").map(ToOwned::to_owned).unwrap_or(text)
}

/// Whether quotes of one kind are unbalanced, ignoring comments and apostrophes in words.
fn has_odd_quotes(text: &str) -> bool {
    let code = text.lines().map(|line| {
        let comment = if line.trim_start().starts_with('#') { Some(0) } else { line.find(" #") };
        &line[..comment.unwrap_or(line.len())]
    });
    let (mut double, mut single) = (0_usize, 0_usize);
    for line in code {
        let mut before = ' ';
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            let inside = before.is_alphanumeric()
                && letters.peek().is_some_and(|next| next.is_alphanumeric());
            double += usize::from(letter == '"');
            single += usize::from(letter == '\'' && !inside);
            before = letter;
        }
    }
    double % 2 == 1 || single % 2 == 1
}

fn hint(line: &str, before: &str) -> Option<&'static str> {
    let indentation = &line[..line.len() - line.trim_start().len()];
    if indentation.contains('\t') {
        return Some("YAML is indented with spaces, never with tabs");
    }
    if has_odd_quotes(before) {
        return Some("a quote before this place may not be closed");
    }
    let mut parts = line.trim_start_matches([' ', '-']).splitn(2, ':');
    let (key, value) = (parts.next().unwrap_or_default(), parts.next());
    let is_word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    let missing_space = |value: &str| {
        !value.is_empty() && !value.starts_with([' ', '\t']) && !value.starts_with("//")
    };
    if is_word && value.is_some_and(missing_space) {
        return Some("a key needs a space after its `:`");
    }
    None
}

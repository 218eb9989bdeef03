//! Manifests inside a scalar: the documents of a `getambassador.io/config` annotation, with their
//! places.

use crate::source::Source;

use super::align::Placement;
use super::field::Field;
use super::problem::{Problem, ProblemKind};
use super::tape::Style;
use super::tree::Tree;

/// Parses the documents in a string value and calls `visit` with each of them in order.
///
/// A literal block (`|`) is parsed in place, so that every place is exact; other styles are decoded
/// first and aligned with the source.
pub fn embedded_documents(
    source: &Source,
    field: &Field<'_>,
    mut visit: impl FnMut(Result<(Tree<'_>, Option<Problem>), Problem>),
) {
    let Some(decoded) = field.confidential() else { return };
    let span = field.scalar_span();
    let raw = &source.text[span.start as usize..span.end as usize];
    if field.style() == Some(Style::Literal)
        && let Some((block_start, indent)) = plain_indentation(source, span.start as usize, decoded)
    {
        let block = &source.text[block_start..span.end as usize];
        for part in split_indented(block, indent) {
            match part {
                Ok((start, end)) => {
                    let base = (block_start + start) as u32;
                    visit(Tree::parse(source.id, base, &block[start..end]));
                }
                Err(at) => {
                    let place = Placement::At((block_start + at) as u32);
                    visit(Err(bad_separator(source, &place)));
                }
            }
        }
        return;
    }
    let quoted_double = raw.starts_with('"');
    let quoted = quoted_double || raw.starts_with('\'');
    let inner = if quoted && raw.len() >= 2 { &raw[1..raw.len() - 1] } else { raw };
    let base = span.start + u32::from(quoted);
    let whole = Placement::align(decoded, inner, base, quoted_double);
    let Placement::Mapped(map) = &whole else { return };
    for part in split_indented(decoded, 0) {
        match part {
            Ok((start, end)) => {
                let part = Placement::Mapped(map[start..=end].to_vec());
                visit(Tree::parse_placed(source.id, &part, &decoded[start..end]));
            }
            Err(at) => {
                let part = Placement::Mapped(map[at..=at + SEPARATOR.len()].to_vec());
                visit(Err(bad_separator(source, &part)));
            }
        }
    }
}

const SEPARATOR: &str = "---";

fn bad_separator(source: &Source, place: &Placement) -> Problem {
    Problem { kind: ProblemKind::Separator, span: place.span(source.id, 0, SEPARATOR.len()) }
}

/// The start of the block's first line and its indentation in bytes, if every line has exactly the
/// indentation that the parser removes (so that the raw lines are valid YAML).
fn plain_indentation(source: &Source, content: usize, decoded: &str) -> Option<(usize, usize)> {
    // Content that starts with a blank has an explicit indentation indicator (`|2`).
    if decoded.trim_start_matches('\n').starts_with([' ', '\t']) {
        return None;
    }
    // Signs that only count at the start of a line are not recognised after an indentation.
    let at_start = |line: &str| ["...", "%", "\u{feff}"].iter().any(|sign| line.starts_with(sign));
    if decoded.lines().any(at_start) {
        return None;
    }
    let line_start = source.text[..content].rfind('\n').map_or(0, |newline| newline + 1);
    let indentation = &source.text[line_start..content];
    indentation.bytes().all(|byte| byte == b' ').then_some((line_start, indentation.len()))
}

/// Splits a block at its `---` lines at the block's own indentation, as Emissary does
/// (`NewYAMLReader`, which does not support JSON). If anything but a comment follows on such a
/// line, the reader fails, and its place is returned instead.
fn split_indented(block: &str, indent: usize) -> Vec<Result<(usize, usize), usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        let content = line.get(indent..).unwrap_or_default().trim_end();
        if let Some(rest) = content.strip_prefix(SEPARATOR).map(str::trim_start) {
            parts.push(Ok((start, at)));
            if !rest.is_empty() && !rest.starts_with('#') {
                parts.push(Err(at + indent));
            }
            start = at + line.len();
        }
        at += line.len();
    }
    parts.push(Ok((start, block.len())));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// The source texts of all `name` values in the annotation of a text.
    fn names(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml".into(), text.into());
        let source = sources.get(id);
        let (tree, _) = Tree::parse(id, 0, &source.text).unwrap();
        let field = tree.root().unwrap().at("config").unwrap();
        let mut found = Vec::new();
        embedded_documents(source, &field, |document| {
            if let Ok((tree, _)) = document
                && let Some(name) = tree.root().and_then(|root| root.at("name"))
            {
                found.push(sources.text(name.span()).to_owned());
            }
        });
        found
    }

    #[test]
    fn values_in_a_literal_block_keep_their_place() {
        let text = "config: |\n\n  ---\n  name: ä-one\n  ---\n  name: two # x\nb: 1\n";
        assert_eq!(names(text), ["ä-one", "two"]);
        assert_eq!(names(&text.replace('\n', "\r\n")), ["ä-one", "two"]);
        assert_eq!(names("config: |-\n    name: one"), ["one"]);
    }

    #[test]
    fn one_broken_document_does_not_hide_the_next() {
        assert_eq!(names("config: |\n  name: [\n  ---\n  name: two\n"), ["two"]);
    }

    #[test]
    fn three_dots_end_a_document_in_every_style() {
        assert_eq!(
            names("config: |\n  name: one\n  ...\n  x: [\n  ---\n  name: two\n"),
            ["one", "two"]
        );
        assert_eq!(names(r#"config: "name: one\n...\nx: [\n""#), ["one"]);
    }

    #[test]
    fn text_after_three_dashes_breaks_the_annotation_in_every_style() {
        let problems = |text: &str| {
            let mut sources = Sources::default();
            let id = sources.add("a.yaml".into(), text.into());
            let source = sources.get(id);
            let (tree, _) = Tree::parse(id, 0, &source.text).unwrap();
            let field = tree.root().unwrap().at("config").unwrap();
            let mut places = Vec::new();
            embedded_documents(source, &field, |document| {
                if let Err(problem) = document {
                    assert_eq!(problem.kind, ProblemKind::Separator);
                    places.push(sources.text(problem.span).to_owned());
                }
            });
            places
        };
        assert_eq!(problems("config: |\n  a: 1\n  --- {b: 2}\n"), ["---"]);
        assert_eq!(problems(r#"config: "a: 1\n---x\n""#), ["---"]);
        assert_eq!(problems("config: |\n  a: 1\n  --- # b\n  b:\n    --- c\n"), [""; 0]);
    }

    #[test]
    fn values_in_quoted_and_folded_text_are_aligned() {
        assert_eq!(
            names(r#"config: "---\nname: one\n---\nname: \"two\"\n""#),
            ["one", "\\\"two\\\""]
        );
        assert_eq!(names("config: 'name: it''s'"), ["it''s"]);
        assert_eq!(names("config: >\n  name: one\n\n  kind: x\n"), ["one"]);
    }
}

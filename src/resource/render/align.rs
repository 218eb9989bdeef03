//! Maps the lines of a rendered document to the lines of the text it was made from.

use std::ops::RangeInclusive;

use crate::document::{Field, Tree};
use crate::source::{Source, Sources};

/// For each rendered line, the line (from 1) in the original document where the same field has the
/// same value, or a name that became a part of it; for anything the renderer added or changed, the
/// first line of the object. `before` is the number of lines before the document in its file.
///
/// Fields are matched by path, since renderers sort them and drop comments.
pub(super) fn lines_by_field(rendered: &str, original: &str, before: usize) -> Vec<u32> {
    let mut sources = Sources::default();
    let own = sources.add(String::new(), rendered.to_owned());
    let other = sources.add(String::new(), original.to_owned());
    let [own, other] = [own, other].map(|id| sources.get(id));
    let trees = [own, other].map(|source| Tree::parse(source.id, 0, &source.text));
    let [Ok((made, _)), Ok((model, _))] = trees else { return Vec::new() };
    let (Some(made), Some(model)) = (made.root(), model.root()) else { return Vec::new() };
    let before = before as u32;
    let first = before + other.line(model.span().start);
    let mut pairing = Pairing { own, other, before, lines: vec![first; rendered.lines().count()] };
    pairing.pair(&made, &model);
    pairing.lines
}

/// Two documents that are compared field by field.
struct Pairing<'s> {
    own: &'s Source,
    other: &'s Source,
    before: u32,
    lines: Vec<u32>,
}

impl Pairing<'_> {
    fn pair(&mut self, made: &Field<'_>, model: &Field<'_>) {
        for entry in made.entries() {
            let Some(same) = model.at(&entry.key) else { continue };
            if same.is_mapping() && entry.value.is_mapping()
                || same.is_sequence() && entry.value.is_sequence()
            {
                self.put(lines(self.own, &entry.value).start(), lines(self.other, &same).start());
                self.pair(&entry.value, &same);
            } else {
                let is_renamed = entry.key == "name" && is_within(&same, &entry.value);
                self.scalar(&entry.value, &same, is_renamed);
            }
        }
        let models: Vec<Field<'_>> = model.items().collect();
        for (index, item) in made.items().enumerate() {
            let value = item.confidential();
            let same = match value {
                Some(_) => models.iter().find(|model| model.confidential() == value),
                None => models.get(index),
            };
            match same {
                Some(same) if value.is_some() => self.scalar(&item, same, false),
                Some(same) => self.pair(&item, same),
                None => {}
            }
        }
    }

    fn scalar(&mut self, made: &Field<'_>, model: &Field<'_>, is_renamed: bool) {
        let is_same = made.confidential().is_some() && made.confidential() == model.confidential();
        if !is_same && !is_renamed {
            return;
        }
        let (own, other) = (lines(self.own, made), lines(self.other, model));
        for (further, line) in own.enumerate() {
            self.put(&line, &(other.start() + further as u32).min(*other.end()));
        }
    }

    fn put(&mut self, line: &u32, number: &u32) {
        if let Some(own) = self.lines.get_mut(*line as usize - 1) {
            *own = self.before + number;
        }
    }
}

/// Whether a name is part of another one, to which a prefix or suffix was added.
fn is_within(name: &Field<'_>, other: &Field<'_>) -> bool {
    let name = name.confidential().filter(|name| !name.is_empty());
    name.zip(other.confidential()).is_some_and(|(name, other)| other.contains(name))
}

/// The lines from a field's key to the end of its value.
fn lines(source: &Source, field: &Field<'_>) -> RangeInclusive<u32> {
    let span = field.span();
    let last = span.end.saturating_sub(1).max(span.start);
    source.line(field.key_span().start)..=source.line(last)
}

/// For each rendered line, the line (from 1) of the template: the next line with the same text,
/// else the line after the previous match. `start` is the line (from 0) where the template's
/// document begins.
pub(super) fn lines_by_text(rendered: &str, template: &str, start: usize) -> Vec<u32> {
    let lines: Vec<&str> = template.lines().map(str::trim).collect();
    let mut numbers = Vec::new();
    let mut at = start;
    // The indentation of a block scalar's key; deeper lines belong to the scalar.
    let mut scalar: Option<usize> = None;
    for line in rendered.lines() {
        let indentation = line.len() - line.trim_start().len();
        let is_inside = scalar.is_some_and(|outer| line.trim().is_empty() || indentation > outer);
        if !is_inside {
            scalar = opens_scalar(line).then_some(indentation);
            let own = line.trim();
            let below = lines.get(at..).unwrap_or_default();
            let mut same = below.iter().enumerate().filter(|(_, other)| **other == own);
            if let (Some((further, _)), None) = (same.next(), same.next())
                && !own.is_empty()
            {
                at += further;
            }
        }
        numbers.push(at as u32 + 1);
        // Content that a template repeats does not run past its end.
        at = (at + 1).min(lines.len().max(start + 1) - 1);
    }
    numbers
}

/// Whether a scalar starts here and continues on the next lines, also as an unclosed quote.
fn opens_scalar(line: &str) -> bool {
    let body = line.trim_end();
    let value = body.rsplit_once(": ").map_or(body.trim_start_matches("- ").trim(), |(_, v)| v);
    let is_open = |quote: char| value.starts_with(quote) && value.matches(quote).count() % 2 == 1;
    value.starts_with(['|', '>']) || is_open('"') || is_open('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_map_to_their_lines_in_the_original_in_any_order() {
        let original =
            "# a comment\nkind: A\nspec:\n  # another\n  b: '2'\n  a: 1\n  list:\n  - x\n  - y\n";
        let rendered = "kind: A\nmetadata:\n  labels:\n    new: 1\nspec:\n  a: 1\n  b: \"2\"\n  list:\n  - y\n  - z\n";
        let lines = lines_by_field(rendered, original, 10);
        assert_eq!(lines, [12, 12, 12, 12, 13, 16, 15, 17, 19, 12]);
    }

    #[test]
    fn lines_of_a_scalar_follow_its_key_and_changed_lines_map_to_the_object() {
        let original = "k: 1\nnote: |\n  one\n  two\nd: 3\n";
        let rendered = "d: 4\nk: 1\nnote: |\n  one\n  two\n";
        assert_eq!(lines_by_field(rendered, original, 0), [1, 1, 2, 3, 4]);
    }

    #[test]
    fn a_name_with_a_prefix_is_the_same_field() {
        let original = "kind: A\nmetadata:\n  name: web\n";
        let rendered = "kind: A\nmetadata:\n  name: dev-web\n  namespace: x\n";
        assert_eq!(lines_by_field(rendered, original, 0), [1, 2, 3, 1]);
        assert_eq!(lines_by_field("metadata:\n  name: cart\n", original, 0), [2, 1]);
    }

    #[test]
    fn template_lines_are_matched_by_their_text() {
        let template = "# a comment\nkind: A\n{{ if .x }}\nspec:\n  a: {{ .y }}\n  b: 2\n";
        let rendered = "kind: A\nspec:\n  a: 1\n  b: 2\n";
        assert_eq!(lines_by_text(rendered, template, 0), [2, 4, 5, 6]);
    }

    #[test]
    fn block_scalars_and_repeated_lines_are_matched_by_the_previous_line() {
        let template = "a: |\n\n  x\n  y\nb: 1\nc:\n  b: 1\n";
        assert_eq!(lines_by_text("a: |\n  x\n  y\nb: 1\n", template, 0), [1, 2, 3, 4]);
        assert_eq!(lines_by_text("k: v\n", "k: v\n", 2), [3]);
    }

    #[test]
    fn content_repeated_by_a_template_does_not_shift_the_lines_after_it() {
        let template = "list:\n{{ range .x }}\n- {{ . }}\n{{ end }}\nlast: 1\n";
        let rendered = "list:\n- a\n- b\n- c\n- d\n- e\n- f\nlast: 1\n";
        assert_eq!(lines_by_text(rendered, template, 0), [1, 2, 3, 4, 5, 5, 5, 5]);
    }
}

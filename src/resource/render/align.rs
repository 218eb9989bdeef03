//! A rendered document, with its lines at those of the text that it was made of.

/// Puts blank lines before lines that stand further down in the original, so that both have the same
/// numbers; `start` is the line, from 0, at which the original's document begins.
///
/// What the renderer has moved or made stays where it is. Lines of block scalars are never moved.
pub(super) fn aligned(rendered: &str, original: &str, start: usize) -> String {
    let lines: Vec<&str> = original.lines().map(str::trim).collect();
    let mut text = "\n".repeat(start);
    let mut at = start;
    // The indentation above which lines belong to a block scalar.
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
                text.push_str(&"\n".repeat(further));
                at += further;
            }
        }
        text.push_str(line);
        text.push('\n');
        at += 1;
    }
    text
}

/// Whether the lines below belong to a scalar that begins here: in quotes that are not closed, too.
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
    fn lines_stand_where_they_stand_in_the_original() {
        let original = "# a comment\nkind: A\n{{ if .x }}\nspec:\n  a: {{ .y }}\n  b: 2\n";
        let rendered = "kind: A\nspec:\n  a: 1\n  b: 2\n";
        let text = aligned(rendered, original, 0);
        assert_eq!(text, "\nkind: A\n\nspec:\n  a: 1\n  b: 2\n");
    }

    #[test]
    fn block_scalars_and_what_stands_twice_are_not_moved() {
        let original = "a: |\n\n  x\n  y\nb: 1\nc:\n  b: 1\n";
        let rendered = "a: |\n  x\n  y\nb: 1\n";
        assert_eq!(aligned(rendered, original, 0), rendered);
        assert_eq!(aligned("k: v\n", "k: v\n", 2), "\n\nk: v\n");
    }
}

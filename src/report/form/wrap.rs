//! Sentences broken into lines.

/// Breaks a text at blanks so that no line is wider than `width`; further lines are indented.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            wrapped.push('\n');
            wrapped.extend(std::iter::repeat_n(' ', indent));
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.extend(word.chars().map(printable));
        column += length;
    }
    wrapped
}

/// A text as one line that is safe to show, whatever stands in it.
pub fn one_line(text: &str) -> String {
    text.chars().map(printable).collect()
}

/// A text whose lines are safe to show, whatever stands in them.
pub fn safe_lines(text: &str) -> String {
    let printable = |c| if c == '\n' { c } else { printable(c) };
    text.chars().map(printable).collect()
}

/// Control characters and marks that turn the text around cannot reach a terminal.
pub(crate) fn printable(character: char) -> char {
    let turns = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if character.is_control() || turns { '\u{FFFD}' } else { character }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_control_characters_are_replaced() {
        assert_eq!(wrap("one two three", 7, 2), "one two\n  three");
        assert_eq!(wrap("unbreakable", 3, 1), "unbreakable");
        assert_eq!(wrap("a\u{1b}[31m", 80, 0), "a\u{FFFD}[31m");
    }
}

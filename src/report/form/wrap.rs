//! Line wrapping.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Breaks a text at spaces so that no line is wider than `width`; further lines are indented.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let options = Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&one_line(text), options).join(&format!("\n{:indent$}", ""))
}

/// Any text as one line that is safe to show.
pub fn one_line(text: &str) -> String {
    text.chars().map(printable).collect()
}

/// Any text with lines that are safe to show.
pub fn safe_lines(text: &str) -> String {
    let printable = |c| if c == '\n' { c } else { printable(c) };
    text.chars().map(printable).collect()
}

/// Removes control characters and bidirectional marks.
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
        assert_eq!(wrap("wide \u{6f22}\u{5b57} end", 9, 0), "wide \u{6f22}\u{5b57}\nend");
    }
}

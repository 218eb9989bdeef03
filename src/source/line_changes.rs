//! The lines in which two texts differ.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Neighbouring lines that one text has in place of the other's; one of the ranges may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    /// Lines of the old text, from 0.
    pub old: Range<usize>,
    /// Lines of the new text, from 0.
    pub new: Range<usize>,
}

/// What differs between two texts, from top to bottom; `\r\n` and `\n` are different ends of a line.
pub fn line_changes(old: &str, new: &str) -> Vec<LineChange> {
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let lines = |range: Range<u32>| range.start as usize..range.end as usize;
    diff.hunks()
        .map(|hunk| LineChange { old: lines(hunk.before), new: lines(hunk.after) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_added_and_removed_lines_are_found() {
        let change = |old, new| LineChange { old, new };
        assert_eq!(
            line_changes("a\nb\nc\n", "a\nx\nc\nd\n"),
            [change(1..2, 1..2), change(3..3, 3..4)]
        );
        assert_eq!(line_changes("a\nb\n", "b\n"), [change(0..1, 0..0)]);
        assert_eq!(line_changes("a\n", "a\n"), []);
    }

    #[test]
    fn the_end_of_a_line_is_part_of_it() {
        assert_eq!(line_changes("a\nb", "a\nb\n").len(), 1);
        assert_eq!(line_changes("a\r\n", "a\n").len(), 1);
    }
}

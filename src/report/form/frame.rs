//! A few lines of an excerpt, fitted to a width: long lines are scrolled to the marked part.

use std::ops::Range;

use crate::source::Span;

use super::excerpt::Excerpt;

/// What a frame adds to a line besides its number: spaces and the border.
const BORDER: usize = 4;

/// The text between the middle of a mark and its label.
const ARROW: usize = 4;

/// The minimum length of a cut line, in characters.
const MIN_LINE: usize = 20;

/// The minimum width of a label below a mark, even beyond the edge.
const NARROWEST_WORDS: usize = 24;

/// Marks where a line is cut.
const CUT: char = '…';

/// Lines with marks, as shown.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The lines, with line breaks.
    pub(crate) text: String,
    /// How many lines of the file come before them.
    pub(crate) lines_before: usize,
    /// Offset and length of each mark, in the order of the spans; at least one byte, on one line.
    pub(crate) marks: Vec<(usize, usize)>,
    room: usize,
}

/// The visible part of one line.
#[derive(Debug)]
struct Window {
    /// Bytes of the excerpt.
    shown: Range<usize>,
    /// Their offset in the frame.
    at: usize,
}

impl Excerpt {
    /// How many characters of a line fit next to its number.
    pub(crate) fn room(&self, width: usize) -> usize {
        width.saturating_sub(self.numbers + BORDER).max(MIN_LINE)
    }

    /// The lines of some spans, with `context` lines above and below. On a line with several, the
    /// first is always visible.
    pub(crate) fn frame(&self, spans: &[Span], context: usize, width: usize) -> Frame {
        let room = self.room(width);
        let marked: Vec<_> = spans.iter().filter_map(|span| self.marked(*span)).collect();
        let lines = marked.iter().map(|(line, _)| *line);
        let mut first = lines.clone().min().unwrap_or_default();
        let mut last = lines.max().unwrap_or_default();
        // A frame numbers its lines consecutively.
        for _ in 0..context {
            first -= usize::from(first > 0 && self.follows(first - 1));
            last += usize::from(self.follows(last));
        }
        let mut text = String::new();
        let mut windows = Vec::new();
        for line in first..=last {
            if self.lines.is_empty() {
                break;
            }
            let mark = marked.iter().find(|(at, _)| *at == line).map(|(_, mark)| mark.clone());
            let whole = self.shown_line(line);
            let shown = self.window(whole.clone(), mark, room);
            if shown.start > whole.start {
                text.push(CUT);
            }
            windows.push(Window { shown: shown.clone(), at: text.len() });
            text.push_str(&self.text[shown.clone()]);
            if shown.end < whole.end {
                text.push(CUT);
            }
            text.push('\n');
        }
        let marks = marked.into_iter().map(|(line, mark)| {
            let Window { shown, at } = &windows[line - first];
            let place = |byte: usize| at + byte.clamp(shown.start, shown.end) - shown.start;
            let (start, end) = (place(mark.start), place(mark.end));
            (start, (end - start).max(1))
        });
        let number = self.lines.get(first).map_or(1, |line| line.number);
        Frame { marks: marks.collect(), text, lines_before: number as usize - 1, room }
    }

    /// The visible part of a line: all of it, its beginning, or the part around the mark.
    fn window(&self, line: Range<usize>, mark: Option<Range<usize>>, room: usize) -> Range<usize> {
        let text = &self.text[line.clone()];
        if text.char_indices().nth(room).is_none() {
            return line;
        }
        // One character is for the continuation sign.
        let forward = |from: usize, count: usize| {
            let rest = &self.text[from..line.end];
            from + rest.char_indices().nth(count).map_or(rest.len(), |(at, _)| at)
        };
        let backward = |from: usize, count: usize| {
            let before = &self.text[line.start..from];
            let at = before.char_indices().rev().nth(count.saturating_sub(1));
            at.map_or(line.start, |(at, _)| line.start + at)
        };
        let beginning = line.start..forward(line.start, room - 1);
        let Some(mark) = mark else { return beginning };
        let words_at = forward(line.start, room.saturating_sub(ARROW + NARROWEST_WORDS));
        // If the mark is longer than the frame, its beginning is still visible from here.
        let is_seen = mark.end <= beginning.end || mark.len() > room / 2;
        if is_seen && mark.start <= words_at {
            return beginning;
        }
        let start = backward(mark.start, room / 4);
        let end = forward(start, room - 2);
        if end < line.end {
            return start..end;
        }
        // More of the preceding text, as long as there is room for the label below.
        let filled = backward(line.end, room - 1);
        let before = room.saturating_sub(ARROW + NARROWEST_WORDS + 1);
        filled.max(backward(mark.start, before))..line.end
    }
}

impl Frame {
    /// The maximum width of a label below the beginning of a mark.
    pub(crate) fn room_below(&self, mark: usize) -> usize {
        let (start, _) = self.marks[mark];
        let before = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let column = self.text[before..start].chars().count();
        self.room.saturating_sub(column + ARROW).max(NARROWEST_WORDS)
    }

    /// Shortens a mark if a label of this width would not fit below its middle.
    pub(crate) fn make_room(&mut self, mark: usize, words: usize) {
        let (start, length) = self.marks[mark];
        let column = self.room_below(mark);
        let most = column.checked_sub(words).map_or(length, |half| half * 2 + 1);
        let marked = self.text[start..].char_indices().nth(most).map_or(length, |(at, _)| at);
        self.marks[mark] = (start, length.min(marked));
    }
}

#[cfg(test)]
mod tests {
    use crate::report::form::{Discretion, Excerpt};
    use crate::source::{Sources, Span};

    fn frame(text: &str, wanted: &str) -> (String, String) {
        let mut sources = Sources::default();
        let id = sources.add("long.yaml".to_owned(), text.to_owned());
        let excerpt = Excerpt::of(sources.get(id), &Discretion::default());
        let start = text.find(wanted).unwrap() as u32;
        let span = Span::new(id, start, start + wanted.len() as u32);
        let frame = excerpt.frame(&[span], 0, 80);
        let (at, length) = frame.marks[0];
        let marked = frame.text[at..at + length].to_owned();
        (frame.text.trim_end().to_owned(), marked)
    }

    #[test]
    fn a_long_line_slides_to_what_is_marked() {
        for (before, after) in [(0, 400), (60, 400), (300, 400), (400, 0), (400, 30), (70, 0)] {
            let text = format!("{}needle{}\n", "a ".repeat(before), " b".repeat(after));
            let (shown, marked) = frame(&text, "needle");
            assert_eq!(marked, "needle", "{shown}");
            assert!(shown.chars().count() <= 75, "{shown}");
            assert_eq!(shown.starts_with('…'), before > 20, "{shown}");
            assert_eq!(shown.ends_with('…'), after > 20 || (before, after) == (0, 400), "{shown}");
        }
    }

    #[test]
    fn wide_characters_are_not_torn() {
        let text = format!("{}needle{}\n", "é🦀".repeat(90), "ß".repeat(90));
        let (shown, marked) = frame(&text, "needle");
        assert_eq!(marked, "needle");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
    }
}

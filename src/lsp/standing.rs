//! A temporarily broken file, with the text used until it is readable again.

use std::ops::Range;

use crate::document::split;

/// The text used in place of a broken one, and which bytes both share.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// The current text.
    pub(super) current: String,
    /// The last completely readable text.
    pub(super) good: String,
    /// Where the current text becomes unreadable, for the note about it.
    pub(super) place: Range<usize>,
    /// The length of the common start, in bytes.
    before: usize,
    /// The length of the common end, in bytes.
    behind: usize,
    /// The length of the effective text.
    length: usize,
}

/// The current text, with unreadable documents replaced by their last readable version; `None` if
/// documents were added or removed, so that they cannot be matched.
pub(super) fn mended(current: &str, good: &str, breaks: &[Range<usize>]) -> Option<String> {
    let (now, then) = (split(current), split(good));
    if now.len() != then.len() {
        return None;
    }
    let mut text = String::with_capacity(current.len());
    let mut done = 0;
    for (new, old) in now.iter().zip(&then) {
        // A problem at the end is after the last byte.
        if breaks.iter().any(|place| new.start <= place.start && place.start <= new.end) {
            text.push_str(&current[done..new.start]);
            text.push_str(&good[old.start..old.end]);
            done = new.end;
        }
    }
    text.push_str(&current[done..]);
    Some(text)
}

impl Standing {
    /// `counts` is the effective text.
    pub(super) fn new(current: String, good: String, counts: &str, place: Range<usize>) -> Self {
        let before = current.bytes().zip(counts.bytes()).take_while(|(one, other)| one == other);
        let before = before.count();
        let rest = (current.len() - before).min(counts.len() - before);
        let ends = current.bytes().rev().zip(counts.bytes().rev()).take(rest);
        let behind = ends.take_while(|(one, other)| one == other).count();
        let length = counts.len();
        Self { current, good, place, before, behind, length }
    }

    /// Maps a location in the effective text to the current one; `None` if it was edited.
    pub(super) fn now(&self, place: Range<usize>) -> Option<Range<usize>> {
        moved(place, self.before, self.length - self.behind, self.length, self.current.len())
    }

    /// Maps a byte of the current text to the effective text.
    pub(super) fn then(&self, byte: usize) -> Option<usize> {
        let edited = self.current.len() - self.behind;
        let place = moved(byte..byte, self.before, edited, self.current.len(), self.length)?;
        Some(place.start)
    }
}

/// Maps a location before or after the edit between the two texts.
fn moved(
    place: Range<usize>,
    before: usize,
    behind: usize,
    from: usize,
    to: usize,
) -> Option<Range<usize>> {
    if place.end <= before {
        Some(place)
    } else if place.start >= behind {
        Some(place.start + to - from..place.end + to - from)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documents_that_break_off_are_taken_from_the_last_good_text() {
        let good = "a: 1\n---\nb: [1]\n---\nc: 1\n";
        let current = "a: 2\n---\nb: [\n---\nc: 2\n";
        let at = current.find('[').unwrap();
        let text = mended(current, good, std::slice::from_ref(&(at..at + 1))).unwrap();
        assert_eq!(text, "a: 2\n---\nb: [1]\n---\nc: 2\n");
        assert_eq!(
            mended("a: 2\n---\nb: [\n", good, std::slice::from_ref(&(9..10))),
            None,
            "a document went"
        );
    }

    #[test]
    fn places_beside_the_edit_move_with_it() {
        let (good, current) = ("a: 1\nb: [1]\nc: 1\n", "a: 1\nb: [\nc: 1\n");
        let standing = Standing::new(current.to_owned(), good.to_owned(), good, 0..0);
        let place = |text: &str, word: &str| {
            let at = text.find(word).unwrap();
            at..at + word.len()
        };
        assert_eq!(standing.now(place(good, "a: 1")), Some(place(current, "a: 1")));
        assert_eq!(standing.now(place(good, "c: 1")), Some(place(current, "c: 1")));
        assert_eq!(standing.now(place(good, "[1]")), None);
        assert_eq!(standing.then(current.find("c:").unwrap()), good.find("c:"));
    }
}

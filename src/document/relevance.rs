//! Whether a document can matter at all, decided without parsing it.

use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memchr_iter;
use rayon::prelude::*;

/// Words of which at least one stands in every document that the world reads.
#[derive(Debug, Clone)]
pub struct Relevance {
    words: Option<Words>,
}

#[derive(Debug, Clone)]
struct Words {
    /// First the words that always count, then those that count only if they are called for.
    search: AhoCorasick,
    always: usize,
    /// What calls for the others; its words always count.
    calls: Option<AhoCorasick>,
    is_called: bool,
}

/// What follows the backslash where a quoted YAML scalar spells a letter, or breaks a line.
const ESCAPES: [u8; 5] = [b'x', b'u', b'U', b'\n', b'\r'];

/// The tag that decodes base64.
const BINARY: [&str; 2] = ["!!binary", "2002:binary"];

/// What a document can be, by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// It can matter.
    Relevant,
    /// It can matter where another document calls for it.
    Deferred,
    /// It cannot.
    None,
}

impl Relevance {
    /// Only documents that contain one of the words, and those that contain one of the `deferred`
    /// where one of `calls` (which always count) stands anywhere in the input.
    ///
    /// Sound whatever the quoting, anchors, tags or escapes, as long as the words hold neither `/`
    /// nor white space (reference/yaml.md §5.4).
    pub fn of(words: &[&str], deferred: &[&str], calls: &[&str]) -> Self {
        // Few words, none of them short, are searched several times as fast as many.
        let others = calls.iter().filter(|call| !words.contains(call)).copied();
        let always: Vec<&str> =
            BINARY.into_iter().chain(words.iter().copied()).chain(others).collect();
        let search = search(&[&always, deferred].concat());
        let calls = self::search(&[&BINARY, calls].concat());
        let always = always.len();
        let words = search.map(|search| Words { search, always, calls, is_called: false });
        Self { words }
    }

    /// Every document.
    pub fn everything() -> Self {
        Self { words: None }
    }

    /// Whether every document counts.
    pub fn is_everything(&self) -> bool {
        self.words.is_none()
    }

    /// Whether a text may hold words that are not there letter by letter.
    pub fn may_spell(text: &str) -> bool {
        may_escape(text) || BINARY.iter().any(|tag| text.contains(tag))
    }

    /// What is relevant in an input of these texts.
    #[must_use]
    pub fn settle<'t>(&self, texts: impl ParallelIterator<Item = &'t str>) -> Self {
        if texts.any(|text| self.calls(text)) { self.called() } else { self.clone() }
    }

    /// What is relevant where the deferred words are called for.
    #[must_use]
    pub fn called(&self) -> Self {
        let words = self.words.clone().map(|words| Words { is_called: true, ..words });
        Self { words }
    }

    /// Whether a text calls for the deferred words.
    pub fn calls(&self, text: &str) -> bool {
        let calls = self.words.as_ref().and_then(|words| words.calls.as_ref());
        calls.is_some_and(|calls| may_escape(text) || calls.is_match(text))
    }

    /// Whether a document must be parsed.
    pub fn holds(&self, document: &str) -> bool {
        self.bearing(document) == Bearing::Relevant
    }

    /// What a document can be.
    pub fn bearing(&self, document: &str) -> Bearing {
        self.words.as_ref().map_or(Bearing::Relevant, |words| words.bearing(document, ""))
    }

    /// Whether a document must be parsed because of another word than this one.
    pub fn holds_beside(&self, word: &str, document: &str) -> bool {
        let bearing = |words: &Words| words.bearing(document, word) == Bearing::Relevant;
        self.words.as_ref().is_none_or(bearing)
    }
}

impl Words {
    /// What a document can be if one word does not count.
    fn bearing(&self, document: &str, but: &str) -> Bearing {
        if may_escape(document) {
            return Bearing::Relevant;
        }
        let mut bearing = Bearing::None;
        let mut from = 0;
        while let Some(found) = self.search.find(Input::new(document).range(from..)) {
            let pattern = found.pattern().as_usize();
            if pattern >= self.always && !self.is_called {
                bearing = Bearing::Deferred;
            } else if document[found.range()] != *but {
                return Bearing::Relevant;
            }
            // Another word may begin within this one.
            from = found.start() + 1;
        }
        bearing
    }
}

/// Whether a text holds an escape that can spell a letter.
fn may_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut backslashes = memchr_iter(b'\\', bytes);
    backslashes.any(|at| bytes.get(at + 1).is_some_and(|next| ESCAPES.contains(next)))
}

/// Leftmost matches are not asked for, but only they are searched with vector instructions.
fn search(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_binary_scalars_are_never_skipped() {
        let relevance = Relevance::of(&["Secret"], &[], &[]);
        assert!(relevance.holds("kind: Secret"));
        assert!(relevance.holds("kind: \"S\\x65cret\""));
        assert!(relevance.holds("kind: !!binary U2VjcmV0"));
        assert!(relevance.holds("kind: \"Sec\\\n  ret\""));
        assert!(!relevance.holds("kind: ConfigMap"));
    }

    #[test]
    fn deferred_words_count_only_where_the_input_calls_for_them() {
        let relevance = Relevance::of(&["Secret", "dome"], &["Pod"], &["Policy"]);
        let settled = |texts: &[&str]| relevance.settle(texts.par_iter().copied());
        assert!(settled(&["kind: X", "kind: Policy"]).holds("kind: Pod"));
        assert!(settled(&["kind: \"\\x50olicy\""]).holds("kind: Pod"));
        assert!(!settled(&["kind: X"]).holds("kind: Pod"));
        assert!(settled(&["kind: X"]).holds("kind: Secret"));
        assert_eq!(relevance.bearing("kind: Pod"), Bearing::Deferred);
        assert_eq!(relevance.bearing("kind: Pod, Policy"), Bearing::Relevant);
        assert_eq!(relevance.bearing("kind: Podome"), Bearing::Relevant);
        assert_eq!(relevance.bearing("kind: X"), Bearing::None);
    }

    #[test]
    fn a_word_can_be_looked_away_from() {
        let relevance = Relevance::of(&["Secret", "Mapping"], &[], &[]);
        assert!(!relevance.holds_beside("Secret", "kind: Secret"));
        assert!(relevance.holds_beside("Secret", "kind: Secret # Mapping"));
        assert!(relevance.holds_beside("Secret", "kind: \"S\\x65cret\""));
    }
}

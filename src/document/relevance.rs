//! Whether a document can matter at all, decided without parsing it.

use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;

/// Words of which at least one stands in every document that the world reads.
#[derive(Debug)]
pub struct Relevance {
    words: Option<AhoCorasick>,
    /// Words that count too, and those of which one must stand in the input for that.
    companions: Option<(AhoCorasick, AhoCorasick)>,
    escapes: Option<AhoCorasick>,
}

/// The escapes with which a quoted YAML scalar can spell a letter, and the tag that decodes base64.
const ESCAPES: [&str; 7] = ["\\x", "\\u", "\\U", "\\\n", "\\\r", "!!binary", "2002:binary"];

impl Relevance {
    /// Only documents that contain one of the words.
    ///
    /// Sound whatever the quoting, anchors, tags or escapes, as long as the words hold neither `/`
    /// nor white space (reference/yaml.md §5.4).
    pub fn of(words: &[&str]) -> Self {
        Self { words: search(words), companions: None, escapes: search(&ESCAPES) }
    }

    /// Documents that contain one of these words count too, unless [`Self::settle`] finds that
    /// none of `where_any` stands anywhere in the input.
    #[must_use]
    pub fn and(mut self, words: &[&str], where_any: &[&str]) -> Self {
        self.companions = search(words).zip(search(where_any));
        self
    }

    /// What is relevant in an input of these texts.
    #[must_use]
    pub fn settle<'t>(&self, texts: impl ParallelIterator<Item = &'t str>) -> Self {
        let called_for = |(_, where_any): &(AhoCorasick, AhoCorasick)| {
            texts.any(|text| where_any.is_match(text) || self.may_spell(text))
        };
        let companions = self.companions.clone();
        Self {
            words: self.words.clone(),
            companions: companions.filter(called_for),
            escapes: self.escapes.clone(),
        }
    }

    /// Every document.
    pub fn everything() -> Self {
        Self { words: None, companions: None, escapes: None }
    }

    /// Whether a document must be parsed.
    pub fn holds(&self, document: &str) -> bool {
        let companion = || {
            self.companions.as_ref().is_some_and(|(companions, _)| companions.is_match(document))
        };
        self.words.as_ref().is_none_or(|words| words.is_match(document))
            || companion()
            || self.may_spell(document)
    }

    /// Whether a text may hold words that are not there letter by letter.
    fn may_spell(&self, text: &str) -> bool {
        self.escapes.as_ref().is_none_or(|escapes| escapes.is_match(text))
    }
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
        let relevance = Relevance::of(&["Secret"]);
        assert!(relevance.holds("kind: Secret"));
        assert!(relevance.holds("kind: \"S\\x65cret\""));
        assert!(relevance.holds("kind: !!binary U2VjcmV0"));
        assert!(relevance.holds("kind: \"Sec\\\n  ret\""));
        assert!(!relevance.holds("kind: ConfigMap"));
    }

    #[test]
    fn companions_count_only_where_the_input_calls_for_them() {
        let relevance = Relevance::of(&["Secret"]).and(&["Pod"], &["Policy"]);
        let settled = |texts: &[&str]| relevance.settle(texts.par_iter().copied());
        assert!(settled(&["kind: X", "kind: Policy"]).holds("kind: Pod"));
        assert!(settled(&["kind: \"\\x50olicy\""]).holds("kind: Pod"));
        assert!(!settled(&["kind: X"]).holds("kind: Pod"));
        assert!(settled(&["kind: X"]).holds("kind: Secret"));
    }
}

//! Whether a document can matter at all, decided without parsing it.

use aho_corasick::AhoCorasick;

/// Words of which at least one stands in every document that the world reads.
#[derive(Debug)]
pub struct Relevance {
    words: Option<AhoCorasick>,
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
        Self { words: AhoCorasick::new(words).ok(), escapes: AhoCorasick::new(ESCAPES).ok() }
    }

    /// Every document.
    pub fn everything() -> Self {
        Self { words: None, escapes: None }
    }

    /// Whether a document must be parsed.
    pub fn holds(&self, document: &str) -> bool {
        let found = |needles: &Option<AhoCorasick>| {
            needles.as_ref().is_none_or(|needles| needles.is_match(document))
        };
        found(&self.words) || found(&self.escapes)
    }
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
}

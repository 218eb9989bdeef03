//! Decides whether a document is relevant, without parsing it.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memchr_iter;

/// Words of which every relevant document contains at least one.
#[derive(Debug, Clone)]
pub struct Relevance {
    /// `None` if every document is relevant.
    words: Option<Arc<Words>>,
}

/// The words to search for, by meaning. Words of less than four bytes make the search several times
/// slower.
#[derive(Debug, Clone, Copy, Default)]
pub struct Vocabulary<'w> {
    /// Words that make a document relevant.
    pub always: &'w [&'w str],
    /// Words that make a document relevant if the input has any of `calls`.
    pub deferred: &'w [&'w str],
    /// Words that make the deferred documents relevant; a document with one is always relevant.
    pub calls: &'w [&'w str],
    /// The word of `always` that documents with nothing else are [`Signs::is_plain`] for.
    pub plain: &'w str,
    /// Words that only matter in a document that would be plain without them.
    pub telling: &'w [&'w str],
    /// A word that is only recorded ([`Signs::is_marked`]).
    pub mark: &'w str,
}

#[derive(Debug)]
struct Words {
    search: AhoCorasick,
    /// For each pattern of the search, its word and the words that it starts with.
    implied: Vec<Set>,
    always: Set,
    deferred: Set,
    calls: Set,
    plain: Set,
    telling: Set,
    mark: Set,
}

/// A set of words, one bit each.
type Set = u64;

/// The character after the backslash if an escape in a quoted scalar spells a letter or breaks a
/// line.
const ESCAPES: [u8; 5] = [b'x', b'u', b'U', b'\n', b'\r'];

/// The tag that decodes base64.
const BINARY: [&str; 2] = ["!!binary", "2002:binary"];

/// The relevance of a document by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// It may be relevant.
    Relevant,
    /// It may be relevant if another document calls for it.
    Deferred,
    /// It is not relevant.
    None,
}

/// The result of searching a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// Whether it is relevant.
    pub bearing: Bearing,
    /// Whether it calls for the deferred documents.
    pub calls: bool,
    /// Whether only the plain word makes it relevant.
    pub is_plain: bool,
    /// Whether it contains the mark, spelt without escapes.
    pub is_marked: bool,
}

impl Relevance {
    /// Only documents with one of the words are relevant.
    ///
    /// This is sound for any quoting, anchors, tags and escapes, provided that words contain
    /// neither `/` nor white space, unless every scalar in question contains them unescaped.
    pub fn of(vocabulary: &Vocabulary<'_>) -> Self {
        let Vocabulary { always, deferred, calls, plain, telling, mark } = *vocabulary;
        let always = [&BINARY, always, calls].concat();
        let calls = [&BINARY, calls].concat();
        let mut all: Vec<&str> = [&always, deferred, telling, &[plain, mark]].concat();
        all.retain(|word| !word.is_empty());
        // Of several words that start at the same place, the longest is found.
        all.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut unique: Vec<&str> = Vec::new();
        for word in all {
            if !unique.contains(&word) {
                unique.push(word);
            }
        }
        let set = |fits: &dyn Fn(&str) -> bool| -> Set {
            let fitting = unique.iter().enumerate().filter(|(_, word)| fits(word));
            fitting.fold(0, |set, (at, _)| set | 1 << at)
        };
        // Leftmost matching is not needed, but only it uses vector instructions.
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&unique);
        let words =
            search.ok().filter(|_| unique.len() <= Set::BITS as usize).map(|search| Words {
                search,
                implied: unique
                    .iter()
                    .map(|longer| set(&|word| longer.starts_with(word)))
                    .collect(),
                always: set(&|word| always.contains(&word)),
                deferred: set(&|word| deferred.contains(&word)),
                calls: set(&|word| calls.contains(&word)),
                plain: set(&|word| word == plain),
                telling: set(&|word| telling.contains(&word)),
                mark: set(&|word| word == mark),
            });
        Self { words: words.map(Arc::new) }
    }

    /// Every document is relevant.
    pub fn everything() -> Self {
        Self { words: None }
    }

    /// Whether every document is relevant.
    pub fn is_everything(&self) -> bool {
        self.words.is_none()
    }

    /// Whether a text may contain words in an escaped or encoded spelling.
    pub fn may_spell(text: &str) -> bool {
        may_escape(text) || BINARY.iter().any(|tag| text.contains(tag))
    }

    /// Searches a document for the words.
    pub fn signs(&self, document: &str) -> Signs {
        let Some(words) = &self.words else {
            let bearing = Bearing::Relevant;
            return Signs { bearing, calls: false, is_plain: false, is_marked: true };
        };
        let seen = words.seen(document);
        if may_escape(document) {
            let (bearing, is_marked) = (Bearing::Relevant, seen & words.mark != 0);
            return Signs { bearing, calls: true, is_plain: false, is_marked };
        }
        let bearing = if seen & words.always != 0 {
            Bearing::Relevant
        } else if seen & words.deferred != 0 {
            Bearing::Deferred
        } else {
            Bearing::None
        };
        let counts = words.always | words.telling;
        let is_plain = words.plain != 0 && seen & counts == words.plain;
        let (calls, is_marked) = (seen & words.calls != 0, seen & words.mark != 0);
        Signs { bearing, calls, is_plain, is_marked }
    }
}

impl Words {
    /// All words in a document.
    fn seen(&self, document: &str) -> Set {
        let mut seen = 0;
        let mut from = 0;
        while let Some(found) = self.search.find(Input::new(document).range(from..)) {
            seen |= self.implied[found.pattern().as_usize()];
            // Another word may start within this one.
            from = found.start() + 1;
        }
        seen
    }
}

/// Whether a text has an escape that can spell a letter.
fn may_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut backslashes = memchr_iter(b'\\', bytes);
    backslashes.any(|at| bytes.get(at + 1).is_some_and(|next| ESCAPES.contains(next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relevance() -> Relevance {
        Relevance::of(&Vocabulary {
            always: &["Secret", "dome", "Mapping", "mtlsctl:"],
            deferred: &["Pod"],
            calls: &["Policy"],
            plain: "Secret",
            telling: &["mtlsctl", "applied"],
            mark: "kustomize",
        })
    }

    fn bearing(document: &str) -> Bearing {
        relevance().signs(document).bearing
    }

    #[test]
    fn escapes_and_binary_scalars_are_never_skipped() {
        for document in [
            "Secret",
            "\"S\\x65cret\"",
            "!!binary U2VjcmV0",
            "\"Sec\\\n  ret\"",
            "!<tag:2002:binary> A",
        ] {
            assert_eq!(bearing(&format!("kind: {document}")), Bearing::Relevant, "{document}");
        }
        assert_eq!(bearing("kind: ConfigMap"), Bearing::None);
    }

    #[test]
    fn deferred_words_count_only_if_the_input_calls_for_them() {
        assert_eq!(bearing("kind: Pod"), Bearing::Deferred);
        assert_eq!(bearing("kind: Pod, Policy"), Bearing::Relevant);
        assert_eq!(bearing("kind: Podome"), Bearing::Relevant);
        assert_eq!(bearing("kind: X"), Bearing::None);
        let calls = |document: &str| relevance().signs(document).calls;
        assert!(calls("kind: Policy"));
        assert!(calls("kind: \"\\x50olicy\""));
        assert!(calls("kind: Secret\nx: Policy"));
        assert!(!calls("kind: Secret"));
    }

    #[test]
    fn a_plain_document_contains_no_other_telling_word() {
        let is_plain = |document: &str| relevance().signs(document).is_plain;
        assert!(is_plain("kind: Secret"));
        assert!(is_plain("kind: Secret\nof: Pod kustomize Secret"));
        for other in ["Mapping", "Policy", "mtlsctl", "mtlsctl: x", "last-applied", "!!binary"] {
            assert!(!is_plain(&format!("kind: Secret # {other}")), "{other}");
        }
        assert!(!is_plain("kind: \"S\\x65cret\""));
        assert!(!is_plain("kind: Pod"));
        assert!(relevance().signs("kustomize").is_marked);
        assert!(!relevance().signs("kustom").is_marked);
    }

    #[test]
    fn with_too_many_words_every_document_is_relevant() {
        let many: Vec<String> = (0..65).map(|number| format!("word{number:02}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let relevance = Relevance::of(&Vocabulary { always: &many, ..Vocabulary::default() });
        assert!(relevance.is_everything());
    }
}

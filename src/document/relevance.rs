//! Whether a document can matter at all, decided without parsing it.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memchr_iter;

/// Words of which at least one stands in every document that the world reads.
#[derive(Debug, Clone)]
pub struct Relevance {
    /// `None` where every document counts.
    words: Option<Arc<Words>>,
}

/// Which words are looked for, and what each of them is a sign of. Words of less than four bytes make
/// the search several times slower.
#[derive(Debug, Clone, Copy, Default)]
pub struct Vocabulary<'w> {
    /// Words that make a document matter.
    pub always: &'w [&'w str],
    /// Words that make one matter where one of `calls` stands anywhere in the input.
    pub deferred: &'w [&'w str],
    /// What calls for those; such a document always matters.
    pub calls: &'w [&'w str],
    /// The word of `always` by which a document matters least ([`Signs::is_plain`]).
    pub plain: &'w str,
    /// Words that matter only in a document that would be plain without them.
    pub telling: &'w [&'w str],
    /// A word whose presence is to be known ([`Signs::is_marked`]), and that changes nothing else.
    pub mark: &'w str,
}

#[derive(Debug)]
struct Words {
    search: AhoCorasick,
    /// For each pattern of the search, itself and those that it begins with.
    implied: Vec<Set>,
    always: Set,
    deferred: Set,
    calls: Set,
    plain: Set,
    telling: Set,
    mark: Set,
}

/// Some of the words that are looked for, a bit for each.
type Set = u64;

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

/// What the words of a document show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// Whether it can matter.
    pub bearing: Bearing,
    /// Whether it calls for the deferred words.
    pub calls: bool,
    /// Whether it matters only by the word that matters least.
    pub is_plain: bool,
    /// Whether the mark stands in it, letter by letter.
    pub is_marked: bool,
}

impl Relevance {
    /// Only documents that contain one of the words.
    ///
    /// Sound whatever the quoting, anchors, tags or escapes, as long as the words hold neither `/`
    /// nor white space, or only where no scalar that is meant can do without it.
    pub fn of(vocabulary: &Vocabulary<'_>) -> Self {
        let Vocabulary { always, deferred, calls, plain, telling, mark } = *vocabulary;
        let always = [&BINARY, always, calls].concat();
        let calls = [&BINARY, calls].concat();
        let mut all: Vec<&str> = [&always, deferred, telling, &[plain, mark]].concat();
        all.retain(|word| !word.is_empty());
        // Of several that begin at one place, the longest is found.
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
        // Leftmost matches are not asked for, but only they are searched with vector instructions.
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

    /// Looks for the words in a document.
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
    /// All words that stand in a document.
    fn seen(&self, document: &str) -> Set {
        let mut seen = 0;
        let mut from = 0;
        while let Some(found) = self.search.find(Input::new(document).range(from..)) {
            seen |= self.implied[found.pattern().as_usize()];
            // Another word may begin within this one.
            from = found.start() + 1;
        }
        seen
    }
}

/// Whether a text holds an escape that can spell a letter.
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
    fn deferred_words_count_only_where_the_input_calls_for_them() {
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
    fn a_plain_document_holds_no_other_word_that_tells_something() {
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
    fn more_words_than_can_be_told_apart_make_everything_count() {
        let many: Vec<String> = (0..65).map(|number| format!("word{number:02}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let relevance = Relevance::of(&Vocabulary { always: &many, ..Vocabulary::default() });
        assert!(relevance.is_everything());
    }
}

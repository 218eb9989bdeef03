//! "Did you mean": the known word closest to a misspelt one.

use std::cell::Cell;

/// Longest word that is compared, in bytes: no Kubernetes name is longer (RFC 1123).
const LONGEST_WORD: usize = 253;

/// Maximum number of letter-by-letter comparisons for a set of names. After that there are no
/// suggestions, which bounds the cost for thousands of misspelt names among similar ones.
const MOST_COMPARISONS: u32 = 200_000;

/// The words that may have been meant.
#[derive(Debug)]
pub struct Names<'a> {
    /// By the length of their plain form.
    names: Vec<Name<'a>>,
    compared: Cell<u32>,
}

#[derive(Debug)]
struct Name<'a> {
    written: &'a str,
    plain: Plain,
}

/// A word without case and punctuation.
#[derive(Debug)]
struct Plain {
    text: String,
    length: usize,
    /// The letters that occur, each as one of 64 bits.
    letters: u64,
}

impl Plain {
    fn of(word: &str) -> Self {
        if word.is_ascii() {
            let mut plain = Self { text: String::with_capacity(word.len()), length: 0, letters: 0 };
            for byte in word.bytes().filter(u8::is_ascii_alphanumeric) {
                let byte = byte.to_ascii_lowercase();
                plain.text.push(char::from(byte));
                plain.letters |= 1 << (byte % 64);
            }
            plain.length = plain.text.len();
            return plain;
        }
        let letters = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        let text: String = letters.collect();
        let bits = text.chars().map(|c| 1 << (u32::from(c) % 64));
        Self { length: text.chars().count(), letters: bits.fold(0, |all, bit| all | bit), text }
    }
}

impl<'a> Names<'a> {
    /// The names that may have been meant.
    pub fn of(candidates: impl IntoIterator<Item = &'a str>) -> Self {
        let short = candidates.into_iter().filter(|name| name.len() <= LONGEST_WORD);
        let mut names: Vec<Name<'a>> =
            short.map(|written| Name { written, plain: Plain::of(written) }).collect();
        names.sort_by_key(|name| name.plain.length);
        Self { names, compared: Cell::new(0) }
    }

    /// The name closest to a word, if it may be a typo for it: a third of its letters may differ,
    /// ignoring case and punctuation.
    pub fn nearest(&self, word: &str) -> Option<&'a str> {
        self.near(word).into_iter().min().map(|(_, name)| name)
    }

    /// The name that was meant, if exactly one is close enough.
    pub fn only(&self, word: &str) -> Option<(&'a str, Likeness)> {
        let near = self.near(word);
        let (_, first) = *near.first()?;
        let alone = near.iter().all(|(_, name)| *name == first);
        (alone && !self.is_exhausted()).then(|| (first, likeness(word, first)))
    }

    /// All names that are close enough to a word.
    pub fn similar(&self, word: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.near(word).into_iter().map(|(_, name)| name)
    }

    /// Whether the limit of comparisons was reached, so that a similar name may have been missed.
    pub fn is_exhausted(&self) -> bool {
        self.compared.get() >= MOST_COMPARISONS
    }

    fn near(&self, word: &str) -> Vec<(usize, &'a str)> {
        if word.len() > LONGEST_WORD {
            return Vec::new();
        }
        let wanted = Plain::of(word);
        let allowed = (wanted.length / 3).max(1);
        let first = self.names.partition_point(|name| name.plain.length + allowed < wanted.length);
        let alike = self.names[first..]
            .iter()
            .take_while(|name| name.plain.length <= wanted.length + allowed)
            // A replaced letter removes one and adds one.
            .filter(|name| {
                let differing = (name.plain.letters ^ wanted.letters).count_ones();
                differing as usize <= 2 * allowed && name.written != word
            });
        let mut found = Vec::new();
        for name in alike {
            if self.is_exhausted() {
                break;
            }
            self.compared.set(self.compared.get() + 1);
            let distance = distance(&wanted.text, &name.plain.text);
            if distance <= allowed && !is_extended(word, name.written) {
                found.push((distance, name.written));
            }
        }
        found
    }
}

/// The number of letters that differ, where two swapped letters count as one. Common prefixes and
/// suffixes do not affect it, and are most of a similar name.
fn distance(one: &str, other: &str) -> usize {
    if !one.is_ascii() || !other.is_ascii() {
        return strsim::osa_distance(one, other);
    }
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[same..], &other[same..]);
    let ends = one.bytes().rev().zip(other.bytes().rev());
    let same = ends.take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    match one.is_empty() || other.is_empty() {
        true => one.len().max(other.len()),
        false => strsim::osa_distance(one, other),
    }
}

/// The candidate closest to a single word; use [`Names`] for many words.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Names::of(candidates).nearest(word)
}

/// Whether one name is the other with whole parts before or after it: `consul-dc1` is not a typo
/// for `consul`, nor is `my-endpoint` for `endpoint`.
fn is_extended(word: &str, other: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let (one, two) = (parts(word), parts(other));
    let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
    short.len() < long.len() && (long.starts_with(&short) || long.ends_with(&short))
}

/// How likely it is that one word is a typo for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Similar, but so are names of different things: `team-a` and `team-b`.
    Near,
    /// A typo: punctuation, case, or in a longer word two swapped letters, or a letter too many or
    /// too few, except at its end.
    Typo,
}

/// How likely a word is a typo for another one.
pub fn likeness(word: &str, other: &str) -> Likeness {
    const LONG: usize = 6;
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (word, other) = (plain(word), plain(other));
    if word == other {
        return Likeness::Typo;
    }
    let digits = |word: &[char]| word.iter().copied().filter(char::is_ascii_digit).collect();
    let (one, two): (Vec<char>, Vec<char>) = (digits(&word), digits(&other));
    let long = word.len().min(other.len()) >= LONG;
    let same_end = word.last() == other.last();
    let rearranged = word.len() != other.len() || {
        let sorted = |word: &[char]| {
            let mut letters = word.to_vec();
            letters.sort_unstable();
            letters
        };
        sorted(&word) == sorted(&other)
    };
    let (word, other): (String, String) = (word.into_iter().collect(), other.into_iter().collect());
    let close = strsim::osa_distance(&word, &other) <= 1;
    if long && same_end && rearranged && close && one == two {
        Likeness::Typo
    } else {
        Likeness::Near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_distinguished_from_similar_names() {
        let slips = [
            ("bookinfo-upstrem", "bookinfo-upstream"),
            ("bookinfo_upstream", "bookinfo-upstream"),
            ("bokoinfo", "bookinfo"),
            ("certChainFile", "cert_chain_file"),
        ];
        for (word, meant) in slips {
            assert_eq!(
                Names::of([meant, "other"]).only(word),
                Some((meant, Likeness::Typo)),
                "{word}"
            );
        }
        let near = [
            ("client-a", "client-b"),
            ("upstream-1", "upstream-2"),
            ("mesh-upstreams", "mesh-upstream"),
            ("upstream", "upstreem"),
        ];
        for (word, meant) in near {
            assert_eq!(Names::of([meant]).only(word), Some((meant, Likeness::Near)), "{word}");
        }
        assert_eq!(Names::of(["client1", "client2"]).only("client"), None);
        let extended = [
            ("consul-dc1", "consul"),
            ("my-endpoint", "endpoint"),
            ("upstream-v2", "upstream"),
            ("backend", "backend-mtls"),
        ];
        for (word, other) in extended {
            assert_eq!(Names::of([other]).nearest(word), None, "{word}");
        }
        assert_eq!(Names::of(["other"]).only("client"), None);
    }

    #[test]
    fn typos_are_found_and_other_names_are_not() {
        let fields = ["secret", "ca_secret", "cert_chain_file", "cacert_chain_file"];
        assert_eq!(nearest("cert_chainfile", fields), Some("cert_chain_file"));
        assert_eq!(nearest("certChainFile", fields), Some("cert_chain_file"));
        assert_eq!(nearest("ca-secret", fields), Some("ca_secret"));
        assert_eq!(nearest("weight", fields), None);
    }

    #[test]
    fn names_as_long_as_kubernetes_allows_are_compared_and_longer_ones_are_not() {
        let known = "a".repeat(LONGEST_WORD);
        assert_eq!(nearest(&known[1..], [known.as_str()]), Some(known.as_str()));
        assert_eq!(nearest(&format!("{known}b"), [known.as_str()]), None);
        let long = format!("{known}b");
        assert_eq!(nearest(&known, [long.as_str()]), None);
    }

    #[test]
    fn common_prefixes_and_suffixes_do_not_change_the_distance() {
        let letters = ["", "a", "ab", "ba", "abab", "aab", "bbaab", "abba", "babab", "ü"];
        for one in letters {
            for other in letters {
                for (before, behind) in [("", ""), ("ab", ""), ("", "ba"), ("aba", "b")] {
                    let (one, other) =
                        (format!("{before}{one}{behind}"), format!("{before}{other}{behind}"));
                    let expected = strsim::osa_distance(&one, &other);
                    assert_eq!(distance(&one, &other), expected, "{one} {other}");
                }
            }
        }
    }

    #[test]
    fn comparisons_end_at_their_limit() {
        let known: Vec<String> = (0..1_000).map(|number| format!("context-{number:04}")).collect();
        let names = Names::of(known.iter().map(String::as_str));
        for _ in 0..MOST_COMPARISONS / 1_000 {
            assert_eq!(names.nearest("context-0999x"), Some("context-0999"));
        }
        assert!(names.is_exhausted());
        assert_eq!(names.nearest("context-0999x"), None);
    }
}

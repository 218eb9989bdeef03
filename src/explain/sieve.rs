//! The first pass over a log: which lines may contain anything that the dictionary knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::dictionary::entries;
use crate::explain::matching::entry::{DictionaryEntry, weight};

/// How many words are searched at a time: vector instructions handle no more at once, and several
/// fast passes over cached data are quicker than one automaton.
const AT_ONCE: usize = 64;
/// The length of word pieces, which is what the search compares first.
const PIECE: usize = 4;
/// Access log lines without a failure; pieces that occur in them are not distinctive.
const ORDINARY: &str = include_str!("ordinary.log");

/// Text before a relevant status or flag, in Envoy's own formats and in JSON.
const FAILED: [&str; 14] = [
    "\" 50",
    "\" 49",
    "\" 421",
    "\" 0 U",
    "\" 0 N",
    "\" 200 U",
    "\" 404 N",
    "\" 403 U",
    "lags\":\"U",
    "lags\":\"N",
    "lags\":\"D",
    "lags\": \"U",
    "lags=U",
    "lags=N",
];

static SIEVE: LazyLock<Vec<AhoCorasick>> = LazyLock::new(|| {
    let words: Vec<String> = words().into_iter().collect();
    let build =
        |words: &[String]| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words);
    words.chunks(AT_ONCE).filter_map(|words| build(words).ok()).collect()
});

/// The start positions of lines with a word of the sieve, in order.
pub(super) fn lines(bytes: &[u8]) -> BTreeSet<usize> {
    let mut starts = BTreeSet::new();
    for sieve in &*SIEVE {
        let mut from = 0;
        while from < bytes.len() {
            let Some(hit) = sieve.find(aho_corasick::Input::new(bytes).range(from..)) else {
                break;
            };
            starts.insert(
                memchr::memrchr(b'\n', &bytes[from..hit.start()]).map_or(from, |at| from + at + 1),
            );
            from = memchr::memchr(b'\n', &bytes[hit.start()..])
                .map_or(bytes.len(), |at| hit.start() + at + 1);
        }
    }
    starts
}

/// A small set of pieces that covers every form in the dictionary, chosen greedily.
fn words() -> BTreeSet<String> {
    let mut taken: BTreeSet<String> = FAILED.map(str::to_owned).into();
    let mut forms: Vec<Vec<&str>> = Vec::new();
    // Generic frames also occur in ordinary lines.
    let causes = entries().filter(|entry| entry.weight > weight::FRAME);
    for (words, _) in causes.flat_map(DictionaryEntry::forms) {
        let pieces = pieces(words);
        match pieces.is_empty() {
            false => forms.push(pieces),
            // Only ordinary words, which are distinctive together, as in
            // `…_started{connection_failure}`.
            true => taken.extend([
                longest(words).replace('_', " "),
                format!("{{{}", longest(words).replace(' ', "_")),
            ]),
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for piece in forms.iter().flatten() {
        *counts.entry(piece).or_default() += 1;
    }
    while let Some((piece, _)) =
        counts.iter().max_by_key(|(_, count)| **count).filter(|(_, count)| **count > 0)
    {
        let piece = *piece;
        taken.insert(piece.to_owned());
        forms.retain(|form| {
            let holds = form.contains(&piece);
            for other in form.iter().filter(|_| holds) {
                if let Some(count) = counts.get_mut(other) {
                    *count -= 1;
                }
            }
            !holds
        });
    }
    taken
}

/// The parts of a form that every matching line contains.
fn literals(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else { break };
        parts.push(before);
        rest = after;
    }
    parts.push(rest);
    parts
}

fn longest(words: &str) -> &str {
    literals(words).into_iter().map(str::trim).max_by_key(|part| part.len()).unwrap_or_default()
}

/// All pieces of its words that do not occur in ordinary lines. None has a quote, since quotes have
/// many spellings.
fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for part in literals(words) {
        for word in part.split([' ', '_', '"', '\'', '`', '\\']).filter(|word| word.is_ascii()) {
            pieces.extend((PIECE..=word.len()).map(|end| &word[end - PIECE..end]));
            // Capitals are rare enough for shorter pieces.
            let short = (PIECE - 1..=word.len()).map(|end| &word[end + 1 - PIECE..end]);
            pieces
                .extend(short.filter(|piece| piece.bytes().all(|byte| byte.is_ascii_uppercase())));
        }
    }
    pieces.sort_unstable();
    pieces.dedup();
    pieces.retain(|piece| !ORDINARY.contains(piece));
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::sample;
    use super::*;

    #[test]
    fn whatever_the_dictionary_knows_passes() {
        let passes = |text: &str| !lines(text.as_bytes()).is_empty();
        let mut lost = Vec::new();
        let causes = entries().filter(|entry| entry.weight > weight::FRAME);
        for (words, _) in causes.flat_map(DictionaryEntry::forms) {
            for text in
                [sample(words).replace('_', " "), format!("{{{}", sample(words).replace(' ', "_"))]
            {
                if !passes(&text) {
                    lost.push(text);
                }
            }
        }
        for text in [
            "\"GET / HTTP/2\" 503 UC 0",
            "\"- - -\" 0 UF,URX -",
            "{\"response_flags\":\"UH\"}",
            "flags=UF,URX",
        ] {
            assert!(passes(text), "{text}");
        }
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    }

    #[test]
    fn ordinary_lines_do_not_pass() {
        let words = words();
        for line in ORDINARY.lines() {
            let held: Vec<_> = words.iter().filter(|word| line.contains(&***word)).collect();
            assert!(held.is_empty(), "{held:?} in {line}");
        }
        assert!(SIEVE.len() <= 3, "{} passes over a log are slow", SIEVE.len());
    }
}

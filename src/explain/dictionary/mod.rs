//! The dictionary of what programs write about TLS, one file per program, and its search.

mod cert_manager;
mod consul;
mod curl;
mod databases;
mod dotnet;
mod emissary;
mod envoy;
mod findings;
mod first_bytes;
mod gnutls;
mod go;
mod grpc;
mod http_status;
mod istio;
mod java;
mod kubernetes;
mod node;
mod nss;
mod openssl;
mod python;
mod rust;
mod servers;
mod wget;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::explain::matching::clean::{Cleaned, clean, fold_words};
use crate::explain::matching::entry::{Counts, DictionaryEntry, Side};
use crate::explain::matching::pattern::Pattern;
use crate::explain::matching::said::Said;

pub use envoy::{FLAGS, Flag};
pub use http_status::HttpStatus;

/// The entries of each source.
static SOURCES: [&[&[DictionaryEntry]]; 5] = [
    &emissary::SOURCES,
    &envoy::SOURCES,
    &[
        istio::ENTRIES,
        consul::ENTRIES,
        findings::ENTRIES,
        cert_manager::ENTRIES,
        kubernetes::ENTRIES,
        servers::ENTRIES,
        databases::ENTRIES,
        first_bytes::ENTRIES,
        openssl::ENTRIES,
    ],
    &go::SOURCES,
    &[
        java::ENTRIES,
        node::ENTRIES,
        python::ENTRIES,
        rust::ENTRIES,
        gnutls::ENTRIES,
        nss::ENTRIES,
        dotnet::ENTRIES,
        curl::ENTRIES,
        wget::ENTRIES,
        grpc::ENTRIES,
    ],
];

/// All entries, in the order of their files.
pub fn entries() -> impl Iterator<Item = &'static DictionaryEntry> {
    SOURCES.iter().copied().flatten().copied().flatten()
}

struct Form {
    entry: &'static DictionaryEntry,
    words: &'static str,
    counts: Counts,
    pattern: Pattern,
}

/// Every form of every message, with what finds it in a line.
struct Index {
    forms: Vec<Form>,
    anchors: Option<AhoCorasick>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let forms: Vec<_> = entries()
        .flat_map(|entry| {
            entry.forms().map(move |(words, counts)| Form {
                entry,
                words,
                counts,
                pattern: Pattern::parse(words),
            })
        })
        .collect();
    let anchors = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(forms.iter().map(|form| form.pattern.anchor()));
    Index { forms, anchors: anchors.ok() }
});

/// What the dictionary knows about a line from the given side, in the order of its entries; less
/// specific readings of the same words are left out.
pub(super) fn look_up(line: &Cleaned, side: Option<Side>) -> Vec<Said> {
    let Some(anchors) = &INDEX.anchors else { return Vec::new() };
    let mut found: Vec<usize> =
        anchors.find_overlapping_iter(&line.folded).map(|hit| hit.pattern().as_usize()).collect();
    found.sort_unstable();
    found.dedup();
    let mut said: Vec<Said> = Vec::new();
    for form in found.into_iter().map(|at| &INDEX.forms[at]) {
        let Some(fit) = form.pattern.fit(line) else { continue };
        let is_alone = || line.is_all(fit.start, fit.end);
        let counts = match form.counts {
            Counts::Anywhere => true,
            Counts::AboutTls => is_alone() || line.is_about_tls(),
            Counts::Alone => is_alone(),
        };
        if !counts {
            continue;
        }
        let reading = Said::of(form.entry, form.words, &fit, side);
        match said.iter_mut().find(|other| other.id == reading.id) {
            Some(other) if other.is_within(&reading) => *other = reading,
            Some(_) => {}
            None => said.push(reading),
        }
    }
    let within: Vec<bool> =
        said.iter().map(|one| said.iter().any(|other| one.is_within(other))).collect();
    let mut within = within.into_iter();
    said.retain(|_| !within.next().unwrap_or_default());
    said
}

/// The most similar message in the dictionary, to suggest if nothing matches.
pub fn nearest(text: &str, count: usize) -> Vec<&'static DictionaryEntry> {
    let wanted = trigrams(&clean(text).folded);
    let mut scored: Vec<(f64, &DictionaryEntry)> = entries()
        .filter_map(|entry| {
            let likeness = |words: &str| likeness(&wanted, &trigrams(&fold_words(words)));
            let best = entry.forms().map(|(words, _)| likeness(words)).fold(0.0, f64::max);
            (best > LEAST_LIKENESS).then_some((best, entry))
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().map(|(_, entry)| entry).take(count).collect()
}

/// Below this, two texts share only common words.
const LEAST_LIKENESS: f64 = 0.3;

fn trigrams(text: &str) -> Vec<[char; 3]> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let mut found: Vec<[char; 3]> =
        letters.windows(3).map(|window| [window[0], window[1], window[2]]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The share of trigrams that two texts have in common (Dice).
fn likeness(one: &[[char; 3]], other: &[[char; 3]]) -> f64 {
    let common = one.iter().filter(|trigram| other.binary_search(trigram).is_ok()).count();
    2.0 * common as f64 / (one.len() + other.len()).max(1) as f64
}

/// An entry's message as a program would write it, with a value for each placeholder.
#[cfg(test)]
pub(super) fn sample(words: &str) -> String {
    let mut text = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        text.push_str(before);
        text.push_str(match name {
            "number" | "port" | "depth" | "line" | "seconds" | "status" => "7",
            "client" | "address" => "10.1.2.3:4242",
            "alert" => "48",
            _ => "thing",
        });
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_form_of_words_is_found_by_the_entry_that_has_it() {
        let mut lost = Vec::new();
        for entry in entries() {
            for (words, _) in entry.forms() {
                let found = look_up(&clean(&sample(words)), None);
                if !found.iter().any(|said| said.id == entry.id || said.weight >= entry.weight) {
                    lost.push(format!("{}: {words}", entry.id));
                }
            }
        }
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    }

    #[test]
    fn entries_have_names_of_their_own_and_say_what_to_do() {
        let mut ids = BTreeSet::new();
        for entry in entries() {
            assert!(ids.insert(entry.id), "{} is there twice", entry.id);
            assert!(entry.forms().next().is_some() && !entry.seen.is_empty(), "{}", entry.id);
            let sided = [entry.in_client, entry.in_server];
            let sided = sided.into_iter().filter(|(cause, _)| !cause.is_empty());
            for text in
                [(entry.cause, entry.next)].into_iter().chain(sided).flat_map(<[_; 2]>::from)
            {
                assert!(
                    text.len() > 5 && !text.ends_with('.') && !text.contains("  "),
                    "{}: {text}",
                    entry.id
                );
            }
            for (words, _) in entry.forms() {
                assert!(
                    Pattern::parse(words).anchor().len() >= 4,
                    "{}: {words} is too short to be sure of",
                    entry.id
                );
            }
        }
    }

    #[test]
    fn what_a_sentence_repeats_is_named_by_all_its_forms_or_told_without() {
        for entry in entries() {
            let holes = |text: &str| -> BTreeSet<String> {
                text.split('{')
                    .skip(1)
                    .filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()))
                    .filter(|name| crate::envoy::log::facts::fact(name).is_none())
                    .collect()
            };
            let named: BTreeSet<String> =
                entry.forms().flat_map(|(words, _)| holes(words)).collect();
            let sided = [entry.in_client, entry.in_server].into_iter().flat_map(<[_; 2]>::from);
            for text in [entry.cause, entry.next, entry.other].into_iter().chain(sided) {
                assert!(holes(text).is_subset(&named), "{}: {text}", entry.id);
            }
        }
    }
}

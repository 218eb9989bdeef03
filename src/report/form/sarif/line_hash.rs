//! GitHub's `primaryLocationLineHash`, by the algorithm of `codeql-action/src/fingerprints.ts`.

use std::collections::HashMap;

use crate::source::{SourceId, Sources, Span};

/// How many characters one hash covers, from the start of its line.
const BLOCK: usize = 100;

const FACTOR: i64 = 37;

/// Represents the end of the text.
const END: u16 = 65535;

/// The hashes of the lines of some sources, computed once each.
#[derive(Debug, Default)]
pub(crate) struct LineHashes(HashMap<SourceId, Vec<String>>);

impl LineHashes {
    /// The hash of the line that a span starts on.
    pub(crate) fn of(&mut self, sources: &Sources, span: Span) -> String {
        let source = sources.get(span.source);
        let hashes = self.0.entry(source.id).or_insert_with(|| line_hashes(&source.text));
        hashes.get(source.line(span.start) as usize - 1).cloned().unwrap_or_default()
    }
}

/// The hash of every line of a text, in order; identical lines are numbered.
///
/// A rolling hash over UTF-16 units without spaces and tabs, with each line break as one `\n`.
pub(crate) fn line_hashes(text: &str) -> Vec<String> {
    let mut hasher = Hasher::new();
    for unit in text.encode_utf16() {
        hasher.character(unit);
    }
    hasher.character(END);
    for _ in 0..BLOCK {
        hasher.tell();
        hasher.roll(0);
    }
    hasher.hashes
}

struct Hasher {
    window: [u16; BLOCK],
    starts_line: [bool; BLOCK],
    hash: i64,
    last_power: i64,
    at: usize,
    line_start: bool,
    after_return: bool,
    counts: HashMap<i64, u32>,
    hashes: Vec<String>,
}

impl Hasher {
    fn new() -> Self {
        Self {
            window: [0; BLOCK],
            starts_line: [false; BLOCK],
            hash: 0,
            last_power: (0..BLOCK).fold(1, |power: i64, _| power.wrapping_mul(FACTOR)),
            at: 0,
            line_start: true,
            after_return: false,
            counts: HashMap::new(),
            hashes: Vec::new(),
        }
    }

    fn character(&mut self, unit: u16) {
        const RETURN: u16 = b'\r' as u16;
        const FEED: u16 = b'\n' as u16;
        let blank = unit == u16::from(b' ') || unit == u16::from(b'\t');
        if blank || (self.after_return && unit == FEED) {
            self.after_return = false;
            return;
        }
        self.after_return = unit == RETURN;
        let unit = if unit == RETURN { FEED } else { unit };
        self.tell();
        if self.line_start {
            self.starts_line[self.at] = true;
        }
        self.line_start = unit == FEED;
        self.roll(unit);
    }

    /// Records the hash of the line that began one block ago, if any.
    fn tell(&mut self) {
        if std::mem::take(&mut self.starts_line[self.at]) {
            let count = self.counts.entry(self.hash).or_default();
            *count += 1;
            self.hashes.push(format!("{:x}:{count}", self.hash as u64));
        }
    }

    fn roll(&mut self, unit: u16) {
        let dropped = i64::from(std::mem::replace(&mut self.window[self.at], unit));
        let grown = self.hash.wrapping_mul(FACTOR).wrapping_add(i64::from(unit));
        self.hash = grown.wrapping_sub(self.last_power.wrapping_mul(dropped));
        self.at = (self.at + 1) % BLOCK;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of `fingerprints.test.ts`.
    #[test]
    fn hashes_are_those_that_github_publishes() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        let expected =
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
        for text in [" a\nb\n  \t\tc\n d", " a\r\nb\r\n  \t\tc\r\n d", " a\rb\r  \t\tc\r d"] {
            assert_eq!(line_hashes(text), expected);
        }
        let expected = [
            "a7f2ff13bc495cf2:1",
            "a7f2ff13bc495cf2:2",
            "a7f2ff13bc495cf2:3",
            "a7f2ff13bc495cf2:4",
            "a7f2ff13bc495cf2:5",
            "a7f2ff13bc495cf2:6",
            "a7f2ff1481e87703:1",
            "a9cf91f7bbf1862b:1",
            "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1",
            "c129715d7a2bc9a3:1",
        ];
        assert_eq!(line_hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10)), expected);
    }
}

//! One explanation of a line, with the line's names filled in.

use std::collections::BTreeMap;

use crate::envoy::log::facts::fact;

use super::entry::{DictionaryEntry, Grade, Side};
use super::pattern::Fit;
use super::secrecy::hide;

/// An explanation: one cause, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// A stable name, the same for equal causes: `envoy/verify/no-local-issuer`.
    pub id: String,
    /// The message as the program writes it, with the line's names.
    pub title: String,
    /// The program that writes them.
    pub speaker: &'static str,
    /// Its side of the connection.
    pub side: Side,
    /// How specific this is.
    pub weight: u8,
    /// How bad it is.
    pub grade: Grade,
    /// Why it happens; a sentence without a full stop.
    pub cause: String,
    /// What it says about the other side; may be empty.
    pub other: String,
    /// What to do about it; a sentence without a full stop.
    pub next: String,
    /// Complete sentences about peculiarities of this line.
    pub remarks: Vec<String>,
    /// Ids of the rules that find the cause in manifests.
    pub rules: Vec<&'static str>,
    /// What the line names: `context`, `secret`, `namespace`, `cluster`, `upstream`, `file`, …
    pub names: BTreeMap<&'static str, String>,
    /// Versions, and where the message was seen.
    pub seen: String,
    /// Range in the normalised line, to decide which of two readings matches better.
    pub(in crate::explain) span: (usize, usize),
}

impl Said {
    /// The explanation of a matching line by an entry of the dictionary.
    pub(in crate::explain) fn of(
        entry: &DictionaryEntry,
        words: &str,
        fit: &Fit,
        side: Option<Side>,
    ) -> Self {
        let (cause, next) = entry.told_to(side);
        let names: BTreeMap<_, _> =
            fit.names.iter().map(|(name, value)| (*name, hide(value))).collect();
        Self {
            id: entry.id.to_owned(),
            title: fill(words, &names),
            speaker: entry.speaker,
            side: entry.side,
            weight: entry.weight,
            grade: entry.grade,
            cause: fill(cause, &names),
            other: fill(entry.other, &names),
            next: fill(next, &names),
            remarks: Vec::new(),
            rules: entry.rules.to_vec(),
            names,
            seen: entry.seen.to_owned(),
            span: (fit.start, fit.end),
        }
    }

    /// Whether another reading covers this one's text and more.
    pub(in crate::explain) fn is_within(&self, other: &Self) -> bool {
        let (start, end) = self.span;
        let (begin, stop) = other.span;
        begin <= start
            && end <= stop
            && (stop - begin) > (end - start)
            && self.weight <= other.weight
    }
}

/// Fills names, and facts shared with other commands, into the placeholders of a text. If the line
/// has no value, `: {reason}` at the end of a sentence and ` ({reason})` are omitted; elsewhere the
/// placeholder's own name is used.
fn fill(text: &str, names: &BTreeMap<&'static str, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        out.push_str(before);
        let ends = after.is_empty() || after.starts_with(['.', ';', ',']);
        match names.get(name).map(String::as_str).or_else(|| fact(name)) {
            Some(value) => out.push_str(value),
            None if out.ends_with(": ") && ends => out.truncate(out.len() - 2),
            None if out.ends_with(" (") && after.starts_with(')') => {
                out.truncate(out.len() - 2);
                rest = &after[1..];
                continue;
            }
            None => {
                out.push('<');
                out.push_str(name);
                out.push('>');
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_does_not_name_is_left_out_of_the_sentence() {
        let none = BTreeMap::new();
        assert_eq!(fill("it failed: {reason}", &none), "it failed");
        assert_eq!(fill("it failed: {reason}. More", &none), "it failed. More");
        assert_eq!(fill("it failed ({reason}) here", &none), "it failed here");
        assert_eq!(fill("with {file} only", &none), "with <file> only");
        let some = BTreeMap::from([("reason", "a, b".to_owned())]);
        assert_eq!(fill("it failed ({reason}): {reason}", &some), "it failed (a, b): a, b");
    }
}

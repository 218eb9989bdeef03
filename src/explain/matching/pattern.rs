//! Patterns with named placeholders, and their values in a line.

use super::clean::{Cleaned, fold_words};

/// `TLSContext {context} found no private key in {text}`, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::explain) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// A name in capitals (`HTTP_REQUEST`) matches only capitals: the same words in a sentence mean
    /// something else.
    Words {
        folded: String,
        is_name: bool,
    },
    Hole {
        name: &'static str,
        free: bool,
    },
}

/// Where a pattern matches, and the values of its placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::explain) struct Fit {
    /// Bytes of [`Cleaned::plain`].
    pub(in crate::explain) start: usize,
    pub(in crate::explain) end: usize,
    /// Name and value of each placeholder, as written in the line.
    pub(in crate::explain) names: Vec<(&'static str, String)>,
}

/// Placeholders with these names match any words up to the next part, or the rest of the line.
const FREE: [&str; 3] = ["text", "reason", "detail"];
/// The maximum length of a name: a DNS name has up to 253 characters, a SPIFFE id up to 2048, but
/// never uses them all.
const LONGEST_NAME: usize = 256;
/// How many words of a line are repeated.
const LONGEST_TEXT: usize = 240;

impl Part {
    fn words(words: &str) -> Self {
        let is_name = words.contains('_') && !words.bytes().any(|byte| byte.is_ascii_lowercase());
        Self::Words { folded: fold_words(words), is_name }
    }
}

impl Pattern {
    /// Parses a form from the dictionary.
    pub(in crate::explain) fn parse(words: &'static str) -> Self {
        let mut parts = Vec::new();
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            if !before.is_empty() {
                parts.push(Part::words(before));
            }
            parts.push(Part::Hole { name, free: FREE.contains(&name) });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::words(rest));
        }
        Self { parts }
    }

    /// Its longest run of words, which lines are searched for.
    pub(in crate::explain) fn anchor(&self) -> &str {
        let words = self.parts.iter().filter_map(|part| match part {
            Part::Words { folded, .. } => Some(folded.trim()),
            Part::Hole { .. } => None,
        });
        words.max_by_key(|words| words.len()).unwrap_or_default()
    }

    /// Its first match in a line.
    pub(in crate::explain) fn fit(&self, line: &Cleaned) -> Option<Fit> {
        let first = self.parts.iter().position(|part| matches!(part, Part::Words { .. }))?;
        let Part::Words { folded: words, .. } = &self.parts[first] else { return None };
        // A line that repeats the first words but lacks later ones would be searched for them from
        // each repetition.
        let holds = |part: &Part| match part {
            Part::Words { folded, .. } => line.folded.contains(folded.as_str()),
            Part::Hole { .. } => true,
        };
        if !self.parts.iter().all(holds) {
            return None;
        }
        let mut from = 0;
        while let Some(at) = find(&line.folded, words, from) {
            from = at + 1;
            if let Some(fit) = self.fit_at(line, first, at) {
                return Some(fit);
            }
            while !line.folded.is_char_boundary(from) {
                from += 1;
            }
        }
        None
    }

    fn fit_at(&self, line: &Cleaned, first: usize, at: usize) -> Option<Fit> {
        let mut names = Vec::new();
        let mut start = at;
        if first > 0 {
            // A placeholder before the first words is the word before them.
            let Part::Hole { name, .. } = self.parts[0] else { return None };
            let before = line.plain[..at].trim_end();
            let begin = before.rfind([' ', '"', '(', '[', '=']).map_or(0, |blank| blank + 1);
            let value = before[begin..].trim_end_matches([',', ';']);
            names.push((name, name_of(value)?));
            start = begin;
        } else if touches_word(line.folded[..at].chars().next_back(), &self.parts[0], true) {
            return None;
        }
        let (mut position, mut told) = (at, at);
        let mut parts = self.parts[first..].iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Words { folded, is_name } => {
                    if !line.folded[position..].starts_with(folded.as_str()) {
                        return None;
                    }
                    let written = line.plain.get(position..position + folded.len());
                    let is_lower = |text: &str| text.bytes().any(|byte| byte.is_ascii_lowercase());
                    if *is_name && written.is_none_or(is_lower) {
                        return None;
                    }
                    position += folded.len();
                    told = position;
                }
                Part::Hole { name, free } => {
                    let rest = &line.plain[position..];
                    let end = match parts.peek() {
                        Some(Part::Words { folded, .. }) => {
                            find(&line.folded, folded, position)?.checked_sub(position)?
                        }
                        _ if *free => rest.len(),
                        _ => rest.find([' ', ',', ';', ')', ']', '|']).unwrap_or(rest.len()),
                    };
                    let value = &rest[..end];
                    let value = match free {
                        true => shorten(closed(value.trim())),
                        false => name_of(value.trim_end_matches(['.', ':', '?', '!']))?,
                    };
                    if !value.is_empty() {
                        names.push((*name, value));
                    }
                    position += end;
                    // Free text at the end is not part of the match.
                    if !free || parts.peek().is_some() {
                        told = position;
                    }
                }
            }
        }
        let last = self.parts.last()?;
        // `HTTP_REQUEST_SENT` is a different name from `HTTP_REQUEST`.
        let is_name = matches!(last, Part::Words { is_name: true, .. });
        let behind = &line.plain[position..];
        if touches_word(behind.chars().next(), last, false)
            || is_name && behind.starts_with('_') && !behind.starts_with("__")
        {
            return None;
        }
        Some(Fit { start, end: told, names })
    }
}

fn find(text: &str, words: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(words).map(|at| at + from)
}

/// Whether words end in the middle of a word of the line.
fn touches_word(beside: Option<char>, part: &Part, at_start: bool) -> bool {
    let Part::Words { folded, .. } = part else { return false };
    let edge = if at_start { folded.chars().next() } else { folded.chars().next_back() };
    beside.is_some_and(char::is_alphanumeric) && edge.is_some_and(char::is_alphanumeric)
}

/// A value that can be a name: one word of limited length.
fn name_of(value: &str) -> Option<String> {
    let fits = !value.is_empty() && value.len() <= LONGEST_NAME && !value.contains(' ');
    fits.then(|| value.to_owned())
}

/// A text without trailing brackets that were opened before it.
fn closed(text: &str) -> &str {
    let text = text.trim_end_matches('}');
    match text.strip_suffix(')') {
        Some(inner) if !inner.contains('(') => inner,
        _ => text,
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::clean::clean;
    use super::*;

    fn fit(words: &'static str, line: &str) -> Option<Vec<(&'static str, String)>> {
        Pattern::parse(words).fit(&clean(line)).map(|fit| fit.names)
    }

    #[test]
    fn holes_hold_what_the_line_names() {
        let words =
            "TLSContext {context} found no certificate in secret {secret} in namespace {namespace}";
        let line = "diagd 3.9 [P1] ERROR: TLSContext Up_1 found no certificate in secret up-cert in \
                    namespace default, ignoring...";
        assert_eq!(
            fit(words, line),
            Some(vec![
                ("context", "Up_1".to_owned()),
                ("secret", "up-cert".to_owned()),
                ("namespace", "default".to_owned())
            ])
        );
        assert_eq!(
            fit(words, "TLSContext a b found no certificate in secret x in namespace y"),
            None
        );
    }

    #[test]
    fn words_are_whole_words() {
        assert!(fit("no healthy upstream", "no_healthy_upstream").is_some());
        assert!(fit("no healthy upstream", "no healthy upstreams").is_none());
        assert!(fit("UH", "STUFF UHX").is_none());
    }

    #[test]
    fn a_name_in_capitals_is_not_the_same_words_in_a_sentence() {
        assert!(fit("HTTP_REQUEST", "OPENSSL_internal:HTTP_REQUEST").is_some());
        assert!(fit("HTTP_REQUEST", "Invalid HTTP request received").is_none());
        assert!(fit("KEY_VALUES_MISMATCH", "x509: key values mismatch").is_none());
        assert!(fit("HTTP_REQUEST", "state HTTP_REQUEST_SENT").is_none());
    }

    #[test]
    fn a_hole_may_stand_first_or_last() {
        assert_eq!(
            fit("{file} is empty", "error: file /ca.pem is empty"),
            Some(vec![("file", "/ca.pem".to_owned())])
        );
        assert_eq!(
            fit("Invalid path: {file}", "Invalid path: /etc/a.pem."),
            Some(vec![("file", "/etc/a.pem".to_owned())])
        );
        assert_eq!(
            fit("because {reason}", "no, because it is so, really"),
            Some(vec![("reason", "it is so, really".to_owned())])
        );
    }
}

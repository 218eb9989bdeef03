//! What Envoy's BoringSSL makes of `cipher_suites`: taken, or refused and where.
//!
//! Envoy joins the entries with `:` and calls `SSL_CTX_set_strict_cipher_list`, whose grammar has
//! operators, aliases and groups, so an entry cannot be checked in isolation. The names were
//! checked against Envoy 1.36 to 1.40 (`--mode validate`), and the grammar with 4,500 random lists,
//! some of which are in `testdata/verify/cipher-lists.jsonl`.

use super::cipher_suites::{SUITES, Suite, TLS13, is_alias};
use super::version::EnvoyVersion;

/// Why a list is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedList {
    /// The faulty entry; `None` if all entries are valid but the resulting list is empty.
    pub entry: Option<usize>,
    /// What is wrong with it.
    pub fault: ListFault,
}

/// The fault of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFault {
    /// An unknown name, or a character that is not allowed there.
    Unknown,
    /// The resulting list is empty.
    Empty,
    /// A group that occurs twice.
    Twice,
}

/// The suites that `cipher_suites` selects, by BoringSSL's names, in order of preference; empty for
/// Envoy's defaults.
///
/// # Errors
/// Why Envoy rejects the list.
pub fn read_ciphers(
    entries: &[&str],
    version: EnvoyVersion,
) -> Result<Vec<&'static str>, RefusedList> {
    let text = entries.join(":");
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut list = CipherList::of(version);
    let mut rest = text.as_str();
    if let Some(after) = rest.strip_prefix("DEFAULT") {
        list.apply(Operator::Add, &Choice::Aliases(vec!["ALL"]));
        rest = after.strip_prefix(':').unwrap_or(after);
    }
    if let Err(at) = list.process(rest) {
        let at = text.len() - rest.len() + at;
        let entry = text[..at.min(text.len())].matches(':').count();
        // Entries may contain colons.
        let mut separators = 0;
        let entry = entries.iter().position(|one| {
            separators += one.matches(':').count() + 1;
            entry < separators
        });
        return Err(RefusedList { entry, fault: ListFault::Unknown });
    }
    let left: Vec<_> = list.active.iter().map(|suite| suite.name).collect();
    if left.is_empty() {
        return Err(RefusedList { entry: None, fault: ListFault::Empty });
    }
    Ok(left)
}

/// The distinct names in a list that BoringSSL does not know, in order, including those in brackets
/// and after operators. Envoy's message names none of them.
pub fn unknown_ciphers<'e>(entries: &[&'e str], version: EnvoyVersion) -> Vec<&'e str> {
    let list = CipherList::of(version);
    let mut unknown: Vec<&str> = Vec::new();
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    for (at, entry) in entries.iter().enumerate() {
        let words = entry.split(|c| !is_of_word(c)).map(|word| word.trim_start_matches('-'));
        for (first, word) in words.enumerate().map(|(number, word)| (at + number == 0, word)) {
            let is_known = word.is_empty()
                || list.knows(word)
                || is_alias(word)
                || word == "STRENGTH"
                || (first && word.starts_with("DEFAULT"));
            if !is_known && !unknown.contains(&word) {
                unknown.push(word);
            }
        }
    }
    unknown
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Delete,
    Kill,
    Reorder,
}

/// What a rule of a list selects.
enum Choice<'t> {
    Exact(&'t str),
    Aliases(Vec<&'t str>),
}

struct CipherList {
    newer: bool,
    /// In the order in which they are offered.
    active: Vec<&'static Suite>,
    /// In the order in which they would be added.
    inactive: Vec<&'static Suite>,
}

impl CipherList {
    fn of(version: EnvoyVersion) -> Self {
        let newer = version >= EnvoyVersion::V1_38;
        let inactive = SUITES.iter().filter(|suite| newer || !suite.new).collect();
        Self { newer, active: Vec::new(), inactive }
    }

    /// `ssl_cipher_process_rulestr` in strict mode; the error is the position at which it stops.
    fn process(&mut self, text: &str) -> Result<(), usize> {
        let bytes = text.as_bytes();
        let (mut at, mut in_group, mut has_group) = (0, false, false);
        while let Some(&first) = bytes.get(at) {
            let mut operator = Operator::Add;
            match first {
                b']' if in_group => {
                    in_group = false;
                    at += 1;
                    continue;
                }
                b'|' if in_group => {
                    at += 1;
                    continue;
                }
                _ if in_group && !first.is_ascii_alphanumeric() => return Err(at),
                b'[' if !in_group => {
                    (in_group, has_group) = (true, true);
                    at += 1;
                    continue;
                }
                b'-' => operator = Operator::Delete,
                b'+' => operator = Operator::Reorder,
                b'!' => operator = Operator::Kill,
                b'@' => {}
                _ => {}
            }
            let special = first == b'@' && !in_group;
            if has_group && (operator != Operator::Add || special) {
                return Err(at);
            }
            if first == b':' {
                at += 1;
                continue;
            }
            if operator != Operator::Add || special {
                at += 1;
            }
            if special {
                let word = word(text, at);
                if word != "STRENGTH" {
                    return Err(at);
                }
                at = text[at..].find(':').map_or(text.len(), |colon| at + colon);
                continue;
            }
            let choice = self.choice(text, &mut at)?;
            self.apply(operator, &choice);
        }
        if in_group { Err(at.saturating_sub(1)) } else { Ok(()) }
    }

    /// A suite, or aliases joined with `+`.
    fn choice<'t>(&self, text: &'t str, at: &mut usize) -> Result<Choice<'t>, usize> {
        let mut aliases = Vec::new();
        loop {
            let (start, word) = (*at, word(text, *at));
            if word.is_empty() {
                return Err(start.min(text.len().saturating_sub(1)));
            }
            *at += word.len();
            let joined = text[*at..].starts_with('+');
            if aliases.is_empty() && !joined && self.knows(word) {
                return Ok(Choice::Exact(word));
            }
            if !is_alias(word) {
                return Err(start);
            }
            aliases.push(word);
            if !joined {
                return Ok(Choice::Aliases(aliases));
            }
            *at += 1;
        }
    }

    fn knows(&self, word: &str) -> bool {
        let known = |suite: &Suite| {
            (self.newer || !suite.new) && (suite.name == word || suite.standard == word)
        };
        TLS13.contains(&word) || SUITES.iter().any(known)
    }

    /// `ssl_cipher_apply_rule`: suites that are added or named again move to the end.
    fn apply(&mut self, operator: Operator, choice: &Choice<'_>) {
        let meant = |suite: &mut &'static Suite| match choice {
            Choice::Exact(word) => suite.name == *word || suite.standard == *word,
            Choice::Aliases(words) => {
                let deprecated_too = operator != Operator::Add || words.contains(&"3DES");
                (deprecated_too || !suite.deprecated)
                    && words.iter().all(|word| suite.is_covered_by(word))
                    && version_comes_last(words)
            }
        };
        let from = if operator == Operator::Add { &mut self.inactive } else { &mut self.active };
        let moved: Vec<&Suite> = from.extract_if(.., meant).collect();
        match operator {
            Operator::Add | Operator::Reorder => self.active.extend(moved),
            Operator::Delete => drop(self.inactive.splice(0..0, moved)),
            Operator::Kill => self.inactive.retain_mut(|suite| !meant(suite)),
        }
    }
}

/// A rule with anything but the same version after a version is skipped.
fn version_comes_last(words: &[&str]) -> bool {
    let version = |word: &&str| match *word {
        "SSLv3" | "TLSv1" => 1,
        "TLSv1.2" => 2,
        _ => 0,
    };
    words.iter().map(version).is_sorted_by(|first, next| *first == 0 || first == next)
}

/// The letters, digits, `-`, `.` and `_` from a position.
fn word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c)));
    &rest[..end.unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envoy::read_curves;

    fn takes(entries: &[&str]) -> bool {
        read_ciphers(entries, EnvoyVersion::V1_37).is_ok()
    }

    /// Each line is the result of `envoy --mode validate` 1.37.0.
    #[test]
    fn lists_are_judged_as_envoy_judges_them() {
        assert!(takes(&[]) && takes(&[""]) && !takes(&["", ""]));
        assert!(takes(&["ECDHE+AESGCM"]) && takes(&["ALL"]) && takes(&["ALL:!PSK"]));
        assert!(takes(&["[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]"]));
        assert!(takes(&["DEFAULT", "!AES128-SHA"]) && takes(&["DEFAULTAES128-SHA"]));
        assert!(takes(&["[AES128-SHA]AES256-SHA"]) && !takes(&["[AES128-SHA", "AES256-SHA]"]));
        assert!(takes(&["AES128-SHA", "-TLS_AES_128_GCM_SHA256"]));
        assert!(takes(&["FIPS+3DES"]) && !takes(&["3DES+AES"]) && !takes(&["SHA256"]));
        assert!(takes(&["ALL", "@STRENGTH+x"]) && !takes(&["@STRENGTHxx", "ALL"]));
        assert!(takes(&["ALL:-ALL:ALL"]) && !takes(&["ALL:!ALL:ALL"]));
        assert!(!takes(&["HIGH", "!aNULL"]) && !takes(&["AES128-SHA", "!MD5"]));
        assert!(!takes(&["ECDHE+"]) && !takes(&["AES128-SHA,AES256-SHA"]) && !takes(&[" AES"]));
        assert!(!takes(&["[AES128-SHA]", "-ALL"]) && !takes(&["[]"]) && !takes(&["]"]));
    }

    /// Random lists, each with Envoy 1.37.0's result.
    #[test]
    fn random_lists_are_judged_as_envoy_judges_them() {
        let answers = include_str!("../../testdata/verify/cipher-lists.jsonl");
        for line in answers.lines() {
            let (taken, entries): (bool, Vec<String>) = serde_json::from_str(line).unwrap();
            let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
            assert_eq!(takes(&entries), taken, "{line}");
        }
    }

    #[test]
    fn the_faulty_entry_is_reported() {
        let at = |entries: &[&str]| {
            read_ciphers(entries, EnvoyVersion::V1_37).err().map(|refused| refused.entry)
        };
        assert_eq!(at(&["AES128-SHA", "NOPE"]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA:AES", "AES+NOPE", "AES"]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA", "AES256-SHA "]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA", "-"]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA", "!ALL"]), Some(None));
        assert_eq!(at(&["TLS_AES_128_GCM_SHA256"]), Some(None));
    }

    #[test]
    fn all_unknown_names_are_reported_at_once() {
        let unknown = |entries: &[&'static str]| unknown_ciphers(entries, EnvoyVersion::V1_37);
        let brackets = ["[AES128-SHA|NOPE]", "AES256-SHA", "NEITHER:!aNULL", "-NOPE"];
        assert_eq!(unknown(&brackets), ["NOPE", "NEITHER", "aNULL"]);
        assert_eq!(unknown(&["DEFAULT", "ECDHE+AESGCM:@STRENGTH", "-ALL"]), [""; 0]);
        assert_eq!(unknown(&["AES128-SHA "]), [""; 0]);
    }

    #[test]
    fn the_selected_suites_are_in_order_of_preference() {
        let left = |entries: &[&str]| read_ciphers(entries, EnvoyVersion::V1_37).unwrap();
        let names = ["AES256-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"];
        assert_eq!(left(&names), ["AES256-SHA", "AES128-SHA"]);
        assert_eq!(left(&["AES256-SHA", "kRSA+SHA:+AES256"]), ["AES128-SHA", "AES256-SHA"]);
        assert_eq!(left(&["kPSK", "-PSK-AES128-CBC-SHA"]), ["PSK-AES256-CBC-SHA"]);
    }

    #[test]
    fn suites_and_groups_depend_on_the_version_of_envoy() {
        let (old, new) = (EnvoyVersion::V1_37, EnvoyVersion::V1_38);
        let suite = ["ECDHE-ECDSA-AES128-SHA256"];
        assert!(read_ciphers(&suite, old).is_err() && read_ciphers(&suite, new).is_ok());
        let curves = |entries: &[&str], version| read_curves(entries, version).is_ok();
        assert!(curves(&["P-224"], old) && !curves(&["P-224"], new));
        assert!(!curves(&["MLKEM1024"], old) && curves(&["MLKEM1024"], new));
        assert!(curves(&["P-256", "prime256v1"], old) && !curves(&["P-256", "prime256v1"], new));
        assert!(curves(&["P-256:X25519"], old) && !curves(&["P-256:"], old));
        assert!(!curves(&["secp256r1"], old) && !curves(&["P-256", ""], old) && curves(&[""], old));
    }
}

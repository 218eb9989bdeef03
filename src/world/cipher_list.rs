//! What Envoy's BoringSSL makes of `cipher_suites` and `ecdh_curves`: taken, or refused and where.
//!
//! Envoy joins the entries with `:` and hands the text to `SSL_CTX_set_strict_cipher_list`, whose
//! grammar has operators, aliases and groups; so a single entry cannot be judged by itself.
//! Names were checked against Envoy 1.36, 1.37, 1.38 and 1.40 (`--mode validate`), the grammar with
//! 4,500 lists made by chance, of which `testdata/verify/cipher-lists.jsonl` keeps some.

use crate::cert::EnvoyVersion;

/// A suite of TLS 1.2 or below: BoringSSL's name, the standard's, and the aliases that cover it.
struct Suite {
    name: &'static str,
    standard: &'static str,
    aliases: &'static str,
    /// Aliases do not add it, unless they say so.
    deprecated: bool,
    /// Known from Envoy 1.38 on.
    new: bool,
}

const fn suite(name: &'static str, standard: &'static str, aliases: &'static str) -> Suite {
    Suite { name, standard, aliases, deprecated: false, new: false }
}

const fn deprecated(name: &'static str, standard: &'static str, aliases: &'static str) -> Suite {
    Suite { deprecated: true, ..suite(name, standard, aliases) }
}

/// `kCiphers` without TLS 1.3; `SSLv3` and `TLSv1` are one alias.
#[rustfmt::skip]
const SUITES: [Suite; 22] = [
    suite("ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE ECDSA AES128 AES AESGCM TLSv1.2"),
    suite("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE ECDSA AES256 AES AESGCM TLSv1.2"),
    suite("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE ECDSA CHACHA20 TLSv1.2"),
    suite("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE aRSA AES128 AES AESGCM TLSv1.2"),
    suite("ECDHE-RSA-AES256-GCM-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE aRSA AES256 AES AESGCM TLSv1.2"),
    suite("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE aRSA CHACHA20 TLSv1.2"),
    suite("ECDHE-PSK-CHACHA20-POLY1305", "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", "ECDHE aPSK CHACHA20 TLSv1.2"),
    suite("ECDHE-ECDSA-AES128-SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE ECDSA AES128 AES SHA1 TLSv1"),
    suite("ECDHE-ECDSA-AES256-SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE ECDSA AES256 AES SHA1 TLSv1"),
    suite("ECDHE-RSA-AES128-SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE aRSA AES128 AES SHA1 TLSv1"),
    suite("ECDHE-RSA-AES256-SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE aRSA AES256 AES SHA1 TLSv1"),
    suite("ECDHE-PSK-AES128-CBC-SHA", "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA", "ECDHE aPSK AES128 AES SHA1 TLSv1"),
    suite("ECDHE-PSK-AES256-CBC-SHA", "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA", "ECDHE aPSK AES256 AES SHA1 TLSv1"),
    deprecated("ECDHE-RSA-AES128-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE aRSA AES128 AES SHA256 TLSv1.2"),
    Suite { new: true, ..deprecated("ECDHE-ECDSA-AES128-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE ECDSA AES128 AES SHA256 TLSv1.2") },
    suite("AES128-GCM-SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256", "kRSA aRSA RSA AES128 AES AESGCM TLSv1.2"),
    suite("AES256-GCM-SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384", "kRSA aRSA RSA AES256 AES AESGCM TLSv1.2"),
    suite("AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA", "kRSA aRSA RSA AES128 AES SHA1 TLSv1"),
    suite("AES256-SHA", "TLS_RSA_WITH_AES_256_CBC_SHA", "kRSA aRSA RSA AES256 AES SHA1 TLSv1"),
    suite("PSK-AES128-CBC-SHA", "TLS_PSK_WITH_AES_128_CBC_SHA", "kPSK aPSK AES128 AES SHA1 TLSv1"),
    suite("PSK-AES256-CBC-SHA", "TLS_PSK_WITH_AES_256_CBC_SHA", "kPSK aPSK AES256 AES SHA1 TLSv1"),
    deprecated("DES-CBC3-SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "kRSA aRSA RSA 3DES SHA1 TLSv1"),
];

/// Suites of TLS 1.3, which are on whenever TLS 1.3 is: BoringSSL knows the names, and passes over
/// them. A list of nothing else is empty, which is refused.
const TLS13: [&str; 3] =
    ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"];

/// Groups that every Envoy at hand takes, under all their names, by group.
const CURVES: [(&str, &[&str]); 4] = [
    ("P-256", &["P-256", "prime256v1"]),
    ("P-384", &["P-384", "secp384r1"]),
    ("P-521", &["P-521", "secp521r1"]),
    ("X25519", &["X25519", "x25519"]),
];

/// Why a list is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RefusedList {
    /// The entry at fault; none where each is fine, and all together leave nothing.
    pub(super) entry: Option<usize>,
    /// What is wrong with it.
    pub(super) fault: ListFault,
}

/// What is wrong with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListFault {
    /// A name that is not known, or a character that has no place there.
    Unknown,
    /// No suite is left in it.
    Empty,
    /// A group for the second time.
    Twice,
}

/// Judges `cipher_suites`; `newer` speaks for Envoy 1.38 and later.
pub(super) fn check_ciphers(entries: &[&str], newer: bool) -> Option<RefusedList> {
    let text = entries.join(":");
    if text.is_empty() {
        return None;
    }
    let mut list = CipherList { newer, active: [false; 22], killed: [false; 22] };
    let mut rest = text.as_str();
    if let Some(after) = rest.strip_prefix("DEFAULT") {
        list.apply(Operator::Add, &Choice::Aliases(vec!["ALL"]));
        rest = after.strip_prefix(':').unwrap_or(after);
    }
    if let Err(at) = list.process(rest) {
        let at = text.len() - rest.len() + at;
        let entry = text[..at.min(text.len())].matches(':').count();
        // Entries may hold colons themselves.
        let mut separators = 0;
        let entry = entries.iter().position(|one| {
            separators += one.matches(':').count() + 1;
            entry < separators
        });
        return Some(RefusedList { entry, fault: ListFault::Unknown });
    }
    if list.active.contains(&true) {
        return None;
    }
    Some(RefusedList { entry: None, fault: ListFault::Empty })
}

/// Judges `ecdh_curves` (`SSL_CTX_set1_groups_list`).
pub(super) fn check_curves(entries: &[&str], version: EnvoyVersion) -> Option<RefusedList> {
    if entries.join(":").is_empty() {
        return None;
    }
    let newer = version >= EnvoyVersion::V1_38;
    let mut seen = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        for name in entry.split(':') {
            let refused = |fault| Some(RefusedList { entry: Some(index), fault });
            let classic = CURVES.iter().find(|(_, names)| names.contains(&name));
            let group = match name {
                "P-224" | "secp224r1" if !newer => "P-224",
                "X25519MLKEM768" => "X25519MLKEM768",
                "X25519Kyber768Draft00" if version < EnvoyVersion::V1_40 => "X25519Kyber768Draft00",
                "MLKEM1024" if newer => "MLKEM1024",
                _ => match classic {
                    Some((group, _)) => group,
                    None => return refused(ListFault::Unknown),
                },
            };
            if newer && seen.contains(&group) {
                return refused(ListFault::Twice);
            }
            seen.push(group);
        }
    }
    None
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Delete,
    Kill,
    Reorder,
}

/// What one rule of a list is about.
enum Choice<'t> {
    Exact(&'t str),
    Aliases(Vec<&'t str>),
}

struct CipherList {
    newer: bool,
    active: [bool; 22],
    killed: [bool; 22],
}

impl CipherList {
    /// `ssl_cipher_process_rulestr`, strictly; the error is the byte that it stops at.
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

    /// One suite, or aliases joined with `+`.
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
        let known =
            |suite: &Suite| self.has(suite) && (suite.name == word || suite.standard == word);
        TLS13.contains(&word) || SUITES.iter().any(known)
    }

    fn has(&self, suite: &Suite) -> bool {
        self.newer || !suite.new
    }

    fn apply(&mut self, operator: Operator, choice: &Choice<'_>) {
        for (index, suite) in SUITES.iter().enumerate() {
            let meant = match choice {
                Choice::Exact(word) => suite.name == *word || suite.standard == *word,
                Choice::Aliases(words) => {
                    let deprecated_too = operator != Operator::Add || words.contains(&"3DES");
                    (deprecated_too || !suite.deprecated)
                        && words.iter().all(|word| suite.is_covered_by(word))
                        && version_comes_last(words)
                }
            };
            if !meant || !self.has(suite) || self.killed[index] {
                continue;
            }
            match operator {
                Operator::Add => self.active[index] = true,
                Operator::Delete => self.active[index] = false,
                Operator::Kill => (self.active[index], self.killed[index]) = (false, true),
                Operator::Reorder => {}
            }
        }
    }
}

impl Suite {
    fn is_covered_by(&self, alias: &str) -> bool {
        let wanted = match alias {
            "ALL" | "HIGH" | "FIPS" => return true,
            "kECDHE" | "kEECDH" | "EECDH" | "ECDH" => "ECDHE",
            "aECDSA" => "ECDSA",
            "PSK" => "kPSK",
            "SHA" => "SHA1",
            "SSLv3" => "TLSv1",
            other => other,
        };
        self.aliases.split(' ').any(|own| own == wanted)
    }
}

/// A rule with anything but the same version behind a version is passed over.
fn version_comes_last(words: &[&str]) -> bool {
    let version = |word: &&str| match *word {
        "SSLv3" | "TLSv1" => 1,
        "TLSv1.2" => 2,
        _ => 0,
    };
    words.iter().map(version).is_sorted_by(|first, next| *first == 0 || first == next)
}

/// `kCipherAliases`; `SHA384` covers nothing anymore.
fn is_alias(word: &str) -> bool {
    const MORE: [&str; 12] = [
        "ALL", "HIGH", "FIPS", "kECDHE", "kEECDH", "EECDH", "ECDH", "aECDSA", "PSK", "SHA",
        "SSLv3", "SHA384",
    ];
    MORE.contains(&word)
        || SUITES.iter().any(|suite| suite.aliases.split(' ').any(|own| own == word))
}

/// The letters, digits, `-`, `.` and `_` from there on.
fn word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c)));
    &rest[..end.unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(entries: &[&str]) -> bool {
        check_ciphers(entries, false).is_none()
    }

    /// Each line is what `envoy --mode validate` 1.37.0 said.
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

    /// Lists made by chance, each with Envoy 1.37.0's answer.
    #[test]
    fn lists_made_by_chance_are_judged_as_envoy_judges_them() {
        let answers = include_str!("../../testdata/verify/cipher-lists.jsonl");
        for line in answers.lines() {
            let (taken, entries): (bool, Vec<String>) = serde_json::from_str(line).unwrap();
            let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
            assert_eq!(check_ciphers(&entries, false).is_none(), taken, "{line}");
        }
    }

    #[test]
    fn the_entry_at_fault_is_told() {
        let at = |entries: &[&str]| check_ciphers(entries, false).map(|refused| refused.entry);
        assert_eq!(at(&["AES128-SHA", "NOPE"]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA:AES", "AES+NOPE", "AES"]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA", "AES256-SHA "]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA", "-"]), Some(Some(1)));
        assert_eq!(at(&["AES128-SHA", "!ALL"]), Some(None));
        let fault = check_ciphers(&["TLS_AES_128_GCM_SHA256"], false).map(|refused| refused.fault);
        assert_eq!(fault, Some(ListFault::Empty));
    }

    #[test]
    fn suites_and_groups_come_and_go_with_envoy() {
        let suite = ["ECDHE-ECDSA-AES128-SHA256"];
        assert!(check_ciphers(&suite, false).is_some() && check_ciphers(&suite, true).is_none());
        let curves = |entries: &[&str], version| check_curves(entries, version).is_none();
        let (old, new) = (EnvoyVersion::V1_37, EnvoyVersion::V1_38);
        assert!(curves(&["P-224"], old) && !curves(&["P-224"], new));
        assert!(!curves(&["MLKEM1024"], old) && curves(&["MLKEM1024"], new));
        assert!(curves(&["P-256", "prime256v1"], old) && !curves(&["P-256", "prime256v1"], new));
        assert!(curves(&["P-256:X25519"], old) && !curves(&["P-256:"], old));
        assert!(!curves(&["secp256r1"], old) && !curves(&["P-256", ""], old) && curves(&[""], old));
    }
}

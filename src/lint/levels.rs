//! Severity levels by globs over rule ids.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::diagnostic::Severity;
use crate::document::Located;
use crate::rule::ALL;

/// A severity, or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Off.
    Off,
    /// Useful to know.
    Note,
    /// Works, but not as it should.
    Warning,
    /// Breaks traffic or protection.
    Error,
}

impl Level {
    /// The severity of findings; `None` if off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A rule's id, or a glob over ids.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct RuleGlob(pub String);

impl RuleGlob {
    /// Whether a rule matches.
    pub fn covers(&self, rule: &str) -> bool {
        matches(&self.0, rule)
    }

    /// Whether any rule matches.
    pub fn is_known(&self) -> bool {
        ALL.iter().any(|rule| self.covers(rule.id))
    }

    /// How specific it is: exact names first, then by length.
    fn exactness(&self) -> (bool, usize) {
        (!self.0.contains('*'), self.0.len())
    }
}

impl JsonSchema for RuleGlob {
    fn schema_name() -> Cow<'static, str> {
        "RuleGlob".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let ids: Vec<&str> = ALL.iter().map(|rule| rule.id).collect();
        json_schema!({
            "description": "A rule, or a glob over rules.",
            "anyOf": [{ "enum": ids }, { "type": "string", "pattern": "\\*" }],
        })
    }
}

/// Levels by glob, in written order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(pub Vec<(Located<RuleGlob>, Level)>);

impl Levels {
    /// The level of a rule: by exact name, else by the longest glob.
    pub fn of(&self, rule: &str) -> Option<Level> {
        self.deciding(rule).map(|at| self.0[at].1)
    }

    /// The index of the entry that applies to a rule.
    pub(super) fn deciding(&self, rule: &str) -> Option<usize> {
        let fitting = self.0.iter().enumerate().filter(|(_, (glob, _))| glob.covers(rule));
        fitting.max_by_key(|(_, (glob, _))| glob.exactness()).map(|(at, _)| at)
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Levels;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("rules with a level each (`secret-*: warning`)")
            }

            fn visit_unit<E>(self) -> Result<Levels, E> {
                Ok(Levels::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
                let mut levels = Vec::new();
                while let Some(level) = map.next_entry()? {
                    levels.push(level);
                }
                Ok(Levels(levels))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

impl JsonSchema for Levels {
    fn schema_name() -> Cow<'static, str> {
        "Levels".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": generator.subschema_for::<RuleGlob>(),
            "additionalProperties": generator.subschema_for::<Level>(),
        })
    }
}

/// Whether an id matches a glob, in which `*` matches any characters.
pub(super) fn matches(glob: &str, id: &str) -> bool {
    match glob.split_once('*') {
        None => glob == id,
        Some((start, rest)) => id.strip_prefix(start).is_some_and(|id| {
            let mut tails = id.char_indices().map(|(at, _)| &id[at..]).chain([""]);
            tails.any(|tail| matches(rest, tail))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

    #[test]
    fn globs_match_whole_ids() {
        assert!(matches("secret-*", "secret-key-mismatch"));
        assert!(matches("*-key-*", "secret-key-mismatch"));
        assert!(matches("*", "x") && matches("x*", "x") && matches("*x", "x"));
        assert!(!matches("secret", "secret-key-mismatch") && !matches("*-key", "secret-key-x"));
    }

    #[test]
    fn exact_names_go_before_globs_and_long_globs_before_short_ones() {
        let place = Span::new(Sources::default().add("c".into(), String::new()), 0, 0);
        let level = |glob: &str, level| {
            let glob = RuleGlob(glob.to_owned());
            (Located::new(glob, place, place, ""), level)
        };
        let levels = Levels(vec![
            level("secret-key-mismatch", Level::Error),
            level("secret-key-*", Level::Note),
            level("secret-*", Level::Off),
        ]);
        assert_eq!(levels.of("secret-key-mismatch"), Some(Level::Error));
        assert_eq!(levels.of("secret-key-encrypted"), Some(Level::Note));
        assert_eq!(levels.of("secret-missing"), Some(Level::Off));
        assert_eq!(levels.of("context-unused"), None);
    }
}

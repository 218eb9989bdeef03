//! Which rules run: `--select` and `--ignore`, as globs over rule ids.

use crate::diagnostic::Severity;
use crate::rule::{ALL, Rule};

use super::levels::{Level, Levels, matches};
use super::meant::meant_rule;

/// Which rules run by default, and their severities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Preset {
    /// All except the opt-in rules.
    #[default]
    Regular,
    /// All rules; anything but mutual TLS with a verified server is an error.
    Strict,
}

impl Preset {
    /// The severity that a rule's findings get, if the preset changes it.
    pub fn severity_of(self, rule: &str) -> Option<Severity> {
        (self == Self::Strict && rule == "upstream-unverified").then_some(Severity::Error)
    }
}

/// The rules of one run.
#[derive(Debug, Clone)]
pub struct RuleSelection {
    rules: Vec<&'static Rule>,
    preset: Preset,
}

/// A glob that matches no rule.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no rule is called `{glob}`")]
pub struct UnknownRule {
    /// The glob.
    pub glob: String,
    /// A hint about what was probably meant.
    pub hint: String,
}

impl Default for RuleSelection {
    fn default() -> Self {
        let rules = ALL.iter().copied().filter(|rule| !rule.is_opt_in());
        Self { rules: rules.collect(), preset: Preset::Regular }
    }
}

impl RuleSelection {
    /// The rules that a glob of `select` matches (all, if there is none) and none of `ignore` does.
    ///
    /// # Errors
    /// The first glob that matches no rule at all.
    pub fn of(select: &[String], ignore: &[String]) -> Result<Self, UnknownRule> {
        Self::with(Preset::Regular, select, ignore)
    }

    /// The same with another preset.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn with(preset: Preset, select: &[String], ignore: &[String]) -> Result<Self, UnknownRule> {
        for glob in select.iter().chain(ignore) {
            if !ALL.iter().any(|rule| matches(glob, rule.id)) {
                return Err(UnknownRule { glob: glob.clone(), hint: meant_rule(glob) });
            }
        }
        let any = |globs: &[String], id: &str| globs.iter().any(|glob| matches(glob, id));
        let by_default =
            |rule: &Rule| select.is_empty() && (preset == Preset::Strict || !rule.is_opt_in());
        let wanted =
            |rule: &Rule| (by_default(rule) || any(select, rule.id)) && !any(ignore, rule.id);
        Ok(Self { rules: ALL.iter().copied().filter(|rule| wanted(rule)).collect(), preset })
    }

    /// Removes rules that are off, unless they were selected by exact name.
    #[must_use]
    pub fn without_off(mut self, levels: Option<&Levels>, select: &[String]) -> Self {
        let Some(levels) = levels else { return self };
        let is_off = |rule: &Rule| levels.of(rule.id) == Some(Level::Off);
        self.rules.retain(|rule| !is_off(rule) || select.iter().any(|name| name == rule.id));
        self
    }

    /// Their preset.
    pub fn preset(&self) -> Preset {
        self.preset
    }

    /// Whether a rule is selected.
    pub fn holds(&self, id: &str) -> bool {
        self.rules.iter().any(|rule| rule.id == id)
    }

    /// The rules, by id.
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignoring_wins_and_slips_are_told() {
        let globs = |text: &str| vec![text.to_owned()];
        let some = RuleSelection::of(&globs("secret-*"), &globs("secret-key-mismatch")).unwrap();
        let ids: Vec<&str> = some.rules().iter().map(|rule| rule.id).collect();
        assert!(ids.contains(&"secret-pem-invalid") && !ids.contains(&"secret-key-mismatch"));
        let slip = RuleSelection::of(&globs("secret-key-missmatch"), &[]).unwrap_err();
        assert_eq!(slip.hint, "did you mean `secret-key-mismatch`?");
    }
}

//! Severity thresholds: `--fail-on` and `--min-severity`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Severity;

/// A severity, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Threshold {
    /// Notes and above.
    Note,
    /// Warnings and errors.
    Warning,
    /// Errors only.
    Error,
    /// Nothing.
    Never,
}

impl Threshold {
    /// The lowest severity that passes; `None` if none does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }

    /// Whether a severity passes.
    pub fn reaches(self, severity: Severity) -> bool {
        self.severity().is_some_and(|from| severity >= from)
    }
}

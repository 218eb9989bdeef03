//! From which severity on something counts: `--fail-on` and `--min-severity`.

use crate::diagnostic::Severity;

/// A severity, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// Notes and all above.
    Note,
    /// Warnings and errors.
    Warning,
    /// Errors only.
    Error,
    /// Nothing.
    Never,
}

impl Threshold {
    /// The mildest severity that it lets through; `None` for none at all.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }

    /// Whether a severity is let through.
    pub fn reaches(self, severity: Severity) -> bool {
        self.severity().is_some_and(|from| severity >= from)
    }
}

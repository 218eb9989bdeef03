//! The result of `lint`: active and suppressed findings.

use crate::diagnostic::Diagnostic;

/// All findings of one run.
#[derive(Debug, Default)]
pub struct LintOutcome {
    /// Active findings.
    pub findings: Vec<Diagnostic>,
    /// Suppressed findings.
    pub suppressed: Vec<Suppressed>,
}

/// A suppressed finding.
#[derive(Debug)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// What suppresses it.
    pub by: SuppressedBy,
    /// The reason, as written there.
    pub reason: String,
}

/// What suppresses a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment or annotation in the manifest.
    Ignore,
    /// The configuration.
    Config,
    /// The baseline.
    Baseline,
}

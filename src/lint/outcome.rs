//! What a call of `lint` found, and what it was told not to mention.

use crate::diagnostic::Diagnostic;

/// All findings of one call.
#[derive(Debug, Default)]
pub struct LintOutcome {
    /// Those that count.
    pub findings: Vec<Diagnostic>,
    /// Those that somebody gave a reason for.
    pub suppressed: Vec<Suppressed>,
}

/// A finding that does not count.
#[derive(Debug)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// Who says so.
    pub by: SuppressedBy,
    /// Why, in the words of no matter what wrote it.
    pub reason: String,
}

/// What keeps a finding from counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment or annotation in the manifest.
    Ignore,
    /// The configuration.
    Config,
    /// The baseline.
    Baseline,
}

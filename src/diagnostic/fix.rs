//! The fix of a finding: bytes of a source and their replacement.

use crate::source::Span;

/// Whether a fix may be applied without review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Ambassador then does what the author plainly wrote, and nothing else changes.
    Safe,
    /// Probably what was meant, but the author should review it.
    Unsafe,
}

/// A replacement; an empty span means an insertion.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// The replacement.
    pub replacement: String,
}

/// Edits that fix a finding; either all or none of them are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What they do, as a short imperative without a full stop: "write `v1.3`".
    pub description: String,
    /// Whether they may be applied without review.
    pub applicability: Applicability,
    /// The edits, by source and byte, without overlaps; never empty.
    pub edits: Vec<Edit>,
}

//! What would fix a finding: bytes of a source, and what takes their place.

use crate::source::Span;

/// Whether a fix may be applied without anybody looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Ambassador then does what the author plainly wrote, and nothing else changes.
    Safe,
    /// Most likely what was meant, but the author should look at it.
    Unsafe,
}

/// One replacement; an empty span inserts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub replacement: String,
}

/// Edits that fix one finding; all of them, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What they do, as a short imperative without a full stop: "write `v1.3`".
    pub description: String,
    /// Whether they may be applied unseen.
    pub applicability: Applicability,
    /// The edits, by source and byte, without overlaps; never empty.
    pub edits: Vec<Edit>,
}

//! A place with a few words.

use crate::source::Span;

/// A place that a finding talks about, and what it is ("named here").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where; may lie in another source than the finding's other labels.
    pub span: Span,
    /// What this place is, in a few words; may be empty on the primary label.
    pub text: String,
}

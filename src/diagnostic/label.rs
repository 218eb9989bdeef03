//! A place with a short description.

use crate::source::Span;

/// A place in a finding, and what it is ("named here").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place; may be in another source than the finding's other labels.
    pub span: Span,
    /// What the place is, in a few words; may be empty for the primary label.
    pub text: String,
}

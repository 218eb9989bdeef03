//! What can be wrong with a document before anybody asks what it means.

use crate::source::Span;

/// A document that cannot be read, or not as its author meant it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where it shows; for unclosed brackets and quotes that is after the cause.
    pub span: Span,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is not YAML; the parser's own words, and a guess at the cause.
    Syntax {
        /// The parser's message, lower case, without place.
        message: String,
        /// What probably happened, where the text tells.
        hint: Option<&'static str>,
    },
    /// It is a Helm or Go template that was not rendered.
    Template,
    /// `---` is followed by something on its line; `kubectl` rejects that.
    Separator,
    /// A `%` directive; `kubectl` rejects that.
    Directive,
    /// Text after `...`; `kubectl` drops it silently.
    AfterEnd,
    /// Brackets or blocks nested deeper than the limit.
    TooDeep {
        /// The limit, in levels.
        limit: usize,
    },
    /// Aliases and merge keys that would grow beyond the limit.
    TooManyAliases {
        /// The limit, in values looked at.
        limit: u32,
    },
    /// More values than are read of one document.
    TooManyValues {
        /// The limit, in keys, values and items.
        limit: usize,
    },
    /// More fields than are looked at in one object.
    TooManyFields {
        /// The limit, in values.
        limit: usize,
    },
    /// More bytes than are read of one document.
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
}

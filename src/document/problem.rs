//! Problems of a document that are found before its contents are interpreted.

use crate::source::Span;

/// A document that cannot be read, or not as intended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where it is detected; for unclosed brackets and quotes that is after the cause.
    pub span: Span,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is not YAML; with the parser's message and a guess at the cause.
    Syntax {
        /// The parser's message in lower case, without a place.
        message: String,
        /// The probable cause, if the text indicates one.
        hint: Option<&'static str>,
    },
    /// It is an unrendered Helm or Go template.
    Template,
    /// Something follows `---` on its line; `kubectl` rejects that.
    Separator,
    /// A `%` directive; `kubectl` rejects that.
    Directive,
    /// Text after `...`; `kubectl` drops it silently.
    AfterEnd,
    /// Brackets or blocks are nested too deeply.
    TooDeep {
        /// The limit, in levels.
        limit: usize,
    },
    /// Aliases and merge keys expand beyond the limit.
    TooManyAliases {
        /// The limit, in values.
        limit: u32,
    },
    /// The document has too many values.
    TooManyValues {
        /// The limit, in keys, values and items.
        limit: usize,
    },
    /// An object has too many fields.
    TooManyFields {
        /// The limit, in values.
        limit: usize,
    },
    /// The document is too long.
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
}

//! Describes the new state of a place in a document, independent of the edits that this takes.

use crate::source::Span;

/// A change. Places are those of values and keys as they were read ([`Located`]).
///
/// [`Located`]: super::Located
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Sets a scalar to another value; an alias is replaced by it.
    Set {
        /// The scalar.
        at: Span,
        /// Its new value.
        value: NewValue,
    },
    /// Joins a list of texts into one text with commas.
    Join {
        /// The key whose value it is.
        key: Span,
    },
    /// Writes a scheme before the text of another key of the same mapping, replacing `http://`;
    /// does nothing if it already has the scheme.
    Scheme {
        /// A key of the same mapping.
        beside: Span,
        /// The name of the key to change.
        name: String,
        /// The scheme, without `://`.
        scheme: String,
    },
    /// Turns a scalar into a list with that item.
    WrapInList {
        /// The scalar.
        at: Span,
    },
    /// Renames a key.
    Rename {
        /// The key.
        key: Span,
        /// Its new name.
        name: String,
    },
    /// Removes a key and its value.
    Remove {
        /// The key.
        key: Span,
    },
    /// Adds a key after another one of the same mapping.
    Add {
        /// The key before it.
        after: Span,
        /// Its name.
        name: String,
        /// Its value.
        value: NewValue,
    },
}

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// Text, quoted if necessary.
    Text(String),
    /// A boolean, never quoted.
    Bool(bool),
}

impl Change {
    /// The place it applies to.
    pub fn place(&self) -> Span {
        match self {
            Self::Set { at, .. } | Self::WrapInList { at } => *at,
            Self::Join { key } | Self::Rename { key, .. } | Self::Remove { key } => *key,
            Self::Add { after: key, .. } | Self::Scheme { beside: key, .. } => *key,
        }
    }

    /// Sets a scalar to another text.
    pub fn set(at: Span, text: impl Into<String>) -> Self {
        Self::Set { at, value: NewValue::Text(text.into()) }
    }

    /// Sets a boolean to another value.
    pub fn set_bool(at: Span, value: bool) -> Self {
        Self::Set { at, value: NewValue::Bool(value) }
    }

    /// Adds a key with a text after another key.
    pub fn add(after: Span, name: &str, text: impl Into<String>) -> Self {
        Self::Add { after, name: name.to_owned(), value: NewValue::Text(text.into()) }
    }

    /// Adds a key with a boolean after another key.
    pub fn add_bool(after: Span, name: &str, value: bool) -> Self {
        Self::Add { after, name: name.to_owned(), value: NewValue::Bool(value) }
    }
}

//! What is to become of a place in a document, before anybody knows which bytes that takes.

use crate::source::Span;

/// One change; places are those of values and keys as they were read ([`Located`]).
///
/// [`Located`]: super::Located
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A scalar gets another value; an alias is replaced by it.
    Set {
        /// The scalar.
        at: Span,
        /// Its new value.
        value: NewValue,
    },
    /// Whatever the value of a key is becomes one scalar.
    SetEntry {
        /// The key.
        key: Span,
        /// The new value.
        value: NewValue,
    },
    /// A list of texts becomes one text with commas between them.
    Join {
        /// The key whose value it is.
        key: Span,
    },
    /// The text of another key of the same mapping gets a scheme, in place of `http://` if it has
    /// that; nothing happens if it has the scheme already.
    Scheme {
        /// The key beside which it stands.
        beside: Span,
        /// The other key's name.
        name: String,
        /// What is written before `://`.
        scheme: String,
    },
    /// A scalar becomes a list with this one item.
    Enlist {
        /// The scalar.
        at: Span,
    },
    /// A key gets another name.
    Rename {
        /// The key.
        key: Span,
        /// Its new name.
        name: String,
    },
    /// A key goes, with its value.
    Remove {
        /// The key.
        key: Span,
    },
    /// A new key follows another one of the same mapping.
    Add {
        /// The key that it follows.
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
    /// Text, which is quoted where it must be.
    Text(String),
    /// A boolean, which never is.
    Bool(bool),
}

impl Change {
    /// The place that it is about.
    pub fn place(&self) -> Span {
        match self {
            Self::Set { at, .. } | Self::Enlist { at } => *at,
            Self::SetEntry { key, .. } | Self::Rename { key, .. } => *key,
            Self::Join { key } | Self::Remove { key } => *key,
            Self::Add { after: key, .. } | Self::Scheme { beside: key, .. } => *key,
        }
    }

    /// A scalar gets another text.
    pub fn set(at: Span, text: impl Into<String>) -> Self {
        Self::Set { at, value: NewValue::Text(text.into()) }
    }

    /// A boolean gets another value.
    pub fn set_bool(at: Span, value: bool) -> Self {
        Self::Set { at, value: NewValue::Bool(value) }
    }

    /// A new key with a text follows another key.
    pub fn add(after: Span, name: &str, text: impl Into<String>) -> Self {
        Self::Add { after, name: name.to_owned(), value: NewValue::Text(text.into()) }
    }

    /// A new key with a boolean follows another key.
    pub fn add_bool(after: Span, name: &str, value: bool) -> Self {
        Self::Add { after, name: name.to_owned(), value: NewValue::Bool(value) }
    }
}

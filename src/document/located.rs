//! A value with the place of its field.

use std::ops::Deref;

use crate::source::Span;

use super::path::FieldPath;

/// A value with its own place and that of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value itself.
    pub value: T,
    /// The place of the value.
    pub span: Span,
    /// The place of its key; the value's own place for list items and document roots.
    pub key: Span,
    /// The field's path in the document: `spec.tls`, `spec.hosts[1]`.
    pub path: FieldPath,
}

/// A field that few objects have; takes little memory if it is absent.
pub type Rare<T> = Option<Box<Located<T>>>;

impl<T> Located<T> {
    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), span: self.span, key: self.key, path: self.path }
    }

    /// The last part of the path: the name shown to users.
    pub fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

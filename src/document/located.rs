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
    key: Key,
    /// The field's path in the document: `spec.tls`, `spec.hosts[1]`.
    pub path: FieldPath,
}

/// The place of a key, relative to its value. A key that is further away or longer than 32 KiB counts as
/// the value's own place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    /// How many bytes it starts before the value.
    before: i16,
    /// Its length in bytes; 0 if its place is that of the value.
    length: i16,
}

impl Key {
    fn of(key: Span, value: Span) -> Self {
        let before = (i64::from(value.start) - i64::from(key.start)).try_into();
        match (before, (key.end - key.start).try_into()) {
            (Ok(before), Ok(length)) if key != value => Self { before, length },
            _ => Self { before: 0, length: 0 },
        }
    }

    fn span(self, value: Span) -> Span {
        if self == (Self { before: 0, length: 0 }) {
            return value;
        }
        let start = value.start.saturating_add_signed(-i32::from(self.before));
        Span::new(value.source, start, start.saturating_add_signed(self.length.into()))
    }
}

/// A field that few objects have; takes little memory if it is absent.
pub type Rare<T> = Option<Box<Located<T>>>;

impl<T> Located<T> {
    /// A value with the places of itself and of its key.
    pub fn new(value: T, span: Span, key: Span, path: &str) -> Self {
        Self { value, span, key: Key::of(key, span), path: path.into() }
    }

    /// The place of its key; the value's own place for list items and document roots.
    pub fn key(&self) -> Span {
        self.key.span(self.span)
    }

    /// The same value at the place of its key.
    #[must_use]
    pub fn at_key(self) -> Self {
        let place = self.key();
        Self { span: place, key: Key::of(place, place), ..self }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn keys_are_where_they_were_unless_they_are_far_away() {
        let span = |start, end| Span::new(SourceId(3), start, end);
        let key = |key, value| Located::new((), value, key, "a").key();
        for near in [span(10, 13), span(20, 30), span(20, 24), span(21, 25), span(25, 40)] {
            assert_eq!(key(near, span(20, 30)), near);
        }
        let far = span(100_000, 100_009);
        assert_eq!(key(span(10, 13), far), far, "too far");
        assert_eq!(key(span(10, 90_000), far), far, "too long");
    }
}

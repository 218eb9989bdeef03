//! Passes the place of a [`Located`] through serde, which has no places.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, IntoDeserializer, SeqAccess, Visitor};

use crate::source::{SourceId, Span};

use super::located::Located;
use super::misread::Misread;

/// The name by which [`Located`] requests its place.
pub(super) const LOCATED: &str = "mtlsctl::Located";

/// The place of a [`Located`].
pub(super) struct Place<'p> {
    pub(super) span: Span,
    pub(super) key: Span,
    pub(super) path: &'p str,
}

impl<'p> Place<'p> {
    /// The parts of a value at this place.
    pub(super) fn followed_by<D>(self, value: D) -> Parts<'p, D> {
        let (span, key) = (self.span, self.key);
        let numbers = [span.source.0, span.start, span.end, key.start, key.end];
        Parts { numbers: numbers.into_iter(), path: Some(self.path), value: Some(value) }
    }
}

/// A [`Located`] in a form that serde can pass on: five numbers, a path, the value.
pub(super) struct Parts<'p, D> {
    numbers: std::array::IntoIter<u32, 5>,
    path: Option<&'p str>,
    value: Option<D>,
}

impl<'de, D: de::Deserializer<'de, Error = Misread>> SeqAccess<'de> for Parts<'_, D> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misread> {
        if let Some(number) = self.numbers.next() {
            return seed.deserialize(number.into_deserializer()).map(Some);
        }
        if let Some(path) = self.path.take() {
            return seed.deserialize(path.into_deserializer()).map(Some);
        }
        self.value.take().map(|value| seed.deserialize(value)).transpose()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(LOCATED, LocatedVisitor(PhantomData))
    }
}

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value with a place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Located<T>, A::Error> {
        let missing = || de::Error::custom("a value without a place");
        let mut number = || parts.next_element::<u32>()?.ok_or_else(missing);
        let (source, start, end) = (SourceId(number()?), number()?, number()?);
        let (key_start, key_end) = (number()?, number()?);
        let path: String = parts.next_element()?.ok_or_else(missing)?;
        let value = parts.next_element()?.ok_or_else(missing)?;
        let key = Span::new(source, key_start, key_end);
        Ok(Located::new(value, Span::new(source, start, end), key, &path))
    }
}

//! Deserializes a document with serde; errors have places.

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::source::Span;

use super::entries::Entry;
use super::field::Field;
use super::misread::Misread;
use super::placed::{LOCATED, Place};
use super::scalar::Scalar;

/// A newtype with this name receives a scalar as written, so that the version 4.10 does not become
/// 4.1.
pub const AS_WRITTEN: &str = "mtlsctl::AsWritten";

impl Field<'_> {
    /// Deserializes the value to any type.
    ///
    /// # Errors
    /// The first value that does not fit, with its place.
    pub fn read<T: for<'de> Deserialize<'de>>(&self) -> Result<T, Misread> {
        T::deserialize(Value { field: self })
    }
}

/// A value.
struct Value<'f, 't> {
    field: &'f Field<'t>,
}

impl<'de> de::Deserializer<'de> for Value<'_, '_> {
    type Error = Misread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        let field = self.field;
        let read = if let Some(key) = field.nameless_key() {
            let error: Misread = de::Error::custom("a key is a name, not a list or a mapping");
            Err(error.at(key))
        } else if field.is_mapping() {
            visitor.visit_map(Entries { entries: field.entries().into_iter(), value: None })
        } else if field.is_sequence() {
            visitor.visit_seq(Items { items: field.items() })
        } else {
            match field.scalar() {
                Some(Scalar::Bool(value)) => visitor.visit_bool(value),
                Some(Scalar::Integer(value)) => visitor.visit_i64(value),
                Some(Scalar::Float(value)) => visitor.visit_f64(value),
                Some(Scalar::Text(text)) => visitor.visit_str(&text),
                Some(Scalar::Null) | None => visitor.visit_unit(),
            }
        };
        read.map_err(|error| error.at(field.key_or_head_span()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        // A key without a value counts as absent.
        if self.field.is_set() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        // As written: `kubectl` would read `off` as a boolean.
        match self.field.written() {
            Some(text) => {
                let text: StrDeserializer<'_, Misread> = text.into_deserializer();
                visitor.visit_enum(text).map_err(|error| error.at(self.field.span()))
            }
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        let field = self.field;
        match (name, field.written()) {
            (LOCATED, _) => {
                let path = field.path();
                let place = Place { span: field.span(), key: field.key_span(), path: &path };
                visitor.visit_seq(place.followed_by(self))
            }
            (AS_WRITTEN, Some(text)) if field.is_set() => {
                visitor.visit_str(text).map_err(|error: Misread| error.at(field.span()))
            }
            (AS_WRITTEN, _) => self.deserialize_any(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        // serde would accept a list as the fields in order.
        if self.field.is_sequence() {
            let error: Misread = de::Error::invalid_type(Unexpected::Seq, &visitor);
            return Err(error.at(self.field.key_or_head_span()));
        }
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// The entries of a mapping.
struct Entries<'t> {
    entries: std::vec::IntoIter<Entry<'t>>,
    value: Option<Field<'t>>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misread> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        let place = entry.value.key_span();
        let path = entry.value.path();
        let key = Key { text: &entry.key, place, path: &path };
        let read = seed.deserialize(key).map_err(|error| error.at(place))?;
        self.value = Some(entry.value);
        Ok(Some(read))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        match self.value.take() {
            Some(field) => {
                seed.deserialize(Value { field: &field }).map_err(|e| e.at(field.span()))
            }
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}

/// The items of a list.
struct Items<I> {
    items: I,
}

impl<'de, 't, I: Iterator<Item = Field<'t>>> SeqAccess<'de> for Items<I> {
    type Error = Misread;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misread> {
        let Some(field) = self.items.next() else { return Ok(None) };
        seed.deserialize(Value { field: &field }).map(Some).map_err(|error| error.at(field.span()))
    }
}

/// A key.
struct Key<'k> {
    text: &'k str,
    place: Span,
    path: &'k str,
}

impl<'de> de::Deserializer<'de> for Key<'_> {
    type Error = Misread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_str(self.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        match name {
            LOCATED => {
                let place = Place { span: self.place, key: self.place, path: self.path };
                visitor.visit_seq(place.followed_by(self))
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any option enum
    }
}

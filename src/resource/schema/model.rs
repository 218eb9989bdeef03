//! The schema of a value: the parts of OpenAPI that Ambassador's CRDs use.

use super::release::Lifetime;

/// The type of a value.
#[derive(Debug)]
pub enum Schema {
    /// Any value.
    Any,
    /// A string.
    String,
    /// One of these strings.
    Choice(Vec<&'static str>),
    /// A string that matches a pattern.
    Pattern(&'static Pattern),
    /// An integer.
    Integer,
    /// An integer in a range, including both ends.
    Range(i64, i64),
    /// One of these integers.
    Code(Vec<i64>),
    /// `true` or `false`.
    Boolean,
    /// A list.
    List(Box<Schema>),
    /// A list with at least one item.
    NonEmptyList(Box<Schema>),
    /// An object with arbitrary keys.
    Map(Box<Schema>),
    /// An object with fields; unknown ones are pruned.
    Object(Vec<FieldSchema>),
    /// An object whose contents are not checked (`x-kubernetes-preserve-unknown-fields`).
    AnyObject,
    /// An object with exactly one field.
    Single(Box<Schema>),
    /// One of several types (`oneOf`), distinguished by their JSON type.
    OneOf(Vec<Schema>),
}

/// A field of an object.
#[derive(Debug)]
pub struct FieldSchema {
    /// Its name.
    pub(super) name: &'static str,
    /// The schema of its value.
    pub(super) schema: Schema,
    /// Whether it is required.
    pub(super) is_required: bool,
    /// The releases that have it; `None` for all.
    pub(super) lifetime: Option<Lifetime>,
}

/// A regular expression of a schema.
#[derive(Debug)]
pub struct Pattern {
    /// The expression, for messages.
    pub(super) text: &'static str,
    /// Whether a string matches it.
    pub(super) matches: fn(&str) -> bool,
}

impl FieldSchema {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The schema of its value.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Whether it is required.
    pub fn is_required(&self) -> bool {
        self.is_required
    }

    /// The releases that have it; `None` for all.
    pub fn lifetime(&self) -> Option<&Lifetime> {
        self.lifetime.as_ref()
    }
}

impl Schema {
    /// The JSON type, if there is only one.
    pub fn type_name(&self) -> Option<&'static str> {
        match self {
            Self::Any | Self::OneOf(_) => None,
            Self::String | Self::Choice(_) | Self::Pattern(_) => Some("string"),
            Self::Integer | Self::Range(..) | Self::Code(_) => Some("integer"),
            Self::Boolean => Some("boolean"),
            Self::List(_) | Self::NonEmptyList(_) => Some("array"),
            Self::Map(_) | Self::Object(_) | Self::AnyObject | Self::Single(_) => Some("object"),
        }
    }

    /// The fields of an object; empty for anything else.
    pub fn fields(&self) -> &[FieldSchema] {
        match self {
            Self::Object(fields) => fields,
            Self::Single(schema) => schema.fields(),
            _ => &[],
        }
    }

    /// The required fields of an object.
    pub(super) fn required(&self) -> impl Iterator<Item = &'static str> {
        let fields = match self {
            Self::Object(fields) => fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter(|field| field.is_required).map(|field| field.name)
    }

    /// The field with this name, if this is an object that has it.
    pub fn field(&self, name: &str) -> Option<&FieldSchema> {
        self.fields().iter().find(|field| field.name == name)
    }
}

/// The names of an object's fields, for suggestions; empty for anything else.
pub fn field_names(schema: &Schema) -> impl Iterator<Item = &'static str> {
    schema.fields().iter().map(|field| field.name)
}

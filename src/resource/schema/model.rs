//! What a schema can say about a value; as much of OpenAPI as Ambassador's CRDs use.

use super::release::Lifetime;

/// What a value must be.
#[derive(Debug)]
pub enum Schema {
    /// Anything at all.
    Any,
    /// A string.
    String,
    /// One of these strings.
    Choice(Vec<&'static str>),
    /// A string of a certain form.
    Pattern(&'static Pattern),
    /// A whole number.
    Integer,
    /// A whole number between two others, both included.
    Range(i64, i64),
    /// One of these whole numbers.
    Code(Vec<i64>),
    /// `true` or `false`.
    Boolean,
    /// A list.
    List(Box<Schema>),
    /// A list with at least one item.
    NonEmptyList(Box<Schema>),
    /// An object whose keys are the user's own.
    Map(Box<Schema>),
    /// An object with fields; others are pruned.
    Object(Vec<FieldSchema>),
    /// An object whose contents are not looked at (`x-kubernetes-preserve-unknown-fields`).
    AnyObject,
    /// An object that has exactly one field.
    Single(Box<Schema>),
    /// One of several types (`oneOf`), told apart by their JSON type.
    OneOf(Vec<Schema>),
}

/// A field of an object.
#[derive(Debug)]
pub struct FieldSchema {
    /// What it is called.
    pub(super) name: &'static str,
    /// What its value must be.
    pub(super) schema: Schema,
    /// Whether it must be there.
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
    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What its value must be.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Whether it must be there.
    pub fn is_required(&self) -> bool {
        self.is_required
    }

    /// The releases that have it; `None` for all.
    pub fn lifetime(&self) -> Option<&Lifetime> {
        self.lifetime.as_ref()
    }
}

impl Schema {
    /// The JSON type that is asked for, if it is only one.
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

    /// The fields of an object; none for anything else.
    pub fn fields(&self) -> &[FieldSchema] {
        match self {
            Self::Object(fields) => fields,
            Self::Single(schema) => schema.fields(),
            _ => &[],
        }
    }

    /// The fields an object must have.
    pub(super) fn required(&self) -> impl Iterator<Item = &'static str> {
        let fields = match self {
            Self::Object(fields) => fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter(|field| field.is_required).map(|field| field.name)
    }

    /// The field of that name, if this is an object that has it.
    pub fn field(&self, name: &str) -> Option<&FieldSchema> {
        self.fields().iter().find(|field| field.name == name)
    }
}

/// The names of an object's fields, for suggestions; none for anything else.
pub fn field_names(schema: &Schema) -> impl Iterator<Item = &'static str> {
    schema.fields().iter().map(|field| field.name)
}

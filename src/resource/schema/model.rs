//! What a schema can say about a value; as much of OpenAPI as Ambassador's CRDs use.

/// Fields of an object and what their values must be.
pub(super) type Fields = &'static [(&'static str, Schema)];

/// Fields that must be there.
pub(super) type Required = &'static [&'static str];

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Schema {
    /// Anything at all.
    Any,
    /// A string.
    String,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A string of a certain form.
    Pattern(&'static Pattern),
    /// A whole number.
    Integer,
    /// A whole number between two others, both included.
    Range(i64, i64),
    /// One of these whole numbers.
    Code(&'static [i64]),
    /// `true` or `false`.
    Boolean,
    /// A list.
    List(&'static Schema),
    /// A list with at least one item.
    NonEmptyList(&'static Schema),
    /// An object whose keys are the user's own.
    Map(&'static Schema),
    /// An object with fields; others are pruned.
    Object(&'static [(&'static str, Schema)], &'static [&'static str]),
    /// An object whose fields stand in several tables, some of them shared between versions.
    Joined(&'static [Fields], &'static [&'static str]),
    /// An object whose contents are not looked at (`x-kubernetes-preserve-unknown-fields`).
    AnyObject,
    /// An object that has exactly one field.
    Single(&'static Schema),
    /// One of several types (`oneOf`), told apart by their JSON type.
    OneOf(&'static [Schema]),
}

/// A regular expression of a schema.
#[derive(Debug)]
pub struct Pattern {
    /// The expression, for messages.
    pub(super) text: &'static str,
    /// Whether a string matches it.
    pub(super) matches: fn(&str) -> bool,
}

impl Schema {
    /// The JSON type that is asked for, if it is only one.
    pub(super) fn type_name(&self) -> Option<&'static str> {
        match self {
            Self::Any | Self::OneOf(_) => None,
            Self::String | Self::Choice(_) | Self::Pattern(_) => Some("string"),
            Self::Integer | Self::Range(..) | Self::Code(_) => Some("integer"),
            Self::Boolean => Some("boolean"),
            Self::List(_) | Self::NonEmptyList(_) => Some("array"),
            Self::Map(_) | Self::Object(..) | Self::Joined(..) => Some("object"),
            Self::AnyObject | Self::Single(_) => Some("object"),
        }
    }

    /// The tables of an object's fields; none for anything else.
    fn groups(&'static self) -> &'static [Fields] {
        match self {
            Self::Object(fields, _) => std::slice::from_ref(fields),
            Self::Joined(groups, _) => groups,
            Self::Single(schema) => schema.groups(),
            _ => &[],
        }
    }

    /// The fields an object must have.
    pub(super) fn required(&self) -> Required {
        match self {
            Self::Object(_, required) | Self::Joined(_, required) => required,
            _ => &[],
        }
    }

    /// What the field of that name must be, if this is an object that has it.
    pub fn field(&'static self, name: &str) -> Option<&'static Schema> {
        let mut fields = self.groups().iter().flat_map(|group| group.iter());
        fields.find(|(field, _)| *field == name).map(|(_, schema)| schema)
    }
}

/// The names of an object's fields, for suggestions; none for anything else.
pub fn field_names(schema: &'static Schema) -> impl Iterator<Item = &'static str> {
    schema.groups().iter().flat_map(|group| group.iter()).map(|(name, _)| *name)
}

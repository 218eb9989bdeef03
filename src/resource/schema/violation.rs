//! The validator's errors, by kind; `Display` gives its message.

use std::fmt;

use crate::document::Located;

/// A reason to reject an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The path of the value in messages: `spec.tls`.
    pub path: String,
    /// What is wrong with it.
    pub kind: ViolationKind,
    /// The invalid value; for a missing field, the object that lacks it.
    pub place: Located<()>,
}

/// The kinds of [`Violation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViolationKind {
    /// A value of another type.
    Type {
        /// The type in the schema.
        expected: &'static str,
        /// The type of the value.
        actual: &'static str,
    },
    /// None of the allowed values, which are separated by blanks.
    Choice(String),
    /// A string that does not match this regular expression.
    Pattern(&'static str),
    /// A number below this one.
    Less(i64),
    /// A number above this one.
    Greater(i64),
    /// A list without items.
    NoItem,
    /// An object without properties, or with more than one.
    Properties {
        /// Whether there is none.
        none: bool,
    },
    /// A required field is missing.
    Required,
    /// A value of none of the allowed types.
    NoneOf,
    /// A field unknown to Python's schema.
    Unexpected,
    /// A null, with Python's message.
    Null,
}

impl Violation {
    /// Whether a value has this type instead of the expected one.
    pub fn is_of_type(&self, name: &str) -> bool {
        matches!(self.kind, ViolationKind::Type { actual, .. } if actual == name)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ViolationKind as Kind;
        let path = &self.path;
        match &self.kind {
            Kind::Type { expected, actual } => {
                write!(out, "{path} in body must be of type {expected}: \"{actual}\"")
            }
            Kind::Choice(values) => write!(out, "{path} in body should be one of [{values}]"),
            Kind::Pattern(pattern) => write!(out, "{path} in body should match '{pattern}'"),
            Kind::Less(least) => {
                write!(out, "{path} in body should be greater than or equal to {least}")
            }
            Kind::Greater(most) => {
                write!(out, "{path} in body should be less than or equal to {most}")
            }
            Kind::NoItem => write!(out, "{path} in body should have at least 1 items"),
            Kind::Properties { none } => {
                let bound = if *none { "least" } else { "most" };
                write!(out, "{path} in body should have at {bound} 1 properties")
            }
            Kind::Required => write!(out, "{path} in body is required"),
            Kind::NoneOf => write!(
                out,
                "\"{path}\" must validate one and only one schema (oneOf). Found none valid"
            ),
            Kind::Unexpected => {
                write!(out, "Additional properties are not allowed ('{path}' was unexpected)")
            }
            Kind::Null => write!(out, "{path}: None is not of a type that the schema allows"),
        }
    }
}

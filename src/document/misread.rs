//! Why a document does not have the expected form, where, and what was probably meant.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::diagnostic::nearest;
use crate::source::Span;

/// A value or key that does not have the expected form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong, as a lower-case sentence.
    pub message: String,
    /// What to do, if that is known.
    pub hint: Option<String>,
    /// The place; `None` for errors without one.
    pub span: Option<Span>,
}

impl Misread {
    /// Sets the place, unless there is a more specific one.
    pub(super) fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    fn new(message: String, hint: Option<String>) -> Self {
        Self { message, hint, span: None }
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Misread {}

impl de::Error for Misread {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let is_text = expected.contains("string") || expected.contains("text");
        let hint = match found {
            Unexpected::Unsigned(_)
            | Unexpected::Signed(_)
            | Unexpected::Float(_)
            | Unexpected::Bool(_)
                if is_text =>
            {
                Some("put it in quotes".to_owned())
            }
            _ => None,
        };
        // In terms of documents.
        let expected = match expected.as_str() {
            "a sequence" => "a list",
            "a string" => "text",
            "path string" => "a path",
            "a map" => "a mapping",
            other => other,
        };
        Self::new(format!("this is {}, not {expected}", words(found)), hint)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        Self::new(format!("`{name}` is not a known field here"), Some(meant(name, known)))
    }

    fn unknown_variant(text: &str, known: &'static [&'static str]) -> Self {
        Self::new(format!("`{text}` is not possible here"), Some(meant(text, known)))
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(format!("`{name}` is missing"), None)
    }
}

fn meant(written: &str, known: &[&str]) -> String {
    match nearest(written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("possible: {}", known.join(", ")),
    }
}

fn words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Map => "a mapping".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Str(text) => format!("the text `{text}`"),
        Unexpected::Bool(value) => format!("the boolean `{value}`"),
        Unexpected::Signed(number) => format!("the number `{number}`"),
        Unexpected::Unsigned(number) => format!("the number `{number}`"),
        Unexpected::Float(number) => format!("the number `{number}`"),
        other => other.to_string(),
    }
}

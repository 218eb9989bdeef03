//! Settings written as text in a specific format.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use time::Date;
use time::macros::format_description;

use crate::cert::ExpiryMargin;
use crate::diagnostic::ObjectName;
use crate::document::{AS_WRITTEN, Located};
use crate::source::valid_glob;
use crate::world::{External, Profile};

/// A value parsed from text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text<T>(pub T);

/// A kind of text with a schema.
pub trait TextForm {
    /// The schema of the text.
    fn schema() -> Schema;
    /// Its name among the definitions.
    const NAME: &'static str;
    /// Its format, as the end of a sentence.
    const EXPECTED: &'static str;
}

impl<T> Deref for Text<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'de, T: FromStr<Err: fmt::Display> + TextForm> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AS_WRITTEN, TextVisitor(PhantomData))
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display> + TextForm> Visitor<'_> for TextVisitor<T> {
    type Value = Text<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<T>, E> {
        text.parse().map(Text).map_err(E::custom)
    }
}

impl<T: TextForm> JsonSchema for Text<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        T::schema()
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl TextForm for Profile {
    const NAME: &'static str = "Version";
    const EXPECTED: &'static str = "a version like 4.1";

    fn schema() -> Schema {
        json_schema!({ "anyOf": [
            { "type": "string", "pattern": r"^v?[0-9]+(\.[0-9]+){0,2}$" },
            { "type": "number", "exclusiveMinimum": 0 },
        ]})
    }
}

impl TextForm for External {
    const NAME: &'static str = "External";
    const EXPECTED: &'static str = "KIND/NAMESPACE/NAME";

    fn schema() -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[^/]+/[^/]*/[^/]+$",
            "examples": ["Secret/certs/*"],
        })
    }
}

impl TextForm for ExpiryMargin {
    const NAME: &'static str = "Margin";
    const EXPECTED: &'static str = "a time like 30d or a share like 25%";

    fn schema() -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^([0-9]{1,9}[smhdw]|(100|[0-9]{1,2}(\.[0-9]+)?)%)$",
            "examples": ["30d", "12h", "25%"],
        })
    }
}

/// A path glob as in a `.gitignore`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathGlob(pub String);

impl FromStr for PathGlob {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        valid_glob(text).map(|()| Self(text.to_owned()))
    }
}

impl TextForm for PathGlob {
    const NAME: &'static str = "PathGlob";
    const EXPECTED: &'static str = "a glob over paths";

    fn schema() -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 1,
            "description": "A glob over paths, as in a .gitignore.",
        })
    }
}

/// `KIND/NAMESPACE/NAME` with `*` for anything, as in `--external`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectGlob(External);

impl ObjectGlob {
    /// Whether an object matches.
    pub fn covers(&self, object: &ObjectName) -> bool {
        self.0.covers(&object.kind, &object.namespace, &object.name)
    }
}

impl FromStr for ObjectGlob {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl TextForm for ObjectGlob {
    const NAME: &'static str = "ObjectGlob";
    const EXPECTED: &'static str = "KIND/NAMESPACE/NAME";

    fn schema() -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[^/]+/[^/]*/[^/]+$",
            "examples": ["Mapping/*/legacy-*"],
        })
    }
}

/// A date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub Date);

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Date::parse(text, &format_description!("[year]-[month]-[day]"))
            .map(Self)
            .map_err(|_| format!("`{text}` is not a date like 2027-12-31"))
    }
}

impl TextForm for Day {
    const NAME: &'static str = "Day";
    const EXPECTED: &'static str = "a date like 2027-12-31";

    fn schema() -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "examples": ["2027-12-31"],
        })
    }
}

/// A reason; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub String);

impl FromStr for Reason {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        if text.trim().is_empty() { Err("it gives no reason") } else { Ok(Self(text.to_owned())) }
    }
}

impl TextForm for Reason {
    const NAME: &'static str = "Reason";
    const EXPECTED: &'static str = "a sentence";

    fn schema() -> Schema {
        json_schema!({ "type": "string", "pattern": r"\S" })
    }
}

//! What JSON reports share: streamed lists, object names, schemas.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::diagnostic::ObjectName;

/// A list whose items are created one by one while it is written, so that they are never in memory
/// together.
pub(crate) struct Streamed<'r, T>(Box<Make<'r, T>>);

type Make<'r, T> = dyn Fn() -> Box<dyn Iterator<Item = T> + 'r> + 'r;

impl<'r, T: 'r> Streamed<'r, T> {
    /// A list from an iterator, which is recreated each time the list is written.
    pub(crate) fn of<I: Iterator<Item = T> + 'r>(make: impl Fn() -> I + 'r) -> Self {
        Self(Box::new(move || Box::new(make())))
    }
}

impl<T: Serialize> Serialize for Streamed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl<T: JsonSchema> JsonSchema for Streamed<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

/// An object by kind, namespace and name.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Object")]
pub(crate) struct ObjectJson<'r> {
    kind: &'r str,
    namespace: &'r str,
    name: &'r str,
}

impl<'r> ObjectJson<'r> {
    pub(crate) fn of(object: &'r ObjectName) -> Self {
        Self { kind: &object.kind, namespace: &object.namespace, name: &object.name }
    }
}

/// The JSON Schema (draft 2020-12) of a report as it is written.
pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>().into()
}

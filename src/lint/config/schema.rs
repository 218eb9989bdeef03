//! The configuration's JSON Schema for editors, generated from the types that read it.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::config::Config;

/// The address of the schema, for `# yaml-language-server: $schema=…`.
const ID: &str =
    "https://raw.githubusercontent.com/mtlsctl/mtlsctl/main/completions/mtlsctl.schema.json";

/// The schema of `.mtlsctl.yaml`, draft 2020-12.
pub fn config_schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Config>();
    schema.insert("$id".to_owned(), ID.into());
    schema.into()
}

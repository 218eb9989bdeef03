//! Tests of the validator's messages against recorded answers and the validator's source.

mod fields;
mod values;

use super::*;
use crate::document::Tree;
use crate::source::SourceId;

/// The messages and names found in a document.
struct Found {
    violations: Vec<String>,
    unknown: Vec<String>,
}

fn inspect_text(version: &str, kind: &str, form: SpecForm, text: &str) -> Found {
    let (tree, _) = Tree::parse(SourceId(0), 0, text).unwrap();
    let schema = spec_schema(SchemaVersion::parse(version).unwrap(), kind).unwrap();
    let found = inspect(&tree.root().unwrap(), form, schema);
    let in_no_release = found.unknown.into_iter().filter(|field| field.lifetime.is_none());
    Found {
        violations: found.violations.into_iter().map(|violation| violation.to_string()).collect(),
        unknown: in_no_release.map(|field| field.name.path.to_string()).collect(),
    }
}

fn violations(version: &str, kind: &str, spec: &str) -> Vec<String> {
    inspect_text(version, kind, SpecForm::Object, &format!("spec: {spec}")).violations
}

fn unknown(version: &str, kind: &str, spec: &str) -> Vec<String> {
    inspect_text(version, kind, SpecForm::Object, &format!("spec: {spec}")).unknown
}

//! What the Kubernetes API server does with Ambassador's objects: validation and pruning.
//!
//! The facts in `fields.txt` are extracted from the public CRDs of Emissary 2.1.2 to 4.1.0 by
//! `tests/support/crd_facts.py`. Emissary validates annotation documents itself, with the same
//! schemas and the same messages.

mod form;
mod inspect;
mod model;
mod python;
mod release;
mod table;
#[cfg(test)]
mod tests;
mod violation;

pub use form::SpecForm;
pub(super) use inspect::MAX_VALUES;
pub use inspect::{Inspection, PrunedField, inspect};
pub use model::{FieldSchema, Schema, field_names};
pub use python::has_field;
pub use release::{Lifetime, Release};
pub use table::spec_schema;
pub use violation::{Violation, ViolationKind};

/// A version of the group `getambassador.io` that has schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemaVersion {
    /// `v1`; its specs are those of `v2`.
    V1,
    /// `v2`.
    V2,
    /// `v3alpha1`.
    V3alpha1,
}

impl SchemaVersion {
    /// Parses the part of an `apiVersion` after the slash.
    pub fn parse(version: &str) -> Option<Self> {
        match version {
            "v1" => Some(Self::V1),
            "v2" => Some(Self::V2),
            "v3alpha1" => Some(Self::V3alpha1),
            _ => None,
        }
    }
}

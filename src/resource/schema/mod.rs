//! What the Kubernetes API server does with Ambassador's objects: it validates and it prunes.
//!
//! The tables restate the public CRDs of emissary-ingress (main, after 4.1). Annotation documents
//! are validated by Emissary itself, against the same schemas and in the same words.

mod form;
mod inspect;
mod model;
mod tables;
#[cfg(test)]
mod tests;

pub use form::Form;
pub(super) use inspect::MAX_VALUES;
pub use inspect::{Inspection, UnknownField, Violation, inspect};
pub use model::{Schema, field_names};
pub use tables::spec_schema;

/// A version of the group `getambassador.io` that has schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// `v1`; its specs are those of `v2`.
    V1,
    /// `v2`.
    V2,
    /// `v3alpha1`.
    V3alpha1,
}

impl Version {
    /// Reads the part of an `apiVersion` after the slash.
    pub fn parse(version: &str) -> Option<Self> {
        match version {
            "v1" => Some(Self::V1),
            "v2" => Some(Self::V2),
            "v3alpha1" => Some(Self::V3alpha1),
            _ => None,
        }
    }
}

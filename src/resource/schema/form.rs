//! Where a document has the fields of its spec: below `spec`, or at the top of a bare document.

use crate::document::{Entry, Field};

/// The top-level keys of a bare document that are not fields of its spec.
const NOT_SPEC: [&str; 9] = [
    "apiVersion",
    "kind",
    "name",
    "namespace",
    "generation",
    "metadata",
    "metadata_labels",
    "status",
    "spec",
];

/// How a document writes its spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpecForm {
    /// A Kubernetes object: the fields below `spec`.
    Object,
    /// A document of an annotation: the fields at its top level, and below `spec` if it has one.
    Bare,
}

/// The fields of a spec.
pub(super) struct Spec<'t> {
    /// The value that is the whole spec.
    pub(super) whole: Field<'t>,
    /// Its fields; `None` if `spec` is not a mapping.
    pub(super) entries: Option<Vec<Entry<'t>>>,
}

impl SpecForm {
    /// Reads the spec; `None` if an object has none, which no schema forbids.
    pub(super) fn spec<'t>(self, document: &Field<'t>) -> Option<Spec<'t>> {
        match self {
            Self::Object => {
                // A null is pruned before validation.
                let whole = document.set_at("spec")?;
                let entries = whole.is_mapping().then(|| whole.entries());
                Some(Spec { whole, entries })
            }
            Self::Bare => {
                // Top-level fields win; a `spec` that is not a mapping is dropped.
                let mut entries = document.entries();
                entries.retain(|entry| !NOT_SPEC.contains(&&*entry.key));
                let below = document.at("spec").map_or_else(Vec::new, |spec| spec.entries());
                for entry in below {
                    if !entries.iter().any(|other| other.key == entry.key) {
                        entries.push(entry);
                    }
                }
                Some(Spec { whole: document.clone(), entries: Some(entries) })
            }
        }
    }
}

/// The path of a spec's value in messages: always below `spec`, wherever it is written.
pub(super) fn message_path(document: &Field<'_>, field: &Field<'_>) -> String {
    let path = field.path();
    let path = path.strip_prefix(&*document.path()).unwrap_or(&path);
    let path = path.strip_prefix('.').unwrap_or(path);
    let below = path.strip_prefix("spec").unwrap_or(path);
    match below.chars().next() {
        None | Some('.' | '[') => format!("spec{below}"),
        Some(_) => format!("spec.{path}"),
    }
}

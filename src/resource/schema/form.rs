//! Where the fields of a spec stand: below `spec`, or at the top of a bare document.

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

/// How a document spells its spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpecForm {
    /// A Kubernetes object: what stands below `spec`.
    Object,
    /// A document of an annotation: what stands at its top, and below `spec` if it has one.
    Bare,
}

/// The fields of a spec.
pub(super) struct Spec<'t> {
    /// The value that stands for the spec as a whole.
    pub(super) whole: Field<'t>,
    /// Its fields; `None` where `spec` is something else than a mapping.
    pub(super) entries: Option<Vec<Entry<'t>>>,
}

impl SpecForm {
    /// Reads the spec; `None` where an object has none, which no schema forbids.
    pub(super) fn spec<'t>(self, document: &Field<'t>) -> Option<Spec<'t>> {
        match self {
            Self::Object => {
                // A null is pruned before anything is validated.
                let whole = document.set_at("spec")?;
                let entries = whole.is_mapping().then(|| whole.entries());
                Some(Spec { whole, entries })
            }
            Self::Bare => {
                // What stands at the top wins; a `spec` that is no mapping is dropped.
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

/// The path of a spec's value as messages spell it: `spec.tls`, wherever it really stands.
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

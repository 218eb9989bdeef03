//! Documents that never reach Ambassador, or that it drops.

use crate::diagnostic::ObjectName;
use crate::document::{Located, ProblemKind, Text};
use crate::source::Span;

use crate::resource::schema::Violation;

/// A document that Ambassador will not act on, and why.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What it would have been, as far as it says.
    pub object: ObjectName,
    /// Where to point: its name, else its kind.
    pub place: Span,
    /// Why it is refused.
    pub reason: RefusalReason,
    /// The context that its `tls` names, if it is a kind that may.
    pub context: Option<String>,
    /// The `cipher_suites` of a TLSContext; lists in the list as if they were text.
    pub cipher_suites: Vec<String>,
    /// Whether it stands in an annotation (then Ambassador drops it), or is a manifest of its own
    /// (then the API server rejects it).
    pub in_annotation: bool,
}

/// Why a document is refused.
#[derive(Debug, Clone)]
pub enum RefusalReason {
    /// A bare document, without `metadata.name`, where Kubernetes objects are expected.
    Bare,
    /// A document of an annotation without a name; dropped without a message.
    Nameless,
    /// An API version that is not served (anymore).
    ApiVersion(Option<Located<Text>>),
    /// Kinds are case-sensitive everywhere but inside Emissary.
    KindCase {
        /// The kind as it must be written.
        expected: &'static str,
        /// Where it is written.
        place: Span,
    },
    /// The schema does not allow it.
    Schema(Vec<Violation>),
    /// The annotation stands on an object that Ambassador does not look at.
    AnnotationTarget {
        /// The annotated object's kind.
        kind: String,
    },
    /// A document of the annotation cannot be parsed, which discards all of them.
    AnnotationUnreadable {
        /// Why the parser rejects it; `None` where it is no object with a `kind`.
        problem: Option<ProblemKind>,
        /// How many documents the annotation has.
        documents: usize,
    },
    /// An object without a name, which Kubernetes refuses.
    Unnamed,
}

impl RefusalReason {
    /// Whether a whole annotation is lost, and with it every object that it holds.
    pub fn is_of_annotation(&self) -> bool {
        matches!(self, Self::AnnotationTarget { .. } | Self::AnnotationUnreadable { .. })
    }
}

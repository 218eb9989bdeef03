//! Documents that never reach Ambassador, or that it drops.

use crate::diagnostic::ObjectName;
use crate::document::{Located, ProblemKind, Text};
use crate::source::Span;

use crate::resource::schema::Violation;

/// A document that Ambassador ignores, and why.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What it would have been, as far as known.
    pub object: ObjectName,
    /// The place of its name, else of its kind.
    pub place: Span,
    /// Why it is refused.
    pub reason: RefusalReason,
    /// The context in its `tls`, if its kind has that field.
    pub context: Option<String>,
    /// The `cipher_suites` of a TLSContext; nested lists are flattened.
    pub cipher_suites: Vec<String>,
    /// Whether it is in an annotation (and dropped by Ambassador) or a manifest of its own (and
    /// rejected by the API server).
    pub in_annotation: bool,
}

/// Why a document is refused.
#[derive(Debug, Clone)]
pub enum RefusalReason {
    /// A bare document without `metadata.name`, where Kubernetes objects are expected.
    Bare,
    /// A document without a name in an annotation; silently dropped.
    Nameless,
    /// An API version that is not, or no longer, served.
    ApiVersion(Option<Located<Text>>),
    /// Kinds are case-sensitive everywhere but inside Emissary.
    KindCase {
        /// The kind as it must be written.
        expected: &'static str,
        /// The place of the kind.
        place: Span,
    },
    /// It violates the schema.
    Schema(Vec<Violation>),
    /// The annotation is on an object that Ambassador does not read.
    AnnotationTarget {
        /// The annotated object's kind.
        kind: String,
    },
    /// A document of the annotation cannot be parsed, which discards all of them.
    AnnotationUnreadable {
        /// The parser's error; `None` if it is not an object with a `kind`.
        problem: Option<ProblemKind>,
        /// The number of documents in the annotation.
        documents: usize,
    },
    /// An object without a name, which Kubernetes rejects.
    Unnamed,
}

impl RefusalReason {
    /// Whether the whole annotation is lost, with every object in it.
    pub fn is_of_annotation(&self) -> bool {
        matches!(self, Self::AnnotationTarget { .. } | Self::AnnotationUnreadable { .. })
    }
}

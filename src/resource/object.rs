//! What every object has: identity, origin and place.

use crate::diagnostic::ObjectName;
use crate::document::{Located, Rare, Text};
use crate::resource::schema::Lifetime;
use crate::source::Span;

use super::Labels;

/// The namespace of objects without one, as with `kubectl` and a fresh kubeconfig.
pub const DEFAULT_NAMESPACE: &str = "default";

/// Identity and origin of one object.
#[derive(Debug, Clone)]
pub struct Object {
    /// `Mapping`, `TLSContext`, … as written.
    pub kind: Text,
    /// `getambassador.io/v3alpha1`, …; absent in some bare documents.
    pub api_version: Option<Located<Text>>,
    /// Its name.
    pub name: Located<Text>,
    /// Its namespace, if the manifest sets one; in annotations, by default that of the annotated
    /// object.
    pub namespace: Option<Located<Text>>,
    /// `metadata.labels`, or those of the annotated object.
    pub labels: Labels,
    /// `ambassador_id` with its place and form.
    pub ambassador_id: Rare<AmbassadorId>,
    /// How it reaches Ambassador.
    pub origin: ObjectOrigin,
    /// Fields unknown to the schema; the API server silently drops them.
    pub unknown_fields: Vec<UnknownField>,
}

/// The value of `ambassador_id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmbassadorId {
    /// A single string (v1 and v2 only).
    One(String),
    /// A list.
    Many(Vec<String>),
}

/// A field that is unknown to the schema of the object's version, in all releases or in some.
#[derive(Debug, Clone)]
pub struct UnknownField {
    /// The field, with its path and place.
    pub field: Located<Text>,
    /// The known field that was probably meant.
    pub suggestion: Option<&'static str>,
    /// Whether it is next to `spec` or in `metadata`.
    pub is_outside_spec: bool,
    /// The releases of Emissary whose CRDs have it; `None` if there are none.
    pub lifetime: Option<&'static Lifetime>,
}

/// How an object reaches Ambassador.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectOrigin {
    /// Applied as a Kubernetes object.
    Manifest,
    /// In a `getambassador.io/config` annotation.
    Annotation(Box<InAnnotation>),
    /// A bare document of the old file-system configuration.
    File(Box<InFile>),
}

/// The origin of an object in an annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InAnnotation {
    /// The annotated Service or Ingress.
    pub parent: ObjectName,
    /// The place of that object.
    pub parent_place: Span,
    /// Its number among the documents of the annotation, from 1; documents without a name are not
    /// counted.
    pub number: usize,
    /// Whether it sets its own namespace instead of using the parent's.
    pub is_placed: bool,
}

/// The origin of an object in a bare document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFile {
    /// The file's base name.
    pub file: String,
    /// Its number among the documents of the file, from 1.
    pub number: usize,
}

impl Object {
    /// The namespace it lives in.
    pub fn namespace(&self) -> &str {
        self.namespace.as_ref().map_or(DEFAULT_NAMESPACE, |namespace| namespace.as_str())
    }

    /// Moves it to the namespace that a build gives all objects in its file.
    pub(super) fn move_to(&mut self, namespace: &Located<Text>) {
        match &mut self.origin {
            ObjectOrigin::Manifest => {}
            ObjectOrigin::Annotation(annotation) => {
                annotation.parent.namespace = namespace.value.to_string();
                if annotation.is_placed {
                    return;
                }
            }
            // Bare documents are not part of a build.
            ObjectOrigin::File(_) => return,
        }
        self.namespace = Some(namespace.clone());
    }

    /// Kind, namespace and name.
    pub fn identity(&self) -> ObjectName {
        ObjectName {
            kind: self.kind.to_string(),
            namespace: self.namespace().to_owned(),
            name: self.name.value.to_string(),
        }
    }

    /// Whether another object has the same kind, namespace, name and origin, regardless of place.
    pub fn is_named_like(&self, other: &Self) -> bool {
        let namespace = |object: &Self| object.namespace.as_ref().map(|own| own.value.clone());
        self.kind == other.kind
            && self.name.value == other.name.value
            && namespace(self) == namespace(other)
            && self.origin == other.origin
    }

    /// Whether another object has the same `ambassador_id`.
    pub fn is_for_the_same(&self, other: &Self) -> bool {
        let ids = |object: &Self| object.ambassador_id.as_ref().map(|id| id.value.clone());
        ids(self) == ids(other)
    }

    /// Emissary's sort key for everything it reads (`fetch/resource.py`, `_emit`).
    pub fn sort_key(&self) -> String {
        match &self.origin {
            ObjectOrigin::Manifest => format!("{}.{}.1", self.name.value, self.namespace()),
            ObjectOrigin::Annotation(annotation) => {
                let InAnnotation { parent, number, .. } = &**annotation;
                format!("{}.{}.{number}", parent.name, parent.namespace)
            }
            ObjectOrigin::File(place) => format!("{}.{}", place.file, place.number),
        }
    }

    /// Whether a name is valid in Kubernetes: a DNS-1123 subdomain
    /// (`validation.IsDNS1123Subdomain`).
    pub fn is_allowed_name(name: &str) -> bool {
        let is_inner =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let part_fits = |part: &str| {
            !part.is_empty()
                && part.bytes().all(is_inner)
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        name.len() <= 253 && name.split('.').all(part_fits)
    }

    /// The name converted to a valid one.
    pub fn allowed_name(name: &str) -> String {
        let lower = name.to_lowercase();
        let letters = lower.chars().map(|c| match c {
            c if c.is_ascii_alphanumeric() || c == '.' => c,
            _ => '-',
        });
        letters.collect::<String>().trim_matches(['-', '.']).to_owned()
    }

    /// The place of its name, for messages about the whole object.
    pub fn place(&self) -> Span {
        self.name.span
    }
}

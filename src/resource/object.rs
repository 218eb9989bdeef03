//! What every object has: identity, origin, and the place to point at.

use crate::diagnostic::ObjectName;
use crate::document::{Located, Rare, Text};
use crate::resource::schema::Lifetime;
use crate::source::Span;

use super::Labels;

/// The namespace of objects that name none, as `kubectl` would put them with a fresh kubeconfig.
pub const DEFAULT_NAMESPACE: &str = "default";

/// Identity and origin of one object.
#[derive(Debug, Clone)]
pub struct Object {
    /// `Mapping`, `TLSContext`, … as written.
    pub kind: Located<Text>,
    /// `getambassador.io/v3alpha1`, …; absent in some bare documents.
    pub api_version: Option<Located<Text>>,
    /// Its name.
    pub name: Located<Text>,
    /// Its namespace, where the manifest names one; for annotations, else the parent's.
    pub namespace: Option<Located<Text>>,
    /// `metadata.labels`, or those of the annotated object.
    pub labels: Labels,
    /// `ambassador_id`, where it stands and how.
    pub ambassador_id: Rare<AmbassadorId>,
    /// How it reached Ambassador.
    pub origin: ObjectOrigin,
    /// Fields that the schema does not know; the API server drops them silently.
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

/// A field that the schema of the object's version does not have, in every release or in some.
#[derive(Debug, Clone)]
pub struct UnknownField {
    /// The field, with its path and place.
    pub field: Located<Text>,
    /// The known field it was probably meant to be.
    pub suggestion: Option<&'static str>,
    /// Whether it stands beside `spec` or in `metadata`.
    pub is_outside_spec: bool,
    /// The releases of Emissary whose CRDs have it after all; `None` where none does.
    pub lifetime: Option<&'static Lifetime>,
}

/// How an object reached Ambassador.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectOrigin {
    /// Applied as a Kubernetes object.
    Manifest,
    /// Unfolded from a `getambassador.io/config` annotation.
    Annotation(Box<InAnnotation>),
    /// A bare document of the old file-system configuration.
    File(Box<InFile>),
}

/// Where an object stands that an annotation holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InAnnotation {
    /// The annotated Service or Ingress.
    pub parent: ObjectName,
    /// Where that one is.
    pub parent_place: Span,
    /// Its number among the documents of that annotation, from 1; nameless ones do not count.
    pub number: usize,
    /// Whether the namespace is its own, or the parent's.
    pub is_placed: bool,
}

/// Where an object stands that is a bare document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFile {
    /// The file's base name.
    pub file: String,
    /// Its number among the documents of that file, from 1.
    pub number: usize,
}

impl Object {
    /// The namespace it lives in.
    pub fn namespace(&self) -> &str {
        self.namespace.as_ref().map_or(DEFAULT_NAMESPACE, |namespace| namespace.as_str())
    }

    /// Puts it into the namespace that a build gives to everything in its file.
    pub(super) fn move_to(&mut self, namespace: &Located<Text>) {
        match &mut self.origin {
            ObjectOrigin::Manifest => {}
            ObjectOrigin::Annotation(annotation) => {
                annotation.parent.namespace = namespace.value.to_string();
                if annotation.is_placed {
                    return;
                }
            }
            // Nobody builds bare documents.
            ObjectOrigin::File(_) => return,
        }
        self.namespace = Some(namespace.clone());
    }

    /// Kind, namespace and name.
    pub fn identity(&self) -> ObjectName {
        ObjectName {
            kind: self.kind.value.to_string(),
            namespace: self.namespace().to_owned(),
            name: self.name.value.to_string(),
        }
    }

    /// Whether another object has the same kind, namespace, name and origin, wherever they stand.
    pub fn is_named_like(&self, other: &Self) -> bool {
        let namespace = |object: &Self| object.namespace.as_ref().map(|own| own.value.clone());
        self.kind.value == other.kind.value
            && self.name.value == other.name.value
            && namespace(self) == namespace(other)
            && self.origin == other.origin
    }

    /// Whether another object carries the same ids of Ambassadors.
    pub fn is_for_the_same(&self, other: &Self) -> bool {
        let ids = |object: &Self| object.ambassador_id.as_ref().map(|id| id.value.clone());
        ids(self) == ids(other)
    }

    /// The key by which Emissary sorts everything it reads (`fetch/resource.py`, `_emit`).
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

    /// Whether Kubernetes allows a name: a DNS-1123 subdomain (`validation.IsDNS1123Subdomain`).
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

    /// A name made such that Kubernetes allows it.
    pub fn allowed_name(name: &str) -> String {
        let lower = name.to_lowercase();
        let letters = lower.chars().map(|c| match c {
            c if c.is_ascii_alphanumeric() || c == '.' => c,
            _ => '-',
        });
        letters.collect::<String>().trim_matches(['-', '.']).to_owned()
    }

    /// Where to point when the object as a whole is meant: its name.
    pub fn place(&self) -> Span {
        self.name.span
    }
}

//! How each half of Emissary splits `secret: a.b` into name and namespace.

use crate::document::Located;
use crate::resource::Module;

/// The Secret that Ambassador makes from Istio's certificates; it is not in the cluster
/// (`EP/istiocert.go`).
pub const ISTIO_SECRET: &str = "istio-certs";

/// A Secret that a field refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretReference {
    /// The reference as written (after `$` expansion).
    pub written: String,
    /// The Secret's namespace.
    pub namespace: String,
    /// The Secret's name.
    pub name: String,
}

impl SecretReference {
    /// Resolves a reference from a namespace. With namespacing on, the last dot separates name and
    /// namespace (`irtlscontext.resolve_secret`, `EP/secrets.go` `secretRef`).
    pub fn resolve(written: &str, own_namespace: &str, namespacing: bool) -> Self {
        let (name, namespace) = match split_reference(written) {
            Some((name, namespace)) if namespacing => (name, namespace),
            _ => (written, own_namespace),
        };
        Self { written: written.to_owned(), namespace: namespace.to_owned(), name: name.to_owned() }
    }
}

impl SecretReference {
    /// Whether it means the virtual Secret that only Ambassador sees (`EP/istiocert.go`).
    pub fn is_virtual(&self) -> bool {
        self.name == ISTIO_SECRET
    }

    /// Whether its dots are not meant as a separator: `name.namespace.svc`, or Istio's
    /// `istio.account`.
    pub fn is_misread(&self) -> bool {
        self.name != self.written && (self.is_like_service() || self.name == "istio")
    }

    /// Whether it is spelt like a Service name.
    pub fn is_like_service(&self) -> bool {
        self.namespace == "svc" || self.written.ends_with(".svc.cluster.local")
    }
}

/// `name.namespace`, split at the last dot.
pub fn split_reference(written: &str) -> Option<(&str, &str)> {
    written.rsplit_once('.')
}

/// The namespacing switch as each half of Emissary sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namespacing {
    /// Go: true unless a loaded Module `ambassador` lacks the field.
    pub(crate) go: bool,
    /// Python: the Module's value, else true.
    pub(crate) python: bool,
}

impl Namespacing {
    pub(crate) fn of(module: Option<&Module>) -> Self {
        let said = module.and_then(|module| module.secret_namespacing.as_ref()).map(|said| **said);
        Self { go: said.unwrap_or(module.is_none()), python: said.unwrap_or(true) }
    }

    /// The values for a context, which may override them.
    pub(crate) fn for_context(&self, own: Option<&Located<bool>>) -> (bool, bool) {
        match own {
            Some(own) => (own.value, own.value),
            None => (self.go, self.python),
        }
    }
}

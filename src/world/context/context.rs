//! A TLS context as Emissary holds it: its origin, what it uses, and whether it works.

use std::sync::Arc;

use crate::document::{Located, Text};
use crate::resource::TlsSettings;

use super::context_fault::{ContextFault, ContextFaultKind};
use crate::world::SecretReference;

/// Envoy's default for a client's minimum and maximum TLS version (checked up to 1.40).
pub(crate) const DEFAULT_VERSION: &str = "v1.2";

/// Index of a context in the world's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContextId(pub usize);

/// A context and its state after resolution.
#[derive(Debug, Clone)]
pub struct Context {
    /// The name by which `tls:` finds it; `name.namespace` if the bare name was taken.
    pub name: String,
    /// Its namespace, from which Secrets are looked up.
    pub namespace: String,
    /// The object it comes from.
    pub origin: ContextOrigin,
    /// Its settings after `$` expansion, with what a linking Host adds.
    pub settings: Arc<TlsSettings>,
    /// The Secret it names: its own, or that of the linking Host.
    pub secret: Option<String>,
    /// The context's own `secret_namespacing`, if it is set.
    pub secret_namespacing: Option<bool>,
    /// Host names it terminates, including those of a linking Host.
    pub hosts: Vec<String>,
    /// Whether Emissary can use it.
    pub state: ContextState,
    /// What Emissary finds wrong with it, in the order of its checks.
    pub faults: Vec<ContextFault>,
    /// Client certificate chain.
    pub certificate: Option<Material>,
    /// Private key.
    pub private_key: Option<Material>,
    /// Trust anchors.
    pub trusted_ca: Option<Material>,
    /// Revocation lists.
    pub crl: Option<Material>,
    /// The Secrets it looked up, in order, with the results.
    pub lookups: Vec<SecretUse>,
    /// Hosts that terminate with it, as indices of [`crate::resource::Resources::hosts`].
    pub linked_by: Vec<usize>,
}

/// A Secret that a context looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretUse {
    /// The field that names it: `secret`, `ca_secret` or `crl_secret`.
    pub field: &'static str,
    /// The Secret that is meant.
    pub reference: SecretReference,
    /// Namespace and name of the Secret that was found; through Emissary's cache it may be another
    /// one.
    pub got: Option<(String, String)>,
}

/// The object that a context comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextOrigin {
    /// A TLSContext, by its index.
    TlsContext(usize),
    /// A block of a legacy `tls` Module: the Module's index and the block's.
    Legacy {
        /// Index of the Module.
        module: usize,
        /// Index of the block in it.
        block: usize,
    },
    /// A Host, by its index.
    Host(usize),
    /// Emissary's built-in context: TLS without a client certificate.
    Null,
}

/// Whether a context can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextState {
    /// Mappings that name it use it.
    Good,
    /// It was dropped; Mappings that name it do not find it.
    Gone,
    /// It is kept, but has an error, so Emissary treats it as missing.
    Errored,
}

/// Where Envoy reads a certificate, key or revocation list from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Material {
    /// A file of the Ambassador pod.
    File(String),
    /// A key of a Secret; Emissary writes it to a file.
    Secret {
        /// The Secret's namespace.
        namespace: String,
        /// The Secret's name.
        name: String,
        /// The key.
        key: &'static str,
        /// Its index among [`crate::resource::Resources::secrets`]; `None` if it is not in the
        /// input.
        index: Option<usize>,
    },
    /// A Secret without the key that this use needs; Envoy gets an empty file name.
    Nothing {
        /// The Secret's namespace.
        namespace: String,
        /// The Secret's name.
        name: String,
    },
}

impl Context {
    pub(crate) fn new(name: String, namespace: String, origin: ContextOrigin) -> Self {
        Self {
            name,
            namespace,
            origin,
            settings: Arc::default(),
            secret: None,
            secret_namespacing: None,
            hosts: Vec::new(),
            state: ContextState::Good,
            faults: Vec::new(),
            certificate: None,
            private_key: None,
            trusted_ca: None,
            crl: None,
            lookups: Vec::new(),
            linked_by: Vec::new(),
        }
    }

    /// Whether Emissary found a fault of this kind in it.
    pub fn has_fault(&self, is_meant: impl Fn(&ContextFaultKind) -> bool) -> bool {
        self.faults.iter().any(|fault| is_meant(&fault.kind))
    }

    /// Whether Emissary does not find the file named by a field.
    pub fn lacks_file(&self, field: &str) -> bool {
        self.has_fault(
            |kind| matches!(kind, ContextFaultKind::NoFile { field: own, .. } if *own == field),
        )
    }

    /// Emissary's messages about it.
    pub fn messages(&self) -> Vec<String> {
        self.faults.iter().map(ToString::to_string).collect()
    }

    /// Whether Mappings that name it use it.
    pub fn is_good(&self) -> bool {
        self.state == ContextState::Good
    }

    /// Whether Emissary keeps it, usable or not.
    pub fn is_kept(&self) -> bool {
        self.state != ContextState::Gone
    }

    /// Whether a client certificate is presented to upstreams that use it.
    pub fn presents_certificate(&self) -> bool {
        matches!(self.certificate, Some(Material::File(_) | Material::Secret { .. }))
    }

    /// The minimum TLS version passed to Envoy. Emissary ignores unknown spellings
    /// (`V3TLSContext.TLSVersionMap`).
    pub fn min_version(&self) -> Option<&str> {
        known_version(self.settings.min_tls_version.as_ref())
    }

    /// The maximum TLS version passed to Envoy.
    pub fn max_version(&self) -> Option<&str> {
        known_version(self.settings.max_tls_version.as_ref())
    }

    /// The range of TLS versions that Envoy offers as a client.
    pub fn offered_versions(&self) -> (&str, &str) {
        let (min, max) = (self.min_version(), self.max_version());
        (min.unwrap_or(DEFAULT_VERSION), max.unwrap_or(DEFAULT_VERSION))
    }

    /// Records a fault that does not change the state.
    pub(crate) fn note(&mut self, kind: ContextFaultKind) {
        self.faults.push(ContextFault { context: self.name.clone(), kind });
    }

    /// Records an error, after which it counts as undefined even if it is kept.
    pub(crate) fn reject(&mut self, kind: ContextFaultKind) {
        self.note(kind);
        if self.state == ContextState::Good {
            self.state = ContextState::Errored;
        }
    }
}

fn known_version(version: Option<&Located<Text>>) -> Option<&str> {
    let version = version?.value.as_str();
    matches!(version, "v1.0" | "v1.1" | "v1.2" | "v1.3").then_some(version)
}

impl Material {
    /// The path of a file; `None` for Secrets.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::File(path) => Some(path),
            _ => None,
        }
    }
}

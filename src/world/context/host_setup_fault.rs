//! What Emissary finds wrong with a Host during setup; `Display` gives its log message.

use std::fmt;

/// A fault of a Host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostSetupFault {
    /// Its index among [`crate::resource::Resources::hosts`].
    pub host: usize,
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub kind: HostSetupFaultKind,
}

/// The kinds of [`HostSetupFault`] (`irhost.py`, `setup` and `save_context`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostSetupFaultKind {
    /// Its Secret is missing or has no certificate.
    SecretInvalid(String),
    /// It has both `tlsContext` and `tls`.
    ContextAndSettings,
    /// A TLS version unknown to Emissary.
    VersionInvalid {
        /// The field.
        field: String,
        /// Its value.
        version: String,
    },
    /// The context with this name, created from its `tls`, is unusable.
    ContextInvalid(String),
    /// The context that it links does not exist.
    ContextMissing(String),
    /// The context that it links names another Secret.
    SecretMismatch {
        /// The Secret of the Host.
        own: String,
        /// The context.
        context: String,
        /// The Secret of the context.
        other: String,
    },
    /// The context that it links has other `hosts`; Emissary reports an error but uses it.
    NamesMismatch {
        /// The host name of the Host.
        glob: String,
        /// The context.
        context: String,
        /// The context's `hosts`.
        names: Vec<String>,
    },
}

impl HostSetupFault {
    /// Whether Emissary drops the Host because of it.
    pub fn drops(&self) -> bool {
        !matches!(self.kind, HostSetupFaultKind::NamesMismatch { .. })
    }
}

impl fmt::Display for HostSetupFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use HostSetupFaultKind as Kind;
        let name = &self.name;
        match &self.kind {
            Kind::SecretInvalid(secret) => {
                write!(out, "Host {name}: invalid TLS secret {secret}, marking inactive")
            }
            Kind::ContextAndSettings => write!(
                out,
                "Host {name}: both TLSContext name and TLS config specified, ignoring Host..."
            ),
            Kind::VersionInvalid { field, version } => {
                write!(out, "Host {name}: Invalid {field} set in Host.tls: {version}")
            }
            Kind::ContextInvalid(context) => write!(
                out,
                "Host {name}: generated TLSContext {context} from Host.tls is not valid"
            ),
            Kind::ContextMissing(context) => {
                write!(out, "Host {name}: Specified TLSContext does not exist: {context}")
            }
            Kind::SecretMismatch { own, context, other } => write!(
                out,
                "Secret info mismatch between Host {name} (secret: {own}) and TLSContext \
                 {context}: (secret: {other})"
            ),
            Kind::NamesMismatch { glob, context, names } => {
                let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
                write!(
                    out,
                    "Hosts mismatch between Host {name} (accepted hosts: ['{glob}', '{name}']) and \
                     TLSContext {context} (hosts: [{}])",
                    names.join(", ")
                )
            }
        }
    }
}

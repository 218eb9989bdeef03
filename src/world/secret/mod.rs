//! Secrets as Emissary finds them, and the files made from them.

mod connector;
mod pod_files;
mod secret_lookup;
mod secret_scope;
mod secret_selection;

pub(crate) use connector::connectors;
pub use connector::{Connector, WriteFault};
pub(crate) use pod_files::PodFiles;
pub(crate) use secret_lookup::{EVERYWHERE, SecretStore};
pub use secret_lookup::{FoundSecret, SecretLookup, withheld};
pub(crate) use secret_scope::Namespacing;
pub use secret_scope::{ISTIO_SECRET, SecretReference, split_reference};
pub(crate) use secret_selection::select_secrets;

//! Envoy's verification of a certificate chain: BoringSSL's path building, names, policies and CRLs.

mod check;
mod choices;
mod constrained_name;
mod constraints;
pub(crate) mod handshake;
mod path;
mod policy;
mod purpose;
mod reason;
mod revocation;
mod store;
mod verdict;

pub(crate) use choices::Choices;
pub(crate) use path::Verification;
pub use purpose::Purpose;
pub(crate) use store::{Anchor, Loader};
pub use verdict::EnvoyVerdict;

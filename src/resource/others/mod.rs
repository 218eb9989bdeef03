//! Kinds of other projects: what creates Secrets, and Istio's policies.

mod istio;
mod promise;

pub use istio::{DestinationRule, MutualMode, PeerAuthentication};
pub use promise::{CertificateRequest, Promise};

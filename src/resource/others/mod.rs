//! Kinds of other projects: objects that create Secrets, and Istio's policies.

mod istio;
mod promise;

pub use istio::{DestinationRule, MutualMode, PeerAuthentication};
pub use promise::{CertificateRequest, Promise};

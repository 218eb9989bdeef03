//! What the input says about Istio: its release, what its sidecars require, whose certificates are
//! used.

mod certificates;
mod era;
mod policy;

pub use certificates::IstioSource;
pub use era::{Era, EraEvidence};
pub use policy::{Outbound, PeerPolicy};

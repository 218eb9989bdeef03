//! What the input says about Istio: its age, what its sidecars demand, whose certificates are used.

mod certificates;
mod era;
mod policy;

pub use certificates::IstioSource;
pub use era::{Era, EraEvidence};
pub use policy::{Outbound, PeerPolicy};

//! What the connections of a probe show together: Envoy's result, and whether TLS is mutual.

mod as_envoy;
mod demand;
mod knock;
mod matrix;
mod outcome;
mod verdict;

pub(crate) use as_envoy::wrong_pool;
pub use demand::{Demand, Mutual};
pub use knock::{Knock, Otherwise};
pub use matrix::{Matrix, PortMode, Sight, Trial};
pub use outcome::ProbeOutcome;
pub(crate) use outcome::outcome;
pub use verdict::{EnvoyOutcome, RequestRefusal};

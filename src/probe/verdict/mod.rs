//! What the connections of one probe add up to: what Envoy would do, and whether TLS is mutual.

mod as_envoy;
mod crowd;
mod matrix;
mod outcome;
mod verdict;

pub(crate) use as_envoy::wrong_pool;
pub use crowd::probe_all;
pub use matrix::{Matrix, Mode, Sight, Trial};
pub use outcome::{Outcome, probe};
pub use verdict::{Envoy, Mutual, Refusal};

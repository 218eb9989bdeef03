//! Two worlds compared: what a change does to the TLS of every upstream.
//!
//! A [`Diff`] pairs upstreams by kind, namespace and name; each pair gives [`Difference`]s, and each
//! of these has a [`Rank`]. Nothing here knows where the two worlds come from.

mod annotations;
mod compare;
mod diff;
mod difference;
mod findings;
mod place;
mod rejection;
mod revocation;
mod side;
mod validity;
mod verdict;

pub use annotations::ANNOTATIONS;
pub use diff::{Diff, UpstreamChange, first_names};
pub use difference::{Aspect, Difference, Rank};
pub use side::JudgedSide;

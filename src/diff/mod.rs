//! Compares two worlds: how a change affects the TLS of every upstream.
//!
//! A [`Diff`] pairs upstreams by kind, namespace and name; each pair yields [`Difference`]s, each
//! with a [`Rank`]. It does not depend on where the two worlds come from.

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

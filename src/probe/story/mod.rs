//! The story of a probe: its checks, each with a next step.

mod advice;
mod client;
mod crowd;
mod finding;
mod mutual;
mod own;
mod reach;
mod refusal;
mod sentence;
mod server;
mod story;
mod summary;

pub use crowd::probe_all;
pub use finding::findings;
pub use sentence::{Check, Result};
pub use story::{Story, probe};

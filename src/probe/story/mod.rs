//! The story of a probe, sentence by sentence, each with what to do next.

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

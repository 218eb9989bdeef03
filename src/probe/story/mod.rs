//! The story of a probe, sentence by sentence, each with what to do next.

mod advice;
mod client;
mod finding;
mod reach;
mod sentence;
mod server;
mod story;
mod summary;

pub use finding::findings;
pub use sentence::{Check, Result};
pub(super) use story::checks;

//! A probe told: as a story for people, as JSON for machines.

mod json;
mod text;

pub use json::json;
pub use text::{Manner, Marks, text};

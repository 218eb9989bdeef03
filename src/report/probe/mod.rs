//! A probe told: as a story for people, as JSON for machines.

mod json;
mod table;
mod text;

pub use json::json;
pub use table::table;
pub use text::{Manner, Marks, text};

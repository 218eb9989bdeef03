//! Reports of `probe`: text and table for people; JSON, SARIF and annotations for machines.

mod github;
mod json;
mod json_attempt;
mod sarif;
mod table;
mod text;
mod unresolved;

pub use github::github;
pub use json::{json, schema};
pub use sarif::sarif;
pub use table::table;
pub use text::{text, texts};

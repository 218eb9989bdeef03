//! A probe told: as a story and a table for people, as JSON, SARIF and annotations for machines; and
//! codes explained.

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

//! A probe told: as a story and a table for people, as JSON for machines; and codes explained.

mod code;
mod json;
mod table;
mod text;

pub use code::explain_code;
pub use json::json;
pub use table::table;
pub use text::text;

//! Reports of `diff` and `upgrade`.

mod json;
mod markdown;
mod sarif;
mod table;
mod text;
mod upgrade;

pub use json::{diff_json, diff_schema};
pub use markdown::diff_markdown;
pub use sarif::diff_sarif;
pub use table::diff_table;
pub use text::diff_text;
pub use upgrade::upgrade_text;

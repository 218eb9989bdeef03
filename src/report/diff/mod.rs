//! Reports of `diff`.

mod json;
mod markdown;
mod table;
mod text;

pub use json::diff_json;
pub use markdown::diff_markdown;
pub use table::diff_table;
pub use text::diff_text;

//! Reports of `resolve`.

mod effective;
mod json;
mod mount;
mod table;
mod text;

pub use json::{resolve_json, resolve_schema};
pub(crate) use mount::MountJson;
pub use table::{ModeCounts, resolve_table};
pub use text::resolve_text;

//! Reports of `resolve`.

mod effective;
mod json;
mod mount;
mod table;
mod text;

pub use json::resolve_json;
pub(crate) use mount::mount_json;
pub use table::{ModeCounts, resolve_table};
pub use text::resolve_text;

//! Reports of `resolve`.

mod effective;
mod json;
mod mount;
mod text;

pub use json::resolve_json;
pub(crate) use mount::mount_json;
pub use text::resolve_text;

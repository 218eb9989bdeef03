//! Reports of `rehearse rotation`.

mod json;
mod text;

pub use json::rehearse_json;
pub use text::rehearse_text;

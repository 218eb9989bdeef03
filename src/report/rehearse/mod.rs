//! Reports of `rehearse rotation`.

mod json;
mod text;

pub use json::{rehearse_json, rehearse_schema};
pub use text::rehearse_text;

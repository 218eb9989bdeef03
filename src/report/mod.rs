//! Floor 7: showing what was found, one file per audience.

pub mod probe;
mod resolve_json;

pub use resolve_json::resolve_json;

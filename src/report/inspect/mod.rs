//! Reports of `inspect`.

mod json;
mod json_certificate;
mod page;
mod prom;
mod table;
mod text;
mod text_certificate;

pub use json::{inspect_json, inspect_schema};
pub(crate) use json_certificate::CertificateJson;
pub use prom::inspect_prom;
pub use table::inspect_table;
pub use text::inspect_text;

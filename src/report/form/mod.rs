//! Parts that several reports share: excerpts, styles, wrapping, XML, and pieces of JSON and SARIF.

mod checklist;
mod example;
mod excerpt;
mod frame;
mod json;
mod line_hash;
mod live_sarif;
mod sarif_rule;
mod sarif_text;
mod style;
mod table;
mod wrap;
mod xml;

pub use checklist::{Item, checklist};
pub(crate) use example::example_lines;
pub(crate) use excerpt::{Discretion, Excerpt, location, sources_of};
pub(crate) use json::{ObjectJson, Streamed, schema_of};
pub(crate) use line_hash::LineHashes;
pub(crate) use live_sarif::live_sarif;
pub(crate) use sarif_rule::{descriptor, pascal_case, sentence};
pub(crate) use sarif_text::{unlinked, uri};
pub use style::Look;
pub(crate) use style::severity_style;
pub(crate) use table::{Column, cut, draw, whole};
pub use wrap::{one_line, safe_lines};
pub(crate) use wrap::{printable, wrap};
pub(crate) use xml::Element;

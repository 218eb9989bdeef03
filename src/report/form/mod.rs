//! Parts that several reports share: excerpts, styles, wrapping, XML, and pieces of JSON and SARIF.

mod checklist;
mod example;
mod excerpt;
mod frame;
mod json;
pub(crate) mod sarif;
mod style;
mod table;
mod wrap;
mod xml;

pub use checklist::{CheckItem, checklist};
pub(crate) use example::example_lines;
pub(crate) use excerpt::{Discretion, Excerpt, location, sources_of};
pub(crate) use json::{ObjectJson, Streamed, schema_of};
pub use style::Look;
pub(crate) use style::severity_style;
pub(crate) use table::{Column, cut, draw, whole};
pub use wrap::{one_line, safe_lines};
pub(crate) use wrap::{printable, wrap};
pub(crate) use xml::Element;

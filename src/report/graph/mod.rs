//! Reports of `graph`.

mod dot;
mod html;
mod html_rows;
mod json;
mod mermaid;
mod text;

pub use dot::dot;
pub use html::html;
pub use json::{json, schema};
pub use mermaid::{MOST_EDGES, mermaid};
pub use text::text;

use crate::diagnostic::Severity;
use crate::graph::Node;

use crate::report::form::one_line;

/// The lines of a node in every drawing: its kind, its name, the worst finding.
fn lines(node: &Node) -> Vec<String> {
    let mut lines = vec![one_line(node.word()), one_line(&node.title)];
    lines.extend(node.facts.iter().map(|fact| shortened(&one_line(fact))));
    // Severity is not shown by colour alone.
    lines.extend(node.severity.map(|severity| severity.to_string().to_uppercase()));
    lines
}

/// A certificate may have a hundred names, which do not fit in a box.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The CSS class of a severity.
fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

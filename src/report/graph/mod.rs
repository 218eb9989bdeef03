//! `graph` for each of its audiences.

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

/// What every drawing writes into a node, line by line: what it is, its name, the worst finding.
fn lines(node: &Node) -> Vec<String> {
    let mut lines = vec![one_line(node.word()), one_line(&node.title)];
    lines.extend(node.facts.iter().map(|fact| shortened(&one_line(fact))));
    // Not by colour alone.
    lines.extend(node.severity.map(|severity| severity.to_string().to_uppercase()));
    lines
}

/// A certificate may have a hundred names; a box has not the room.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The name of a severity as a class.
fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

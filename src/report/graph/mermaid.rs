//! `graph -o mermaid`: a flowchart as GitHub and GitLab draw it in Markdown.

use std::fmt::Write;

use crate::diagnostic::Severity;
use crate::graph::{EdgeKind, Graph};

use super::{class, lines};
use crate::report::form::one_line;

/// Mermaid draws at most this many edges unless its page sets `maxEdges`, which GitHub's does not.
pub const MOST_EDGES: usize = 500;

/// The whole graph, from left to right.
pub fn mermaid(graph: &Graph<'_>) -> String {
    let mut text = String::from("flowchart LR\n");
    for freeze in &graph.freezes {
        let _ = writeln!(text, "  %% {}", one_line(freeze).replace(['{', '}'], " "));
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        let label: Vec<String> = lines(node).iter().map(|line| quoted(line)).collect();
        let _ = writeln!(text, "  n{index}[\"{}\"]", label.join("<br/>"));
    }
    for edge in &graph.edges {
        let arrow = match edge.kind {
            EdgeKind::Used => "-->",
            EdgeKind::Broken => "-.->",
        };
        let (from, to) = (edge.from.0, edge.to.0);
        let label = quoted(&one_line(&edge.label));
        let _ = match label.is_empty() {
            true => writeln!(text, "  n{from} {arrow} n{to}"),
            false => writeln!(text, "  n{from} {arrow}|\"{label}\"| n{to}"),
        };
    }
    let colours = [
        (Severity::Error, "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:2px"),
        (Severity::Warning, "fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-width:2px"),
        (Severity::Note, "fill:#ddf4ff,stroke:#0969da,color:#1f2328"),
    ];
    for (severity, style) in colours {
        let nodes = graph.nodes.iter().enumerate();
        let members: Vec<String> = nodes
            .filter(|(_, node)| node.severity == Some(severity))
            .map(|(index, _)| format!("n{index}"))
            .collect();
        if !members.is_empty() {
            let _ = writeln!(text, "  classDef {} {style}", class(severity));
            let _ = writeln!(text, "  class {} {}", members.join(","), class(severity));
        }
    }
    text
}

/// Escapes a text for Mermaid quotes: all characters that Mermaid, Markdown or HTML could interpret
/// are written as numbers.
fn quoted(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        let plain = character.is_alphanumeric()
            || matches!(character, ' ' | '-' | '_' | '.' | ',' | '/' | '(' | ')' | '=' | '…');
        if plain {
            safe.push(character);
        } else {
            let _ = write!(safe, "#{};", u32::from(character));
        }
        // Mermaid breaks the line at a backslash and an n, even if they are escaped; an invisible
        // word joiner separates them.
        if character == '\\' {
            safe.push_str("#8288;");
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_written_by_number() {
        assert_eq!(quoted("a\"]--> `b`"), "a#34;#93;--#62; #96;b#96;");
        assert_eq!(quoted("productpage.default:9080"), "productpage.default#58;9080");
        assert_eq!(quoted("#35;"), "#35;35#59;");
    }
}

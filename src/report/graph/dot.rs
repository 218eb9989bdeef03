//! `graph -o dot`: Graphviz.

use std::fmt::Write;

use crate::diagnostic::Severity;
use crate::graph::{EdgeKind, Graph, Node, NodeKind};

use super::lines;
use crate::report::form::one_line;

/// The whole graph, from left to right.
pub fn dot(graph: &Graph<'_>) -> String {
    let mut text = String::from(
        "digraph mtls {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\", fontsize=11];\n  \
         edge [fontname=\"sans-serif\", fontsize=9];\n",
    );
    if !graph.freezes.is_empty() {
        let sentences: Vec<String> =
            graph.freezes.iter().map(|freeze| quoted(&one_line(freeze))).collect();
        let _ = writeln!(text, "  label=\"{}\";", sentences.join("\\l"));
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        let label: Vec<String> = lines(node).iter().map(|line| quoted(line)).collect();
        let _ = write!(text, "  n{index} [label=\"{}\"", label.join("\\n"));
        let _ = writeln!(text, "{}];", style(node));
    }
    for edge in &graph.edges {
        let label = quoted(&one_line(&edge.label));
        let _ = write!(text, "  n{} -> n{} [label=\"{label}\"", edge.from.0, edge.to.0);
        let _ = writeln!(
            text,
            "{}];",
            match edge.kind {
                EdgeKind::Used => "",
                EdgeKind::Broken => ", style=dashed, color=\"#cf222e\"",
            }
        );
    }
    text.push_str("}\n");
    text
}

fn style(node: &Node) -> String {
    let mut styles = Vec::new();
    let colours = match node.severity {
        Some(Severity::Error) => Some(("#cf222e", "#ffebe9")),
        Some(Severity::Warning) => Some(("#9a6700", "#fff8c5")),
        Some(Severity::Note) => Some(("#0969da", "#ddf4ff")),
        None => None,
    };
    if colours.is_some() {
        styles.push("filled");
    }
    if node.kind == NodeKind::Undefined {
        styles.push("dashed");
    }
    let mut text = String::new();
    if !styles.is_empty() {
        let _ = write!(text, ", style=\"{}\"", styles.join(","));
    }
    if let Some((line, fill)) = colours {
        let _ = write!(text, ", color=\"{line}\", fillcolor=\"{fill}\"");
    }
    text
}

/// Escapes a text for Graphviz quotes. Labels interpret `\n`, `\N` and HTML entities.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

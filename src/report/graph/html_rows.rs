//! The rows of `graph -o html`: one per trail, readable without the script.

use std::fmt::Write;

use crate::graph::{Graph, NodeId, NodeKind, Trail, TrailMode};

use super::class;
use crate::report::form::one_line;

/// Writes the row of a trail; the script fills in the rest when it is opened.
pub(super) fn row(out: &mut String, graph: &Graph<'_>, index: usize, trail: &Trail) {
    let subject = graph.node(trail.subject);
    let severity = trail.severity.map_or("clean", class);
    let mode = trail.mode.name();
    let _ = write!(
        out,
        "<details class=\"trail {severity}\" data-trail=\"{index}\" data-severity=\"{severity}\" \
         data-mode=\"{mode}\"><summary>"
    );
    cell(out, "severity", if severity == "clean" { "ok" } else { severity });
    cell(out, "subject", &format!("{} {}", subject.word(), subject.title));
    let unseen = &trail.condition;
    let what = match (&trail.mode, trail.service) {
        (TrailMode::Dropped(words), _) => format!("no upstream: {words}"),
        (mode, Some(service)) => {
            format!("{} to {}{unseen}", mode.words(), graph.node(service).title)
        }
        (mode, None) => format!("{}{unseen}", mode.words()),
    };
    let probed = trail.probed.as_ref();
    let what = probed.map_or(what.clone(), |result| format!("{what}; {}", result.words));
    cell(out, "mode", &what);
    cell(out, "route", &trail.route);
    cell(out, "contexts", &titles(graph, &trail.contexts));
    cell(out, "certificates", &certificates(graph, trail));
    out.push_str("</summary></details>\n");
}

fn cell(out: &mut String, class: &str, text: &str) {
    // A right-to-left name is isolated in its own cell.
    let _ = write!(out, "<bdi class=\"{class}\">{}</bdi> ", escaped(text));
}

/// What makes the subject trusted, as far as known: certificates, else where they would be.
fn certificates(graph: &Graph<'_>, trail: &Trail) -> String {
    if trail.certificates.is_empty() {
        return titles(graph, &trail.sources);
    }
    let named = trail.certificates.iter().map(|id| {
        let node = graph.node(*id);
        let dates = node.facts.iter().find(|fact| fact.contains("expire"));
        dates.map_or_else(|| node.title.clone(), |dates| format!("{}: {dates}", node.title))
    });
    named.collect::<Vec<_>>().join("; ")
}

fn titles(graph: &Graph<'_>, nodes: &[NodeId]) -> String {
    let title = |id: &NodeId| {
        let node = graph.node(*id);
        match node.kind {
            NodeKind::Undefined => format!("{} (undefined)", node.title),
            _ => node.title.clone(),
        }
    };
    nodes.iter().map(title).collect::<Vec<_>>().join(", ")
}

/// A text as HTML, on one line.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            character => safe.push(character),
        }
    }
    safe
}

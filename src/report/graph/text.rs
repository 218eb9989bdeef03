//! `graph` for people: trails grouped by context, the worst first.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::{Severity, counted};
use crate::graph::{EdgeKind, Graph, NodeId, NodeKind, Trail, TrailMode};

use crate::report::form::{Look, severity_style};
use crate::report::form::{one_line, wrap};

/// How many trails of one context are listed.
const MOST_LISTED: usize = 20;

/// The graph as paragraphs, one per context, and one for trails without a context.
pub fn text(graph: &Graph<'_>, look: Look) -> String {
    let mut out = String::new();
    for freeze in &graph.freezes {
        let sentence = format!("{freeze}; no configuration change takes effect");
        let style = look.style(severity_style(Severity::Error).bold());
        let _ = writeln!(out, "{}\n", wrap(&sentence, look.width, 2).style(style));
    }
    let mut drawing = Drawing { graph, look, out };
    for (context, trails) in paragraphs(graph) {
        match context {
            Some(context) => drawing.context(context, &trails),
            None => drawing.head("no TLS context", None),
        }
        drawing.trails(&trails, context);
        drawing.out.push('\n');
    }
    drawing.out
}

/// Trails by their first context, in the order of the worst of each.
fn paragraphs<'g>(graph: &'g Graph<'_>) -> Vec<(Option<NodeId>, Vec<&'g Trail>)> {
    let mut found: Vec<(Option<NodeId>, Vec<&Trail>)> = Vec::new();
    for trail in &graph.trails {
        let context = trail.contexts.first().copied();
        match found.iter_mut().find(|(known, _)| *known == context) {
            Some((_, trails)) => trails.push(trail),
            None => found.push((context, vec![trail])),
        }
    }
    found
}

struct Drawing<'g> {
    graph: &'g Graph<'g>,
    look: Look,
    out: String,
}

impl Drawing<'_> {
    fn context(&mut self, context: NodeId, trails: &[&Trail]) {
        let graph = self.graph;
        let node = graph.node(context);
        self.head(&format!("{} {}", node.word(), node.title), node.severity);
        for fact in &node.facts {
            self.line(2, fact, None);
        }
        let into = graph.edges.iter().filter(|edge| edge.to == context);
        for edge in into {
            let source = graph.node(edge.from);
            let broken = edge.kind == EdgeKind::Broken;
            let mark =
                self.mark(if broken { "<-x-" } else { "<---" }, if broken { "╳╌" } else { "╭─" });
            let facts = if source.facts.is_empty() {
                String::new()
            } else {
                format!(" ({})", source.facts.join("; "))
            };
            let text = format!("{mark} {} {}{facts}: {}", source.word(), source.title, edge.label);
            self.line(2, &text, source.severity);
            self.origins(edge.from);
            self.certificates(edge.from);
        }
        let unused = trails.iter().any(|trail| trail.mode == TrailMode::Unused);
        if unused {
            self.line(2, "nothing uses it", None);
        }
    }

    /// Where a file is mounted from.
    fn origins(&mut self, file: NodeId) {
        let graph = self.graph;
        let into = graph.edges.iter().filter(|edge| edge.to == file);
        for edge in into.filter(|edge| graph.node(edge.from).kind == NodeKind::Secret) {
            let origin = graph.node(edge.from);
            let facts = match origin.facts.is_empty() {
                true => String::new(),
                false => format!(" ({})", origin.facts.join("; ")),
            };
            let text = format!("{} {}{facts}: {}", origin.word(), origin.title, edge.label);
            self.line(6, &text, origin.severity);
            self.certificates(edge.from);
        }
    }

    fn certificates(&mut self, source: NodeId) {
        let graph = self.graph;
        let into = graph.edges.iter().filter(|edge| edge.to == source);
        for edge in into.filter(|edge| graph.node(edge.from).kind == NodeKind::Certificate) {
            let certificate = graph.node(edge.from);
            let mut text = format!("{} {}", edge.label, certificate.title);
            for fact in &certificate.facts {
                let _ = write!(text, "; {fact}");
            }
            self.line(6, &text, certificate.severity);
        }
    }

    fn trails(&mut self, trails: &[&Trail], context: Option<NodeId>) {
        let trails: Vec<&&Trail> =
            trails.iter().filter(|trail| trail.mode != TrailMode::Unused).collect();
        for trail in trails.iter().take(MOST_LISTED) {
            self.trail(trail, context);
        }
        if let Some(more) = trails.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
            let text =
                format!("and {}; select some by name, or use -o html", counted(more, "more"));
            self.line(2, &text.replace("mores", "more"), None);
        }
    }

    fn trail(&mut self, trail: &Trail, context: Option<NodeId>) {
        let graph = self.graph;
        let subject = graph.node(trail.subject);
        let edge =
            graph.edges.iter().find(|edge| Some(edge.from) == context && edge.to == trail.subject);
        let broken = edge.is_some_and(|edge| edge.kind == EdgeKind::Broken);
        let mark =
            self.mark(if broken { "-x->" } else { "--->" }, if broken { "╌╳" } else { "╰▶" });
        let mark = if context.is_some() { format!("{mark} ") } else { String::new() };
        let mut text = format!("{mark}{} {}", subject.word(), subject.title);
        if let Some(edge) = edge.filter(|_| broken) {
            let _ = write!(text, " ({})", edge.label);
        }
        self.line(2, &text, subject.severity);
        let to = trail.service.map(|service| format!(" to {}", graph.node(service).title));
        let what = match &trail.mode {
            TrailMode::Dropped(words) => format!("no upstream: {words}"),
            mode => format!("{}{}{}", mode.words(), to.unwrap_or_default(), trail.condition),
        };
        self.line(6, &what, None);
        if let Some(result) = &trail.probed {
            self.line(6, &result.words, None);
        }
        let route = match subject.kind {
            NodeKind::Host => format!("for {}", trail.route),
            _ if trail.route.is_empty() => return,
            _ => format!("for {}{}", trail.route, self.hosts(trail)),
        };
        self.line(6, &route, None);
    }

    fn hosts(&self, trail: &Trail) -> String {
        let names: Vec<&str> = trail
            .hosts
            .iter()
            .map(|host| self.graph.node(*host))
            .filter(|host| host.object.is_some())
            .map(|host| host.title.as_str())
            .collect();
        match names.len() {
            0 => String::new(),
            1..=3 => format!(", by Host {}", names.join(", ")),
            many => format!(", by {}", counted(many, "Host")),
        }
    }

    fn head(&mut self, text: &str, severity: Option<Severity>) {
        let bold = self.look.style(Style::new().bold());
        let text = one_line(text);
        let _ = write!(self.out, "{}", text.style(bold));
        self.severity(text.chars().count(), severity);
        self.out.push('\n');
    }

    fn line(&mut self, indent: usize, text: &str, severity: Option<Severity>) {
        let text = wrap(text, self.look.width.saturating_sub(indent + 10), indent + 4);
        let _ = write!(self.out, "{:indent$}{text}", "");
        let last = text.lines().last().map_or(0, |line| line.chars().count());
        let used = if text.contains('\n') { last } else { indent + last };
        self.severity(used, severity);
        self.out.push('\n');
    }

    /// The severity at the right edge, aligned in a column.
    fn severity(&mut self, used: usize, severity: Option<Severity>) {
        if let Some(severity) = severity {
            let word = severity.to_string();
            let gap = self.look.width.saturating_sub(used + word.len()).max(2);
            let style = self.look.style(severity_style(severity).bold());
            let _ = write!(self.out, "{:gap$}{}", "", word.style(style));
        }
    }

    fn mark(&self, ascii: &'static str, unicode: &'static str) -> &'static str {
        if self.look.unicode { unicode } else { ascii }
    }
}

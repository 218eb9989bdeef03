//! `graph -o json`, version 1.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::{Edge, EdgeKind, Graph, Node, NodeId, Trail, TrailMode};
use crate::report::form::{ObjectJson, Streamed, schema_of};
use crate::report::rule_url;
use crate::source::Span;
use crate::world::World;

/// What `mtlsctl graph -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl graph -o json")]
struct Report<'g> {
    /// The version of this format; it increases when a field changes or is removed.
    version: u32,
    nodes: Streamed<'g, NodeJson<'g>>,
    edges: Streamed<'g, EdgeJson<'g>>,
    trails: Streamed<'g, TrailJson<'g>>,
    findings: Streamed<'g, FindingJson<'g>>,
    /// What keeps every configuration change from taking effect.
    freezes: &'g [String],
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Node")]
struct NodeJson<'g> {
    id: &'g str,
    kind: &'static str,
    word: &'g str,
    title: &'g str,
    object: Option<ObjectJson<'g>>,
    facts: &'g [String],
    /// Path, line and column are null for objects that are not in the input.
    #[serde(flatten)]
    place: Place<'g>,
    severity: Option<String>,
    /// Indices of `findings`.
    findings: &'g [usize],
}

/// An edge between nodes, by their ids.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edge")]
struct EdgeJson<'g> {
    from: &'g str,
    to: &'g str,
    label: &'g str,
    broken: bool,
}

/// One way from certificates to a route; nodes by their ids.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Trail")]
struct TrailJson<'g> {
    subject: &'g str,
    mode: &'static str,
    /// Why there is no upstream.
    dropped: Option<&'g str>,
    route: &'g str,
    severity: Option<String>,
    contexts: Vec<&'g str>,
    sources: Vec<&'g str>,
    certificates: Vec<&'g str>,
    hosts: Vec<&'g str>,
    service: Option<&'g str>,
    /// The verdict of a probe, if its report was given.
    probed: Option<ProbedJson<'g>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Probed")]
struct ProbedJson<'g> {
    verdict: &'static str,
    words: &'g str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct FindingJson<'g> {
    rule: &'static str,
    severity: String,
    message: &'g str,
    object: Option<ObjectJson<'g>>,
    #[serde(flatten)]
    place: Place<'g>,
    url: String,
}

#[derive(Default, Serialize, JsonSchema)]
struct Place<'g> {
    path: Option<&'g str>,
    line: Option<u32>,
    column: Option<u32>,
}

/// The whole graph, indented.
///
/// # Errors
/// Serializer errors, which a report cannot cause.
pub fn json(world: &World, graph: &Graph<'_>) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(&report(world, graph))? + "\n")
}

/// The whole graph on one line.
pub(super) fn compact(world: &World, graph: &Graph<'_>) -> serde_json::Result<String> {
    serde_json::to_string(&report(world, graph))
}

/// The JSON Schema of what [`json`] writes.
pub fn schema() -> Value {
    schema_of::<Report<'_>>()
}

fn report<'g>(world: &'g World, graph: &'g Graph<'_>) -> Report<'g> {
    Report {
        version: 1,
        nodes: Streamed::of(|| graph.nodes.iter().map(|one| node(world, one))),
        edges: Streamed::of(|| graph.edges.iter().map(|one| edge(graph, one))),
        trails: Streamed::of(|| graph.trails.iter().map(|one| trail(graph, one))),
        findings: Streamed::of(|| graph.findings.iter().map(|one| finding(world, one))),
        freezes: &graph.freezes,
    }
}

fn node<'g>(world: &'g World, node: &'g Node) -> NodeJson<'g> {
    NodeJson {
        id: &node.id,
        kind: node.kind.name(),
        word: node.word(),
        title: &node.title,
        object: node.object.as_ref().map(ObjectJson::of),
        facts: &node.facts,
        place: node.place.map_or_else(Place::default, |span| place(world, span)),
        severity: severity(node.severity),
        findings: &node.findings,
    }
}

fn edge<'g>(graph: &'g Graph<'_>, edge: &'g Edge) -> EdgeJson<'g> {
    EdgeJson {
        from: &graph.node(edge.from).id,
        to: &graph.node(edge.to).id,
        label: &edge.label,
        broken: edge.kind == EdgeKind::Broken,
    }
}

fn trail<'g>(graph: &'g Graph<'_>, trail: &'g Trail) -> TrailJson<'g> {
    let id = |node: &NodeId| graph.node(*node).id.as_str();
    let all = |nodes: &[NodeId]| nodes.iter().map(id).collect();
    TrailJson {
        subject: id(&trail.subject),
        mode: trail.mode.name(),
        dropped: match &trail.mode {
            TrailMode::Dropped(words) => Some(words),
            _ => None,
        },
        route: &trail.route,
        severity: severity(trail.severity),
        contexts: all(&trail.contexts),
        sources: all(&trail.sources),
        certificates: all(&trail.certificates),
        hosts: all(&trail.hosts),
        service: trail.service.as_ref().map(id),
        probed: trail
            .probed
            .as_ref()
            .map(|result| ProbedJson { verdict: result.verdict.name(), words: &result.words }),
    }
}

fn finding<'g>(world: &'g World, found: &'g Diagnostic) -> FindingJson<'g> {
    FindingJson {
        rule: found.rule,
        severity: found.severity.to_string(),
        message: &found.message,
        object: found.object.as_ref().map(ObjectJson::of),
        place: place(world, found.primary.span),
        url: rule_url(found.rule),
    }
}

fn place(world: &World, span: Span) -> Place<'_> {
    let source = world.sources.get(span.source);
    let position = source.position(span.start);
    Place { path: Some(&source.name), line: Some(position.line), column: Some(position.column) }
}

fn severity(severity: Option<Severity>) -> Option<String> {
    severity.map(|severity| severity.to_string())
}

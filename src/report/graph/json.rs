//! `graph -o json`, version 1.
//!
//! `{version, nodes:[{id, kind, word, title, object:{kind,namespace,name}|null, facts:[…], path, line,
//! column, severity, findings:[index…]}], edges:[{from, to, label, broken}], trails:[{subject, mode,
//! dropped, route, severity, contexts, sources, certificates, hosts, service, probed: {verdict,
//! words}|null}], findings:[{rule,
//! severity, message, object, path, line, column, url}], freezes:[…]}`. Nodes are named by `id`; paths,
//! lines and columns are null for what is not in the input.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, ObjectName, Severity};
use crate::graph::{EdgeKind, Graph, Mode, Node, NodeId, Trail};
use crate::source::Span;
use crate::world::World;

use super::super::rule_url;

/// The whole graph.
pub fn json(world: &World, graph: &Graph<'_>) -> Value {
    let nodes: Vec<Value> = graph.nodes.iter().map(|one| node(world, one)).collect();
    let id = |node: NodeId| graph.node(node).id.as_str();
    let edges: Vec<Value> = graph
        .edges
        .iter()
        .map(|edge| {
            json!({
                "from": id(edge.from),
                "to": id(edge.to),
                "label": edge.label,
                "broken": edge.kind == EdgeKind::Broken,
            })
        })
        .collect();
    let trails: Vec<Value> = graph.trails.iter().map(|one| trail(graph, one)).collect();
    let findings: Vec<Value> = graph.findings.iter().map(|one| finding(world, one)).collect();
    json!({
        "version": 1,
        "nodes": nodes,
        "edges": edges,
        "trails": trails,
        "findings": findings,
        "freezes": graph.freezes,
    })
}

fn node(world: &World, node: &Node) -> Value {
    let place = node.place.map(|span| place(world, span));
    let (path, line, column) = place.unwrap_or((Value::Null, Value::Null, Value::Null));
    json!({
        "id": node.id,
        "kind": node.kind.name(),
        "word": node.word(),
        "title": node.title,
        "object": object(node.object.as_ref()),
        "facts": node.facts,
        "path": path,
        "line": line,
        "column": column,
        "severity": severity(node.severity),
        "findings": node.findings,
    })
}

fn trail(graph: &Graph<'_>, trail: &Trail) -> Value {
    let id = |node: &NodeId| Value::from(graph.node(*node).id.as_str());
    let all = |nodes: &[NodeId]| nodes.iter().map(id).collect::<Value>();
    json!({
        "subject": id(&trail.subject),
        "mode": trail.mode.name(),
        "dropped": match &trail.mode {
            Mode::Dropped(words) => Some(words),
            _ => None,
        },
        "route": trail.route,
        "severity": severity(trail.severity),
        "contexts": all(&trail.contexts),
        "sources": all(&trail.sources),
        "certificates": all(&trail.certificates),
        "hosts": all(&trail.hosts),
        "service": trail.service.as_ref().map(id),
        "probed": trail.probed.as_ref().map(|result| json!({
            "verdict": result.verdict.name(),
            "words": result.words,
        })),
    })
}

fn finding(world: &World, found: &Diagnostic) -> Value {
    let (path, line, column) = place(world, found.primary.span);
    json!({
        "rule": found.rule,
        "severity": found.severity.to_string(),
        "message": found.message,
        "object": object(found.object.as_ref()),
        "path": path,
        "line": line,
        "column": column,
        "url": rule_url(found.rule),
    })
}

fn place(world: &World, span: Span) -> (Value, Value, Value) {
    let source = world.sources.get(span.source);
    let position = source.position(span.start);
    (source.name.as_str().into(), position.line.into(), position.column.into())
}

fn object(object: Option<&ObjectName>) -> Value {
    object.map_or(
        Value::Null,
        |object| json!({ "kind": object.kind, "namespace": object.namespace, "name": object.name }),
    )
}

fn severity(severity: Option<Severity>) -> Value {
    severity.map_or(Value::Null, |severity| severity.to_string().into())
}

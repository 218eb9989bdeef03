//! Builds a graph from a world and its findings, trail by trail.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, ObjectName, Severity};
use crate::source::Span;
use crate::world::{ActiveHost, ContextId, Upstream, World};

use super::graph::Graph;
use super::node::{Node, NodeId, NodeKind};
use super::probed::Probed;
use super::reads::Reads;
use super::trail::{Trail, TrailMode};

/// Which trails to include.
pub struct WantedTrails<'w> {
    /// Whether to include a Mapping.
    pub upstream: &'w dyn Fn(&Upstream) -> bool,
    /// Whether to include a Host.
    pub host: &'w dyn Fn(&ActiveHost) -> bool,
    /// Whether to include unused contexts.
    pub unused: bool,
    /// Results of probes, by Mapping.
    pub probed: HashMap<ObjectName, Probed>,
}

/// The graph of all included trails; empty if Emissary cannot read the configuration.
pub fn graph<'f>(
    world: &World,
    findings: &'f [Diagnostic],
    wanted: &WantedTrails<'_>,
) -> Graph<'f> {
    let mut builder = Builder::new(world, findings);
    for freeze in &world.freezes {
        let what = match freeze.is_crash() {
            true => "Emissary cannot read this configuration",
            false => "Envoy rejects this configuration",
        };
        builder.graph.freezes.push(format!("{what}: {}: {}", freeze.object, freeze.reason));
    }
    if world.crashes() {
        return builder.graph;
    }
    for upstream in world.upstreams.iter().filter(|upstream| (wanted.upstream)(upstream)) {
        builder.upstream(upstream);
    }
    for host in world.hosts.iter().filter(|host| (wanted.host)(host)) {
        builder.termination(host);
    }
    if wanted.unused {
        builder.dropped_hosts();
        builder.unused_contexts();
    }
    builder.add_probes(&wanted.probed);
    builder.finish()
}

pub(super) struct Builder<'w, 'f> {
    pub(super) world: &'w World,
    pub(super) graph: Graph<'f>,
    pub(super) contexts: HashMap<ContextId, Reads>,
    by_object: HashMap<&'f ObjectName, Vec<usize>>,
}

impl<'w, 'f> Builder<'w, 'f> {
    fn new(world: &'w World, findings: &'f [Diagnostic]) -> Self {
        let mut by_object: HashMap<&ObjectName, Vec<usize>> = HashMap::new();
        for (index, found) in findings.iter().enumerate() {
            if let Some(object) = &found.object {
                by_object.entry(object).or_default().push(index);
            }
        }
        Self { world, graph: Graph::new(findings), contexts: HashMap::new(), by_object }
    }

    /// A node for an object in the input.
    pub(super) fn object(
        &mut self,
        kind: NodeKind,
        id: String,
        object: ObjectName,
        place: Option<Span>,
    ) -> NodeId {
        let findings = self.by_object.get(&object).cloned().unwrap_or_default();
        let all = self.graph.findings;
        let severity = findings.iter().map(|&index| all[index].severity).max();
        self.graph.node_or(id, |id| Node {
            id,
            kind,
            title: format!("{}/{}", object.namespace, object.name),
            object: Some(object),
            facts: Vec::new(),
            place,
            findings,
            severity,
        })
    }

    /// A node without findings.
    pub(super) fn thing(
        &mut self,
        kind: NodeKind,
        id: String,
        title: String,
        severity: Option<Severity>,
        facts: Vec<String>,
    ) -> NodeId {
        self.graph.node_or(id, |id| Node {
            id,
            kind,
            title,
            object: None,
            facts,
            place: None,
            findings: Vec::new(),
            severity,
        })
    }

    fn unused_contexts(&mut self) {
        for index in 0..self.world.contexts.len() {
            let id = ContextId(index);
            if self.contexts.contains_key(&id) {
                continue;
            }
            // Contexts that Emissary creates itself but does not use are irrelevant.
            if self.world.context_place(id).is_none() {
                continue;
            }
            let (node, reads) = self.context(id);
            self.graph.trails.push(Trail {
                subject: node,
                mode: TrailMode::Unused,
                condition: String::new(),
                contexts: vec![node],
                severity: self.graph.worst(reads.nodes().chain([node])),
                sources: reads.sources,
                certificates: reads.certificates,
                service: None,
                hosts: Vec::new(),
                route: String::new(),
                probed: None,
            });
        }
    }

    /// Adds results to their trails; a failure is an error, regardless of the manifests.
    fn add_probes(&mut self, results: &HashMap<ObjectName, Probed>) {
        let Graph { nodes, trails, .. } = &mut self.graph;
        for trail in trails {
            let node = &mut nodes[trail.subject.0];
            let result = node.object.as_ref().and_then(|object| results.get(object));
            let Some(result) = result else { continue };
            if result.verdict.fails() {
                (node.severity, trail.severity) = (Some(Severity::Error), Some(Severity::Error));
            }
            if !node.facts.contains(&result.words) {
                // After the mode, so that it is among the first facts.
                node.facts.insert(node.facts.len().min(1), result.words.clone());
            }
            trail.probed = Some(result.clone());
        }
    }

    fn finish(mut self) -> Graph<'f> {
        let graph = &self.graph;
        let mut order: Vec<usize> = (0..graph.trails.len()).collect();
        let key = |&index: &usize| {
            let trail = &graph.trails[index];
            let unused = trail.mode == TrailMode::Unused;
            (std::cmp::Reverse(trail.severity), unused, &graph.node(trail.subject).title)
        };
        order.sort_by(|one, other| key(one).cmp(&key(other)));
        let trails = order.into_iter().map(|index| graph.trails[index].clone()).collect();
        self.graph.trails = trails;
        self.graph
    }
}

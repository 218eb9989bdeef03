//! Nodes, edges and trails, each unique.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity};

use super::node::{Node, NodeId, NodeKind};
use super::trail::Trail;

/// A directed edge: trust flows from one node to the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The source node.
    pub from: NodeId,
    /// The target node.
    pub to: NodeId,
    /// Whether trust flows.
    pub kind: EdgeKind,
    /// A short description.
    pub label: String,
}

/// Whether trust really flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EdgeKind {
    /// Trust flows.
    Used,
    /// Trust was configured but does not flow.
    Broken,
}

/// The trust graph.
#[derive(Debug)]
pub struct Graph<'f> {
    /// All nodes, in the order in which trails reach them.
    pub nodes: Vec<Node>,
    /// All edges, likewise.
    pub edges: Vec<Edge>,
    /// One trail for each Mapping, Host and unused context; the worst first, then by name.
    pub trails: Vec<Trail>,
    /// All lint findings.
    pub findings: &'f [Diagnostic],
    /// Why no configuration change takes effect, as sentences.
    pub freezes: Vec<String>,
    ids: HashMap<String, NodeId>,
    known: HashSet<Edge>,
}

impl<'f> Graph<'f> {
    pub(super) fn new(findings: &'f [Diagnostic]) -> Self {
        Self {
            nodes: Vec::new(),
            edges: Vec::new(),
            trails: Vec::new(),
            findings,
            freezes: Vec::new(),
            ids: HashMap::new(),
            known: HashSet::new(),
        }
    }

    /// The node with that index.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// How many nodes there are of a kind.
    pub fn count(&self, kind: NodeKind) -> usize {
        self.nodes.iter().filter(|node| node.kind == kind).count()
    }

    /// The worst severity of some nodes.
    pub fn worst(&self, nodes: impl IntoIterator<Item = NodeId>) -> Option<Severity> {
        nodes.into_iter().filter_map(|id| self.node(id).severity).max()
    }

    /// The node with that id, created if missing.
    pub(super) fn node_or(&mut self, id: String, make: impl FnOnce(String) -> Node) -> NodeId {
        if let Some(known) = self.ids.get(&id) {
            return *known;
        }
        let index = NodeId(self.nodes.len());
        self.ids.insert(id.clone(), index);
        self.nodes.push(make(id));
        index
    }

    pub(super) fn connect(&mut self, from: NodeId, to: NodeId, kind: EdgeKind, label: &str) {
        let edge = Edge { from, to, kind, label: label.to_owned() };
        if self.known.insert(edge.clone()) {
            self.edges.push(edge);
        }
    }
}

//! Nodes, edges and trails, each only once.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity};

use super::node::{Node, NodeId, NodeKind};
use super::trail::Trail;

/// A directed edge: trust passes from one node to the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edge {
    /// Where from.
    pub from: NodeId,
    /// Where to.
    pub to: NodeId,
    /// Whether anything passes.
    pub kind: EdgeKind,
    /// What passes, in a few words.
    pub label: String,
}

/// Whether trust really passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EdgeKind {
    /// It does.
    Used,
    /// It was asked for, and does not.
    Broken,
}

/// The trust graph.
#[derive(Debug)]
pub struct Graph<'f> {
    /// All nodes, in the order in which trails come upon them.
    pub nodes: Vec<Node>,
    /// All edges, likewise.
    pub edges: Vec<Edge>,
    /// One trail for each Mapping, Host and unused context; the worst first, then by name.
    pub trails: Vec<Trail>,
    /// What lint found, whatever it is about.
    pub findings: &'f [Diagnostic],
    /// Why no configuration change takes effect, each as a sentence.
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

    /// The node of that index.
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

    /// The node of that id, made where there is none yet.
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

//! Hosts as trails: which certificate Ambassador presents to its clients.

use crate::diagnostic::Severity;
use crate::world::ActiveHost;

use super::build::Builder;
use super::graph::EdgeKind;
use super::node::{NodeId, NodeKind, id};
use super::reads::Reads;
use super::trail::{Trail, TrailMode};

impl Builder<'_, '_> {
    /// The trail of a working Host.
    pub(super) fn termination(&mut self, host: &ActiveHost) {
        let subject = self.host(host);
        // The Host that Emissary creates is only relevant if it routes something.
        if host.index.is_none() && host.context.is_none() {
            return;
        }
        let mut contexts = Vec::new();
        let mut reads = Reads::default();
        let mut mode = TrailMode::Cleartext;
        if let Some(id) = host.context {
            let (node, own) = self.context(id);
            let context = self.world.context(id);
            let asks = context.settings.cert_required.as_ref().is_some_and(|asks| asks.value);
            mode = if asks { TrailMode::TerminatesMutual } else { TrailMode::Terminates };
            self.graph.connect(node, subject, EdgeKind::Used, mode.words());
            contexts.push(node);
            reads = own;
        }
        let severity =
            self.graph.worst(reads.nodes().chain(contexts.iter().copied()).chain([subject]));
        self.push_host(subject, mode, host.glob.clone(), contexts, reads, severity);
    }

    /// Trails of Hosts that Emissary drops, with its message.
    pub(super) fn dropped_hosts(&mut self) {
        for fault in self.world.host_setup_faults.iter().filter(|fault| fault.drops()) {
            let subject = self.host_object(fault.host);
            let mode = TrailMode::Dropped(fault.to_string());
            let severity = self.graph.worst([subject]);
            let glob = self.world.resources.hosts[fault.host].glob().to_owned();
            self.push_host(subject, mode, glob, Vec::new(), Reads::default(), severity);
        }
    }

    fn push_host(
        &mut self,
        subject: NodeId,
        mode: TrailMode,
        route: String,
        contexts: Vec<NodeId>,
        reads: Reads,
        severity: Option<Severity>,
    ) {
        let Reads { sources, certificates, .. } = reads;
        self.graph.trails.push(Trail {
            subject,
            mode,
            condition: String::new(),
            contexts,
            sources,
            certificates,
            service: None,
            hosts: Vec::new(),
            route,
            probed: None,
            severity,
        });
    }

    /// The node of a working Host.
    pub(super) fn host(&mut self, host: &ActiveHost) -> NodeId {
        match host.index {
            Some(index) => self.host_object(index),
            None => {
                let facts = vec!["created by Emissary, because there is no Host".to_owned()];
                let title = "any host name".to_owned();
                self.thing(NodeKind::Host, id("host", &[]), title, None, facts)
            }
        }
    }

    fn host_object(&mut self, index: usize) -> NodeId {
        let host = &self.world.resources.hosts[index];
        let object = host.object.identity();
        let id = id("host", &[&object.namespace, &object.name]);
        let node = self.object(NodeKind::Host, id, object, Some(host.object.place()));
        let facts = &mut self.graph.nodes[node.0].facts;
        if facts.is_empty() {
            facts.push(format!("for {}", host.glob()));
        }
        node
    }
}

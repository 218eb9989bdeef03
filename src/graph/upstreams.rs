//! Mappings and similar objects as trails: their routes, trust and addresses.

use crate::resource::{Mapping, MappingKind};
use crate::world::{BadContext, ContextId, Dropped, Reference, Tls, TlsMode, Upstream};

use super::build::Builder;
use super::graph::EdgeKind;
use super::node::{NodeId, NodeKind, id};
use super::reads::Reads;
use super::trail::{Trail, TrailMode};

impl Builder<'_, '_> {
    /// The trail of one upstream.
    pub(super) fn upstream(&mut self, upstream: &Upstream) {
        let world = self.world;
        let mapping = world.mapping(upstream);
        let object = mapping.object.identity();
        let kind = mapping.kind.name().to_lowercase();
        let own_id = id(&kind, &[&object.namespace, &object.name]);
        let place = mapping.object.place();
        let subject = self.object(NodeKind::Mapping, own_id, object, Some(place));
        let tls = world.tls(upstream);
        let tls_mode = tls.as_ref().map(|tls| tls.mode);
        let mut contexts = Vec::new();
        let mut reads = Reads::default();
        let used = world.context_used(upstream);
        if let Some(id) = used {
            let label = match (tls_mode, asked(&upstream.reference) == Some(id)) {
                (_, false) => "used instead: created the cluster first",
                (Some(TlsMode::Mutual), true) => "mutual TLS",
                _ => "TLS, no client certificate",
            };
            self.follow(id, subject, EdgeKind::Used, label, &mut contexts, &mut reads);
        }
        match &upstream.reference {
            Reference::Good(id) if used != Some(*id) => {
                let label = "configured but not used";
                self.follow(*id, subject, EdgeKind::Broken, label, &mut contexts, &mut reads);
            }
            Reference::Bad { why: BadContext::Broken(id), .. } => {
                let label = "cannot be used";
                self.follow(*id, subject, EdgeKind::Broken, label, &mut contexts, &mut reads);
            }
            Reference::Bad { name, why: BadContext::Undefined } => {
                let facts = vec!["no TLSContext has this name".to_owned()];
                let id = id("undefined", &[name]);
                let node = self.thing(NodeKind::Undefined, id, name.clone(), None, facts);
                self.graph.connect(node, subject, EdgeKind::Broken, "not found");
                contexts.push(node);
            }
            _ => {}
        }
        let mode = mode(upstream, tls_mode);
        let route = route(mapping);
        let service = self.service(tls.as_ref(), subject, &mode);
        let hosts: Vec<NodeId> =
            upstream.taken_by.iter().map(|&host| self.host(&world.hosts[host])).collect();
        for host in &hosts {
            self.graph.connect(subject, *host, EdgeKind::Used, &route);
        }
        let facts = &mut self.graph.nodes[subject.0].facts;
        if facts.is_empty() {
            facts.push(mode.words().to_owned());
            if !route.is_empty() {
                facts.push(route.clone());
            }
            if !upstream.routed && upstream.cluster.is_some() {
                facts.push("no Host selects it".to_owned());
            }
        }
        let on_the_way = reads.nodes().chain(contexts.iter().copied()).chain([subject]);
        let severity = self.graph.worst(on_the_way);
        let Reads { sources, certificates, .. } = reads;
        let trail = Trail {
            subject,
            mode,
            condition: tls.as_ref().map(Tls::condition).unwrap_or_default(),
            contexts,
            sources,
            certificates,
            service,
            hosts,
            route,
            probed: None,
            severity,
        };
        self.graph.trails.push(trail);
    }

    /// Adds a context and what it reads to a trail.
    fn follow(
        &mut self,
        id: ContextId,
        subject: NodeId,
        kind: EdgeKind,
        label: &str,
        contexts: &mut Vec<NodeId>,
        reads: &mut Reads,
    ) {
        let (node, own) = self.context(id);
        self.graph.connect(node, subject, kind, label);
        contexts.push(node);
        for (all, more) in
            [(&mut reads.sources, own.sources), (&mut reads.certificates, own.certificates)]
        {
            for node in more {
                if !all.contains(&node) {
                    all.push(node);
                }
            }
        }
    }

    fn service(&mut self, tls: Option<&Tls>, subject: NodeId, mode: &TrailMode) -> Option<NodeId> {
        let to = &tls?.to;
        let title = match &to.endpoints {
            Some(endpoints) => format!("endpoints {endpoints}"),
            None => to.to_string(),
        };
        let id = id("service", &[&title]);
        let node = self.thing(NodeKind::Service, id, title, None, Vec::new());
        self.graph.connect(subject, node, EdgeKind::Used, mode.words());
        Some(node)
    }
}

fn asked(reference: &Reference) -> Option<ContextId> {
    match reference {
        Reference::Good(id) => Some(*id),
        _ => None,
    }
}

fn mode(upstream: &Upstream, tls: Option<TlsMode>) -> TrailMode {
    match (&upstream.dropped, tls) {
        (Some(Dropped::Redirects), _) => TrailMode::Dropped("it redirects".to_owned()),
        (Some(Dropped::Faulty(fault)), _) => TrailMode::Dropped(fault.to_string()),
        (None, Some(TlsMode::Mutual)) => TrailMode::Mutual,
        (None, Some(TlsMode::Tls)) => TrailMode::Tls,
        (None, Some(TlsMode::Plaintext)) => TrailMode::Plaintext,
        (None, None) => TrailMode::Dropped("Emissary creates no cluster for it".to_owned()),
    }
}

/// Host name and prefix, or port; empty for kinds that apply to all requests.
fn route(mapping: &Mapping) -> String {
    let routing = &mapping.routing;
    let host = routing.hostname.as_ref().or(routing.host.as_deref()).map(|host| host.as_str());
    match mapping.kind {
        MappingKind::Mapping => {
            let prefix = routing.prefix.as_ref().map_or("", |prefix| prefix.as_str());
            format!("{} {prefix}", host.unwrap_or("*")).trim_end().to_owned()
        }
        MappingKind::TcpMapping => {
            let port = routing.port.as_ref().map(|port| format!("port {}", port.value));
            let host = host.map(|host| format!("for {host}"));
            port.into_iter().chain(host).collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

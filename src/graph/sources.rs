//! TLS contexts as nodes, with the Secrets and files they read.

use crate::diagnostic::ObjectName;
use crate::world::{
    Context, ContextId, ContextOrigin, ContextState, CredentialRole, Material, TrailEnd, World,
};

use super::build::Builder;
use super::graph::EdgeKind;
use super::node::{NodeId, NodeKind, id};
use super::reads::Reads;

impl Builder<'_, '_> {
    /// The node of a context, linked to everything it reads.
    pub(super) fn context(&mut self, context_id: ContextId) -> (NodeId, Reads) {
        if let Some(reads) = self.contexts.get(&context_id)
            && let Some(node) = reads.node
        {
            return (node, reads.clone());
        }
        let context = self.world.context(context_id);
        let node = self.context_node(context_id, context);
        let mut reads = Reads { node: Some(node), ..Reads::default() };
        for (holder, roles) in by_holder(context) {
            let words: Vec<String> = roles.iter().map(|(_, words)| words.clone()).collect();
            let (source, kind) = self.holder(holder);
            self.graph.connect(source, node, kind, &words.join(", "));
            push(&mut reads.sources, source);
            // A mounted file belongs to the object it comes from.
            let origin = match holder {
                Holder::File(path) => self.mounted(path, source).inspect(|origin| {
                    push(&mut reads.sources, *origin);
                }),
                Holder::Secret { .. } => None,
            };
            for (role, _) in roles {
                let Some(credential) = self.world.credential(context_id, role) else { continue };
                let holder = origin.filter(|_| credential.object.is_some()).unwrap_or(source);
                for certificate in self.certificates(credential, role, holder) {
                    push(&mut reads.certificates, certificate);
                }
            }
        }
        for lookup in context.lookups.iter().filter(|lookup| lookup.got.is_none()) {
            let (namespace, name) = (&lookup.reference.namespace, &lookup.reference.name);
            let source = self.secret(namespace, name);
            self.graph.connect(
                source,
                node,
                EdgeKind::Broken,
                &format!("{} not found", lookup.field),
            );
            push(&mut reads.sources, source);
        }
        self.contexts.insert(context_id, reads.clone());
        (node, reads)
    }

    fn context_node(&mut self, context_id: ContextId, context: &Context) -> NodeId {
        let place = self.world.context_place(context_id);
        let number = context_id.0.to_string();
        // Two contexts can have the same name if one of them was dropped.
        let first = self.world.context_named(&context.name) == Some(context_id);
        let suffix = if first { &[][..] } else { &[number.as_str()][..] };
        let parts = [&[context.namespace.as_str(), context.name.as_str()], suffix].concat();
        let id = id("context", &parts);
        let node = match context.origin {
            ContextOrigin::TlsContext(_) | ContextOrigin::Legacy { .. } => {
                let object = self.world.context_object(context_id);
                self.object(NodeKind::Context, id, object, place)
            }
            // Findings about a Host belong to the Host's own node.
            ContextOrigin::Host(_) | ContextOrigin::Null => {
                let title = format!("{}/{}", context.namespace, context.name);
                let facts = vec!["created by Emissary".to_owned()];
                self.thing(NodeKind::Context, id, title, None, facts)
            }
        };
        let facts = &mut self.graph.nodes[node.0].facts;
        match context.state {
            ContextState::Good => {}
            ContextState::Gone => facts.push("dropped by Emissary".to_owned()),
            ContextState::Errored => {
                facts.push("counts as undefined because of its errors".to_owned())
            }
        }
        if let ContextOrigin::Legacy { .. } = context.origin {
            facts.push(format!("block {} of the legacy tls Module", context.name));
        }
        node
    }

    fn holder(&mut self, holder: Holder<'_>) -> (NodeId, EdgeKind) {
        match holder {
            Holder::File(path) => {
                let id = id("file", &[path]);
                (self.thing(NodeKind::File, id, path.to_owned(), None, Vec::new()), EdgeKind::Used)
            }
            Holder::Secret { namespace, name, lacks } => {
                let kind = if lacks { EdgeKind::Broken } else { EdgeKind::Used };
                (self.secret(namespace, name), kind)
            }
        }
    }

    /// The Secret or ConfigMap that a file is mounted from, linked to the file; for a file that is
    /// not proved to exist, the file has the reason.
    fn mounted(&mut self, path: &str, file: NodeId) -> Option<NodeId> {
        if self.world.settings.files.read(path).is_some() {
            return None;
        }
        let trail = self.world.trail(path);
        // A Secret that is not in the input is marked itself.
        let broken = matches!(trail.end, TrailEnd::Broken(_));
        let facts = &mut self.graph.nodes[file.0].facts;
        if facts.is_empty() && (broken || trail.read_object().is_none()) {
            facts.push(trail.to_string());
        }
        let (kind, namespace, name) = trail.read_object()?;
        let origin = match &trail.end {
            TrailEnd::Entry { object, .. } if object.kind != "Secret" => {
                let id = id(&kind.name().to_lowercase(), &[namespace, name]);
                self.object(NodeKind::Secret, id, object.identity(), Some(object.place()))
            }
            _ if kind.name() == "Secret" => self.secret(namespace, name),
            _ => return None,
        };
        let (edge, label) = match &trail.end {
            TrailEnd::Entry { entry, .. } => (EdgeKind::Used, format!("mounted, {}", *entry.key)),
            TrailEnd::Promised { key } => (EdgeKind::Used, format!("mounted, {key}")),
            TrailEnd::Broken(_) => (EdgeKind::Broken, "not mounted there".to_owned()),
            TrailEnd::Sidecar(_) | TrailEnd::Unknown(_) => (EdgeKind::Used, "mounted".to_owned()),
        };
        self.graph.connect(origin, file, edge, &label);
        Some(origin)
    }

    fn secret(&mut self, namespace: &str, name: &str) -> NodeId {
        let object = ObjectName {
            kind: "Secret".to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        };
        let secret = self.world.secret(namespace, name);
        let place = secret.map(|secret| secret.object.place());
        let id = id("secret", &[namespace, name]);
        let node = self.object(NodeKind::Secret, id, object, place);
        let fact = absence(self.world, namespace, name).filter(|_| secret.is_none());
        let facts = &mut self.graph.nodes[node.0].facts;
        if let Some(fact) = fact.filter(|_| facts.is_empty()) {
            facts.push(fact);
        }
        node
    }
}

fn absence(world: &World, namespace: &str, name: &str) -> Option<String> {
    let promised = world.is_promised(namespace, name);
    let words = if promised { "created by something else" } else { "not in the input" };
    Some(words.to_owned())
}

/// The sources of what a context reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder<'c> {
    File(&'c str),
    Secret { namespace: &'c str, name: &'c str, lacks: bool },
}

/// What a context reads, by source, with a description of each use.
fn by_holder(context: &Context) -> Vec<(Holder<'_>, Vec<(CredentialRole, String)>)> {
    let mut found: Vec<(Holder<'_>, Vec<(CredentialRole, String)>)> = Vec::new();
    for (role, material) in context.materials() {
        let (holder, words) = match material {
            Material::File(path) => (Holder::File(path), role.to_string()),
            Material::Secret { namespace, name, key, .. } => {
                (Holder::Secret { namespace, name, lacks: false }, format!("{role} {key}"))
            }
            Material::Nothing { namespace, name } => {
                (Holder::Secret { namespace, name, lacks: true }, format!("lacks the {role}"))
            }
        };
        match found.iter_mut().find(|(known, _)| *known == holder) {
            Some((_, uses)) => uses.push((role, words)),
            None => found.push((holder, vec![(role, words)])),
        }
    }
    found
}

fn push(list: &mut Vec<NodeId>, node: NodeId) {
    if !list.contains(&node) {
        list.push(node);
    }
}

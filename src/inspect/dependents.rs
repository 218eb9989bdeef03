//! Dependents: which contexts use a Secret's entry, and which routes depend on those.

use crate::diagnostic::ObjectName;
use crate::world::{ContextId, CredentialRole, Material, Upstream, World};

/// A context that uses an entry, and what depends on the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// The TLSContext, Host or Module that made the context.
    pub context: ObjectName,
    /// Its role.
    pub role: CredentialRole,
    /// The Mappings and similar objects whose upstream uses it.
    pub routes: Vec<DependentRoute>,
    /// Host names for which it terminates TLS.
    pub hosts: Vec<String>,
}

/// One Mapping or similar object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependentRoute {
    /// The object.
    pub object: ObjectName,
    /// The host names it is for; none if it is for all.
    pub host: Option<String>,
    /// Its prefix; none for kinds without one.
    pub prefix: Option<String>,
    /// Its service.
    pub service: String,
}

/// What uses this entry of this Secret.
pub(super) fn of_entry(world: &World, namespace: &str, name: &str, key: &str) -> Vec<Dependent> {
    let mut found = Vec::new();
    for (index, context) in world.contexts.iter().enumerate() {
        let id = ContextId(index);
        for (role, material) in context.materials() {
            let uses = match material {
                Material::Secret { namespace: its, name: called, key: entry, .. } => {
                    its == namespace && called == name && *entry == key
                }
                Material::File(path) => world.trail(path).entry().is_some_and(|(object, entry)| {
                    let same = object.namespace() == namespace && *object.name == name;
                    same && object.kind == "Secret" && *entry.key == key
                }),
                Material::Nothing { .. } => false,
            };
            if uses {
                found.push(of_context(world, id, role));
            }
        }
    }
    found
}

/// What depends on a context.
pub(super) fn of_context(world: &World, id: ContextId, role: CredentialRole) -> Dependent {
    let context = world.context(id);
    let mut hosts = context.hosts.clone();
    for index in &context.linked_by {
        let glob = world.resources.hosts[*index].glob().to_owned();
        if !hosts.contains(&glob) {
            hosts.push(glob);
        }
    }
    Dependent {
        context: world.context_object(id),
        role,
        routes: world.users(id).map(|upstream| route(world, upstream)).collect(),
        hosts,
    }
}

fn route(world: &World, upstream: &Upstream) -> DependentRoute {
    let mapping = world.mapping(upstream);
    let routing = &mapping.routing;
    let host = routing.hostname.as_ref().or(routing.host.as_deref());
    DependentRoute {
        object: mapping.object.identity(),
        host: host.map(|host| host.value.to_string()),
        prefix: routing.prefix.as_ref().map(|prefix| prefix.to_string()),
        service: upstream.service.to_string(),
    }
}

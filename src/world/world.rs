//! The world: all resources, with every upstream resolved as Emissary would resolve it.

use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::resource::{
    Documents, Looks, Mapping, Module, OfTexts, OfTraffic, Resolver, Resources, Secret, Service,
};
use crate::source::Sources;

use super::index::{Index, Objects, Tables};
use crate::world::context::{Context, ContextId, ContextOrigin, Contexts, Freeze, FreezeCause};
use crate::world::ground::Ground;
use crate::world::installation::Filed;
use crate::world::premise::Settings;
use crate::world::secret::{EVERYWHERE, SecretReference};
use crate::world::upstream::{Cluster, ClusterId, Effective, Upstream};

/// All resources with every upstream resolved; rules, `resolve` and `probe` read it and decide
/// nothing themselves.
#[derive(Debug)]
pub struct World {
    /// The texts that the world was read from.
    pub sources: OfTexts<Arc<Sources>>,
    /// All documents that were read; the texts may be only some of them.
    pub(super) documents: OfTexts<Documents>,
    /// The objects of the texts.
    pub resources: Resources,
    /// The caller's settings.
    pub settings: Settings,
    /// All contexts, in the order in which Emissary creates them.
    pub contexts: Contexts,
    /// All upstreams, in source order of their Mappings.
    pub upstreams: OfTraffic<Vec<Upstream>>,
    /// All clusters, in the order in which Emissary creates them.
    pub clusters: OfTraffic<Vec<Cluster>>,
    /// The contexts with which TCPMappings terminate TLS without a Host.
    pub(super) tcp_contexts: OfTraffic<Vec<ContextId>>,
    /// Faults that keep every configuration change from taking effect.
    pub freezes: OfTraffic<Vec<Freeze>>,
    /// Faults that will do so as soon as something uses the context.
    pub dormant_freezes: OfTraffic<Vec<Freeze>>,
    /// The part that does not depend on traffic.
    pub(super) ground: Arc<Ground>,
    /// Lookup tables for the ground.
    pub(super) tables: Arc<Tables>,
    /// How Mappings and the related kinds are filed.
    pub(super) filed: OfTraffic<Arc<Filed>>,
    pub(super) index: std::sync::OnceLock<Index>,
}

/// A world has everything that its ground has.
impl Deref for World {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        &self.ground
    }
}

impl World {
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            // Reading traffic through the index is recorded by its callers.
            let traffic = (&self.upstreams.unnoted()[..], &self.clusters.unnoted()[..]);
            Index::of(self.contexts.unnoted().len(), traffic, &self.hosts)
        })
    }

    /// Secrets and Services by name.
    pub(super) fn objects_by_name(&self) -> &Objects {
        self.tables.objects.get_or_init(|| Objects::of(&self.resources))
    }

    /// The context of that index.
    pub fn context(&self, id: ContextId) -> &Context {
        &self.contexts.unnoted()[id.0]
    }

    /// The cluster with that index. Not recorded as a look at traffic: its index comes from an
    /// upstream, and reading that is.
    pub fn cluster(&self, id: ClusterId) -> &Cluster {
        &self.clusters.unnoted()[id.0]
    }

    /// The Mapping (or object of a related kind) of an upstream; recorded as for [`Self::cluster`].
    pub fn mapping(&self, upstream: &Upstream) -> &Mapping {
        &self.resources.mappings.unnoted()[upstream.mapping]
    }

    /// The TLS that an upstream really gets: that of its cluster, whichever object created it.
    pub fn effective(&self, upstream: &Upstream) -> Option<Effective> {
        let cluster = self.cluster(upstream.cluster?);
        Some(match cluster.context {
            None => Effective::Plaintext,
            Some(id) => {
                let context = self.context(id);
                match (context.presents_certificate(), context.origin) {
                    (true, _) => Effective::Mutual(id),
                    (false, ContextOrigin::Null) => Effective::Tls(None),
                    (false, _) => Effective::Tls(Some(id)),
                }
            }
        })
    }

    /// Whether the release of Emissary is known from the caller or the input.
    pub fn knows_release(&self) -> bool {
        self.settings.profile_is_given || self.installation.releases.len() == 1
    }

    /// The severity of a problem that only some releases have, including the one checked for: a
    /// warning if the input runs an Ambassador whose release cannot be read, since it may be
    /// another one.
    pub fn severity_in_release(&self) -> Severity {
        let is_other = self.installation.unknown_tag.is_some() && !self.settings.profile_is_given;
        if is_other { Severity::Warning } else { Severity::Error }
    }

    /// Whether Emissary's Python code raises an exception, so that the configuration does not take
    /// effect.
    pub fn crashes(&self) -> bool {
        self.freezes.iter().any(Freeze::is_crash)
    }

    /// Freezes with a cause; those whose context is not yet used come last.
    pub fn freezes_by(&self, cause: FreezeCause) -> impl Iterator<Item = &Freeze> {
        let all = self.freezes.iter().chain(&self.dormant_freezes);
        all.filter(move |freeze| freeze.cause == cause)
    }

    /// Upstreams whose cluster uses a context.
    pub fn users(&self, id: ContextId) -> impl Iterator<Item = &Upstream> {
        Looks::TRAFFIC.note();
        self.index().users(id).iter().map(|&at| &self.upstreams[at])
    }

    /// Upstreams that name a context but do not get it, in source order.
    pub fn upstreams_missing(&self, id: ContextId) -> Vec<&Upstream> {
        Looks::TRAFFIC.note();
        self.index().upstreams_missing(id).iter().map(|&at| &self.upstreams[at]).collect()
    }

    /// Upstreams that name a context that the input does not define, in source order.
    pub fn undefined(&self, name: &str) -> Vec<&Upstream> {
        Looks::TRAFFIC.note();
        self.index().undefined(name).iter().map(|&at| &self.upstreams[at]).collect()
    }

    /// The Secret with that namespace and name in the input; of several, the last.
    pub fn secret(&self, namespace: &str, name: &str) -> Option<&Secret> {
        Some(&self.resources.secrets[self.objects_by_name().secret(namespace, name)?])
    }

    /// All namespaces of objects in the input.
    pub fn namespaces(&self) -> HashSet<&str> {
        let all = &self.resources;
        let mut namespaces: HashSet<&str> = HashSet::from([self.installation.namespace.as_str()]);
        namespaces.extend(all.contexts.iter().map(|context| context.object.namespace()));
        namespaces.extend(all.mappings.iter().map(|mapping| mapping.object.namespace()));
        namespaces.extend(all.hosts.iter().map(|host| host.object.namespace()));
        namespaces.extend(all.secrets.iter().map(|secret| secret.object.namespace()));
        namespaces.extend(all.services.iter().map(|service| service.object.namespace()));
        namespaces.extend(all.workloads.iter().map(|workload| workload.object.namespace()));
        namespaces.extend(all.unread_namespaces.iter().map(String::as_str));
        namespaces
    }

    /// The Services with that namespace and name in the input.
    pub fn services(&self, namespace: &str, name: &str) -> impl Iterator<Item = &Service> {
        let found = self.objects_by_name().services(namespace, name);
        found.iter().map(|&at| &*self.resources.services[at])
    }

    /// Whether Emissary's Go half fetches a Secret; true for releases without a Go half.
    pub fn fetches(&self, reference: &SecretReference) -> bool {
        let key = (reference.namespace.clone(), reference.name.clone());
        self.selected.as_ref().is_none_or(|selected| selected.contains(&key))
    }

    /// Whether a Secret that is not in the input will exist: something in the input creates it, or
    /// the caller says that it exists elsewhere.
    pub fn is_promised(&self, namespace: &str, name: &str) -> bool {
        let external =
            |external: &crate::world::premise::External| external.covers("Secret", namespace, name);
        self.settings.externals.iter().any(external)
            || [namespace, EVERYWHERE].iter().any(|namespace| {
                let wanted = (*namespace, name);
                let order =
                    |(own, known): &(String, String)| (own.as_str(), known.as_str()).cmp(&wanted);
                self.promised.binary_search_by(order).is_ok()
            })
    }

    /// The Module `ambassador` that is used.
    pub fn module(&self) -> Option<&Module> {
        self.ambassador_module.map(|index| &*self.resources.modules[index])
    }

    /// The resolver with this effective name.
    pub fn resolver(&self, name: &str) -> Option<&Resolver> {
        let stored = self.storages.resolvers.stored.iter().find(|stored| stored.name == name)?;
        Some(&self.resources.resolvers[stored.index])
    }

    /// The name of the resolver that a Mapping uses.
    pub fn resolver_name<'w>(&'w self, mapping: &'w Mapping) -> &'w str {
        let own = mapping.resolver.as_deref();
        let default = || self.module().and_then(|module| module.resolver.as_ref());
        own.or_else(default).map_or("kubernetes-service", |name| name.as_str())
    }

    /// Whether a Mapping's service is looked up in Consul.
    pub fn asks_consul(&self, mapping: &Mapping) -> bool {
        let name = self.resolver_name(mapping);
        // The default resolver has two names, and a definition of one applies to both.
        let alias = match name {
            "consul" => Some("consul-endpoint"),
            "consul-endpoint" => Some("consul"),
            _ => None,
        };
        match self.resolver(name).or_else(|| self.resolver(alias?)) {
            Some(resolver) => resolver.object.kind == "ConsulResolver",
            None => alias.is_some(),
        }
    }

    /// The Secrets that Consul connectors in the input write, as namespace and name.
    pub fn connector_secrets(&self) -> Vec<(String, String)> {
        let connectors = crate::world::secret::connectors(&self.resources);
        connectors.map(|connector| (connector.namespace, connector.secret)).collect()
    }

    /// Whether a Secret is neither in the input nor created by anything in it.
    pub fn lacks_secret(&self, reference: &SecretReference) -> bool {
        self.secret(&reference.namespace, &reference.name).is_none()
            && !self.is_promised(&reference.namespace, &reference.name)
    }
}

//! The world: all resources, and every upstream resolved as Emissary would resolve it.

use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

use crate::diagnostic::{ObjectName, Severity};
use crate::resource::{
    Documents, Looks, Mapping, Module, OfTexts, OfTraffic, Resolver, Resources, Secret, Service,
    TlsContext,
};
use crate::source::{Sources, Span};

use super::index::{Index, Objects, Tables};
use crate::world::context::{Context, ContextId, ContextOrigin, Contexts, Freeze, FreezeCause};
use crate::world::ground::Ground;
use crate::world::installation::{Filed, Storage};
use crate::world::premise::{FilePolicy, Settings};
use crate::world::secret::{EVERYWHERE, SecretReference};
use crate::world::upstream::{Changed, Cluster, ClusterId, Effective, Routes, Upstream};

/// Everything together; rules, `resolve` and `probe` read this and decide nothing themselves.
#[derive(Debug)]
pub struct World {
    /// The texts that everything was read from.
    pub sources: OfTexts<Arc<Sources>>,
    /// Everything that was read, of which the texts may be a part.
    pub(super) documents: OfTexts<Documents>,
    /// What was read.
    pub resources: Resources,
    /// What the caller said.
    pub settings: Settings,
    /// All contexts, in the order in which Emissary made them.
    pub contexts: Contexts,
    /// All upstreams, in source order of their Mappings.
    pub upstreams: OfTraffic<Vec<Upstream>>,
    /// All clusters, in the order in which Emissary made them.
    pub clusters: OfTraffic<Vec<Cluster>>,
    /// Contexts that TCPMappings terminate TLS with where no Host does it for them.
    pub(super) tcp_contexts: OfTraffic<Vec<ContextId>>,
    /// What keeps every configuration change from taking effect.
    pub freezes: OfTraffic<Vec<Freeze>>,
    /// What will do so as soon as something uses the context.
    pub dormant_freezes: OfTraffic<Vec<Freeze>>,
    /// What it is before there is any traffic.
    pub(super) ground: Arc<Ground>,
    /// What is looked up on it.
    pub(super) tables: Arc<Tables>,
    /// How Mappings and their kin are filed.
    pub(super) filed: OfTraffic<Arc<Filed>>,
    pub(super) index: std::sync::OnceLock<Index>,
}

/// Objects of one kind that lost their place, or never had one.
#[derive(Debug, Clone, Copy)]
pub struct Filing<'w> {
    /// Objects that another one replaces.
    pub shadowed: &'w [super::Shadowed],
    /// Indices of objects of another Ambassador.
    pub foreign: &'w [usize],
    /// Indices of objects that Ambassador does not watch.
    pub unwatched: &'w [usize],
    /// Objects under the names that Emissary files them by.
    pub stored: &'w [super::Stored],
}

/// What is so before there is any traffic is so with it.
impl Deref for World {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        &self.ground
    }
}

impl World {
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            // Whoever asks it about traffic is noted there.
            let traffic = (&self.upstreams.unnoted()[..], &self.clusters.unnoted()[..]);
            Index::of(self.contexts.unnoted().len(), traffic, &self.hosts)
        })
    }

    /// Secrets and Services by their names.
    pub(super) fn objects_by_name(&self) -> &Objects {
        self.tables.objects.get_or_init(|| Objects::of(&self.resources))
    }

    /// The context of that index.
    pub fn context(&self, id: ContextId) -> &Context {
        &self.contexts.unnoted()[id.0]
    }

    /// The cluster of that index. Whoever has that has seen an upstream, which is noted where it comes
    /// from.
    pub fn cluster(&self, id: ClusterId) -> &Cluster {
        &self.clusters.unnoted()[id.0]
    }

    /// The Mapping (or its kin) of an upstream; noted as [`Self::cluster`] is.
    pub fn mapping(&self, upstream: &Upstream) -> &Mapping {
        &self.resources.mappings.unnoted()[upstream.mapping]
    }

    /// The TLS that an upstream really gets: that of its cluster, whoever made it.
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

    /// Whether the release of Emissary is known: from the caller, or from the input.
    pub fn knows_release(&self) -> bool {
        self.settings.profile_is_said || self.installation.releases.len() == 1
    }

    /// How severe something is that is so in the release judged for and not in all: where the input runs
    /// an Ambassador whose release nobody can name, another one is as likely.
    pub fn severity_in_release(&self) -> Severity {
        let is_other = self.installation.unknown_tag.is_some() && !self.settings.profile_is_said;
        if is_other { Severity::Warning } else { Severity::Error }
    }

    /// Whether Emissary's Python raises, so that nothing of this configuration takes effect.
    pub fn crashes(&self) -> bool {
        self.freezes.iter().any(Freeze::is_crash)
    }

    /// Freezes of a kind, those that wait for their context to be used last.
    pub fn freezes_by(&self, cause: FreezeCause) -> impl Iterator<Item = &Freeze> {
        let all = self.freezes.iter().chain(&self.dormant_freezes);
        all.filter(move |freeze| freeze.cause == cause)
    }

    /// Upstreams whose cluster uses a context.
    pub fn users(&self, id: ContextId) -> impl Iterator<Item = &Upstream> {
        Looks::TRAFFIC.note();
        self.index().users(id).iter().map(|&at| &self.upstreams[at])
    }

    /// Upstreams that name a context and do not get it, in source order.
    pub fn let_down(&self, id: ContextId) -> Vec<&Upstream> {
        Looks::TRAFFIC.note();
        self.index().let_down(id).iter().map(|&at| &self.upstreams[at]).collect()
    }

    /// Upstreams that name what no context of the input is called, in source order.
    pub fn undefined(&self, name: &str) -> Vec<&Upstream> {
        Looks::TRAFFIC.note();
        self.index().undefined(name).iter().map(|&at| &self.upstreams[at]).collect()
    }

    /// The context that a name leads to, usable or not.
    pub fn context_named(&self, name: &str) -> Option<ContextId> {
        self.contexts.named(name)
    }

    /// The TLSContext that a context was made from.
    pub fn tls_context(&self, id: ContextId) -> Option<&TlsContext> {
        match self.context(id).origin {
            ContextOrigin::TlsContext(index) => Some(&self.resources.contexts[index]),
            _ => None,
        }
    }

    /// The contexts made from TLSContexts, with those.
    pub fn tls_contexts(&self) -> impl Iterator<Item = (ContextId, &Context, &TlsContext)> {
        let all = self.contexts.unnoted().iter().enumerate();
        all.filter_map(|(index, context)| match context.origin {
            ContextOrigin::TlsContext(resource) => {
                Some((ContextId(index), context, &*self.resources.contexts[resource]))
            }
            _ => None,
        })
    }

    /// Where a context is defined.
    pub fn context_place(&self, id: ContextId) -> Option<Span> {
        match self.context(id).origin {
            ContextOrigin::TlsContext(index) => Some(self.resources.contexts[index].object.place()),
            ContextOrigin::Legacy { module, block } => {
                Some(self.resources.modules[module].legacy_contexts[block].name.key)
            }
            ContextOrigin::Host(index) => Some(self.resources.hosts[index].object.place()),
            ContextOrigin::Null => None,
        }
    }

    /// The object that a context was made from.
    pub fn context_object(&self, id: ContextId) -> ObjectName {
        let context = self.context(id);
        match context.origin {
            ContextOrigin::TlsContext(index) => self.resources.contexts[index].object.identity(),
            ContextOrigin::Legacy { module, .. } => {
                self.resources.modules[module].object.identity()
            }
            ContextOrigin::Host(index) => self.resources.hosts[index].object.identity(),
            ContextOrigin::Null => ObjectName {
                kind: "TLSContext".to_owned(),
                namespace: context.namespace.clone(),
                name: context.name.clone(),
            },
        }
    }

    /// The Secret of that namespace and name in the input; the later one of two.
    pub fn secret(&self, namespace: &str, name: &str) -> Option<&Secret> {
        Some(&self.resources.secrets[self.objects_by_name().secret(namespace, name)?])
    }

    /// All namespaces that objects of the input live in.
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

    /// The Services of that namespace and name in the input.
    pub fn services(&self, namespace: &str, name: &str) -> impl Iterator<Item = &Service> {
        let found = self.objects_by_name().services(namespace, name);
        found.iter().map(|&at| &*self.resources.services[at])
    }

    /// Whether Emissary's Go half fetches a Secret, or there is none that would have to.
    pub fn fetches(&self, reference: &SecretReference) -> bool {
        let key = (reference.namespace.clone(), reference.name.clone());
        self.selected.as_ref().is_none_or(|selected| selected.contains(&key))
    }

    /// Whether a Secret that is not in the input will exist anyway: something in the input makes
    /// it, or the caller says that it lives elsewhere.
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

    /// The Module `ambassador` that counts.
    pub fn module(&self) -> Option<&Module> {
        self.ambassador_module.map(|index| &*self.resources.modules[index])
    }

    /// The resolver that a Mapping uses, by its effective name.
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
        // The default resolver goes by two names, and one that is defined serves for both.
        let alias = match name {
            "consul" => Some("consul-endpoint"),
            "consul-endpoint" => Some("consul"),
            _ => None,
        };
        match self.resolver(name).or_else(|| self.resolver(alias?)) {
            Some(resolver) => *resolver.object.kind == "ConsulResolver",
            None => alias.is_some(),
        }
    }

    /// The Secret that a reference of a TLSContext leads to, as Emissary's Python half has it.
    pub fn secret_reference(&self, context: &Context, written: &str) -> SecretReference {
        let module = self.module().and_then(|module| module.secret_namespacing.as_ref());
        let default = module.is_none_or(|said| said.value);
        let namespacing = context.secret_namespacing.unwrap_or(default);
        SecretReference::resolve(written, &context.namespace, namespacing)
    }

    /// The Secrets that Consul connectors in the input write, as namespace and name.
    pub fn connector_secrets(&self) -> Vec<(String, String)> {
        let connectors = crate::world::secret::connectors(&self.resources);
        connectors.map(|connector| (connector.namespace, connector.secret)).collect()
    }

    /// Whether a Secret is neither in the input nor made by anything that is.
    pub fn lacks_secret(&self, reference: &SecretReference) -> bool {
        self.secret(&reference.namespace, &reference.name).is_none()
            && !self.is_promised(&reference.namespace, &reference.name)
    }

    /// Whether two worlds of the same files differ in nothing but their texts, their Mappings, and what
    /// is made of those: what was made without a look at any of these is the same in both.
    pub fn differs_in_traffic_only(&self, other: &Self) -> bool {
        // Files of the pod that are on the disk may have changed.
        self.settings.files == FilePolicy::Assume
            && self.settings == other.settings
            && self.sources.unnoted().ids() == other.sources.unnoted().ids()
            && self.resources.differ_in_mappings_only(&other.resources)
    }

    /// Whether there are as many contexts as in a world that differs in its traffic only: that may have
    /// called for the context of TLS without a certificate.
    pub fn has_the_contexts_of(&self, other: &Self) -> bool {
        self.contexts.unnoted().len() == other.contexts.unnoted().len()
    }

    pub(super) fn routes(&self) -> Routes<'_> {
        Routes {
            mappings: self.resources.mappings.unnoted(),
            upstreams: self.upstreams.unnoted(),
            clusters: self.clusters.unnoted(),
        }
    }

    /// Which upstreams and Mappings differ from those of an earlier world, where that differs in its
    /// traffic only.
    pub fn changed_since(&self, earlier: &Self) -> Changed {
        Changed::between(self.routes(), earlier.routes())
    }

    /// Whether two worlds of the same files hold objects of the same names in the same places, and the
    /// same workloads. What kustomizations do to objects is not followed, so with any the answer is no.
    pub fn has_the_objects_of(&self, other: &Self) -> bool {
        self.settings == other.settings
            && self.sources.unnoted().ids() == other.sources.unnoted().ids()
            && self.resources.are_named_like(&other.resources)
    }

    /// Whether nothing in the input is read by this Ambassador: there is nothing of Ambassador's, or
    /// all of it carries the id of another one.
    pub fn has_nothing_of_ours(&self) -> bool {
        let all = [
            &self.storages.contexts,
            &self.filed.mappings,
            &self.storages.hosts,
            &self.storages.modules,
            &self.storages.resolvers,
        ];
        self.resources.refusals.is_empty() && all.iter().all(|storage| storage.stored.is_empty())
    }

    /// Services of the input whose annotation is lost since another manifest of the same Service
    /// replaces them, each with that one.
    pub fn replaced_services(&self) -> impl Iterator<Item = (&Service, &Service)> {
        let services = &self.resources.services;
        let pairs = self.filed.replaced_services.iter();
        pairs.map(|&(lost, kept)| (&*services[lost], &*services[kept]))
    }

    /// How TLSContexts were filed.
    pub fn filed_contexts(&self) -> Filing<'_> {
        filing(&self.storages.contexts)
    }

    /// How Mappings and their kin were filed.
    pub fn filed_mappings(&self) -> Filing<'_> {
        filing(&self.filed.mappings)
    }

    /// How Hosts were filed.
    pub fn filed_hosts(&self) -> Filing<'_> {
        filing(&self.storages.hosts)
    }

    /// How Modules were filed.
    pub fn filed_modules(&self) -> Filing<'_> {
        filing(&self.storages.modules)
    }
}

fn filing(storage: &Storage) -> Filing<'_> {
    Filing {
        shadowed: &storage.shadowed,
        foreign: &storage.foreign,
        unwatched: &storage.unwatched,
        stored: &storage.stored,
    }
}

//! Routes traffic: finds the context, group, cluster and route of every Mapping.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::resource::{Labels, Mapping, MappingKind, Module, Resources};

use super::cluster::{ByName, Cluster, ClusterId, ResolverKind};
use super::group::{Group, group};
use super::hosts_by_name::{HostsByName, name};
use super::mapping_fault::MappingFault;
use super::rejection::{crash, rejection};
use super::remembered::Remembered;
use super::resolvers::Resolvers;
use super::service_address::ServiceAddress;
use super::upstream::{Asked, Dropped, Reference, Upstream, UpstreamState};
use crate::world::Behaviour;
use crate::world::Stored;
use crate::world::context::{ContextId, ContextTable, Crash, Freeze};
use crate::world::ground::Ground;
use crate::world::installation::Installation;
use crate::world::installation::Storage;
use crate::world::premise::Settings;

/// All upstreams with their clusters.
pub(crate) struct Traffic<'w> {
    pub(crate) resources: &'w Resources,
    pub(crate) settings: &'w Settings,
    pub(crate) ground: &'w Ground,
    pub(crate) installation: &'w Installation,
    pub(crate) filed: &'w Storage,
    pub(crate) module: Option<&'w Module>,
    pub(crate) table: &'w Arc<ContextTable>,
    pub(crate) resolvers: Resolvers<'w>,
    pub(crate) upstreams: Vec<Draft<'w>>,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) crashes: Vec<Freeze>,
    pub(crate) tcp_contexts: Vec<ContextId>,
    pub(crate) remembered: Option<Remembered<'w>>,
    /// The position of each Mapping's upstream among `upstreams`.
    pub(crate) positions: Vec<Option<usize>>,
    pub(crate) clusters_by_name: HashMap<ByName, ClusterId>,
    pub(super) hosts_by_name: OnceCell<HostsByName<'w>>,
    /// Whether any Host selects Mappings by labels.
    pub(super) selects: bool,
    /// The Hosts that matched routes with a glob, by glob; unused if labels matter.
    pub(super) taken: HashMap<&'w str, Arc<[usize]>>,
    /// The Hosts that matched the last route; the next one usually has the same.
    pub(super) last_matching: Arc<[usize]>,
}

/// An unfinished upstream.
pub(crate) struct Draft<'w> {
    pub(crate) mapping: usize,
    pub(crate) cluster: Option<ClusterId>,
    pub(crate) group: Option<usize>,
    /// Not shared while it is a draft.
    state: Arc<UpstreamState>,
    /// The earlier world's upstream of the same Mapping.
    pub(crate) known: Option<&'w Upstream>,
}

impl Deref for Draft<'_> {
    type Target = UpstreamState;

    fn deref(&self) -> &UpstreamState {
        &self.state
    }
}

impl DerefMut for Draft<'_> {
    fn deref_mut(&mut self) -> &mut UpstreamState {
        Arc::make_mut(&mut self.state)
    }
}

impl Draft<'_> {
    /// The finished upstream; it shares its state with the earlier world's if they are equal.
    fn finish(self) -> Upstream {
        let Self { mapping, cluster, group, state, known } = self;
        let known = known.filter(|known| known.state == state);
        let state = known.map_or(state, |known| Arc::clone(&known.state));
        Upstream { mapping, cluster, group, state }
    }
}

/// The result of [`Traffic::route`].
pub(crate) struct Routed {
    pub(crate) upstreams: Vec<Upstream>,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) crashes: Vec<Freeze>,
    /// The contexts with which TCPMappings terminate TLS without a Host.
    pub(crate) tcp_contexts: Vec<ContextId>,
    /// The contexts, with the null context if any cluster needs it.
    pub(crate) table: Arc<ContextTable>,
}

impl<'w> Traffic<'w> {
    pub(crate) fn route(
        resources: &'w Resources,
        settings: &'w Settings,
        ground: &'w Ground,
        filed: &'w Storage,
        remembered: Option<Remembered<'w>>,
    ) -> Routed {
        let module = ground.ambassador_module.map(|index| &*resources.modules[index]);
        let mut traffic = Self {
            resources,
            settings,
            ground,
            installation: &ground.installation,
            filed,
            module,
            table: ground.table(),
            resolvers: Resolvers::new(resources, ground.storages(), module),
            upstreams: Vec::with_capacity(filed.stored.len()),
            clusters: Vec::with_capacity(filed.stored.len()),
            crashes: Vec::new(),
            tcp_contexts: Vec::new(),
            remembered,
            positions: vec![None; resources.mappings.len()],
            clusters_by_name: HashMap::with_capacity(filed.stored.len()),
            hosts_by_name: OnceCell::new(),
            selects: ground.hosts.iter().any(|host| host.selector.is_some()),
            taken: HashMap::new(),
            last_matching: Arc::default(),
        };
        if let Some(routed) = traffic.retouched() {
            return routed;
        }
        // Emissary starts without the null context.
        traffic.table = ground.table();
        traffic.list();
        traffic.auxiliary();
        traffic.grouped();
        let Self { upstreams, mut clusters, crashes, tcp_contexts, table, .. } = traffic;
        clusters.shrink_to_fit();
        let upstreams = upstreams.into_iter().map(Draft::finish).collect();
        Routed { upstreams, clusters, crashes, tcp_contexts, table: Arc::clone(table) }
    }

    /// Adds an upstream for each Mapping that Emissary files, in source order.
    fn list(&mut self) {
        let mut stored: Vec<&Stored> = self.filed.stored.iter().collect();
        stored.sort_by_key(|stored| stored.index);
        for stored in stored {
            let mapping = &self.resources.mappings[stored.index];
            self.positions[stored.index] = Some(self.upstreams.len());
            let upstream = self.draft(mapping, stored.index);
            self.upstreams.push(upstream);
        }
    }

    /// The upstream before its cluster is created.
    fn draft(&self, mapping: &Arc<Mapping>, index: usize) -> Draft<'w> {
        let remembered = self.remembered.as_ref();
        let known = remembered.and_then(|remembered| remembered.of(mapping, index));
        let asked = match known {
            Some(known) => known.asked.clone(),
            None => self.ask(mapping),
        };
        let state = Arc::new(Self::state(mapping, asked));
        Draft { mapping: index, cluster: None, group: None, state, known }
    }

    /// The state before the cluster is created.
    pub(super) fn state(mapping: &Mapping, asked: Asked) -> UpstreamState {
        let mut messages = Vec::new();
        if let Err(malformed) = &asked.address
            && mapping.kind.qualifies_service()
        {
            let (service, reason) = (&asked.service, malformed.reason());
            messages.push(format!("Malformed service '{service}': {reason}"));
        }
        UpstreamState {
            asked,
            made: None,
            reference: Reference::Absent,
            dropped: None,
            routed: false,
            taken_by: Arc::default(),
            messages,
        }
    }

    /// The service that a Mapping asks for.
    pub(super) fn ask(&self, mapping: &Mapping) -> Asked {
        let written = mapping.service.as_ref().map(|service| service.value.clone());
        let written = written.unwrap_or_default();
        let expanded = self.installation.environment.expand(&written);
        let escapes = self.settings.profile.has(Behaviour::EscapesHostNames);
        let address = match escapes {
            true => ServiceAddress::parse(&expanded),
            false => ServiceAddress::parse_as_written(&expanded),
        };
        let service = match &address {
            Ok(address) if mapping.kind.qualifies_service() => {
                let namespace = self.qualifier(mapping, address);
                match escapes {
                    true => address.normalized(namespace),
                    false => address.rebuilt(namespace),
                }
            }
            _ => expanded.into_owned(),
        };
        // Most are complete as written; they share the memory of the Mapping's field.
        let service = if service == *written { written } else { service.into() };
        Asked { service, address }
    }

    /// The namespace that `normalize_service_name` appends to a short name.
    fn qualifier<'m>(&self, mapping: &'m Mapping, address: &ServiceAddress) -> Option<&'m str> {
        let own = self.own_namespace_for_services();
        // A resolver that does not exist is treated here as a Kubernetes resolver.
        let consul =
            self.resolvers.of(mapping).is_some_and(|r| matches!(r, ResolverKind::Consul(_)));
        let namespace = mapping.object.namespace();
        let wanted = !own && !consul && namespace != self.installation.namespace;
        let is_qualified = match self.settings.profile.has(Behaviour::EscapesHostNames) {
            true => address.is_qualified(),
            false => address.host.contains('.') || address.host == "localhost",
        };
        (wanted && !is_qualified).then_some(namespace)
    }

    pub(crate) fn own_namespace_for_services(&self) -> bool {
        let module = self.module.and_then(|module| module.own_namespace_for_services.as_ref());
        module.is_some_and(|own| own.value)
    }

    /// Routes Mappings, then TCPMappings, group by group.
    fn grouped(&mut self) {
        let mut candidates = Vec::with_capacity(self.filed.stored.len());
        let (resources, stored) = (self.resources, &self.filed.stored);
        for kind in [MappingKind::Mapping, MappingKind::TcpMapping] {
            let of_kind = |stored: &&Stored| resources.mappings[stored.index].kind == kind;
            for stored in stored.iter().filter(of_kind) {
                let mapping = &resources.mappings[stored.index];
                let Some(position) = self.positions[stored.index] else { continue };
                if let Some(crash) = crash(mapping, &self.upstreams[position]) {
                    self.crash(stored.index, crash);
                    continue;
                }
                let service = &self.upstreams[position].service;
                if let Some(fault) = rejection(mapping, service, &self.resolvers) {
                    self.upstreams[position].drop_for(fault);
                    continue;
                }
                // `shadow` takes precedence.
                let redirects = mapping.routing.redirects && !mapping.routing.shadows;
                if mapping.kind == MappingKind::Mapping && redirects {
                    self.upstreams[position].dropped = Some(Dropped::Redirects);
                }
                candidates.push(stored);
            }
        }
        let mut refused = Vec::new();
        let breakers =
            self.module.and_then(|module| module.breakers.as_deref()).unwrap_or_default();
        let key = |mapping: &Mapping| self.group_key(mapping);
        let refuse = |index: usize, fault: MappingFault| refused.push((index, fault));
        let groups = group(&resources.mappings, &candidates, key, breakers, refuse);
        drop(candidates);
        for (index, fault) in refused {
            if let Some(position) = self.positions[index] {
                self.upstreams[position].drop_for(fault);
            }
        }
        for (number, group) in groups.into_iter().enumerate() {
            self.connect_group(number, &group);
        }
    }

    /// Records that Emissary crashes at this Mapping.
    pub(super) fn crash(&mut self, index: usize, crash: Crash) {
        self.crashes.push(Freeze::crash_of(&self.resources.mappings[index], crash));
    }

    /// Routes without a host are also grouped by the labels that Hosts select.
    pub(super) fn group_key(&self, mapping: &Mapping) -> String {
        let mut key = mapping.routing.group(mapping.kind);
        let by_labels = self.settings.profile.has(Behaviour::GroupsBySelectedLabels);
        let is_nameless =
            mapping.kind == MappingKind::Mapping && mapping.routing.route_glob().is_none();
        if by_labels && is_nameless {
            for selector in self.ground.hosts.iter().filter_map(|host| host.selector.as_ref()) {
                if selector.iter().any(|label| mapping.object.labels.contains(label)) {
                    for (name, value) in selector {
                        key.push_str(name);
                        key.push_str(value);
                    }
                }
            }
        }
        key
    }

    fn connect_group(&mut self, number: usize, group: &Group) {
        let resources = self.resources;
        let shadow = group.shadow.map(|index| (index, Some("shadow")));
        let members = group.members.iter().filter(|_| !group.redirects);
        let members =
            members.map(|&index| (index, resources.mappings[index].routing.cluster_tag.as_deref()));
        let members: Vec<_> = shadow.into_iter().chain(members).collect();
        let mapping = |index: &usize| &*self.resources.mappings[*index];
        let labels = || group.members.iter().map(|i| &mapping(i).object.labels);
        let labels: Vec<&Labels> = if self.selects { labels().collect() } else { Vec::new() };
        // For the same key, the last member's value counts.
        let labels: HashMap<&str, &str> = labels.into_iter().flat_map(Labels::iter).collect();
        let any_host = group.members.iter().any(|i| mapping(i).routing.has_host_regex());
        // Members that only receive copies of traffic have no route of their own (`v3route.py`).
        let has_route = !group.members.is_empty() && !group.redirects;
        // Members with the same host name match the same Hosts.
        let mut taken: HashMap<Option<&str>, Arc<[usize]>> = HashMap::new();
        for (index, marker) in members {
            let Some(position) = self.positions[index] else { continue };
            if self.connect(index, position, marker).is_some() {
                self.upstreams[position].group = Some(number);
                let known = self.upstreams[position].known.filter(|known| {
                    let remembered = self.remembered.as_ref();
                    group.members == [index] && remembered.is_some_and(|old| old.was_alone(known))
                });
                let taken_by = match known {
                    _ if !has_route => Arc::default(),
                    Some(known) => Arc::clone(&known.taken_by),
                    None => {
                        let taken = taken.entry(name(&resources.mappings[index]));
                        Arc::clone(
                            taken.or_insert_with(|| self.matching_hosts(index, &labels, any_host)),
                        )
                    }
                };
                let mut routed = !taken_by.is_empty();
                if !routed && let Some(port) = self.port(&self.resources.mappings[index]) {
                    routed = true;
                    self.tcp_contexts.extend(port);
                }
                self.upstreams[position].routed = routed;
                self.upstreams[position].taken_by = taken_by;
            }
        }
    }

    /// The port that a TCPMapping opens without a Host: in cleartext, or with the certificate of a
    /// context for its name.
    fn port(&self, mapping: &Mapping) -> Option<Option<ContextId>> {
        if mapping.kind != MappingKind::TcpMapping {
            return None;
        }
        let Some(name) = &mapping.routing.host else { return Some(None) };
        if !self.settings.profile.has(Behaviour::TcpMappingContexts) {
            return None;
        }
        // The first context for the name decides, even if it is unusable
        // (`tlscontext_for_tcpmapping`).
        let mut contexts = self.table.names.iter().map(|(_, id)| *id);
        let context = |id: ContextId| &self.table.contexts[id.0];
        let first =
            contexts.find(|id| context(*id).hosts.iter().any(|host| *host == name.value))?;
        context(first).is_good().then_some(Some(first))
    }
}

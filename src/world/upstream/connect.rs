//! Connects a Mapping to its upstream: finds the context that `tls` names and creates the cluster.

use crate::resource::{LoadBalancer, Mapping, MappingKind, TlsReference};

use std::sync::Arc;

use super::cluster::{ByName, Cluster, ClusterId, ClusterRequest, ClusterSettings, ResolverKind};
use super::traffic::Traffic;
use super::upstream::{BadContext, Reference};
use crate::world::Behaviour;
use crate::world::context::{ContextId, Crash, NULL_CONTEXT};

impl Traffic<'_> {
    /// Finds the context and creates the cluster, or shares an earlier one with the same name.
    pub(crate) fn connect(
        &mut self,
        index: usize,
        position: usize,
        marker: Option<&str>,
    ) -> Option<ClusterId> {
        let resources = self.resources;
        let mapping = &resources.mappings[index];
        let reference = self.reference(mapping);
        let null_context = self.null_context_of(&reference, mapping);
        let known = self.upstreams[position].known.filter(|known| known.reference == reference);
        // Clusters of auxiliary kinds also depend on other objects and on the marker of their kind.
        let known = known.filter(|_| mapping.kind.qualifies_service());
        let made = match known.and_then(|known| known.made.clone()) {
            Some(made) => Ok(made),
            None => {
                let service = &self.upstreams[position].service;
                self.make(mapping, service, marker, &reference, null_context).map(Arc::new)
            }
        };
        self.upstreams[position].reference = reference;
        match made {
            Err(reason) => {
                self.crash(index, Crash::ServiceMalformed(reason));
                None
            }
            Ok(made) => Some(self.share(made, position)),
        }
    }

    /// Creates the cluster of a Mapping, without regard to others.
    pub(super) fn make(
        &self,
        mapping: &Mapping,
        service: &str,
        marker: Option<&str>,
        reference: &Reference,
        null_context: Option<ContextId>,
    ) -> Result<ClusterSettings, String> {
        let name = match (reference, &mapping.tls) {
            (Reference::Good(_) | Reference::Bad { .. }, TlsReference::Named(name)) => {
                Some(self.installation.environment.expand(name).into_owned())
            }
            (Reference::Anonymous, _) => Some("True".to_owned()),
            _ => None,
        };
        let context = match reference {
            Reference::Good(id) => Some(*id),
            Reference::Anonymous => null_context,
            _ => None,
        };
        let context_name = context.map(|id| self.table.contexts[id.0].name.as_str());
        let module_balancer = self.module.and_then(|module| module.load_balancer.as_ref());
        let default_breakers = self.module.and_then(|module| module.breakers.as_ref());
        let own_breakers = Some(&mapping.routing.breakers).filter(|own| !own.is_empty());
        let balancer: Option<&LoadBalancer> =
            mapping.routing.load_balancer.as_deref().or(module_balancer);
        let namespace = self.cluster_namespace(mapping);
        let honours_scheme = self.settings.profile.has(Behaviour::TcpScheme);
        let request = ClusterRequest {
            marker,
            service,
            context_name: name.as_deref(),
            context: context.zip(context_name),
            host_rewrite: mapping.host_rewrite.as_ref().map(|rewrite| rewrite.as_str()),
            breakers: own_breakers.or(default_breakers).map_or(&[], |names| &names[..]),
            load_balancer: balancer,
            namespace: &namespace,
            resolver: match mapping.kind.qualifies_service() {
                true => self.resolvers.of(mapping).unwrap_or(ResolverKind::Service),
                false => self.resolvers.default_kind(),
            },
            http2: mapping.speaks_http2(),
            allows_scheme: mapping.kind != MappingKind::TcpMapping || honours_scheme,
            null_context: null_context.unwrap_or(ContextId(0)),
            own_namespace_for_services: self.own_namespace_for_services(),
            ambassador_namespace: &self.installation.namespace,
        };
        request.make()
    }

    /// Files a cluster, or returns the earlier one with the same name.
    fn share(&mut self, mut made: Arc<ClusterSettings>, position: usize) -> ClusterId {
        self.upstreams[position].messages.extend(made.messages.iter().cloned());
        let next = ClusterId(self.clusters.len());
        let id = match self.clusters_by_name.get(made.name.as_str()) {
            Some(&id) => {
                if self.clusters[id.0].settings == made {
                    made = Arc::clone(&self.clusters[id.0].settings);
                }
                self.clusters[id.0].upstreams.push(position);
                id
            }
            None => {
                self.clusters_by_name.insert(ByName(Arc::clone(&made)), next);
                let (upstreams, settings) = (vec![position].into(), Arc::clone(&made));
                self.clusters.push(Cluster { upstreams, settings });
                next
            }
        };
        self.upstreams[position].cluster = Some(id);
        self.upstreams[position].made = Some(made);
        id
    }

    /// The null context, created only if this cluster needs it.
    pub(super) fn null_context_of(
        &mut self,
        reference: &Reference,
        mapping: &Mapping,
    ) -> Option<ContextId> {
        if !self.needs_null(reference, mapping) {
            return None;
        }
        if self.table.usable(NULL_CONTEXT).is_none() {
            self.table = self.ground.table_with_null();
        }
        self.table.usable(NULL_CONTEXT)
    }

    /// Whether a Mapping's cluster needs the null context.
    pub(super) fn needs_null(&self, reference: &Reference, mapping: &Mapping) -> bool {
        let service = mapping.service.as_ref().map_or("", |service| service.as_str());
        let scheme = service.as_bytes().get(.."https://".len());
        let https = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"https://"));
        let has_scheme = mapping.kind != MappingKind::TcpMapping
            || self.settings.profile.has(Behaviour::TcpScheme);
        matches!(reference, Reference::Anonymous)
            || (https && has_scheme && !matches!(reference, Reference::Good(_)))
    }

    /// What `tls` refers to at this point of Emissary's processing.
    pub(super) fn reference(&self, mapping: &Mapping) -> Reference {
        match &mapping.tls {
            TlsReference::Absent => Reference::Absent,
            TlsReference::Anonymous(_) => Reference::Anonymous,
            TlsReference::Named(name) => {
                let name = self.installation.environment.expand(name);
                if let Some(id) = self.table.usable(&name) {
                    return Reference::Good(id);
                }
                let why = match self.table.once_named(&name) {
                    Some(id) => BadContext::Broken(id),
                    None => BadContext::Undefined,
                };
                Reference::Bad { name: name.into_owned(), why }
            }
        }
    }

    /// The namespace in a cluster's name; all AuthServices use that of the last one.
    fn cluster_namespace(&self, mapping: &Mapping) -> String {
        if mapping.kind == MappingKind::AuthService {
            let stored = self.filed.stored.iter().rev();
            let mut auth = stored.map(|stored| &*self.resources.mappings[stored.index]);
            let last = auth.find(|other| other.kind == MappingKind::AuthService);
            return last.unwrap_or(mapping).object.namespace().to_owned();
        }
        mapping.object.namespace().to_owned()
    }
}

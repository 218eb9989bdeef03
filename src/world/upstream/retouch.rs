//! Updates the routes of an earlier world after a few Mappings changed, without affecting others:
//! the usual case for a keystroke.

use std::sync::Arc;

use crate::resource::{Mapping, MappingKind, TlsReference};

use super::rejection::{crash, rejection};
use super::remembered::Steady;
use super::traffic::{Routed, Traffic};
use super::upstream::Upstream;
use crate::world::context::NULL_CONTEXT;

/// Usually the Mappings of one file; with more, everything is routed again.
const FEW: usize = 64;

impl Traffic<'_> {
    /// The earlier world's routes with new upstreams for the Mappings that changed. `None` if one
    /// of them shares, or shared, its route or cluster with another, or if the result may depend on
    /// the order of Mappings.
    pub(super) fn retouched(&mut self) -> Option<Routed> {
        let Steady { routes: before, table, tcp_contexts } = self.remembered.as_ref()?.steady()?;
        let (resources, old) = (self.resources, before.mappings);
        let own = &resources.mappings;
        if own.len() != old.len() {
            return None;
        }
        let changed = (0..own.len()).filter(|&index| !Arc::ptr_eq(&own[index], &old[index]));
        let changed: Vec<usize> = changed.take(FEW + 1).collect();
        if changed.len() > FEW {
            return None;
        }
        self.table = table;
        let (mut upstreams, mut clusters) = (before.upstreams.to_vec(), before.clusters.to_vec());
        for index in changed {
            // A Mapping that Emissary does not file has no effect.
            let Some(position) = self.remembered.as_ref()?.position(index) else { continue };
            let known = &before.upstreams[position];
            let id = known.cluster?;
            if !self.is_for_itself(&own[index], &old[index], known)
                || clusters[id.0].upstreams.len() != 1
            {
                return None;
            }
            let mapping = &own[index];
            let mut state = Self::state(mapping, self.ask(mapping));
            if crash(mapping, &state).is_some()
                || rejection(mapping, &state.service, &self.resolvers).is_some()
            {
                return None;
            }
            let reference = self.reference(mapping);
            if self.needs_null(&reference, mapping)
                != self.needs_null(&known.reference, &old[index])
            {
                return None;
            }
            let null = self.null_context_of(&reference, mapping);
            let marker = mapping.routing.cluster_tag.as_deref();
            let made = self.make(mapping, &state.service, marker, &reference, null).ok()?;
            let mut others = clusters.iter().enumerate().filter(|(at, _)| *at != id.0);
            if others.any(|(_, other)| other.name == made.name) {
                return None;
            }
            state.messages.extend(made.messages.iter().cloned());
            state.reference = reference;
            let any_host = mapping.routing.has_host_regex();
            let labels = mapping.object.labels.iter().collect();
            state.taken_by = self.matching_hosts(index, &labels, any_host);
            state.routed = !state.taken_by.is_empty();
            let made = Arc::new(made);
            clusters[id.0].settings = Arc::clone(&made);
            state.made = Some(made);
            let (cluster, group) = (Some(id), known.group);
            upstreams[position] =
                Upstream { mapping: index, cluster, group, state: Arc::new(state) };
        }
        let (crashes, table) = (Vec::new(), Arc::clone(self.table));
        let tcp_contexts = tcp_contexts.to_vec();
        Some(Routed { upstreams, clusters, crashes, tcp_contexts, table })
    }

    /// Whether a Mapping has the same route as before and does not share it. Mappings that were
    /// refused for that route count as sharing it.
    fn is_for_itself(&self, mapping: &Mapping, former: &Mapping, known: &Upstream) -> bool {
        let Some(remembered) = &self.remembered else { return false };
        let Some(Steady { routes: before, .. }) = remembered.steady() else { return false };
        let forwards = |one: &Mapping| {
            one.kind == MappingKind::Mapping && !one.routing.redirects && !one.routing.shadows
        };
        // Whether that context already exists depends on the order of Mappings.
        let names_null = match &mapping.tls {
            TlsReference::Named(name) => self.installation.environment.expand(name) == NULL_CONTEXT,
            _ => false,
        };
        let key = self.group_key(former);
        let mut kept_out = before.upstreams.iter().filter(|other| other.cluster.is_none());
        forwards(mapping)
            && forwards(former)
            && !names_null
            && remembered.was_alone(known)
            && self.group_key(mapping) == key
            && !kept_out.any(|other| self.group_key(&before.mappings[other.mapping]) == key)
    }
}

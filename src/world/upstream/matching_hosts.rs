//! Finds the Hosts that match a route.

use std::collections::HashMap;
use std::sync::Arc;

use crate::resource::{Mapping, MappingKind};

use super::hosts_by_name::{HostsByName, name};
use super::traffic::Traffic;
use crate::world::Behaviour;
use crate::world::context::{ActiveHost, ContextId, globs_match};

impl<'w> Traffic<'w> {
    /// The Hosts that match the route (`IRHost.matches_httpgroup`), or whose TLS a TCPMapping's
    /// port terminates.
    pub(super) fn matching_hosts(
        &mut self,
        index: usize,
        labels: &HashMap<&str, &str>,
        any_host: bool,
    ) -> Arc<[usize]> {
        let mapping: &'w Mapping = &self.resources.mappings[index];
        let is_by_glob = mapping.kind == MappingKind::Mapping && !any_host && !self.selects;
        let glob = mapping.routing.route_glob().filter(|glob| is_by_glob && glob.contains('*'));
        if let Some(known) = glob.and_then(|glob| self.taken.get(glob)) {
            return Arc::clone(known);
        }
        let matching = self.take(mapping, labels, any_host);
        if *self.last_matching != *matching {
            self.last_matching = matching.into();
        }
        if let Some(glob) = glob {
            self.taken.insert(glob, Arc::clone(&self.last_matching));
        }
        Arc::clone(&self.last_matching)
    }

    fn take(&self, mapping: &Mapping, labels: &HashMap<&str, &str>, any_host: bool) -> Vec<usize> {
        let hosts = &self.ground.hosts;
        // Before 2.0 every Mapping is routed, independent of Hosts.
        if !self.settings.profile.has(Behaviour::HostsRouteMappings) {
            return (0..hosts.len()).collect();
        }
        let lenient = self.installation.environment.get("DISABLE_STRICT_LABEL_SELECTORS");
        let strict = self.settings.profile.has(Behaviour::StrictSelectors)
            && !lenient.is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let name = name(mapping);
        let takes = |host: &ActiveHost| match mapping.kind {
            MappingKind::TcpMapping => {
                let terminates = |id: ContextId| self.table.contexts[id.0].is_good();
                host.context.is_some_and(terminates)
                    && name.is_some_and(|name| globs_match(&host.glob, name))
            }
            _ => host.takes(name, any_host, labels, strict),
        };
        let mut matching = match any_host {
            true => (0..hosts.len()).collect(),
            false => self.hosts_by_name.get_or_init(|| HostsByName::of(hosts)).may_take(name),
        };
        matching.retain(|&host| takes(&hosts[host]));
        matching
    }
}

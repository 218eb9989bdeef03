//! The Service in the cluster that an upstream points to.

use crate::resource::Service;

use crate::world::World;
use crate::world::upstream::Upstream;

impl World {
    /// Namespace and name of the Service that an upstream's host means; `None` for hosts outside
    /// the cluster, for Consul services, and if Ambassador's own namespace is needed but not known.
    ///
    /// `name.namespace` may also be a domain, so check whether there is such a Service.
    pub fn destination<'w>(&'w self, upstream: &'w Upstream) -> Option<(&'w str, &'w str)> {
        let mapping = self.mapping(upstream);
        if self.asks_consul(mapping) {
            return None;
        }
        let address = upstream.address.as_ref().ok()?;
        let mut labels = address.host.split('.');
        let name = labels.next().filter(|name| !name.is_empty())?;
        let rest: Vec<&str> = labels.collect();
        let installation = &self.installation;
        // Short names of other kinds are in Ambassador's namespace, which may not be known.
        let known = installation.workload.is_some() || self.settings.ambassador_namespace.is_some();
        let in_own = self.module().and_then(|module| module.own_namespace_for_services.as_ref());
        let in_own = in_own.is_some_and(|own| own.value);
        let namespace = match rest.as_slice() {
            [] if mapping.kind.qualifies_service() && !in_own => mapping.object.namespace(),
            [] if known => &installation.namespace,
            [namespace] | [namespace, "svc"] | [namespace, "svc", "cluster", "local"] => namespace,
            _ => return None,
        };
        Some((namespace, name))
    }

    /// The Services of the input that an upstream points to. Several manifests of one Service may
    /// be environments.
    pub fn destination_services<'w>(&'w self, upstream: &'w Upstream) -> Vec<&'w Service> {
        match self.destination(upstream) {
            Some((namespace, name)) => self.services(namespace, name).collect(),
            None => Vec::new(),
        }
    }
}

//! The Service of the cluster that an upstream leads to.

use crate::resource::Service;

use crate::world::World;
use crate::world::upstream::Upstream;

impl World {
    /// Namespace and name of the Service that an upstream's host means; none for hosts outside of the
    /// cluster, for Consul's services, and where Ambassador's own namespace would have to be known.
    ///
    /// `name.namespace` may be a domain, too: whoever asks should look whether there is such a
    /// Service.
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
        // Short names of the other kinds belong to Ambassador's namespace, which may not be known.
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

    /// The Services of the input that an upstream leads to; two manifests of one may be
    /// environments.
    pub fn destination_services<'w>(&'w self, upstream: &'w Upstream) -> Vec<&'w Service> {
        match self.destination(upstream) {
            Some((namespace, name)) => self.services(namespace, name).collect(),
            None => Vec::new(),
        }
    }
}

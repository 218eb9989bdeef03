//! A host outside the cluster with an endpoint resolver.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "endpoint-resolver-outside-host",
    severity: Error,
    summary: "an endpoint resolver is used for a host outside the cluster, and finds no endpoints",
    finds: "A Mapping whose resolver looks up endpoints (`endpoint`, a KubernetesEndpointResolver, \
            or the Module's default), and whose service is a host name outside the cluster.",
    matters: "Emissary uses the first two labels of the host as a Service and its namespace. Those \
              have no endpoints, so Envoy has no healthy upstream: clients get 503.",
    remedy: "Set `resolver: kubernetes-service` on the Mapping.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let Some(cluster) = upstream.cluster.map(|id| world.cluster(id)) else { return };
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { return };
        let Some(asked) = cluster.outside_endpoints(&address.host) else { return };
        let resolver = world.resolver_name(mapping);
        found
            .at(
                service,
                format!(
                    "`{}` is looked up as Service `{asked}`, which has no endpoints",
                    address.host
                ),
            )
            .about(&mapping.object)
            .label(format!("goes to the resolver `{resolver}`"))
            .also_maybe(mapping.resolver.as_ref().map(|name| name.span), "looked up here")
            .note(
                "an endpoint resolver uses the first two labels as a Service and its namespace; \
                 without endpoints clients get 503 with the flag UH",
            )
            .help("set `resolver: kubernetes-service` on the Mapping, which uses DNS");
    });
}

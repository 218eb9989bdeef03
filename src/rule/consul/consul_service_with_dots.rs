//! A service for Consul with dots in its name.

use crate::world::{MappingFault, World};

use crate::rule::{Findings, rule};

rule! {
    id: "consul-service-with-dots",
    severity: Error,
    summary: "a service that is looked up in Consul has dots in its name",
    rows: [107],
    finds: "A Mapping whose resolver is a ConsulResolver and whose `service` has a dot, as in the \
            DNS names of Kubernetes and Consul (`web.default`, `web.service.consul`).",
    matters: "Ambassador drops the Mapping, so there is no route. Only its diagnostics say why.",
    remedy: "Write the bare name of the Consul service.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let Some(MappingFault::ConsulServiceDotted) = upstream.fault() else { return };
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        let name = upstream
            .address
            .as_ref()
            .map_or("NAME", |address| address.host.split('.').next().unwrap_or_default());
        found
            .at(service, format!("`{}` has dots, so the Mapping is dropped", service.value))
            .about(&mapping.object)
            .label("must be the bare name of a Consul service")
            .also_maybe(mapping.resolver.as_deref(), "looked up in Consul")
            .note("Consul names have no dots; Ambassador reports this only in its diagnostics")
            .help(format!("use its name in Consul, for example `{name}`, or remove `resolver`"));
    });
}

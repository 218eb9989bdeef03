//! A service of the mesh without a port.

use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "istio-port-implicit",
    severity: Note,
    summary: "a service of the mesh has no port, so 443 is used",
    finds: "A Mapping with an Istio certificate whose `service` has no port, while the Service is \
            not in the input.",
    matters: "For TLS, Ambassador uses port 443. The sidecar accepts mutual TLS at the \
              application's ports, and the Service maps only those: connections to 443 hang, and \
              clients get 503.",
    remedy: "Write the port: `service: productpage:9080`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let Some(Effective::Mutual(id)) = world.effective(upstream) else { return };
        let Some(cluster) = upstream.cluster.map(|id| world.cluster(id)) else { return };
        let implicit = upstream.address.as_ref().is_ok_and(|address| address.port.is_none());
        // If the Service is in the input, its ports decide.
        if !implicit
            || cluster.endpoints.is_some()
            || !world.destination_services(upstream).is_empty()
            || world.destination(upstream).is_none()
            || world.istio_source(world.context(id)).is_none()
        {
            return;
        }
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        found
            .at(service, format!("`{}` goes to port 443, the default for TLS", service.value))
            .about(&mapping.object)
            .label("no port")
            .also_maybe(world.context_place(id), "an Istio certificate")
            .note(
                "Istio's mutual TLS is available at the Service's own ports, which seldom include \
                 443: connections then time out",
            )
            .help("write the port of the Service, such as `:80`");
    });
}

//! A Consul connector that asks for an agent in its own pod.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "consul-connector-host-default",
    severity: Warning,
    summary: "the Consul connector looks for an agent in its own pod, where none runs",
    finds: "A Consul connector without `_CONSUL_HOST`, in a pod that neither shares the node's \
            network nor runs a Consul agent.",
    matters: "The default is 127.0.0.1, which is the pod itself. The connector gets no certificate \
              and retries forever; an existing Secret expires within three days.",
    remedy: "Set `_CONSUL_HOST`, as the manifest that comes with the connector does: from \
             `status.hostIP` where an agent runs on each node.",
}

fn check(world: &World, found: &mut Findings) {
    for connector in world.connectors() {
        let workload = connector.workload;
        let set = workload.variable("_CONSUL_HOST");
        let loopback =
            set.is_none_or(|host| matches!(host.literal(), Some("127.0.0.1" | "localhost")));
        let elsewhere =
            workload.containers.iter().any(|container| container.takes_environment_from);
        let mut others = workload.containers.iter().chain(&workload.init_containers);
        let agent = others.any(|container| {
            let image = container.image_name().unwrap_or_default();
            image == "consul" || image.starts_with("consul-enterprise")
        });
        if !loopback || elsewhere || agent || workload.uses_host_network || !workload.is_whole() {
            continue;
        }
        let place = set.map_or(workload.object.place(), |host| host.name.span);
        found
            .at(place, "the Consul connector asks for certificates at `127.0.0.1`, its own pod")
            .about(&workload.object)
            .label(if set.is_some() { "its own pod" } else { "`_CONSUL_HOST` is not set" })
            .note(
                "no agent answers there: the Secret is never written, or expires within three days",
            )
            .help("set `_CONSUL_HOST` to the node's agent, from `status.hostIP`, or to a Service");
    }
}

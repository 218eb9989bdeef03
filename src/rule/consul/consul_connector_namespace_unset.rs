//! A Consul connector that does not say where its Secret goes.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "consul-connector-namespace-unset",
    severity: Warning,
    summary: "the namespace of the Consul connector's Secret depends on `kubectl`",
    finds: "A Consul connector outside of namespace `default` that does not set \
            `_AMBASSADOR_TLS_SECRET_NAMESPACE`.",
    matters: "The connector then runs `kubectl apply` without a namespace, so the one in kubectl's \
              configuration is used. Users found the Secret in `default`, and Ambassador did not \
              find it at all.",
    remedy: "Set the variable, preferably from `metadata.namespace`.",
}

fn check(world: &World, found: &mut Findings) {
    const VARIABLE: &str = "_AMBASSADOR_TLS_SECRET_NAMESPACE";
    for connector in world.connectors() {
        let workload = connector.workload;
        let elsewhere =
            workload.containers.iter().any(|container| container.takes_environment_from);
        let set = workload.variable(VARIABLE).is_some() || elsewhere;
        if set || workload.object.namespace() == "default" || !workload.is_whole() {
            continue;
        }
        let namespace = workload.object.namespace();
        found
            .at(
                &workload.object,
                format!("`kubectl` decides which namespace Secret `{}` goes to", connector.secret),
            )
            .about(&workload.object)
            .label(format!("{VARIABLE} is not set"))
            .note(
                "according to the documentation it is the pod's namespace, but without the \
                 variable the connector passes none, and Secrets have been found in `default`",
            )
            .help(format!("set {VARIABLE} from `metadata.namespace`, or to `{namespace}`"));
    }
}

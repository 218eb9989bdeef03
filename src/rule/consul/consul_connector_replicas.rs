//! Several Consul connectors that write one Secret.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "consul-connector-replicas",
    severity: Warning,
    summary: "several replicas of the Consul connector overwrite one Secret",
    finds: "A Consul connector with more than one replica.",
    matters: "The replicas do not elect a leader. Replicas on different nodes get different \
              certificates for the same service and overwrite each other's, and each write \
              reconfigures Envoy.",
    remedy: "Run one replica, and stop the old one before the new one starts (`strategy: \
             Recreate`).",
}

fn check(world: &World, found: &mut Findings) {
    for connector in world.connectors() {
        let Some(replicas) = connector.workload.replicas.as_ref() else { continue };
        if replicas.value < 2 {
            continue;
        }
        found
            .at(
                replicas,
                format!(
                    "{} replicas overwrite Secret `{}` in turn",
                    replicas.value, connector.secret
                ),
            )
            .about(&connector.workload.object)
            .label("more than one writer")
            .note(
                "each replica asks the agent of its node and gets its own certificate; every \
                 write makes Ambassador reload its configuration",
            )
            .help("set `replicas: 1`, with `strategy: {type: Recreate}`");
    }
}

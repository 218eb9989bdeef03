//! Variables that the Consul connector never reads.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "consul-connector-variable-ignored",
    severity: Warning,
    summary: "the Consul connector does not read a variable that is set for it",
    finds: "A variable of the Consul connector's container that lacks the leading underscore, for \
            example `AMBASSADOR_ID` in place of `_AMBASSADOR_ID`; or `CONSUL_HTTP_ADDR`, which the \
            connector overwrites.",
    matters: "The connector then uses its defaults: another service, another Secret, another \
              agent. The TLSContext does not find its Secret, and its Mappings fall back to \
              plaintext, or to TLS without it.",
    remedy: "Add the underscore.",
}

/// The variables that the connector reads, all with a leading underscore.
const READ: [&str; 5] = [
    "_AMBASSADOR_ID",
    "_CONSUL_HOST",
    "_CONSUL_PORT",
    "_AMBASSADOR_TLS_SECRET_NAME",
    "_AMBASSADOR_TLS_SECRET_NAMESPACE",
];

fn check(world: &World, found: &mut Findings) {
    for connector in world.connectors() {
        let workload = connector.workload;
        for variable in workload.containers.iter().flat_map(|container| &container.environment) {
            let name = variable.name.value.as_str();
            let meant = match name {
                // The stock client reads it, and the connector overwrites it.
                "CONSUL_HTTP_ADDR" => Some("_CONSUL_HOST"),
                _ => READ.into_iter().find(|read| read.strip_prefix('_') == Some(name)),
            };
            let Some(meant) = meant.filter(|meant| workload.variable(meant).is_none()) else {
                continue;
            };
            let finding = found
                .at(&variable.name, format!("the Consul connector never reads `{name}`"))
                .about(&workload.object)
                .label("set, but not read")
                .note(format!(
                    "it writes Secret `{}` of namespace `{}` regardless",
                    connector.secret, connector.namespace
                ));
            if name == "CONSUL_HTTP_ADDR" {
                finding.help("write `_CONSUL_HOST` and `_CONSUL_PORT`");
            } else {
                finding.help(format!("write `{meant}`, with a leading underscore"));
            }
        }
    }
}

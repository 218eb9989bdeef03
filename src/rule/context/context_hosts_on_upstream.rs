//! `hosts` lists the names a context terminates; on an upstream's context it only causes errors.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "context-hosts-on-upstream",
    severity: Warning,
    summary: "`hosts` on a context that only upstreams use makes it a terminating context",
    rows: [41],
    finds: "A non-empty `hosts` on a TLSContext that upstreams use and that no Host or TCPMapping \
            uses to terminate TLS.",
    matters: "`hosts` does not restrict which upstreams may use the context. It marks the context \
              as terminating, which causes misleading errors (\"No Hosts defined, but TLSContexts \
              exist that terminate TLS\").",
    remedy: "Remove `hosts`.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let Some(hosts) = resource.settings.hosts.as_ref().filter(|hosts| !hosts.is_empty()) else {
            continue;
        };
        let terminates_tcp = world.resources.mappings.iter().any(|mapping| {
            mapping.routing.host.as_ref().is_some_and(|host| {
                mapping.routing.port.is_some() && hosts.iter().any(|name| **name == host.value)
            })
        });
        if !context.linked_by.is_empty() || terminates_tcp || world.users(id).next().is_none() {
            continue;
        }
        found
            .at(
                hosts.key(),
                format!(
                    "TLSContext `{}` is used by upstreams, but `hosts` makes it a \
                                    terminating context",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("the names for which Ambassador terminates TLS")
            .note(
                "it has no effect on upstreams; Ambassador reports missing Hosts, and drops the \
                   context if its certificate is missing",
            )
            .help("remove `hosts`")
            .fix_unsafe("remove `hosts`", [Change::Remove { key: hosts.key() }]);
    }
}

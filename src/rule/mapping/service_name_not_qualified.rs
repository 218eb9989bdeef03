//! AuthService, RateLimitService, LogService and TracingService do not complete short names.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "service-name-not-qualified",
    severity: Warning,
    summary: "a short name that is looked up in Ambassador's namespace, not in its own namespace",
    rows: [78],
    finds: "A short service name in an AuthService, RateLimitService, LogService or TracingService \
            in a namespace other than Ambassador's.",
    matters: "Emissary completes short names in Mappings and TCPMappings only. The others' names \
              are resolved in Ambassador's pod: to a Service in Ambassador's namespace, or not at \
              all.",
    remedy: "Write `name.namespace`.",
}

fn check(world: &World, found: &mut Findings) {
    // Without its Deployment or `--ambassador-namespace`, Ambassador's namespace is unknown.
    let known =
        world.installation.workload.is_some() || world.settings.ambassador_namespace.is_some();
    let ambassador = &world.installation.namespace;
    for upstream in world.upstreams.iter().filter(|_| known) {
        let mapping = world.mapping(upstream);
        let own = mapping.object.namespace();
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { continue };
        let there = world.services(ambassador, &address.host).next().is_some();
        if mapping.kind.qualifies_service() || own == ambassador || address.is_qualified() || there
        {
            continue;
        }
        let host = &address.host;
        found
            .at(
                service,
                format!("`{host}` is looked up in namespace `{ambassador}`, not in `{own}`"),
            )
            .about(&mapping.object)
            .label("without a namespace")
            .note(format!(
                "only Mappings and TCPMappings get their namespace appended; a {} does not",
                mapping.kind.name()
            ))
            .help(format!("write `{host}.{own}`"))
            .fix_if(
                world.services(own, host).next().is_some(),
                format!("write `{host}.{own}`"),
                [Change::set(
                    service.span,
                    service.replacen(host.as_str(), &format!("{host}.{own}"), 1),
                )],
            );
    }
}

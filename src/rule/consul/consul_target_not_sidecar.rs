//! Consul Connect TLS to a service that is not a sidecar.

use std::collections::HashSet;

use crate::document::Change;
use crate::world::{Effective, Material, World};

use crate::rule::{Findings, rule};

rule! {
    id: "consul-target-not-sidecar",
    severity: Warning,
    summary: "Consul Connect TLS goes to the application, bypassing its sidecar",
    rows: [111],
    finds: "A Mapping that looks up a service in Consul and presents a Consul Connect certificate, \
            while the service is not a `…-sidecar-proxy`.",
    matters: "Under the plain name Consul lists the application's port, which expects plaintext. \
              The TLS handshake fails with `WRONG_VERSION_NUMBER`. The sidecar is a separate \
              Consul service. Applications with native Connect integration are the exception.",
    remedy: "Write `service: NAME-sidecar-proxy`.",
}

fn check(world: &World, found: &mut Findings) {
    let written: HashSet<(String, String)> = world.connector_secrets().into_iter().collect();
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let Some(Effective::Mutual(id)) = world.effective(upstream) else { return };
        let Some(Material::Secret { namespace, name, .. }) = &world.context(id).certificate else {
            return;
        };
        let of_connect = name.ends_with("consul-connect")
            || written.contains(&(namespace.clone(), name.clone()));
        let (Some(service), Ok(address)) = (&mapping.service, &upstream.address) else { return };
        // Sidecars were called `NAME-proxy` before they were called `NAME-sidecar-proxy`.
        if !of_connect || !world.asks_consul(mapping) || address.host.ends_with("-proxy") {
            return;
        }
        found
            .at(service, format!("`{}` is the application itself, not its sidecar", address.host))
            .about(&mapping.object)
            .label("bypasses the sidecar")
            .also_maybe(world.context_place(id), "a Consul Connect certificate")
            .note(
                "Consul lists the application itself under this name; it does not use the mesh's \
                 TLS unless it integrates Connect natively, and Envoy reports \
                 `WRONG_VERSION_NUMBER`",
            )
            .help(format!("write `service: {}-sidecar-proxy`", address.host))
            .fix_unsafe(
                format!("write `{}-sidecar-proxy`", address.host),
                [Change::set(service.span, format!("{}-sidecar-proxy", address.host))],
            );
    });
}

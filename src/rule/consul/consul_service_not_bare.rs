//! A service for Consul with a scheme or a port.

use crate::document::Change;
use crate::world::{Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "consul-service-not-bare",
    severity: Error,
    summary: "a service that is looked up in Consul has a scheme or a port",
    rows: [106],
    finds: "A Mapping whose resolver is a ConsulResolver and whose `service` has a scheme or a \
            port.",
    matters: "The part of Ambassador that watches Consul uses the whole text as the name of a \
              Consul service, for example `https://web`, and never gets endpoints. The other part \
              asks for `web`. Requests fail with 503 `no healthy upstream`, and only a notice in \
              the diagnostics mentions the port.",
    remedy: "Write the bare name. The port comes from Consul, and `tls: CONTEXT` is enough to turn \
             TLS on.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let cluster = upstream.cluster.map(|id| world.cluster(id));
        let endpoints = cluster.and_then(|cluster| cluster.endpoints.as_deref());
        let asks_consul = endpoints.is_some_and(|endpoints| endpoints.starts_with("consul/"));
        let mapping = world.mapping(upstream);
        let Some(service) = mapping.service.as_ref().filter(|service| service.contains(':')) else {
            return;
        };
        let Ok(address) = &upstream.address else { return };
        if !asks_consul || !world.asks_consul(mapping) {
            return;
        }
        let what = if address.scheme.is_some() { "a scheme" } else { "a port" };
        let finding = found
            .at(
                service,
                format!(
                    "`{}` has {what}, which is not part of a Consul service name",
                    service.value
                ),
            )
            .about(&mapping.object)
            .label("must be the bare name of a Consul service")
            .note(format!(
                "Ambassador watches a Consul service called `{}`, but Envoy waits for the \
                 endpoints of `{}`: every request fails with `no healthy upstream`",
                service.value, address.host
            ));
        match &mapping.service_as_written {
            Some(written) => finding
                .note(format!("`tls: true` turns `{written}` into `{}`", service.value))
                .help("name a TLSContext in `tls` instead of `true`"),
            None if address.scheme.is_some() => {
                let finding = finding.help(format!(
                    "write `service: {}`, and ask for TLS with `tls` alone",
                    address.host
                ));
                // A valid context is enough to turn TLS on.
                let same = matches!(upstream.reference, Reference::Good(_))
                    && address.scheme.as_deref() == Some("https");
                match same {
                    true => finding.fix_if(
                        address.port.is_none(),
                        format!("write `{}`", address.host),
                        [Change::set(service.span, address.host.as_str())],
                    ),
                    false => finding,
                }
            }
            None => finding.help(format!("write `service: {}`", address.host)).fix_unsafe(
                format!("write `{}`", address.host),
                [Change::set(service.span, address.host.as_str())],
            ),
        };
    });
}

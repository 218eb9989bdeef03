//! TLS to port 80.

use crate::resource::MutualMode;
use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "service-tls-to-port-80",
    severity: Warning,
    summary: "TLS to port 80, where servers expect plaintext",
    rows: [74],
    finds: "A service with port 80 that Ambassador connects to with TLS.",
    matters: "Port 80 is plaintext by convention. Envoy then reports `WRONG_VERSION_NUMBER`, and \
              clients get 503.",
    remedy: "Use the port that serves TLS, or remove `https://` and `tls`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { return };
        let encrypted =
            world.effective(upstream).is_some_and(|effective| effective != Effective::Plaintext);
        if address.port != Some(80) || !encrypted {
            return;
        }
        // A sidecar accepts mutual TLS on any port of the Service.
        let shows_mesh = match world.effective(upstream) {
            Some(Effective::Mutual(id)) => {
                let context = world.context(id);
                let alpn = context.settings.alpn_protocols.as_ref();
                world.istio_source(context).is_some()
                    || world.istio_account(id).is_some()
                    || alpn.is_some_and(|alpn| alpn.split(',').any(|name| name == "istio"))
            }
            _ => false,
        };
        let policy = world.peer_policy(upstream).map(|policy| policy.mode.value);
        if shows_mesh && policy == Some(MutualMode::Strict) {
            return;
        }
        found
            .at(service, format!("Ambassador connects to `{}` with TLS on port 80", address.host))
            .about(&mapping.object)
            .label("port 80")
            .note(
                "a plaintext server does not answer a ClientHello with TLS: Envoy reports \
                 WRONG_VERSION_NUMBER, and clients get 503",
            )
            .help("use the port on which the upstream serves TLS");
    });
}

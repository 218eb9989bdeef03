//! `sni` is sent by clients; a terminating context has no such field.

use crate::world::{FreezeCause, World};

use crate::rule::shared::tell_freezes;
use crate::rule::{Findings, rule};

rule! {
    id: "context-sni-on-termination",
    severity: Error,
    summary: "`sni` on a context that terminates TLS from clients",
    rows: [27],
    finds: "`sni` on a TLSContext that a Host links, in the `tls` of a Host, or on a TLSContext \
            whose `hosts` contain the `host` of a TCPMapping that no Host serves.",
    matters: "Envoy rejects the whole configuration. Emissary logs \"no update performed\" and \
              keeps the old one: no configuration change takes effect until this is fixed, and a \
              restarted pod has no routes.",
    remedy: "Remove `sni`; if an upstream needs it, create a separate TLSContext for that \
             upstream.",
}

fn check(world: &World, found: &mut Findings) {
    let message = |name: &str| format!("`sni` on `{name}`, which terminates TLS from clients");
    tell_freezes(found, world, FreezeCause::SniOnTermination, message, |finding, _, _| {
        finding
            .label("Envoy has no such field here")
            .help("move `sni` to a TLSContext that only upstreams use");
    });
}

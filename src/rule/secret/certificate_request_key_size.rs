//! A cert-manager Certificate with an RSA key that is too short.

use crate::rule::shared::requested;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "certificate-request-key-size",
    severity: Error,
    summary: "a cert-manager Certificate asks for an RSA key that Envoy rejects",
    finds: "A cert-manager Certificate with `privateKey.size` below 2048 for an RSA key, whose \
            Secret a context presents.",
    matters: "Envoy accepts no RSA key below 2048 bits. It then rejects the whole configuration, \
              so no configuration change takes effect.",
    remedy: "Ask for a longer key, or for ECDSA.",
}

/// Envoy rejects shorter ones (`source/common/tls/context_impl.cc`).
const LEAST_BITS: i64 = 2048;

fn check(world: &World, found: &mut Findings) {
    for one in requested(world, "secret") {
        let Some(bits) = one.request.rsa_bits.as_ref().filter(|bits| bits.value < LEAST_BITS)
        else {
            continue;
        };
        let name = &*one.object.name;
        found
            .at(
                bits,
                format!("the Certificate `{name}` asks for an RSA key of {} bits", bits.value),
            )
            .about(one.object)
            .label("Envoy requires at least 2048")
            .note("once it is issued, Envoy rejects every configuration that presents it")
            .help("write `size: 2048` or more, or `algorithm: ECDSA` with `size: 256`");
    }
}

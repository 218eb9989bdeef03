//! A cert-manager Certificate for a CA that is presented as a leaf.

use crate::rule::shared::requested;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "certificate-request-is-ca",
    severity: Warning,
    summary: "a cert-manager Certificate for a CA is presented as a client certificate",
    finds: "A cert-manager Certificate with `isCA: true` whose Secret a context presents, to \
            servers or to clients.",
    matters: "The CA's key is in a pod that is exposed to the network, and many verifiers reject a \
              CA certificate as a leaf. It is a warning because others accept it.",
    remedy: "Make it an Issuer, request a Certificate without `isCA` from it, and name the Secret \
             of that Certificate.",
}

fn check(world: &World, found: &mut Findings) {
    for one in requested(world, "secret") {
        let Some(is_ca) = &one.request.is_ca else { continue };
        if world.users(one.id).next().is_none() && !world.terminates(one.id) {
            continue;
        }
        let name = &*one.object.name;
        found
            .at(
                is_ca,
                format!(
                    "the Certificate `{name}` is a CA certificate, but is presented as \
                                a leaf"
                ),
            )
            .about(one.object)
            .label("makes it a CA")
            .note(
                "anyone who gets its key from Ambassador's pod can issue certificates that \
                   others trust",
            )
            .help("request a separate Certificate with this one as issuer, and name its Secret");
    }
}

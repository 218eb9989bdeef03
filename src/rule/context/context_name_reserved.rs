//! A TLSContext called `no-cert-upstream`, which every upstream without a context then uses.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "context-name-reserved",
    severity: Error,
    summary: "a TLSContext has the name that Ambassador reserves for TLS without a certificate",
    rows: [13],
    finds: "A TLSContext called `no-cert-upstream`.",
    matters: "Ambassador looks up that name for every upstream that uses TLS without a client \
              certificate. If a context has that name, all these upstreams get its client \
              certificate.",
    remedy: "Rename the TLSContext.",
}

const RESERVED: &str = "no-cert-upstream";

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        if context.name != RESERVED {
            continue;
        }
        let users = world.users(id).count();
        found
            .at(&resource.object.name, format!("`{RESERVED}` is the name that Ambassador reserves \
                 for TLS without a client certificate"))
            .about(&resource.object)
            .label("a reserved name")
            .note(format!("every `https://` upstream without a context, and every one whose context is undefined, presents this client certificate ({users} here)"))
            .help("rename the TLSContext");
    }
}

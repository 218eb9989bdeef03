//! `secret` and `cert_chain_file` exclude each other.

use crate::world::{ContextFaultKind, World};

use crate::rule::shared::tell_let_down;
use crate::rule::{Findings, rule};

rule! {
    id: "context-secret-and-file",
    severity: Error,
    summary: "a TLSContext names both a Secret and a certificate file",
    rows: [18],
    finds: "A TLSContext with both `secret` and `cert_chain_file`.",
    matters: "Ambassador drops it, and Mappings that name it get plaintext, or TLS without a \
              client certificate.",
    remedy: "Keep one of the two.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let posted = context.has_fault(|kind| *kind == ContextFaultKind::SecretAndFile);
        if !posted {
            continue;
        }
        let settings = &resource.settings;
        let place =
            settings.cert_chain_file.as_ref().map_or(resource.object.name.span, |file| file.key());
        let finding = found
            .at(
                place,
                format!(
                    "TLSContext `{}` has both `secret` and `cert_chain_file`, and is dropped",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("one of the two")
            .help("remove `secret`, or the file fields");
        tell_let_down(finding, world, id);
    }
}

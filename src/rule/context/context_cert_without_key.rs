//! `cert_chain_file` needs `private_key_file`.

use crate::world::{ContextFaultKind, World};

use crate::rule::shared::tell_let_down;
use crate::rule::{Findings, rule};

rule! {
    id: "context-cert-without-key",
    severity: Error,
    summary: "a TLSContext names a certificate file without a key file",
    rows: [19],
    finds: "A TLSContext with `cert_chain_file` but without `private_key_file`.",
    matters: "Ambassador drops it, and Mappings that name it get plaintext, or TLS without a \
              client certificate.",
    remedy: "Name the key as well, or use a `secret`, which has both.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let posted = context.has_fault(|kind| *kind == ContextFaultKind::CertificateFileWithoutKey);
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
                    "TLSContext `{}` has a certificate file but no key file, and is dropped",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("its key is missing")
            .help("add `private_key_file`");
        tell_let_down(finding, world, id);
    }
}

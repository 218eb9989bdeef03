//! A client certificate without its key.

use crate::world::{ContextFaultKind, World};

use crate::rule::shared::tell_let_down;
use crate::rule::{Findings, rule};

rule! {
    id: "secret-without-key",
    severity: Error,
    summary: "a Secret has a certificate but no private key",
    rows: [60],
    finds: "A `secret` whose Secret has `tls.crt`, but no `tls.key`, or an empty one.",
    matters: "Ambassador drops the context. Mappings that name it get plaintext, or TLS without a \
              client certificate, while `kubectl` shows Running.",
    remedy: "Add the key. If the Secret has trust anchors, name it in `ca_secret`.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let posted = context.has_fault(|kind| matches!(kind, ContextFaultKind::NoPrivateKey(_)));
        let Some(field) = resource.settings.secret.as_ref().filter(|_| posted) else { continue };
        let got = context.lookups.iter().find_map(|lookup| lookup.got.as_ref());
        let secret = got.and_then(|(namespace, name)| world.secret(namespace, name));
        let finding = found
            .at(field, format!("Secret `{}` has no private key", field.value))
            .about(&resource.object)
            .label("a certificate without a key")
            .also_maybe(secret.map(|secret| &secret.object), "lacks `tls.key`")
            .help("add `tls.key`; a Secret with only a CA belongs in `ca_secret`");
        tell_let_down(finding, world, id);
    }
}

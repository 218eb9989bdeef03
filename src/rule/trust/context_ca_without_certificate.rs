//! An upstream cannot be verified without also presenting a client certificate.

use crate::world::{ContextFaultKind, World};

use crate::rule::shared::tell_let_down;
use crate::rule::{Findings, rule};

rule! {
    id: "context-ca-without-certificate",
    severity: Error,
    summary: "a TLSContext has trust anchors but no client certificate",
    rows: [21],
    finds: "A TLSContext with `ca_secret` or `cacert_chain_file`, but without a client \
            certificate.",
    matters: "Ambassador drops it: asking for verification turns verification off. Mappings that \
              name the context get plaintext, or TLS that accepts any server.",
    remedy: "Add a client certificate. A self-signed one will do if the upstream does not ask for \
             one.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let posted = context.has_fault(|kind| *kind == ContextFaultKind::TrustAnchorsAlone);
        let settings = &resource.settings;
        // A certificate that is named but missing is a different mistake, which other rules report.
        if !posted || context.secret.is_some() || settings.cert_chain_file.is_some() {
            continue;
        }
        let place = settings
            .ca_secret
            .as_ref()
            .or(settings.cacert_chain_file.as_ref())
            .map_or(resource.object.name.span, |ca| ca.key());
        let finding = found
            .at(
                place,
                format!(
                    "TLSContext `{}` has trust anchors but no client certificate, and \
                                is dropped",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("asks for verification")
            .help(
                "add a `secret` with any client certificate, even if the upstream does not ask \
                   for one",
            );
        tell_let_down(finding, world, id);
    }
}

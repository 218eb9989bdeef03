//! A TLSContext with options but without certificate, key, CA or CRL.

use crate::world::{ContextFaultKind, World};

use crate::rule::shared::tell_let_down;
use crate::rule::{Findings, rule};

rule! {
    id: "context-without-certificate",
    severity: Error,
    summary: "a TLSContext names no certificate at all, so it counts as undefined",
    rows: [17],
    finds: "A TLSContext that sets `sni`, `alpn_protocols` or TLS versions, but names no \
            certificate, and that no Host links.",
    matters: "Ambassador reports an error for it (at DEBUG level) and then treats the name as \
              undefined: the upstream gets plaintext, or TLS without the options. There is no way \
              to set them without a client certificate.",
    remedy: "Name a client certificate: `secret`, or `cert_chain_file` and `private_key_file`. A \
             self-signed one will do if the upstream does not check it.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let posted = context.has_fault(|kind| *kind == ContextFaultKind::NoCertificateInformation);
        if !posted {
            continue;
        }
        let place = resource.object.name.span;
        let mut unknown = resource.object.unknown_fields.iter();
        let meant = unknown.find(|one| one.suggestion == Some("secret"));
        let finding = found
            .at(
                place,
                format!(
                    "TLSContext `{}` names no certificate, so all its options are lost",
                    context.name
                ),
            )
            .about(&resource.object)
            .label("only options")
            .also_maybe(meant.map(|one| one.field.key()), "dropped, since there is no such field")
            .help(match (meant, resource.settings.host_names().is_empty()) {
                (Some(_), _) => "write `secret`, which was probably meant",
                (None, true) => {
                    "add a `secret` with any client certificate, even if the upstream does not \
                     ask for one"
                }
                (None, false) => {
                    "add the `secret` with the certificate of its `hosts`: a context with `hosts` \
                     terminates TLS"
                }
            });
        tell_let_down(finding, world, id);
    }
}

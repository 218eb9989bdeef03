//! A Host and the TLSContext that it links name different Secrets.

use crate::world::{HostFaultKind, World};

use crate::rule::{Findings, rule};

rule! {
    id: "host-secret-mismatch",
    severity: Error,
    summary: "a Host and its TLSContext name different Secrets",
    rows: [85],
    finds: "A Host with `tlsSecret` that links a TLSContext with a different `secret`. Emissary \
            looks for the context's Secret in the namespace of the Host and treats \
            `name.namespace` as one name, so a Secret of another namespace never matches.",
    matters: "Ambassador reports \"Secret info mismatch\" in its diagnostics and drops the Host.",
    remedy: "Name the same Secret in both, or leave `secret` out of the TLSContext: it then uses \
             the Host's.",
}

fn check(world: &World, found: &mut Findings) {
    for fault in world.host_faults() {
        let HostFaultKind::Secrets { context, secret, own } = fault.kind else { continue };
        let (name, linked) = (&fault.host.object.name.value, &context.object.name.value);
        let namespace = &fault.host.tls_secret_namespace;
        let finding = found
            .at(
                own,
                format!("the Host `{name}` and its TLSContext `{linked}` name different Secrets"),
            )
            .about(&fault.host.object)
            .label("the Secret of the Host")
            .also(secret, "the Secret of the TLSContext")
            .note(
                "Ambassador drops the Host; if it is the only one, all names are served in \
                 cleartext",
            );
        match namespace {
            Some(_) => finding
                .note(
                    "the context's Secret is looked up in the Host's namespace and dots are not \
                     split, so a Secret of another namespace never matches",
                )
                .help("remove `secret` from the TLSContext: it then uses the Host's"),
            None => finding.help(format!("write `secret: {}` in the TLSContext", own.value)),
        };
    }
}

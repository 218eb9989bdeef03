//! A context with which a Host terminates TLS is also used for an upstream.

use crate::resource::TlsReference;
use crate::world::{Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "context-used-both-ways",
    severity: Warning,
    summary: "a context that terminates TLS is also used for an upstream",
    rows: [12],
    finds: "A `tls` that names the context of a Host: one that the Host links, or the \
            `<host>-context` that Ambassador creates for it.",
    matters: "The server certificate is then presented to the upstream as a client certificate. \
              Many peers reject a certificate that is for servers only, and `ca_secret` would have \
              two different meanings at once.",
    remedy: "Create a separate TLSContext with a client certificate for the upstream.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let Reference::Good(id) = upstream.reference else { return };
        let context = world.context(id);
        let mapping = world.mapping(upstream);
        let (TlsReference::Named(tls), Some(&host)) = (&mapping.tls, context.linked_by.first())
        else {
            return;
        };
        let host = &world.resources.hosts[host].object;
        found
            .at(
                tls,
                format!(
                    "`{}` is the context with which Host `{}` terminates TLS",
                    context.name, host.name.value
                ),
            )
            .about(&mapping.object)
            .label("used for an upstream")
            .also(host, "terminates TLS with it")
            .note(
                "Ambassador presents the server certificate to the upstream as a client \
                   certificate, which the upstream may reject because of its key usage",
            )
            .help("create a separate TLSContext for the upstream");
    });
}

//! A Host with TLS settings but no certificate.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "host-tls-without-secret",
    severity: Error,
    summary: "a Host has `tls` or `tlsContext` but no `tlsSecret`",
    rows: [84],
    finds: "A Host that names a TLSContext, or has its own TLS settings, without a `tlsSecret`.",
    matters: "Without `tlsSecret.name` Ambassador ignores both, silently: the Host is served in \
              cleartext, and clients are never asked for the certificate that its TLS settings \
              require.",
    remedy: "Name the Secret with the server certificate in `tlsSecret`, even if the TLSContext \
             names it.",
}

fn check(world: &World, found: &mut Findings) {
    let is_edge_stack = world.ambassador().is_some_and(|workload| {
        let mut images = workload.containers.iter().filter_map(|container| container.image_name());
        images.any(|image| matches!(image, "aes" | "edge-stack"))
    });
    let stored = world.filed_hosts().stored.iter();
    for host in stored.map(|stored| &world.resources.hosts[stored.index]) {
        // Edge Stack requests a certificate itself by default, and fills in `tlsSecret`.
        let off = host.acme_authority.as_ref().is_some_and(|authority| **authority == "none");
        let by_acme = (host.has_acme_provider || is_edge_stack) && !off;
        if host.tls_secret.is_some() || by_acme {
            continue;
        }
        let context = host.tls_context.as_ref().map(|context| (context.span, "tlsContext"));
        let inline = host.tls.as_ref().map(|tls| (tls.key(), "tls"));
        let Some((place, field)) = context.or(inline) else { continue };
        let name = &host.object.name.value;
        found
            .at(place, format!("the Host `{name}` has `{field}` but no `tlsSecret`"))
            .about(&host.object)
            .label("ignored")
            .note(format!("`{}` is served in cleartext only, without any message", host.glob()))
            .help("add `tlsSecret: {name: …}` with the Secret of the server certificate");
    }
}

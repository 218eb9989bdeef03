//! `http://` with a valid TLSContext: the context wins.

use crate::document::Change;
use crate::resource::TlsReference;
use crate::world::{Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "service-scheme-contradicts-tls",
    severity: Warning,
    summary: "the service starts with `http://`, but `tls` turns TLS on",
    rows: [10],
    finds: "A service that starts with `http://` on an object whose `tls` names a valid \
            TLSContext.",
    matters: "TLS wins: the upstream gets TLS on port 443 unless a port is named. Readers of the \
              manifest expect the opposite, and Ambassador reports an error that hides others.",
    remedy: "Use the same in both places.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let (Some(service), TlsReference::Named(tls)) = (&mapping.service, &mapping.tls) else {
            return;
        };
        let plain = upstream.service.to_ascii_lowercase().starts_with("http://");
        if !plain || !matches!(upstream.reference, Reference::Good(_)) {
            return;
        }
        found
            .at(
                service,
                format!("the service starts with `http://`, but `tls: {}` turns TLS on", tls.value),
            )
            .about(&mapping.object)
            .label("the scheme means plaintext")
            .also(tls, "asks for TLS, and wins")
            .note(
                "Ambassador originates TLS, on port 443 unless the service names one, and \
                   reports an error",
            )
            .help("write `https://` or no scheme, or leave `tls` out")
            // Without a scheme, since only then the cluster's name contains the context.
            .fix("leave the scheme out", [Change::set(service.span, &service["http://".len()..])]);
    });
}

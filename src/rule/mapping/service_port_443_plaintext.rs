//! Plaintext to port 443.

use crate::document::Change;
use crate::resource::MappingKind;
use crate::world::{Effective, Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "service-port-443-plaintext",
    severity: Warning,
    summary: "port 443 without TLS: the port alone never enables it",
    rows: [73],
    finds: "A service with port 443 that has neither `https://` nor a context.",
    matters: "An explicit port never implies TLS (#2038): Ambassador sends plaintext to 443, and \
              clients get 400 or 503.",
    remedy: "Write `https://`, or name a TLSContext in `tls`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { return };
        let plaintext = world.effective(upstream) == Some(Effective::Plaintext);
        // A TCPMapping may pass on the TLS of its clients.
        let passes_through = mapping.kind == MappingKind::TcpMapping;
        // An undefined context on this port is another rule's finding.
        if passes_through
            || address.port != Some(443)
            || !plaintext
            || upstream.reference != Reference::Absent
        {
            return;
        }
        found
            .at(service, format!("Ambassador sends plaintext to `{}` on port 443", address.host))
            .about(&mapping.object)
            .label("no `https://`, and no `tls`")
            .note(
                "the scheme or `tls` turns TLS on, the port never does; most servers on 443 \
                 answer 400 or close the connection",
            )
            .help(match mapping.kind.has_tls() {
                true => format!("write `https://{}`, or name a TLSContext in `tls`", address.host),
                false => format!("write `https://{}`", address.host),
            })
            .fix_unsafe(
                "write `https://`",
                [Change::Scheme {
                    beside: service.key(),
                    name: mapping.kind.service_field().to_owned(),
                    scheme: "https".to_owned(),
                }],
            );
    });
}

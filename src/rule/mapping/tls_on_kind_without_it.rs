//! LogService and TracingService have no `tls`; the field is pruned.

use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "tls-on-kind-without-it",
    severity: Error,
    summary: "`tls` on a kind that has no such field is dropped",
    rows: [11],
    finds: "A `tls` field on a LogService or TracingService.",
    matters: "The schema does not have it, so it is pruned without a message: access logs or \
              traces are sent in plaintext, or over TLS without a client certificate if the \
              service starts with `https://`.",
    remedy: "Write `https://` before the service. These kinds cannot present a client certificate.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let unknown = world.dropped_fields(&mapping.object);
        let mut tls = unknown.filter(|unknown| unknown.field.value == "tls");
        let (false, Some(tls)) = (mapping.kind.has_tls(), tls.next()) else { return };
        let instead = match world.effective(upstream) {
            Some(Effective::Plaintext) => "its data is sent in plaintext",
            _ => "its data is sent over TLS without a client certificate",
        };
        found
            .at(&tls.field, format!("{} has no `tls`, so it is dropped", mapping.kind.name()))
            .about(&mapping.object)
            .label("dropped silently")
            .note(instead)
            .help(
                "write `https://` before the service for TLS; a client certificate is not \
                   possible here",
            );
    });
}

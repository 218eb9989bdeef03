//! `tls: "true"` names a TLSContext called `true`.

use crate::document::Change;
use crate::resource::TlsReference;
use crate::world::{BadContext, Reference, World};

use crate::rule::shared::fallback;
use crate::rule::{Findings, rule};

rule! {
    id: "mapping-tls-boolean-in-quotes",
    severity: Error,
    summary: "`tls` is the text \"true\" or \"false\", which names a TLSContext",
    rows: [8],
    finds: "`tls` with the text `true` or `false`, usually from a template that quotes everything.",
    matters: "The text is the name of a TLSContext, and there is no such TLSContext. Ambassador \
              continues as if `tls` were not set.",
    remedy: "Name a TLSContext; or write `https://` before the service, or leave `tls` out.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let Reference::Bad { name, why: BadContext::Undefined } = &upstream.reference else {
            return;
        };
        let mapping = world.mapping(upstream);
        let TlsReference::Named(tls) = &mapping.tls else { return };
        if !matches!(name.to_ascii_lowercase().as_str(), "true" | "false") {
            return;
        }
        let finding = found
            .at(tls, format!("`tls: \"{name}\"` names a TLSContext called `{name}`"))
            .about(&mapping.object)
            .label("a name, not a boolean")
            .note(fallback(world, upstream))
            .help(
                "for TLS without a client certificate, write `https://` before the service; for \
                 plaintext, leave `tls` out",
            );
        let remove = Change::Remove { key: tls.key() };
        if name.eq_ignore_ascii_case("true") {
            let name = mapping.kind.service_field().to_owned();
            let scheme = Change::Scheme { beside: tls.key(), name, scheme: "https".to_owned() };
            finding.fix_unsafe("use `https://` instead", [scheme, remove]);
        } else {
            // With `https://` it is unclear which of the two is meant.
            let scheme = mapping.service.as_ref().is_some_and(|service| service.contains("://"));
            finding.fix_if(!scheme, "remove it", [remove]);
        }
    });
}

//! `tls: true` or `false` in v3alpha1, whose schema requires a string.

use crate::document::Change;
use crate::resource::schema::Violation;
use crate::resource::{MappingKind, Refusal, RefusalReason};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-tls-boolean",
    severity: Error,
    summary: "`tls` is a boolean, which v3alpha1 does not allow",
    rows: [7],
    finds: "`tls: true` or `tls: false` in an object of getambassador.io/v3alpha1. (v1 and v2 \
            allow it.)",
    matters: "The API server rejects the object; in an annotation, Ambassador drops it. Either way \
              there is no route.",
    remedy: "`tls: true` becomes a service that starts with `https://`. `tls: false` is left out. \
             For a client certificate, name a TLSContext.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::Schema(violations) = &refusal.reason else { continue };
        for violation in violations.iter().filter(|one| is_tls_boolean(refusal, one)) {
            let lost = match MappingKind::parse(&refusal.object.kind) {
                Some(MappingKind::Mapping | MappingKind::TcpMapping) => {
                    ", so it has no route at all"
                }
                _ => "",
            };
            let finding = found
                .at(
                    &violation.place,
                    "`tls` is a boolean, and v3alpha1 accepts only the name of a TLSContext",
                )
                .about_name(refusal.object.clone())
                .label("not a name")
                .note(match refusal.in_annotation {
                    true => format!("Ambassador drops the whole {}{lost}", refusal.object.kind),
                    false => format!(
                        "the API server rejects the whole {}; an earlier version, if there is \
                         one, stays unchanged",
                        refusal.object.kind
                    ),
                });
            let finding = finding.help(
                "for TLS without a client certificate, write `https://` before the service; for \
                 plaintext, leave `tls` out",
            );
            let key = violation.place.key();
            let remove = Change::Remove { key };
            let written = world.sources.text(violation.place.span).to_ascii_lowercase();
            if matches!(written.as_str(), "true" | "yes" | "on" | "y") {
                let kind = MappingKind::parse(&refusal.object.kind);
                let name = kind.map_or("service", MappingKind::service_field).to_owned();
                let scheme = Change::Scheme { beside: key, name, scheme: "https".to_owned() };
                finding.fix_unsafe("use `https://` instead", [scheme, remove]);
            } else {
                finding.fix_unsafe("remove it", [remove]);
            }
        }
    }
}

/// Whether a violation is a boolean where a Mapping or similar object names a TLSContext; the `tls`
/// of a Host is something else.
pub(crate) fn is_tls_boolean(refusal: &Refusal, violation: &Violation) -> bool {
    MappingKind::parse(&refusal.object.kind).is_some_and(MappingKind::has_tls)
        && violation.path == "spec.tls"
        && violation.is_of_type("boolean")
}

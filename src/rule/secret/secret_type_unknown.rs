//! Only kubernetes.io/tls, Opaque and istio.io/key-and-cert are read.

use crate::world::World;

use crate::rule::shared::tell_let_down;
use crate::rule::shared::{Cause, absences};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-type-unknown",
    severity: Error,
    summary: "a Secret has a type that Ambassador does not read",
    rows: [58],
    finds: "A Secret of a type other than `kubernetes.io/tls`, `Opaque` or \
            `istio.io/key-and-cert`.",
    matters: "Ambassador ignores the Secret, with a message at DEBUG level only, and drops the \
              context. Mappings that name it get plaintext, or TLS without a client certificate, \
              while `kubectl` shows Running.",
    remedy: "Give it the type `kubernetes.io/tls`. The type of a Secret cannot be changed: delete \
             it and create it again.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let Cause::Type(secret) = absence.cause else { continue };
        let reference = &absence.lookup.reference;
        let finding = found
            .at(
                absence.field,
                format!(
                    "Secret `{}` has the type `{}`, which Ambassador does not read",
                    reference.name,
                    secret.type_name()
                ),
            )
            .about(absence.object)
            .label("not found because of its type")
            .also(
                secret.secret_type.as_ref().map_or(secret.object.name.span, |kind| kind.span),
                "this type",
            )
            .help("use `kubernetes.io/tls` or `Opaque`");
        tell_let_down(finding, world, absence.id);
    }
}

//! `secret_namespacing: false` makes `name.namespace` a literal name.

use crate::world::World;

use crate::rule::shared::tell_let_down;
use crate::rule::shared::{Cause, absences};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-namespacing-off",
    severity: Error,
    summary: "`name.namespace` is treated as one name, because namespacing is off",
    rows: [53],
    finds: "A reference `name.namespace` on a TLSContext for which namespacing is off, on the \
            TLSContext or in the Module.",
    matters: "Ambassador looks for a Secret with the dot in its name in the namespace of the \
              TLSContext, finds none and drops the context. Mappings that name it get plaintext, \
              or TLS without a client certificate, while `kubectl` shows Running.",
    remedy: "Set `secret_namespacing: true` on the TLSContext.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let Cause::NamespacingOff(secret) = absence.cause else { continue };
        let reference = &absence.lookup.reference;
        let finding = found
            .at(
                absence.field,
                format!(
                    "`{}` is looked up as one name, because namespacing is off",
                    reference.written
                ),
            )
            .about(absence.object)
            .label("one literal name")
            .also_maybe(secret.map(|secret| &secret.object), "the Secret that is meant")
            .help("set `secret_namespacing: true` on the TLSContext");
        let finding = absence.switch_namespacing(finding, world, true);
        tell_let_down(finding, world, absence.id);
    }
}

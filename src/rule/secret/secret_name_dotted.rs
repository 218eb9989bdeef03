//! `secret: istio.default` means `istio` in namespace `default`.

use crate::world::World;

use crate::rule::shared::tell_let_down;
use crate::rule::shared::{Cause, absences};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-name-dotted",
    severity: Error,
    summary: "a dot in a Secret name is parsed as a namespace separator",
    rows: [52, 104],
    finds: "A reference to a Secret whose name contains a dot, such as `istio.default`.",
    matters: "Ambassador splits the name at the last dot, looks in another namespace and drops the \
              context. Mappings that name it get plaintext, or TLS without a client certificate, \
              while `kubectl` shows Running.",
    remedy: "Set `secret_namespacing: false` on the TLSContext.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let Cause::DottedName(secret) = absence.cause else { continue };
        let reference = &absence.lookup.reference;
        let finding = found
            .at(
                absence.field,
                format!(
                    "`{}` is looked up as Secret `{}` in namespace `{}`",
                    reference.written, reference.name, reference.namespace
                ),
            )
            .about(absence.object)
            .label("split at its last dot")
            .also_maybe(secret.map(|secret| &secret.object), "the Secret that is meant")
            .help("add `secret_namespacing: false` to the TLSContext");
        let finding = absence.switch_namespacing(finding, world, false);
        tell_let_down(finding, world, absence.id);
    }
}

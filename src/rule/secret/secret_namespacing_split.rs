//! The Module does not set namespacing, so the two halves of Ambassador disagree.

use crate::world::World;

use crate::rule::shared::tell_let_down;
use crate::rule::shared::{Cause, absences};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-namespacing-split",
    severity: Error,
    summary: "a Secret with a namespace in its name is looked up in two ways, and not found",
    rows: [51],
    finds: "`secret: name.namespace` on a TLSContext without `secret_namespacing`, while a Module \
            `ambassador` exists that does not set `defaults.tls_secret_namespacing`. The Helm \
            charts of 3.9 and later create such a Module.",
    matters: "Ambassador's Go half then fetches a Secret that is literally called \
              `name.namespace`, and its Python half looks for `name` in `namespace`. The Secret \
              exists, and is reported as not found.",
    remedy: "Set `secret_namespacing: true` on the TLSContext, or \
             `defaults.tls_secret_namespacing: true` in the Module.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let Cause::SplitBrain = absence.cause else { continue };
        let reference = &absence.lookup.reference;
        // A Secret whose own name holds the dot is meant literally.
        let own = absence.object.namespace();
        let there = |namespace: &str, name: &str| {
            world.secret(namespace, name).is_some() || world.is_promised(namespace, name)
        };
        let literal = reference.name == "istio"
            || (there(own, &reference.written) && !there(&reference.namespace, &reference.name));
        let finding = found
            .at(
                absence.field,
                format!(
                    "`{}` is split into name and namespace by only one of \
                                        Ambassador's two halves",
                    reference.written
                ),
            )
            .about(absence.object)
            .label("looked up in two ways")
            .also_maybe(
                world.module().map(|module| &module.object),
                "does not set `defaults.tls_secret_namespacing`",
            )
            .note(
                "the Go half fetches a Secret with the dot in its name, the Python half looks \
                   in another namespace, and neither finds it",
            )
            .help(format!("add `secret_namespacing: {}` to the TLSContext", !literal));
        let finding = absence.switch_namespacing(finding, world, !literal);
        tell_let_down(finding, world, absence.id);
    }
}

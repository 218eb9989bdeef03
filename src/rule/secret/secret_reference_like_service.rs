//! `name.namespace.svc` splits at its last dot.

use crate::document::Change;
use crate::world::World;

use crate::rule::shared::tell_let_down;
use crate::rule::shared::{Cause, absences};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-reference-like-service",
    severity: Error,
    summary: "a Secret reference ends in `.svc`, like a Service",
    rows: [54],
    finds: "A reference to a Secret that ends in `.svc` or `.svc.cluster.local`.",
    matters: "Ambassador splits at the last dot, so it looks in namespace `svc` or `local`, and \
              drops the context. Mappings that name it get plaintext, or TLS without a client \
              certificate, while `kubectl` shows Running.",
    remedy: "Write `name.namespace`.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let Cause::LikeService = absence.cause else { continue };
        let reference = &absence.lookup.reference;
        let finding = found
            .at(
                absence.field,
                format!(
                    "`{}` is looked up in a namespace called `{}`",
                    reference.written, reference.namespace
                ),
            )
            .about(absence.object)
            .label("split at its last dot")
            .help("write `name.namespace`");
        let finding = match in_short(&reference.written) {
            Some((name, namespace)) => finding.fix_if(
                world.secret(namespace, name).is_some(),
                format!("write `{name}.{namespace}`"),
                [Change::set(absence.field.span, format!("{name}.{namespace}"))],
            ),
            None => finding,
        };
        tell_let_down(finding, world, absence.id);
    }
}

/// Name and namespace of `name.namespace.svc` and its longer forms.
fn in_short(written: &str) -> Option<(&str, &str)> {
    let bare = written.strip_suffix(".cluster.local").unwrap_or(written);
    let (name, namespace) = bare.strip_suffix(".svc")?.split_once('.')?;
    (!namespace.contains('.')).then_some((name, namespace))
}

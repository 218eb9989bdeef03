//! A kind in the wrong case.

use crate::document::Change;
use crate::resource::RefusalReason;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "object-kind-case",
    severity: Error,
    summary: "a kind is written in the wrong case",
    finds: "An Ambassador kind that differs from the real one only in upper and lower case.",
    matters: "Kinds are case-sensitive for the API server and for the part of Ambassador that \
              reads annotations: the object is rejected, and references to it are dangling.",
    remedy: "Use the spelling that the finding shows.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::KindCase { expected, place } = refusal.reason else { continue };
        let (kind, name) = (&refusal.object.kind, &refusal.object.name);
        found
            .at(refusal.place, format!("`{name}` has the kind `{kind}`, which does not exist"))
            .about_name(refusal.object.clone())
            .label(format!("must be `{expected}`"))
            .note(match refusal.in_annotation {
                true => "Ambassador drops the document, and reports it only in its diagnostics",
                false => "`kubectl apply` rejects it",
            })
            .help(format!("write `kind: {expected}`"))
            .fix(format!("write `{expected}`"), [Change::set(place, expected)]);
    }
}

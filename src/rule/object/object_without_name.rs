//! An Ambassador object without a name.

use crate::resource::RefusalReason;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "object-without-name",
    severity: Error,
    summary: "an object has no name",
    rows: [96],
    finds: "An Ambassador object without a name: a manifest without `metadata.name`, or a document \
            without `name` in a `getambassador.io/config` annotation.",
    matters: "`kubectl` rejects the manifest. In an annotation it is worse: Ambassador drops the \
              document without a message, and what it should configure does not exist.",
    remedy: "Give it a name.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let kind = &refusal.object.kind;
        match refusal.reason {
            RefusalReason::Nameless if refusal.in_annotation => found
                .at(refusal.place, format!("this {kind} in an annotation has no name"))
                .label("this document is never read")
                .note("Ambassador drops the document without a message")
                .help("add `name: …`"),
            RefusalReason::Nameless => found
                .at(refusal.place, format!("this {kind} has no `name` at its top level"))
                .label("refused")
                .note("in files that Ambassador reads from disk all fields are at the top level")
                .help("add `name: …` next to `kind`, or apply the object with `kubectl`"),
            RefusalReason::Unnamed => found
                .at(refusal.place, format!("this {kind} has no name"))
                .label("refused")
                .note("`kubectl apply` rejects an object without `metadata.name`")
                .help("add `metadata: {name: …}`"),
            _ => continue,
        };
    }
}

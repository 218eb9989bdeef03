//! A bare document, as the old documentation prints them, where Kubernetes objects are expected.

use std::sync::Arc;

use crate::resource::{Object, Refusal, RefusalReason};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "document-bare",
    severity: Error,
    summary: "a document in the form used in annotations is on its own",
    rows: [],
}

fn check(world: &World, found: &mut Findings) {
    let refusals = world.resources.refusals.iter();
    let bare: Vec<_> = refusals.filter(|one| matches!(one.reason, RefusalReason::Bare)).collect();
    // One finding for each file: whoever means it for Ambassador's disk means all of it.
    for (at, refusal) in bare.iter().enumerate() {
        let of_file = |other: &&&Arc<Refusal>| other.place.source == refusal.place.source;
        if bare[..at].iter().any(|other| other.place.source == refusal.place.source) {
            continue;
        }
        let others = bare.iter().filter(of_file).count() - 1;
        let (kind, name) = (&refusal.object.kind, &refusal.object.name);
        let more = match others {
            0 => String::new(),
            1 => ", nor is 1 more in this file".to_owned(),
            count => format!(", nor are {count} more in this file"),
        };
        found
            .at(refusal.place, format!("the {kind} `{name}` is not a Kubernetes object{more}"))
            .about_name(refusal.object.clone())
            .label("the name is at the top level")
            .note(
                "`kubectl apply` rejects it because it has no `metadata.name`; documents of this \
                 form are read only from annotations and from Ambassador's own disk",
            )
            .help(format!(
                "write `metadata: {{name: {}}}`, and all other fields below `spec:`",
                Object::allowed_name(name)
            ))
            .help(
                "or put the document into a `getambassador.io/config` annotation of a Service; if \
                 Ambassador reads it from disk, pass `--ingest fs`",
            );
    }
}

const EXPLAIN: &str = "\
What it finds
An Ambassador document with its name and fields at the top level, as in annotations and in older
documentation, in a manifest of its own.

Why it matters
`kubectl apply` rejects it, since it has no `metadata.name`. Ambassador reads this form only from a
`getambassador.io/config` annotation, or from a directory given to it in place of a cluster.

How to fix it
Move the name to `metadata` and the fields to `spec`, or put the document into an annotation. Pass
`--ingest fs` if Ambassador does read these files from disk.
";

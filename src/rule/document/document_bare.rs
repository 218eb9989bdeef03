//! A bare document, as the old documentation prints them, where Kubernetes objects are expected.

use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::resource::{Object, Refusal, RefusalReason};
use crate::source::SourceId;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "document-bare",
    severity: Severity::Error,
    tag: None,
    summary: "a document in the form used in annotations is on its own",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/document-bare/bad.yaml"),
    good: include_str!("../../../testdata/rule/document-bare/good.yaml"),
    check,
};

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
        // Where nothing beside it is for the cluster, the folder may well be the one on its disk.
        let severity = match holds_objects(world, refusal.place.source) {
            true => Severity::Error,
            false => Severity::Warning,
        };
        let more = match others {
            0 => String::new(),
            1 => ", nor is 1 more in this file".to_owned(),
            count => format!(", nor are {count} more in this file"),
        };
        found
            .at(refusal.place, format!("the {kind} `{name}` is not a Kubernetes object{more}"))
            .about_name(refusal.object.clone())
            .severity(severity)
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

/// Whether the folder of a file holds any Kubernetes object that was read; a file that is linted
/// on its own is taken for what `kubectl` shall apply.
fn holds_objects(world: &World, source: SourceId) -> bool {
    let folder = |source: SourceId| {
        let name = &world.sources.get(source).name;
        name.rsplit_once('/').map(|(folder, _)| folder.to_owned())
    };
    let own = folder(source);
    let is_beside = |object: &Object| folder(object.name.span.source) == own;
    let is_alone = world.sources.iter().len() == 1;
    is_alone || world.resources.objects().any(is_beside)
}

const EXPLAIN: &str = "\
What it finds
An Ambassador document with its name and fields at the top level, as in annotations and in older
documentation, in a manifest of its own.

Why it matters
`kubectl apply` rejects it, since it has no `metadata.name`. Ambassador reads this form only from a
`getambassador.io/config` annotation, or from a directory given to it in place of a cluster.

It is an error where the same folder holds objects of Kubernetes, and a warning where it does not:
such a folder may be the one that Ambassador reads.

How to fix it
Move the name to `metadata` and the fields to `spec`, or put the document into an annotation. Pass
`--ingest fs` if Ambassador does read these files from disk.
";

//! A bare document, as in the old documentation, where Kubernetes objects are expected.

use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::resource::{Object, ObjectOrigin, Refusal, RefusalReason};
use crate::source::SourceId;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "document-bare",
    severity: Error,
    summary: "a document in annotation form is not inside an annotation",
    finds: "An Ambassador document with its name and fields at the top level, as in annotations \
            and older documentation, in a separate manifest.",
    matters: "`kubectl apply` rejects it, since it has no `metadata.name`. Ambassador reads this \
              form only from a `getambassador.io/config` annotation, or from a directory that it \
              reads instead of a cluster.\n\n\
              It is an error. It is a warning in a folder that has several such files and no \
              Service or Ambassador object for a cluster: that may be the folder Ambassador reads.",
    remedy: "Move the name to `metadata` and the fields to `spec`, or put the document into an \
             annotation. Pass `--ingest fs` if Ambassador does read these files from disk.",
}

fn check(world: &World, found: &mut Findings) {
    let refusals = world.resources.refusals.iter();
    let bare: Vec<_> = refusals.filter(|one| matches!(one.reason, RefusalReason::Bare)).collect();
    // One finding per file: a file is meant for Ambassador's disk as a whole.
    for (at, refusal) in bare.iter().enumerate() {
        let of_file = |other: &&&Arc<Refusal>| other.place.source == refusal.place.source;
        if bare[..at].iter().any(|other| other.place.source == refusal.place.source) {
            continue;
        }
        let others = bare.iter().filter(of_file).count() - 1;
        let (kind, name) = (&refusal.object.kind, &refusal.object.name);
        // A folder with only such documents may well be the one Ambassador reads.
        let severity = match is_of_its_own(world, &bare, refusal.place.source) {
            true => Severity::Warning,
            false => Severity::Error,
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

/// Whether a folder has several files with bare documents, and no object of a kind that is always
/// read.
fn is_of_its_own(world: &World, bare: &[&Arc<Refusal>], source: SourceId) -> bool {
    let folder = |source: SourceId| {
        let name = &world.sources.get(source).name;
        name.rsplit_once('/').map(|(folder, _)| folder.to_owned())
    };
    let own = folder(source);
    let beside = |other: SourceId| other != source && folder(other) == own;
    // Workloads, Secrets and ConfigMaps are read only where something refers to them.
    let is_read = |object: &&Object| {
        object.origin == ObjectOrigin::Manifest && (object.kind == "Service" || is_own(object))
    };
    let mut objects = world.resources.objects().filter(is_read);
    bare.iter().any(|other| beside(other.place.source))
        && !objects.any(|object| folder(object.name.span.source) == own)
}

fn is_own(object: &Object) -> bool {
    object.api_version.as_ref().is_some_and(|version| version.contains("getambassador.io/"))
}

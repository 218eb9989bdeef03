//! Documents inside a `getambassador.io/config` annotation, unfolded as Emissary's Go half does
//! (`pkg/snapshot/v1/annotations.go`).

use std::sync::Arc;

use crate::document::{Entry, Field, embedded_documents};

use super::file::Found;
use super::read::Reader;
use super::read_ambassador::unexpected;
use super::refusal::{Refusal, RefusalReason};
use super::resources::Duplicate;
use crate::resource::ambassador::{is_ambassador_kind, wrong_case};
use crate::resource::core::labels;
use crate::resource::schema::{SchemaVersion, Violation, has_field};
use crate::resource::spec::Spec;
use crate::resource::{InAnnotation, Object, ObjectOrigin};

/// The annotation of an object, if it has non-empty text.
pub(crate) fn field<'t>(root: &Field<'t>) -> Option<Field<'t>> {
    let annotations = root.set_at("metadata")?.set_at("annotations")?;
    annotations.set_at("getambassador.io/config").filter(|field| field.text().is_some())
}

/// Reads every document of an object's annotation; if one cannot be parsed, all are discarded.
pub(crate) fn read(reader: &mut Reader<'_>, root: &Field<'_>, parent: &Object) {
    let Some(field) = field(root) else { return };
    let mut problem = None;
    let mut documents = 0;
    let mut duplicates = Vec::new();
    let by_go = reader.release.go_reads_annotations;
    embedded_documents(reader.source, &field, |document| match document {
        Ok((tree, _)) => {
            if let Some(root) = tree.root().filter(|root| by_go && !has_kind(root)) {
                problem.get_or_insert((root.key_span(), None));
            }
            documents += usize::from(tree.root().is_some());
            let keys = tree.duplicates.iter().cloned();
            duplicates.extend(keys.map(|key| Duplicate { key, document: field.span() }));
        }
        Err(found) => {
            documents += 1;
            problem.get_or_insert((found.span, Some(found.kind)));
        }
    });
    duplicates.into_iter().for_each(|one| reader.find(Found::Duplicate(Arc::new(one))));
    if let Some((place, problem)) = problem {
        let refusal = Refusal {
            object: parent.identity(),
            place,
            reason: RefusalReason::AnnotationUnreadable { problem, documents },
            context: None,
            cipher_suites: Vec::new(),
            in_annotation: true,
        };
        reader.find(Found::Refusal(Arc::new(refusal)));
        // The other documents may still have ignores.
        embedded_documents(reader.source, &field, |document| {
            let Ok((tree, _)) = document else { return };
            reader.ignores(&tree);
        });
        return;
    }
    let mut number = 0;
    embedded_documents(reader.source, &field, |document| {
        let Ok((tree, after)) = document else { return };
        // Emissary silently drops everything after `...`, as `kubectl` does.
        if let Some(problem) = after {
            reader.find(Found::Problem(Arc::new(problem)));
        }
        if let Some(root) = tree.root().filter(Field::is_mapping) {
            reader.ignores(&tree);
            read_document(reader, &root, parent, &mut number);
            reader.report_exhaustion(&tree, root.key_span());
        }
    });
}

/// Whether Go can decode it: an empty document or an object with a kind (`kates.ParseManifests`,
/// `UnstructuredJSONScheme`).
fn has_kind(root: &Field<'_>) -> bool {
    let kind = || root.set_at("kind").and_then(|kind| kind.text());
    root.type_name() == "null" || kind().is_some_and(|kind| !kind.is_empty())
}

fn read_document(reader: &mut Reader<'_>, root: &Field<'_>, parent: &Object, number: &mut usize) {
    let Some(mut kind) = root.set_at("kind").and_then(|kind| kind.text()) else { return };
    // Python only supports bare documents, and lowercases kinds before it looks them up.
    let by_go = reader.release.go_reads_annotations;
    let metadata = root.set_at("metadata").filter(|_| by_go);
    // A top-level key overrides the one in `metadata`.
    let identity = |name: &str| {
        let field = root.set_at(name).or_else(|| metadata.as_ref()?.set_at(name));
        field.and_then(|field| field.text())
    };
    let name = root.set_at("name").or_else(|| metadata.as_ref()?.set_at("name"));
    let is_number =
        name.as_ref().is_some_and(|name| matches!(name.type_name(), "integer" | "number"));
    let Some(name) = name.and_then(|name| reader.name(&name)) else {
        reader.refuse(root, &kind, None, RefusalReason::Nameless, true);
        return;
    };
    // Go cannot decode a numeric name and ignores the object; `reader.name` reported it. Words like
    // `n`, which Go reads as booleans, are accepted: Python, the source of the recorded answers,
    // reads them as text.
    if by_go && is_number {
        return;
    }
    *number += 1;
    let api_version = root.set_at("apiVersion").and_then(|version| version.text());
    if let (false, Some(expected)) = (by_go, wrong_case(&kind)) {
        kind.value = expected.into();
    }
    if let Some(expected) = wrong_case(&kind) {
        let reason = RefusalReason::KindCase { expected, place: kind.span };
        reader.refuse(root, &kind, Some(name), reason, true);
        return;
    }
    let version = api_version.as_ref().and_then(|version| {
        let (group, version) = version.split_once('/')?;
        matches!(group, "getambassador.io" | "ambassador").then(|| SchemaVersion::parse(version))?
    });
    let version = version.filter(|version| !by_go || reader.release.serves(*version));
    let is_taken = version.is_some()
        || !by_go
            && api_version.as_ref().is_none_or(|version| {
                matches!(version.split_once('/'), Some(("getambassador.io" | "ambassador", _)))
            });
    if !is_taken {
        let reason = RefusalReason::ApiVersion(api_version);
        reader.refuse(root, &kind, Some(name), reason, true);
        return;
    }
    let written = api_version.as_ref().and_then(|version| version.split_once('/'));
    let written = written.map(|(_, version)| version);
    let lacks = |inside: &'static str| {
        let kind = kind.clone();
        move |entry: &Entry<'_>| !has_field(written, &kind, &format!("{inside}{}", entry.key))
    };
    let entries = root.entries().into_iter().filter(lacks(""));
    let inner = root.at("config").map(|config| config.entries()).unwrap_or_default();
    let violations: Vec<Violation> = entries
        .chain(inner.into_iter().filter(lacks("config.")))
        .filter(|_| !by_go)
        .map(|entry| unexpected(&entry.value.located(entry.key.into())))
        .collect();
    if !violations.is_empty() {
        reader.refuse(root, &kind, Some(name), RefusalReason::Schema(violations), true);
        return;
    }
    let labels = root
        .set_at("metadata_labels")
        .or_else(|| metadata.as_ref()?.set_at("labels"))
        .map_or_else(|| parent.labels.clone(), |field| labels(&field));
    let own_namespace = identity("namespace");
    let is_placed = own_namespace.is_some();
    let place = InAnnotation {
        parent: parent.identity(),
        parent_place: parent.place(),
        number: *number,
        is_placed,
    };
    let object = Object {
        kind: kind.value,
        api_version,
        name,
        namespace: own_namespace.or_else(|| parent.namespace.clone()),
        labels,
        ambassador_id: None,
        origin: ObjectOrigin::Annotation(Box::new(place)),
        unknown_fields: Vec::new(),
    };
    match version {
        // Python only has schemas for v0 to v2, and validates nothing for other versions.
        Some(version) if by_go || version != SchemaVersion::V3alpha1 => {
            reader.validate_and_store(root, object, version, Spec::bare(root), true);
        }
        _ if is_ambassador_kind(&object.kind) => {
            // `hostname` was added in v3alpha1, which this release does not support.
            let unknown = vec!["hostname".to_owned()];
            reader.store(object, &Spec::bare(root).pruned(unknown));
        }
        _ => {}
    }
}

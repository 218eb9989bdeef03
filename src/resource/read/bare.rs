//! Bare documents of the old file-system configuration, which are neither validated nor pruned.

use crate::document::Field;

use super::read::Reader;
use super::refusal::RefusalReason;
use crate::resource::ambassador::{is_ambassador_kind, wrong_case};
use crate::resource::core::labels;
use crate::resource::spec::Spec;
use crate::resource::{InFile, Object, ObjectOrigin};

impl Reader<'_> {
    /// Reads a bare document of the old file-system configuration.
    pub(crate) fn read_bare(&mut self, root: &Field<'_>) {
        self.file_documents += 1;
        let Some(mut kind) = root.set_at("kind").and_then(|kind| kind.text()) else { return };
        // Python lowercases kinds before it looks them up.
        if let Some(expected) = wrong_case(&kind) {
            kind.value = expected.into();
        }
        if !is_ambassador_kind(&kind) {
            return;
        }
        let api_version = root.set_at("apiVersion").and_then(|version| version.text());
        let name = root.set_at("name").and_then(|name| name.text());
        let Some(name) = name else {
            let inner = root.set_at("metadata").and_then(|metadata| metadata.set_at("name"));
            let name = inner.and_then(|name| name.text());
            self.refuse(root, &kind, name, RefusalReason::Nameless, false);
            return;
        };
        let takes_old_group = self.release.files_take_ambassador_group;
        let is_ours = |version: &str| {
            version.starts_with("getambassador.io/")
                || takes_old_group && version.starts_with("ambassador/")
        };
        if api_version.as_ref().is_some_and(|version| !is_ours(version)) {
            let reason = RefusalReason::ApiVersion(api_version);
            self.refuse(root, &kind, Some(name), reason, false);
            return;
        }
        let file = self.source.name.rsplit('/').next().unwrap_or_default().to_owned();
        let labels = root.set_at("metadata_labels").map(|field| labels(&field));
        let object = Object {
            kind: kind.value,
            api_version,
            name,
            namespace: root.set_at("namespace").and_then(|namespace| namespace.text()),
            labels: labels.unwrap_or_default(),
            ambassador_id: None,
            origin: ObjectOrigin::File(Box::new(InFile { file, number: self.file_documents })),
            unknown_fields: Vec::new(),
        };
        let spec = match self.release.serves_v3alpha1 {
            true => Spec::bare(root),
            false => Spec::bare(root).pruned(vec!["hostname".to_owned()]),
        };
        self.store(object, &spec);
    }
}

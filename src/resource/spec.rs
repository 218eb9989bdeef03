//! Where an object has its fields: under `spec`, or at the top level of a bare document.

use crate::document::Field;

/// Keys of a bare document that are not fields of its spec (`ParseAnnotationResources`).
const NOT_SPEC: [&str; 8] = [
    "apiVersion",
    "kind",
    "name",
    "namespace",
    "generation",
    "metadata",
    "metadata_labels",
    "status",
];

/// The fields of an object in either form.
#[derive(Debug, Clone)]
pub(crate) struct Spec<'t> {
    form: Form<'t>,
    /// Fields that the API server prunes.
    pruned: Vec<String>,
    /// Whether the spellings of v1 and v2 are converted to v3alpha1.
    pub(crate) converts: bool,
}

#[derive(Debug, Clone)]
enum Form<'t> {
    /// `metadata` and `spec`.
    Crd(Option<Field<'t>>),
    /// All fields at the top level, as in annotations and old configuration files; a `spec` next to
    /// them is also used.
    Bare(Field<'t>),
}

impl<'t> Spec<'t> {
    pub(crate) fn crd(root: &Field<'t>) -> Self {
        let form = Form::Crd(root.set_at("spec"));
        Self { form, pruned: Vec::new(), converts: false }
    }

    pub(crate) fn bare(root: &Field<'t>) -> Self {
        Self { form: Form::Bare(root.clone()), pruned: Vec::new(), converts: false }
    }

    /// Removes the fields unknown to the schema.
    pub(crate) fn pruned(mut self, unknown: Vec<String>) -> Self {
        self.pruned = unknown;
        self
    }

    /// Accepts the spellings of v1 and v2.
    pub(crate) fn converting(mut self, converts: bool) -> Self {
        self.converts = converts;
        self
    }

    /// The field with this name, unless it is absent or null.
    pub(crate) fn at(&self, name: &str) -> Option<Field<'t>> {
        let name = if self.converts { old_spelling(name) } else { name };
        if self.pruned.iter().any(|pruned| pruned == name) {
            return None;
        }
        match &self.form {
            Form::Crd(spec) => spec.as_ref()?.set_at(name),
            Form::Bare(root) if NOT_SPEC.contains(&name) => root.set_at("spec")?.set_at(name),
            Form::Bare(root) => root.set_at(name).or_else(|| root.set_at("spec")?.set_at(name)),
        }
    }
}

/// The name of a v3alpha1 field in v1 and v2 (`zz_generated.conversion.go`).
pub(crate) fn old_spelling(name: &str) -> &str {
    match name {
        "crl_secret" => "v3CRLSecret",
        "stats_name" => "v3StatsName",
        other => other,
    }
}

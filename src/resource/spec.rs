//! Where an object keeps its fields: under `spec`, or at the top of a bare document.

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

/// The fields of one object, whatever its form.
#[derive(Debug, Clone)]
pub(crate) struct Spec<'t> {
    form: Form<'t>,
    /// Fields that the API server drops before anybody reads them.
    pruned: Vec<String>,
    /// Whether v1 and v2 spellings become v3alpha1 on the way.
    pub(crate) converts: bool,
}

#[derive(Debug, Clone)]
enum Form<'t> {
    /// `metadata` and `spec`.
    Crd(Option<Field<'t>>),
    /// All fields at the top, as in annotations and old configuration files; a `spec` beside them
    /// counts too.
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

    /// Without the fields that the schema does not know.
    pub(crate) fn pruned(mut self, unknown: Vec<String>) -> Self {
        self.pruned = unknown;
        self
    }

    /// With the spellings of v1 and v2.
    pub(crate) fn converting(mut self, converts: bool) -> Self {
        self.converts = converts;
        self
    }

    /// The field of that name, unless it is absent or null.
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

/// What v1 and v2 call a field of v3alpha1 (`zz_generated.conversion.go`).
pub(crate) fn old_spelling(name: &str) -> &str {
    match name {
        "crl_secret" => "v3CRLSecret",
        "stats_name" => "v3StatsName",
        other => other,
    }
}

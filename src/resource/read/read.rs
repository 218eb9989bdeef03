//! Turns documents into resources by API version and kind.

use std::sync::Arc;

use crate::diagnostic::ObjectName;
use crate::document::{
    Bearing, Field, Glance, Located, Problem, ProblemKind, SliceKind, Text, Tree, directive_in,
    namespaces_in,
};
use crate::source::{Source, Span};

use super::file::{FileResources, Found};
use super::ingest::Ingest;
use super::refusal::{Refusal, RefusalReason};
use super::release::ReleaseFacts;
use super::resources::Duplicate;
use crate::resource::Ignore;
use crate::resource::ambassador::{MappingKind, is_ambassador_kind};
use crate::resource::core::labels;
use crate::resource::{DEFAULT_NAMESPACE, Object, ObjectOrigin};

/// Maximum nesting of `List` in `List`; documents cannot exceed it without aliases.
const MAX_LIST_DEPTH: u32 = 50;

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// How it reaches Ambassador.
    pub(super) ingest: Ingest,
    /// The release of Emissary.
    pub(super) release: ReleaseFacts,
    /// Whether deferred documents are read, because another document calls for them.
    pub(super) is_called: bool,
    /// Whether documents of other programs must also be valid YAML.
    pub(super) is_strict: bool,
}

impl FileResources {
    /// Reads the relevant documents of a file.
    pub(super) fn read(source: &Source, glance: &Glance, manner: Manner) -> Self {
        let Manner { ingest, release, is_called, is_strict } = manner;
        let resources = Self::default();
        let mut reader =
            Reader { source, ingest, release, is_strict, resources, file_documents: 0 };
        reader.read_source(glance, is_called);
        reader.resources.found.shrink_to_fit();
        reader.resources
    }
}

pub(crate) struct Reader<'s> {
    pub(crate) source: &'s Source,
    pub(crate) ingest: Ingest,
    pub(crate) release: ReleaseFacts,
    is_strict: bool,
    resources: FileResources,
    pub(crate) file_documents: usize,
}

/// A shared copy of the API version that most Ambassador objects have: it is too long for [`Text`]
/// to store inline.
fn shared_version(version: Text) -> Text {
    const CURRENT: &str = "getambassador.io/v3alpha1";
    if version == CURRENT { Text::new_static(CURRENT) } else { version }
}

impl Reader<'_> {
    fn read_source(&mut self, glance: &Glance, is_called: bool) {
        let text = &self.source.text;
        let passed_over = &self.source.passed_over;
        self.resources.documents += passed_over.documents;
        self.resources.skipped += passed_over.documents;
        self.resources.unread_namespaces.clone_from(&passed_over.namespaces);
        let mut refused_separator = false;
        let mut directive = None;
        for document in &glance.documents {
            let body = document.body(text);
            self.resources.documents += 1;
            let can_matter = match document.bearing {
                Bearing::Relevant => true,
                Bearing::Deferred => is_called,
                Bearing::None => false,
            };
            if !can_matter {
                // A directive ends before `---`, so it becomes a document of its own.
                directive = directive.or_else(|| {
                    let at = document.start as usize + directive_in(body)?;
                    Some(self.span(at, at + 1))
                });
                self.resources.skipped += 1;
                for namespace in namespaces_in(body) {
                    let known = &mut self.resources.unread_namespaces;
                    if !known.iter().any(|known| **known == *namespace) {
                        known.push(namespace.into());
                    }
                }
                continue;
            }
            if let Some(span) = directive.take() {
                self.text_problem(Problem { kind: ProblemKind::Directive, span });
            }
            if document.kind == SliceKind::BadSeparator {
                // Reported once: a PEM file would have hundreds.
                if !refused_separator {
                    let start = document.start as usize;
                    let span = self.span(start, start + 3);
                    self.text_problem(Problem { kind: ProblemKind::Separator, span });
                }
                refused_separator = true;
                continue;
            }
            match Tree::parse(self.source.id, document.start, body) {
                Ok((tree, after)) => {
                    self.read_tree(&tree);
                    if let Some(problem) = after {
                        self.text_problem(problem);
                    }
                }
                // Other tools report it; it does not matter to Ambassador.
                Err(problem) if !self.is_strict && is_of_others(body, &problem) => {
                    self.resources.skipped += 1;
                    self.resources.broken += 1;
                }
                Err(problem) => self.text_problem(problem),
            }
        }
    }

    /// Adds an item.
    pub(super) fn find(&mut self, found: Found) {
        self.resources.found.push(found);
    }

    fn text_problem(&mut self, problem: Problem) {
        self.find(Found::TextProblem(Arc::new(problem)));
    }

    fn read_tree(&mut self, tree: &Tree<'_>) {
        for ignore in Ignore::in_comments(self.source, &tree.comments) {
            self.find(Found::TextIgnore(Arc::new(ignore)));
        }
        let Some(root) = tree.root().filter(Field::is_mapping) else { return };
        if root.set_at("kind").is_none() {
            return;
        }
        for key in &tree.duplicates {
            let duplicate = Duplicate { key: key.clone(), document: root.span() };
            self.find(Found::Duplicate(Arc::new(duplicate)));
        }
        match self.ingest {
            Ingest::Files => self.read_bare(&root),
            Ingest::Snapshot | Ingest::Kubernetes => self.read_object(&root, 0),
        }
        self.report_exhaustion(tree, root.key_span());
    }

    /// Reports that a document was not read completely because of too many aliases.
    pub(crate) fn report_exhaustion(&mut self, tree: &Tree<'_>, place: Span) {
        if tree.is_exhausted() {
            let limit = Tree::alias_limit();
            self.problem(ProblemKind::TooManyAliases { limit }, place);
        }
    }

    fn read_object(&mut self, root: &Field<'_>, depth: u32) {
        let Some(kind) = root.set_at("kind").and_then(|kind| kind.text()) else { return };
        let items = root.set_at("items").filter(Field::is_sequence);
        if let Some(items) = items.filter(|_| kind.ends_with("List")) {
            // Emissary's own parser silently skips a List; `kubectl` unfolds it.
            if self.ingest != Ingest::Snapshot {
                return;
            }
            if depth >= MAX_LIST_DEPTH {
                let limit = MAX_LIST_DEPTH as usize;
                return self.problem(ProblemKind::TooDeep { limit }, items.key_span());
            }
            items.items().for_each(|item| self.read_object(&item, depth + 1));
            return;
        }
        let api_version = root.set_at("apiVersion").and_then(|version| version.text());
        let api_version = api_version.map(|version| version.map(shared_version));
        let group = api_version
            .as_ref()
            .map_or("", |version| version.split_once('/').map_or("", |(group, _)| group));
        let ambassador = matches!(group, "getambassador.io" | "ambassador" | "x.getambassador.io");
        let bare = root.set_at("metadata").is_none() && root.set_at("name").is_some();
        if ambassador || (api_version.is_none() && bare && is_ambassador_kind(&kind)) {
            self.read_ambassador(root, &kind, api_version);
            return;
        }
        self.read_core(root, kind, api_version);
    }

    /// Records the ignores in the comments of an annotation's document.
    pub(crate) fn ignores(&mut self, tree: &Tree<'_>) {
        for ignore in Ignore::in_comments(self.source, &tree.comments) {
            self.find(Found::Ignore(Arc::new(ignore)));
        }
    }

    /// Reads a name; one that YAML reads as a boolean or number is rejected by the API server and
    /// reported.
    pub(crate) fn name(&mut self, field: &Field<'_>) -> Option<Located<Text>> {
        if let Some(name) = field.text() {
            return Some(name);
        }
        let name = field.located(Text::from(field.written()?));
        self.find(Found::UnquotedName(Arc::new((name.clone(), field.type_name()))));
        Some(name)
    }

    /// Identity of a Kubernetes object; `None` without `metadata.name`.
    pub(crate) fn object(
        &mut self,
        root: &Field<'_>,
        kind: Text,
        api_version: Option<Located<Text>>,
    ) -> Option<Object> {
        let metadata = root.set_at("metadata")?;
        let name = self.name(&metadata.set_at("name")?)?;
        let labels = metadata.set_at("labels").map(|field| labels(&field));
        let object = Object {
            kind,
            api_version,
            name,
            namespace: metadata.set_at("namespace").and_then(|namespace| namespace.text()),
            labels: labels.unwrap_or_default(),
            ambassador_id: None,
            origin: ObjectOrigin::Manifest,
            unknown_fields: Vec::new(),
        };
        for ignore in Ignore::in_annotation(root, || Some(object.identity())) {
            self.find(Found::Ignore(Arc::new(ignore)));
        }
        Some(object)
    }

    /// Whether a quoted name contains `{{`: valid YAML, but a template rather than an object.
    pub(crate) fn is_template(&mut self, name: &Located<Text>) -> bool {
        let template = name.contains("{{");
        if template {
            self.problem(ProblemKind::Template, name.span);
        }
        template
    }

    pub(crate) fn refuse(
        &mut self,
        root: &Field<'_>,
        kind: &str,
        name: Option<Located<Text>>,
        reason: RefusalReason,
        in_annotation: bool,
    ) {
        let metadata = root.set_at("metadata");
        let namespace = metadata.and_then(|metadata| metadata.set_at("namespace"));
        let namespace = namespace.or_else(|| root.set_at("namespace"));
        let object = ObjectName {
            kind: kind.to_owned(),
            namespace: namespace.and_then(|namespace| namespace.text()).map_or_else(
                || DEFAULT_NAMESPACE.to_owned(),
                |namespace| namespace.value.to_string(),
            ),
            name: name.as_ref().map_or_else(String::new, |name| name.value.to_string()),
        };
        let place = name.map(|name| name.span).or_else(|| Some(root.at("kind")?.span()));
        let own = |name: &str| {
            let spec = root.set_at("spec").and_then(|spec| spec.set_at(name));
            spec.or_else(|| root.set_at(name))
        };
        let tls = own("tls").and_then(|tls| tls.text());
        let names_context = MappingKind::parse(kind).is_some_and(MappingKind::has_tls);
        let context = tls.filter(|_| names_context).map(|tls| tls.value);
        let suites = own("cipher_suites").filter(|_| kind == "TLSContext");
        let suites = suites.iter().flat_map(Field::items).flat_map(|entry| match entry.text() {
            Some(text) => vec![text],
            None => entry.texts(),
        });
        let cipher_suites = suites.map(|suite| suite.value.into()).collect();
        let refusal = Refusal {
            object,
            place: place.unwrap_or_else(|| root.span()),
            reason,
            context: context.map(String::from),
            cipher_suites,
            in_annotation,
        };
        self.find(Found::Refusal(Arc::new(refusal)));
    }

    pub(crate) fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.find(Found::Problem(Arc::new(Problem { kind, span })));
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source.id, start as u32, end as u32)
    }
}

/// Kinds that are read besides Ambassador's own.
const KINDS_READ: [&str; 22] = [
    "List",
    "Service",
    "Ingress",
    "Secret",
    "ConfigMap",
    "Pod",
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "PeerAuthentication",
    "DestinationRule",
    "Policy",
    "MeshPolicy",
    "Certificate",
    "Bundle",
    "ExternalSecret",
    "SealedSecret",
    "Kustomization",
    "Component",
    "ServiceList",
    "SecretList",
];

/// Kinds that matter if they run Ambassador or are in its mesh.
const WORKLOADS: [&str; 5] = ["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];

/// Whether an unparseable document can be skipped: its top level names a kind that is never read,
/// and it has no Ambassador configuration. A label key alone does not make it Ambassador's, and
/// neither does an address of Ambassador in a workload.
fn is_of_others(body: &str, problem: &Problem) -> bool {
    let is_content = |line: &&str| {
        let text = line.trim_start();
        !text.is_empty() && !text.starts_with('#') && !text.starts_with("---")
    };
    let indent = body.lines().find(is_content).map_or("", |line| {
        let text = line.trim_start();
        &line[..line.len() - text.len()]
    });
    let names_kind =
        |line: &str| ["kind:", "apiVersion:"].iter().any(|key| line.trim_start().starts_with(key));
    // Without either it is not an object, but for example the values of a chart.
    if !matches!(problem.kind, ProblemKind::Template) && !body.lines().any(names_kind) {
        return !body.contains("getambassador.io/config");
    }
    let top = |key: &str| {
        let lines = body.lines().filter_map(|line| line.strip_prefix(indent));
        let mut values = lines.filter_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        Some(values.next()?.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']))
    };
    let is_plain = |kind: &str| kind.chars().all(|c| c.is_ascii_alphanumeric()) && !kind.is_empty();
    let is_other = top("kind").is_some_and(|kind| {
        let is_read = KINDS_READ.contains(&kind) || is_ambassador_kind(kind);
        // The kind of a template is not known.
        let is_template = matches!(problem.kind, ProblemKind::Template);
        let runs_others = WORKLOADS.contains(&kind) && !is_template && !may_run_ambassador(body);
        is_plain(kind) && (!is_read || runs_others)
    });
    let is_ours = top("apiVersion").is_none_or(|version| version.contains("ambassador"));
    is_other && !is_ours && !body.contains("getambassador.io/config")
}

/// Whether an unparseable workload may run Ambassador, by its names, images and variables.
fn may_run_ambassador(body: &str) -> bool {
    let names = ["name:", "image:"];
    body.contains("AMBASSADOR_")
        || body.lines().any(|line| {
            let text = line.trim_start_matches([' ', '-']);
            let is_named = names.iter().any(|name| text.starts_with(name));
            is_named
                && ["ambassador", "emissary", "aes", "edge-stack"]
                    .iter()
                    .any(|own| text.contains(own))
        })
}

//! Documents become resources, by API version and kind.

use memchr::memmem;
use rayon::prelude::*;

use crate::diagnostic::{ObjectName, nearest};
use crate::document::{Field, Located, Problem, ProblemKind, Relevance, SliceKind, Tree, split};
use crate::source::{Source, Sources, Span};

use super::annotation;
use super::ignores::Ignore;
use super::ingest::Ingest;
use super::kustomize::Kustomizations;
use super::mapping::{Mapping, MappingKind};
use super::object::{AmbassadorId, DEFAULT_NAMESPACE, Object, Origin, UnknownField};
use super::refusal::{Refusal, RefusalReason};
use super::schema::{self, Version};
use super::service::string_map;
use super::spec::Spec;
use super::tls_context::TlsContext;
use super::tls_settings::TlsSettings;
use super::{
    ConfigMap, DestinationRule, Duplicate, Host, Module, PeerAuthentication, Promise, Resolver,
    Resources, Role, RoleBinding, Secret, Service, Workload,
};

/// Words of which one stands in every document that this floor reads, or that anybody needs.
const WORDS: &[&str] = &[
    "mtlsctl:",
    "ambassador",
    "Secret",
    "Service",
    // A ConfigMap matters where it holds certificates.
    "-----BEGIN",
    "Certificate",
    "OnePasswordItem",
    "trust.cert-manager.io",
    "PeerAuthentication",
    "DestinationRule",
    "authentication.istio.io",
    "rbac.authorization.k8s.io",
    "TLSContext",
    "Mapping",
    "Module",
    // With `ambassador`, what Ambassador's own workload and its connector are known by
    // (`world::Installation`), and what shows the age of Istio (`World::istio_era`).
    "AMBASSADOR_",
    "emissary",
    "edge-stack",
    "aes",
    "consul_connect",
    "sync",
    "proxyv2",
    "proxy.istio.io",
];

/// Other workloads matter where a policy selects pods by their labels.
const WORKLOADS: [&str; 5] = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod"];
const POLICIES: [&str; 3] = ["PeerAuthentication", "DestinationRule", "authentication.istio.io"];

/// Kinds of Ambassador that are read, or known and passed over.
const AMBASSADOR_KINDS: [&str; 15] = [
    "TLSContext",
    "Host",
    "Module",
    "Mapping",
    "TCPMapping",
    "AuthService",
    "RateLimitService",
    "LogService",
    "TracingService",
    "ConsulResolver",
    "KubernetesEndpointResolver",
    "KubernetesServiceResolver",
    "Listener",
    "DevPortal",
    "Ingress",
];

/// Levels of `List` in `List`, more than the depth of a document lets stand without aliases.
const MAX_LIST_DEPTH: u32 = 50;

/// Which documents must be parsed to read all resources.
pub fn relevance() -> Relevance {
    Relevance::of(WORDS).and(&WORKLOADS, &POLICIES)
}

/// Reads all documents of all sources, in parallel; the result is in source order.
pub fn read(sources: &Sources, ingest: Ingest, relevance: &Relevance) -> Resources {
    let kustomizations = Kustomizations::read(sources);
    let relevance = &relevance.settle(sources.as_slice().par_iter().map(|one| one.text.as_str()));
    let parts: Vec<Resources> = sources
        .as_slice()
        .par_iter()
        .map(|source| {
            let mut reader = Reader {
                source,
                ingest,
                is_patch: kustomizations.is_patch(source),
                namespace: kustomizations.namespace(source),
                resources: Resources::default(),
                file_documents: 0,
            };
            reader.read_source(relevance);
            reader.resources
        })
        .collect();
    let mut all = Resources { promises: kustomizations.promises(), ..Resources::default() };
    for part in parts {
        all.append(part);
    }
    all
}

pub(super) struct Reader<'s> {
    pub(super) source: &'s Source,
    ingest: Ingest,
    /// Whether the file holds patches of a kustomization: parts of objects, not objects.
    is_patch: bool,
    /// The namespace that a kustomization gives everything in the file.
    namespace: Option<Located<String>>,
    pub(super) resources: Resources,
    pub(super) file_documents: usize,
}

impl Reader<'_> {
    fn read_source(&mut self, relevance: &Relevance) {
        let text = &self.source.text;
        let mut refused_separator = false;
        let mut directive = None;
        for slice in split(text) {
            let body = &text[slice.start..slice.end];
            if body.trim().is_empty() {
                continue;
            }
            self.resources.documents += 1;
            if !relevance.holds(body) {
                // A directive ends where `---` follows, so it is cut off as a document of its own.
                directive = directive.or_else(|| {
                    let at = body.find('%').filter(|&at| is_blank(&body[..at]))?;
                    Some(self.span(slice.start + at, slice.start + at + 1))
                });
                self.resources.skipped += 1;
                self.note_namespaces(body);
                continue;
            }
            if let Some(span) = directive.take() {
                self.problem(ProblemKind::Directive, span);
            }
            if slice.kind == SliceKind::BadSeparator {
                // One is enough: a PEM file would have hundreds.
                if !refused_separator {
                    let span = self.span(slice.start, slice.start + 3);
                    self.problem(ProblemKind::Separator, span);
                }
                refused_separator = true;
                continue;
            }
            match Tree::parse(self.source.id, slice.start as u32, body) {
                Ok((tree, after)) => {
                    self.read_tree(&tree);
                    if let Some(problem) = after {
                        self.resources.problems.push(problem);
                    }
                }
                Err(problem) => self.resources.problems.push(problem),
            }
        }
    }

    /// Keeps the namespaces of a document that is not parsed, since they tell names of the cluster
    /// from those of the world outside.
    fn note_namespaces(&mut self, body: &str) {
        for at in memmem::find_iter(body.as_bytes(), "namespace") {
            let rest = body[at + "namespace".len()..].trim_start_matches(['"', '\'', ' ']);
            let Some(value) = rest.strip_prefix(':') else { continue };
            let value = value.trim_start_matches([' ', '"', '\'']);
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let name = &value[..value.find(|c| !is_part(c)).unwrap_or(value.len())];
            if !name.is_empty() && !self.resources.unread_namespaces.contains(name) {
                self.resources.unread_namespaces.insert(name.to_owned());
            }
        }
    }

    fn read_tree(&mut self, tree: &Tree<'_>) {
        self.read_comments(tree);
        let Some(root) = tree.root().filter(Field::is_mapping) else { return };
        if self.is_patch {
            return;
        }
        if root.set_at("kind").is_none() {
            return;
        }
        for key in &tree.duplicates {
            self.resources.duplicates.push(Duplicate { key: key.clone(), document: root.span() });
        }
        match self.ingest {
            Ingest::Files => self.read_bare(&root),
            Ingest::Snapshot | Ingest::Kubernetes => self.read_object(&root, 0),
        }
        self.tell_exhaustion(tree, root.key_span());
    }

    /// Tells that aliases lead too far for the whole document to have been read.
    pub(super) fn tell_exhaustion(&mut self, tree: &Tree<'_>, place: Span) {
        if tree.is_exhausted() {
            let limit = Tree::alias_limit();
            self.problem(ProblemKind::TooManyAliases { limit }, place);
        }
    }

    pub(super) fn read_comments(&mut self, tree: &Tree<'_>) {
        self.resources.ignores.extend(Ignore::in_comments(self.source, &tree.comments));
    }

    fn read_object(&mut self, root: &Field<'_>, depth: u32) {
        let Some(kind) = root.set_at("kind").and_then(|kind| kind.text()) else { return };
        let items = root.set_at("items").filter(Field::is_sequence);
        if let Some(items) = items.filter(|_| kind.ends_with("List")) {
            // Emissary's own parser passes over a List without a word; `kubectl` opens it.
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

    fn read_ambassador(
        &mut self,
        root: &Field<'_>,
        kind: &Located<String>,
        api_version: Option<Located<String>>,
    ) {
        let Some(object) = self.object(root, kind.clone(), api_version.clone()) else {
            let bare_name = root.set_at("name").and_then(|name| name.text());
            if self.ingest == Ingest::Snapshot {
                let reason =
                    if bare_name.is_some() { RefusalReason::Bare } else { RefusalReason::Unnamed };
                self.refuse(root, kind, bare_name, reason, false);
            }
            return;
        };
        if self.is_template(&object.name) {
            return;
        }
        self.refuse_annotation(root, &object);
        if self.ingest == Ingest::Kubernetes {
            self.store(object, &Spec::crd(root));
            return;
        }
        if let Some(expected) = wrong_case(kind) {
            let name = Some(object.name);
            let reason = RefusalReason::KindCase { expected, place: kind.span };
            self.refuse(root, kind, name, reason, false);
            return;
        }
        let version = api_version
            .as_ref()
            .and_then(|version| Version::parse(version.strip_prefix("getambassador.io/")?));
        let Some(version) = version else {
            let reason = RefusalReason::ApiVersion(api_version);
            self.refuse(root, kind, Some(object.name), reason, false);
            return;
        };
        self.validate_and_store(root, object, version, Spec::crd(root), false);
    }

    /// What the API server, or Emissary's Go half for annotations, does before Emissary looks.
    pub(super) fn validate_and_store(
        &mut self,
        root: &Field<'_>,
        mut object: Object,
        version: Version,
        spec: Spec<'_>,
        in_annotation: bool,
    ) {
        let converts = version != Version::V3alpha1;
        let Some(schema) = schema::spec_schema(version, &object.kind) else {
            if is_ambassador_kind(&object.kind) {
                let reason = RefusalReason::ApiVersion(object.api_version.clone());
                self.refuse(root, &object.kind.clone(), Some(object.name), reason, in_annotation);
            }
            return;
        };
        let form = if in_annotation { schema::Form::Bare } else { schema::Form::Object };
        let inspection = schema::inspect(root, form, schema);
        if !inspection.violations.is_empty() {
            let reason = RefusalReason::Schema(inspection.violations);
            self.refuse(root, &object.kind.clone(), Some(object.name), reason, in_annotation);
            return;
        }
        if let Some(unseen) = inspection.unseen {
            let limit = schema::MAX_VALUES as usize;
            self.problem(ProblemKind::TooManyFields { limit }, unseen.span);
        }
        let unknown = inspection.unknown;
        let top = unknown.iter().filter(|field| std::ptr::eq(field.object, schema));
        let pruned: Vec<String> = top.map(|field| field.name.value.clone()).collect();
        object.unknown_fields = unknown
            .into_iter()
            .map(|field| {
                let suggestion = nearest(&field.name, schema::field_names(field.object));
                UnknownField { field: field.name, suggestion }
            })
            .collect();
        let spec = spec.pruned(pruned).converting(converts);
        self.store(object, &spec);
    }

    /// Files an Ambassador object under its kind.
    pub(super) fn store(&mut self, mut object: Object, spec: &Spec<'_>) {
        object.ambassador_id = ambassador_id(spec);
        let all = &mut self.resources;
        match object.kind.as_str() {
            "TLSContext" => {
                let settings = TlsSettings::read(|name| spec.at(name));
                all.contexts.push(TlsContext { object, settings });
            }
            "Host" => all.hosts.push(Host::read(object, spec)),
            "Module" => all.modules.push(Module::read(object, spec)),
            "ConsulResolver" | "KubernetesEndpointResolver" | "KubernetesServiceResolver" => {
                all.resolvers.push(Resolver::read(object, spec));
            }
            kind => {
                if let Some(kind) = MappingKind::parse(kind) {
                    all.mappings.push(Mapping::read(object, kind, spec));
                }
            }
        }
    }

    /// Objects that are not Ambassador's own.
    fn read_core(
        &mut self,
        root: &Field<'_>,
        kind: Located<String>,
        api_version: Option<Located<String>>,
    ) {
        let Some(object) = self.object(root, kind, api_version) else { return };
        if self.is_template(&object.name) {
            return;
        }
        let group = object
            .api_version
            .as_ref()
            .map_or("", |version| version.split_once('/').map_or("", |(group, _)| group));
        match (object.kind.as_str(), group) {
            ("Service" | "Ingress", _) if self.ingest == Ingest::Snapshot => {
                annotation::read(self, root, &object);
            }
            _ => self.refuse_annotation(root, &object),
        }
        let all = &mut self.resources;
        match (object.kind.as_str(), group) {
            ("Secret", "") => all.secrets.push(Secret::read(object, root)),
            ("Service", "") => all.services.push(Service::read(object, root)),
            ("ConfigMap", "") => all.config_maps.push(ConfigMap::read(object, root)),
            (kind, _) if kind == "Pod" || Workload::KINDS.contains(&kind) => {
                all.workloads.push(Workload::read(object, root));
            }
            ("PeerAuthentication", "security.istio.io") => {
                all.peer_authentications.push(PeerAuthentication::read(object, root));
            }
            ("DestinationRule", "networking.istio.io") => {
                all.destination_rules.push(DestinationRule::read(object, root));
            }
            ("Policy" | "MeshPolicy", "authentication.istio.io") => {
                all.citadel_policies.push(object);
            }
            ("Role" | "ClusterRole", "rbac.authorization.k8s.io") => {
                all.roles.push(Role::read(object, root));
            }
            ("RoleBinding" | "ClusterRoleBinding", "rbac.authorization.k8s.io") => {
                let mut binding = RoleBinding::read(object, root);
                // `kustomize` moves the accounts of a build along with everything else.
                if self.namespace.is_some() {
                    binding.accounts.iter_mut().for_each(|account| account.namespace = None);
                }
                all.role_bindings.push(binding);
            }
            _ => all.promises.extend(Promise::read(&object, root)),
        }
    }

    /// An annotation that stands where Ambassador does not look.
    fn refuse_annotation(&mut self, root: &Field<'_>, object: &Object) {
        if self.ingest == Ingest::Snapshot
            && let Some(field) = annotation::field(root)
        {
            let reason = RefusalReason::AnnotationTarget { kind: object.kind.value.clone() };
            let object = object.identity();
            let place = field.key_span();
            self.resources.refusals.push(Refusal {
                object,
                place,
                reason,
                context: None,
                in_annotation: true,
            });
        }
    }

    /// A name; one that YAML takes for a boolean or number is refused by the API server, and told.
    pub(super) fn name(&mut self, field: &Field<'_>) -> Option<Located<String>> {
        if let Some(name) = field.text() {
            return Some(name);
        }
        let name = field.located(field.written()?.to_owned());
        self.resources.unquoted_names.push((name.clone(), field.type_name()));
        Some(name)
    }

    /// Identity of a Kubernetes object; `None` without `metadata.name`.
    fn object(
        &mut self,
        root: &Field<'_>,
        kind: Located<String>,
        api_version: Option<Located<String>>,
    ) -> Option<Object> {
        let metadata = root.set_at("metadata")?;
        let name = self.name(&metadata.set_at("name")?)?;
        let labels = metadata.set_at("labels").map(|labels| string_map(&labels));
        let object = Object {
            kind,
            api_version,
            name,
            namespace: self
                .namespace
                .clone()
                .or_else(|| metadata.set_at("namespace").and_then(|namespace| namespace.text())),
            labels: labels.unwrap_or_default(),
            ambassador_id: None,
            origin: Origin::Manifest,
            unknown_fields: Vec::new(),
        };
        let ignores = Ignore::in_annotation(root, Some(&object.identity()));
        self.resources.ignores.extend(ignores);
        Some(object)
    }

    /// A name with `{{` in quotes: YAML, but nobody's object yet.
    fn is_template(&mut self, name: &Located<String>) -> bool {
        let template = name.contains("{{");
        if template {
            self.problem(ProblemKind::Template, name.span);
        }
        template
    }

    pub(super) fn refuse(
        &mut self,
        root: &Field<'_>,
        kind: &Located<String>,
        name: Option<Located<String>>,
        reason: RefusalReason,
        in_annotation: bool,
    ) {
        let metadata = root.set_at("metadata");
        let namespace = metadata.and_then(|metadata| metadata.set_at("namespace"));
        let namespace = namespace.or_else(|| root.set_at("namespace"));
        let object = ObjectName {
            kind: kind.value.clone(),
            namespace: namespace
                .and_then(|namespace| namespace.text())
                .map_or_else(|| DEFAULT_NAMESPACE.to_owned(), |namespace| namespace.value),
            name: name.as_ref().map_or_else(String::new, |name| name.value.clone()),
        };
        let place = name.map_or(kind.span, |name| name.span);
        let tls = root.set_at("spec").and_then(|spec| spec.set_at("tls"));
        let tls = tls.or_else(|| root.set_at("tls")).and_then(|tls| tls.text());
        let names_context = MappingKind::parse(kind).is_some_and(MappingKind::has_tls);
        let context = tls.filter(|_| names_context).map(|tls| tls.value);
        self.resources.refusals.push(Refusal { object, place, reason, context, in_annotation });
    }

    fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.resources.problems.push(Problem { kind, span });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source.id, start as u32, end as u32)
    }
}

/// Whether a text holds nothing but comments.
fn is_blank(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

/// The kind as Ambassador spells it, if only the case differs.
pub(super) fn wrong_case(kind: &str) -> Option<&'static str> {
    let known = AMBASSADOR_KINDS.iter().find(|known| known.eq_ignore_ascii_case(kind))?;
    (*known != kind).then_some(known)
}

pub(super) fn is_ambassador_kind(kind: &str) -> bool {
    AMBASSADOR_KINDS.contains(&kind)
}

/// `ambassador_id`, or the alias that Hosts may come back with (`config.good_ambassador_id`).
fn ambassador_id(spec: &Spec<'_>) -> Option<Located<AmbassadorId>> {
    let field = spec.at("ambassadorId").or_else(|| spec.at("ambassador_id"))?;
    if field.is_sequence() {
        let ids = field.texts().into_iter().map(|id| id.value).collect();
        return Some(field.located(AmbassadorId::Many(ids)));
    }
    Some(field.text()?.map(AmbassadorId::One))
}

//! Reads Ambassador's own objects: what the API server does to them first, and how they are filed.

use crate::diagnostic::nearest;
use std::sync::Arc;

use crate::document::{Entry, Field, Located, ProblemKind, Text};

use super::file::Found;
use super::ingest::Ingest;
use super::read::Reader;
use super::refusal::RefusalReason;
use crate::resource::ambassador::TlsContext;
use crate::resource::ambassador::TlsSettings;
use crate::resource::ambassador::{Host, Module, Resolver};
use crate::resource::ambassador::{Mapping, MappingKind, is_ambassador_kind, wrong_case};
use crate::resource::others::Promise;
use crate::resource::schema;
use crate::resource::schema::{Inspection, SchemaVersion, Violation, ViolationKind};
use crate::resource::spec::Spec;
use crate::resource::{AmbassadorId, Object, UnknownField};

impl Reader<'_> {
    pub(crate) fn read_ambassador(
        &mut self,
        root: &Field<'_>,
        kind: &Located<Text>,
        api_version: Option<Located<Text>>,
    ) {
        let Some(object) = self.object(root, kind.value.clone(), api_version.clone()) else {
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
            .and_then(|version| SchemaVersion::parse(version.strip_prefix("getambassador.io/")?));
        // Edge Stack has kinds and versions of its own, which are not read.
        if !is_ambassador_kind(kind) {
            return;
        }
        let Some(version) = version.filter(|version| self.release.serves(*version)) else {
            let reason = RefusalReason::ApiVersion(api_version);
            self.refuse(root, kind, Some(object.name), reason, false);
            return;
        };
        self.validate_and_store(root, object, version, Spec::crd(root), false);
    }

    /// Does what the API server, or Emissary's Go half for annotations, does before Emissary reads
    /// an object.
    pub(crate) fn validate_and_store(
        &mut self,
        root: &Field<'_>,
        mut object: Object,
        version: SchemaVersion,
        spec: Spec<'_>,
        in_annotation: bool,
    ) {
        let converts = version != SchemaVersion::V3alpha1 && self.release.converts;
        let Some(schema) = schema::spec_schema(version, &object.kind) else {
            if is_ambassador_kind(&object.kind) {
                let reason = RefusalReason::ApiVersion(object.api_version.clone());
                self.refuse(root, &object.kind, Some(object.name), reason, in_annotation);
            }
            return;
        };
        let form = if in_annotation { schema::SpecForm::Bare } else { schema::SpecForm::Object };
        let mut inspection = schema::inspect(root, form, schema);
        if !self.release.one_label_in_group {
            let counts = |kind: &ViolationKind| matches!(kind, ViolationKind::Properties { .. });
            inspection.violations.retain(|violation| !counts(&violation.kind));
        }
        if !inspection.violations.is_empty() {
            let reason = RefusalReason::Schema(inspection.violations);
            self.refuse(root, &object.kind, Some(object.name), reason, in_annotation);
            return;
        }
        let own = match in_annotation && !self.release.go_reads_annotations {
            true => refused_by_python(root, &inspection),
            false => Vec::new(),
        };
        let driver = spec.at("driver").filter(|_| !self.release.open_telemetry);
        let early = driver.filter(|driver| {
            let is_open = |driver: Located<Text>| driver.value == "opentelemetry";
            object.kind == "TracingService" && driver.text().is_some_and(is_open)
        });
        let early = early.map(|driver| Violation {
            path: "spec.driver".to_owned(),
            kind: ViolationKind::Choice("lightstep zipkin datadog".to_owned()),
            place: driver.located(()),
        });
        let is_typed = !in_annotation || self.release.go_reads_annotations;
        let untyped = if is_typed { not_text(root) } else { Vec::new() };
        let violations: Vec<Violation> = own.into_iter().chain(early).chain(untyped).collect();
        if !violations.is_empty() {
            let reason = RefusalReason::Schema(violations);
            self.refuse(root, &object.kind, Some(object.name), reason, in_annotation);
            return;
        }
        if let Some(unseen) = inspection.unseen {
            let limit = schema::MAX_VALUES as usize;
            self.problem(ProblemKind::TooManyFields { limit }, unseen.span);
        }
        let unknown = inspection.unknown;
        // Fields that only other releases have are kept; the world knows the release.
        let top = unknown
            .iter()
            .filter(|field| std::ptr::eq(field.object, schema) && field.lifetime.is_none());
        let pruned: Vec<String> = top.map(|field| field.name.value.to_string()).collect();
        object.unknown_fields = unknown
            .into_iter()
            .map(|field| {
                let lifetime = field.lifetime;
                let suggestion = match lifetime {
                    None => meant_field(&field.name, field.object),
                    Some(_) => None,
                };
                UnknownField { field: field.name, suggestion, is_outside_spec: false, lifetime }
            })
            .collect();
        if !in_annotation {
            object.unknown_fields.extend(outside_spec(root, schema));
        }
        let spec = spec.pruned(pruned).converting(converts);
        self.store(object, &spec);
    }

    /// Adds an Ambassador object to the list of its kind.
    pub(crate) fn store(&mut self, mut object: Object, spec: &Spec<'_>) {
        object.ambassador_id = ambassador_id(spec).map(Box::new);
        let release = self.release;
        let found = match object.kind.as_str() {
            "TLSContext" => {
                let mut settings = TlsSettings::read(|name| spec.at(name));
                if !release.revocation_lists {
                    settings.drop_revocation_lists();
                }
                Found::Context(Arc::new(TlsContext { object, settings: Arc::new(settings) }))
            }
            "Host" => {
                let mut host = Host::read(object, spec);
                if !release.host_secret_namespace {
                    host.tls_secret_namespace = None;
                }
                if let (false, Some(tls)) = (release.revocation_lists, &mut host.tls) {
                    tls.value.drop_revocation_lists();
                }
                if let Some(secret) = host.tls_secret.clone().filter(|_| host.asks_acme()) {
                    let other = host.tls_secret_namespace.as_ref().map(|other| other.value.clone());
                    let namespace =
                        other.unwrap_or_else(|| host.object.namespace().to_owned().into());
                    let promise =
                        Promise::new(host.object.clone(), secret, Some(namespace.to_string()));
                    self.find(Found::Promise(Arc::new(promise)));
                }
                Found::Host(Arc::new(host))
            }
            "Module" => {
                let module = Module::read(object, spec, release.ambassador_module_tls);
                Found::Module(Arc::new(module))
            }
            "ConsulResolver" | "KubernetesEndpointResolver" | "KubernetesServiceResolver" => {
                Found::Resolver(Arc::new(Resolver::read(object, spec)))
            }
            kind => {
                let Some(kind) = MappingKind::parse(kind) else { return };
                let mut mapping = Mapping::read(object, kind, spec);
                // Before v3alpha1, a `host` with a `*` does not get a Mapping dropped.
                if !release.serves_v3alpha1 {
                    mapping.routing.drop_impossible_host();
                }
                Found::Mapping(Arc::new(mapping))
            }
        };
        self.find(found);
    }
}

/// The field that was probably meant: a similar name, or one lengthened to `secret_name`,
/// `secretName` or `secretRef`.
fn meant_field(written: &str, object: &'static schema::Schema) -> Option<&'static str> {
    let ends = ["_name", "Name", "-name", "_ref", "Ref"];
    let stem = ends.iter().find_map(|end| written.strip_suffix(end));
    let short = stem.filter(|stem| schema::field_names(object).any(|name| name == *stem));
    let short = short.and_then(|stem| schema::field_names(object).find(|name| *name == stem));
    short.or_else(|| nearest(written, schema::field_names(object)))
}

/// Labels and annotations that are not strings. Go's metadata types reject them both in the cluster
/// and in an annotation (`convertAnnotationObject`, 3.9.1).
fn not_text(root: &Field<'_>) -> Vec<Violation> {
    let metadata = root.set_at("metadata");
    let of = |name: &str| metadata.as_ref().and_then(|metadata| metadata.set_at(name));
    let maps = [root.set_at("metadata_labels"), of("labels"), of("annotations")];
    let entries = maps.into_iter().flatten().flat_map(|map| map.entries());
    entries
        .filter(|entry| entry.value.is_set() && entry.value.type_name() != "string")
        .map(|entry| {
            let (path, actual) = (entry.value.path(), entry.value.type_name());
            let path = path.strip_prefix(&*root.path()).unwrap_or(&path).trim_start_matches('.');
            let kind = ViolationKind::Type { expected: "string", actual };
            Violation { path: path.to_owned(), kind, place: entry.value.located(()) }
        })
        .collect()
}

/// What Python's schemas reject in annotations (up to 2.0, `python/schemas`): unknown fields and
/// nulls.
fn refused_by_python(root: &Field<'_>, inspection: &Inspection) -> Vec<Violation> {
    let unknown = inspection.unknown.iter().map(|field| unexpected(&field.name));
    let entries = root.entries();
    let nulls = entries.iter().filter(|entry| entry.value.type_name() == "null");
    let nulls = nulls.map(|entry| Violation {
        path: entry.key.to_string(),
        kind: ViolationKind::Null,
        place: entry.value.located(()),
    });
    unknown.chain(nulls).collect()
}

/// The violation for a field unknown to Python's schema.
pub(super) fn unexpected(field: &Located<Text>) -> Violation {
    Violation {
        path: field.value.to_string(),
        kind: ViolationKind::Unexpected,
        place: field.clone().map(|_| ()),
    }
}

/// Unknown fields next to `spec`, and fields of the spec in `metadata`: the API server prunes both.
fn outside_spec(root: &Field<'_>, schema: &'static schema::Schema) -> Vec<UnknownField> {
    const OBJECT: [&str; 5] = ["apiVersion", "kind", "metadata", "spec", "status"];
    const METADATA: [&str; 5] = ["name", "namespace", "labels", "annotations", "generation"];
    let beside = root.entries().into_iter().filter(|entry| !OBJECT.contains(&&*entry.key));
    let metadata = root.set_at("metadata").map(|metadata| metadata.entries()).unwrap_or_default();
    let within = metadata.into_iter().filter(|entry| {
        !METADATA.contains(&&*entry.key)
            && schema::field_names(schema).any(|name| name == entry.key)
    });
    let told = |entry: Entry<'_>| UnknownField {
        field: entry.value.located(entry.key.into()),
        suggestion: None,
        is_outside_spec: true,
        lifetime: None,
    };
    beside.chain(within).map(told).collect()
}

/// The prefix of an ID when v3alpha1 is served as v2, as by `kubectl get -o yaml` of v2; the
/// conversion back removes it (v2.1.0 to v4.1.0
/// `pkg/api/getambassador.io/v2/handwritten.conversion.go`).
const HANDED_OUT_AS_V2: &str = "--apiVersion-v3alpha1-only--";

/// `ambassador_id`, or the alias that Hosts may use (`config.good_ambassador_id`).
fn ambassador_id(spec: &Spec<'_>) -> Option<Located<AmbassadorId>> {
    let field = spec.at("ambassadorId").or_else(|| spec.at("ambassador_id"))?;
    let read = |id: String| match id.strip_prefix(HANDED_OUT_AS_V2) {
        Some(bare) if spec.converts => bare.to_owned(),
        _ => id,
    };
    if field.is_sequence() {
        let ids = field.texts().into_iter().map(|id| read(id.value.into())).collect();
        return Some(field.located(AmbassadorId::Many(ids)));
    }
    Some(field.text()?.map(|id| AmbassadorId::One(read(id.into()))))
}

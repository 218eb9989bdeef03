//! Reads objects of Kubernetes and Istio, and those that create Secrets.

use std::sync::Arc;

use crate::document::{Field, Located, Text};

use super::annotation;
use super::file::Found;
use super::ingest::Ingest;
use super::read::Reader;
use super::refusal::{Refusal, RefusalReason};
use crate::resource::Object;
use crate::resource::core::workload::Workload;
use crate::resource::core::{ConfigMap, Role, RoleBinding, Secret, Service};
use crate::resource::others::{DestinationRule, PeerAuthentication, Promise};

impl Reader<'_> {
    /// Reads an object that is not Ambassador's own.
    pub(crate) fn read_core(
        &mut self,
        root: &Field<'_>,
        kind: Located<Text>,
        api_version: Option<Located<Text>>,
    ) {
        let Some(object) = self.object(root, kind.value, api_version) else { return };
        if self.is_template(&object.name) {
            return;
        }
        let group = object
            .api_version
            .as_ref()
            .map_or("", |version| version.split_once('/').map_or("", |(group, _)| group));
        // `kubectl` rejects objects without `apiVersion`, so this Secret does not exist.
        if object.api_version.is_none()
            && object.kind == "Secret"
            && self.ingest == Ingest::Snapshot
        {
            let (kind, name) = (object.kind.clone(), object.name.clone());
            self.refuse(root, &kind, Some(name), RefusalReason::ApiVersion(None), false);
            return;
        }
        let by_go = self.release.go_reads_annotations;
        match (object.kind.as_str(), group) {
            ("Service", _) if self.ingest == Ingest::Snapshot => {
                annotation::read(self, root, &object);
            }
            ("Ingress", _)
                if self.ingest == Ingest::Snapshot && (by_go || is_of_own_class(root)) =>
            {
                annotation::read(self, root, &object);
            }
            _ => self.refuse_annotation(root, &object),
        }
        match (object.kind.as_str(), group) {
            ("Secret", "") => self.find(Found::Secret(Arc::new(Secret::read(object, root)))),
            ("Service", "") => {
                if let Some(promise) = Promise::of_service(&object, root) {
                    self.find(Found::Promise(Arc::new(promise)));
                }
                self.find(Found::Service(Arc::new(Service::read(object, root))));
            }
            ("ConfigMap", "") => {
                self.find(Found::ConfigMap(Arc::new(ConfigMap::read(object, root))));
            }
            (kind, _) if kind == "Pod" || Workload::KINDS.contains(&kind) => {
                self.find(Found::Workload(Arc::new(Workload::read(object, root))));
            }
            ("PeerAuthentication", "security.istio.io") => {
                let policy = PeerAuthentication::read(object, root);
                self.find(Found::PeerAuthentication(Arc::new(policy)));
            }
            ("DestinationRule", "networking.istio.io") => {
                let rule = DestinationRule::read(object, root);
                self.find(Found::DestinationRule(Arc::new(rule)));
            }
            ("Policy" | "MeshPolicy", "authentication.istio.io") => {
                self.find(Found::CitadelPolicy(Arc::new(object)));
            }
            ("Role" | "ClusterRole", "rbac.authorization.k8s.io") => {
                self.find(Found::Role(Arc::new(Role::read(object, root))));
            }
            ("RoleBinding" | "ClusterRoleBinding", "rbac.authorization.k8s.io") => {
                self.find(Found::RoleBinding(Arc::new(RoleBinding::read(object, root))));
            }
            _ => {
                for promise in Promise::read(&object, root) {
                    self.find(Found::Promise(Arc::new(promise)));
                }
                if let Some(promise) = Promise::of_bundle(&object, root, "configMap") {
                    self.find(Found::MapPromise(Arc::new(promise)));
                }
            }
        }
    }

    /// Refuses an annotation on an object that Ambassador does not read.
    pub(crate) fn refuse_annotation(&mut self, root: &Field<'_>, object: &Object) {
        if self.ingest == Ingest::Snapshot
            && let Some(field) = annotation::field(root)
        {
            let reason = RefusalReason::AnnotationTarget { kind: object.kind.to_string() };
            let object = object.identity();
            let place = field.key_span();
            let refusal = Refusal {
                object,
                place,
                reason,
                context: None,
                cipher_suites: Vec::new(),
                in_annotation: true,
            };
            self.find(Found::Refusal(Arc::new(refusal)));
        }
    }
}

/// Whether an Ingress is for Ambassador (v1.14.4 `fetch/ingress.py`): by its annotation or the name
/// of its class, whose controller is assumed to be Ambassador's.
fn is_of_own_class(root: &Field<'_>) -> bool {
    let annotations = root.set_at("metadata").and_then(|metadata| metadata.set_at("annotations"));
    let class = annotations
        .and_then(|annotations| annotations.set_at("kubernetes.io/ingress.class")?.text())
        .or_else(|| root.set_at("spec")?.set_at("ingressClassName")?.text());
    class.is_some_and(|class| class.eq_ignore_ascii_case("ambassador"))
}

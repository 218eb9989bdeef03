//! Objects of Kubernetes and Istio, and what makes Secrets.

use crate::document::{Field, Located};

use super::annotation;
use super::ingest::Ingest;
use super::read::Reader;
use super::refusal::{Refusal, RefusalReason};
use crate::resource::Object;
use crate::resource::core::workload::Workload;
use crate::resource::core::{ConfigMap, Role, RoleBinding, Secret, Service};
use crate::resource::others::{DestinationRule, PeerAuthentication, Promise};

impl Reader<'_> {
    /// Objects that are not Ambassador's own.
    pub(crate) fn read_core(
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
        let all = &mut self.resources;
        match (object.kind.as_str(), group) {
            ("Secret", "") => all.secrets.push(Secret::read(object, root)),
            ("Service", "") => all.services.push(Box::new(Service::read(object, root))),
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
    pub(crate) fn refuse_annotation(&mut self, root: &Field<'_>, object: &Object) {
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
}

/// Whether an Ingress is for Ambassador (v1.14.4 `fetch/ingress.py`): by its annotation, or by the
/// name of a class, whose controller is taken to be Ambassador's.
fn is_of_own_class(root: &Field<'_>) -> bool {
    let annotations = root.set_at("metadata").and_then(|metadata| metadata.set_at("annotations"));
    let class = annotations
        .and_then(|annotations| annotations.set_at("kubernetes.io/ingress.class")?.text())
        .or_else(|| root.set_at("spec")?.set_at("ingressClassName")?.text());
    class.is_some_and(|class| class.eq_ignore_ascii_case("ambassador"))
}

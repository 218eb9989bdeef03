//! Deployments and the other workloads: containers, environment, volumes and mounts.

mod container;
mod volume;

pub use container::{
    Container, EnvironmentValue, EnvironmentVariable, Mount, MountedPart, Security,
};
pub use volume::{KeyItem, KeyedKind, KeyedSource, ProjectedSource, Volume, VolumeContent};

use crate::document::{Field, Located, Text};

use crate::resource::Object;

/// A Deployment, StatefulSet, DaemonSet, ReplicaSet or Pod.
#[derive(Debug, Clone)]
pub struct Workload {
    /// Identity and origin.
    pub object: Object,
    /// Whether a controller created it, so that another object describes the same pods.
    pub is_owned: bool,
    /// The pod's containers.
    pub containers: Vec<Container>,
    /// Containers that run before the others, or beside them as sidecars (`restartPolicy: Always`).
    pub init_containers: Vec<Container>,
    /// The pod's volumes.
    pub volumes: Vec<Volume>,
    /// The pod's service account.
    pub service_account: Option<Located<Text>>,
    /// The pod's annotations.
    pub pod_annotations: Vec<PodAnnotation>,
    /// The pod's labels.
    pub pod_labels: Vec<(String, String)>,
    /// The pod's `securityContext`.
    pub security: Security,
    /// `replicas`, if set.
    pub replicas: Option<Located<i64>>,
    /// Whether the pod shares the node's network.
    pub uses_host_network: bool,
}

/// An annotation of a pod.
#[derive(Debug, Clone)]
pub struct PodAnnotation {
    /// Its key, with the place of the value.
    pub key: Located<Text>,
    /// Its value.
    pub value: String,
}

impl Workload {
    /// The kinds that are read.
    pub(crate) const KINDS: [&'static str; 4] =
        ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];

    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let spec = root.set_at("spec");
        let template = match object.kind.as_str() {
            "Pod" => Some(root.clone()),
            _ => spec.as_ref().and_then(|spec| spec.set_at("template")),
        };
        let pod = template.as_ref().and_then(|template| template.set_at("spec"));
        let metadata = template.as_ref().and_then(|template| template.set_at("metadata"));
        let text = |name: &str| pod.as_ref()?.set_at(name)?.text();
        let annotations = metadata.as_ref().and_then(|metadata| metadata.set_at("annotations"));
        let pod_annotations = annotations.map(|field| field.entries()).unwrap_or_default();
        let labels = metadata.as_ref().and_then(|metadata| metadata.set_at("labels"));
        let owners = root.set_at("metadata").and_then(|own| own.set_at("ownerReferences"));
        let volumes = list(pod.as_ref(), "volumes");
        let claims = list(spec.as_ref(), "volumeClaimTemplates");
        let host_network = pod.as_ref().and_then(|pod| pod.set_at("hostNetwork")?.boolean());
        Self {
            object,
            replicas: spec.as_ref().and_then(|spec| spec.set_at("replicas")?.integer()),
            uses_host_network: host_network.is_some_and(|shared| shared.value),
            is_owned: owners.is_some_and(|owners| owners.items().next().is_some()),
            containers: list(pod.as_ref(), "containers").iter().map(Container::read).collect(),
            init_containers: list(pod.as_ref(), "initContainers")
                .iter()
                .map(Container::read)
                .collect(),
            volumes: volumes
                .iter()
                .filter_map(Volume::read)
                .chain(claims.iter().filter_map(Volume::claimed))
                .collect(),
            service_account: text("serviceAccountName").or_else(|| text("serviceAccount")),
            pod_annotations: pod_annotations
                .iter()
                .filter_map(|entry| {
                    let key = entry.value.located(Text::from(&*entry.key));
                    Some(PodAnnotation { key, value: entry.value.written()?.to_owned() })
                })
                .collect(),
            pod_labels: labels
                .map(|labels| crate::resource::core::service::string_map(&labels))
                .unwrap_or_default(),
            security: pod.as_ref().map(Security::read).unwrap_or_default(),
        }
    }

    /// A variable with this name in any container.
    pub fn variable(&self, name: &str) -> Option<&EnvironmentVariable> {
        self.containers.iter().find_map(|container| container.variable(name))
    }

    /// The pod's annotation with this key.
    pub fn annotation(&self, key: &str) -> Option<&PodAnnotation> {
        self.pod_annotations.iter().find(|annotation| *annotation.key == key)
    }

    /// Whether the manifest is complete rather than a patch: it has an image.
    pub fn is_whole(&self) -> bool {
        self.containers.iter().any(|container| container.image.is_some())
    }
}

/// The items of a list field.
fn list<'t>(from: Option<&Field<'t>>, name: &str) -> Vec<Field<'t>> {
    let field = from.and_then(|from| from.set_at(name));
    field.map(|field| field.items().collect()).unwrap_or_default()
}

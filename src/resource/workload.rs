//! Deployments and their kin: containers, their environment, and what is mounted in them.

use crate::document::{Field, Located};
use crate::source::Span;

use super::object::Object;

/// A Deployment, StatefulSet, DaemonSet or Pod.
#[derive(Debug, Clone)]
pub struct Workload {
    /// Identity and origin.
    pub object: Object,
    /// The pod's containers; init containers are left out.
    pub containers: Vec<Container>,
    /// The pod's volumes.
    pub volumes: Vec<Volume>,
    /// The pod's service account.
    pub service_account: Option<Located<String>>,
    /// The pod's annotations.
    pub pod_annotations: Vec<(Located<String>, String)>,
}

/// One container of a pod.
#[derive(Debug, Clone)]
pub struct Container {
    /// Its name.
    pub name: Option<Located<String>>,
    /// Its image.
    pub image: Option<Located<String>>,
    /// `command` and `args`, in that order.
    pub command: Vec<String>,
    /// Its environment.
    pub environment: Vec<EnvironmentVariable>,
    /// What is mounted in it.
    pub mounts: Vec<Mount>,
}

/// One environment variable.
#[derive(Debug, Clone)]
pub struct EnvironmentVariable {
    /// Its name, and where it is set.
    pub name: Located<String>,
    /// Its value.
    pub value: EnvironmentValue,
}

/// Where an environment variable's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvironmentValue {
    /// It stands in the manifest.
    Literal(Located<String>),
    /// A field of the pod (`metadata.namespace`).
    Field(String),
    /// A Secret, a ConfigMap or anything else that only the cluster knows.
    Elsewhere,
}

/// A volume of a pod.
#[derive(Debug, Clone)]
pub struct Volume {
    /// Its name.
    pub name: Located<String>,
    /// What it is made of.
    pub content: VolumeContent,
}

/// What a volume is made of, as far as certificates may lie in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VolumeContent {
    /// A Secret.
    Secret {
        /// `secretName`.
        name: Located<String>,
        /// `items`: key and path; empty where all keys keep their names.
        items: Vec<(Located<String>, Located<String>)>,
        /// `optional: true`, which hides a missing Secret.
        optional: Option<Span>,
    },
    /// Anything else, by the name of its field (`emptyDir`, `projected`, `configMap`, `csi`, …).
    Other(String),
}

/// A volume mounted in a container.
#[derive(Debug, Clone)]
pub struct Mount {
    /// The volume's name.
    pub volume: Located<String>,
    /// Where it appears.
    pub path: Located<String>,
    /// `subPath`, if only a part is mounted.
    pub sub_path: Option<Located<String>>,
}

impl Workload {
    pub(super) fn read(object: Object, root: &Field<'_>) -> Self {
        let spec = root.set_at("spec");
        let template = match object.kind.as_str() {
            "Pod" => Some(root.clone()),
            _ => spec.and_then(|spec| spec.set_at("template")),
        };
        let pod = template.as_ref().and_then(|template| template.set_at("spec"));
        let metadata = template.as_ref().and_then(|template| template.set_at("metadata"));
        let list = |name: &str| -> Vec<Field<'_>> {
            let field = pod.as_ref().and_then(|pod| pod.set_at(name));
            field.map(|field| field.items().collect()).unwrap_or_default()
        };
        let text = |name: &str| pod.as_ref()?.set_at(name)?.text();
        let annotations = metadata.as_ref().and_then(|metadata| metadata.set_at("annotations"));
        let pod_annotations = annotations.map(|field| field.entries()).unwrap_or_default();
        Self {
            containers: list("containers").iter().map(container).collect(),
            volumes: list("volumes").iter().filter_map(volume).collect(),
            service_account: text("serviceAccountName").or_else(|| text("serviceAccount")),
            pod_annotations: pod_annotations
                .iter()
                .filter_map(|entry| {
                    let key = entry.value.located(entry.key.to_string());
                    Some((key, entry.value.written()?.to_owned()))
                })
                .collect(),
            object,
        }
    }

    /// The literal value of a variable in any container, and where it is set.
    pub fn variable(&self, name: &str) -> Option<&EnvironmentVariable> {
        let mut variables = self.containers.iter().flat_map(|container| &container.environment);
        variables.find(|variable| *variable.name == name)
    }
}

impl EnvironmentVariable {
    /// The value, if the manifest shows it.
    pub fn literal(&self) -> Option<&str> {
        match &self.value {
            EnvironmentValue::Literal(value) => Some(value),
            _ => None,
        }
    }
}

fn container(field: &Field<'_>) -> Container {
    let text = |name: &str| field.set_at(name)?.text();
    let list = |name: &str| -> Vec<Field<'_>> {
        field.set_at(name).map(|field| field.items().collect()).unwrap_or_default()
    };
    let words = list("command").into_iter().chain(list("args"));
    Container {
        name: text("name"),
        image: text("image"),
        command: words.filter_map(|word| Some(word.written()?.to_owned())).collect(),
        environment: list("env").iter().filter_map(variable).collect(),
        mounts: list("volumeMounts").iter().filter_map(mount).collect(),
    }
}

fn variable(field: &Field<'_>) -> Option<EnvironmentVariable> {
    let name = field.set_at("name")?.text()?;
    let from_field = || {
        let path = field.set_at("valueFrom")?.set_at("fieldRef")?.set_at("fieldPath")?;
        Some(EnvironmentValue::Field(path.text()?.value))
    };
    let literal = || {
        let value = field.set_at("value")?;
        Some(EnvironmentValue::Literal(value.located(value.written()?.to_owned())))
    };
    let value = literal().or_else(from_field).unwrap_or(match field.set_at("valueFrom") {
        Some(_) => EnvironmentValue::Elsewhere,
        None => EnvironmentValue::Literal(field.located(String::new())),
    });
    Some(EnvironmentVariable { name, value })
}

fn volume(field: &Field<'_>) -> Option<Volume> {
    let name = field.set_at("name")?.text()?;
    let secret = field.set_at("secret").and_then(|secret| {
        let items = secret.set_at("items");
        let items = items.map(|items| items.items().collect::<Vec<_>>()).unwrap_or_default();
        let item =
            |item: &Field<'_>| Some((item.set_at("key")?.text()?, item.set_at("path")?.text()?));
        Some(VolumeContent::Secret {
            name: secret.set_at("secretName")?.text()?,
            items: items.iter().filter_map(item).collect(),
            optional: secret
                .set_at("optional")
                .and_then(|optional| optional.boolean())
                .filter(|optional| optional.value)
                .map(|optional| optional.key.to(optional.span)),
        })
    });
    let other = || {
        let entries = field.entries();
        let content = entries.iter().find(|entry| entry.key != "name");
        VolumeContent::Other(content.map_or_else(|| "emptyDir".into(), |e| e.key.to_string()))
    };
    Some(Volume { name, content: secret.unwrap_or_else(other) })
}

fn mount(field: &Field<'_>) -> Option<Mount> {
    Some(Mount {
        volume: field.set_at("name")?.text()?,
        path: field.set_at("mountPath")?.text()?,
        sub_path: field.set_at("subPath").and_then(|path| path.text()),
    })
}

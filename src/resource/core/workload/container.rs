//! A container of a pod: command, environment and mounts.

use crate::document::{Field, Located, Text};

/// A container of a pod.
#[derive(Debug, Clone)]
pub struct Container {
    /// Its name.
    pub name: Option<Located<Text>>,
    /// Its image.
    pub image: Option<Located<Text>>,
    /// `command`, then `args`.
    pub command: Vec<String>,
    /// Its environment.
    pub environment: Vec<EnvironmentVariable>,
    /// Whether `envFrom` adds variables whose names only the cluster knows.
    pub takes_environment_from: bool,
    /// Its mounts.
    pub mounts: Vec<Mount>,
    /// `securityContext`.
    pub security: Security,
}

/// One environment variable.
#[derive(Debug, Clone)]
pub struct EnvironmentVariable {
    /// Its name, with the place where it is set.
    pub name: Located<Text>,
    /// Its value.
    pub value: EnvironmentValue,
}

/// Where an environment variable's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvironmentValue {
    /// A value in the manifest.
    Literal(Located<Text>),
    /// A field of the pod (`metadata.namespace`).
    Field(String),
    /// A Secret, a ConfigMap or anything else that only the cluster knows.
    Elsewhere,
}

/// A volume mounted in a container.
#[derive(Debug, Clone)]
pub struct Mount {
    /// The volume's name.
    pub volume: Located<Text>,
    /// Its path in the container.
    pub path: Located<Text>,
    /// The mounted part of the volume; `None` for all of it.
    pub part: Option<MountedPart>,
}

/// The part of a volume that is mounted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MountedPart {
    /// `subPath`.
    Path(Located<Text>),
    /// `subPathExpr`, in which the kubelet expands `$(NAME)`.
    Expression(Located<Text>),
}

/// The fields of a `securityContext` that decide whether files can be read.
#[derive(Debug, Clone, Default)]
pub struct Security {
    /// `runAsUser`.
    pub user: Option<Located<i64>>,
    /// `fsGroup`, which only pods have.
    pub file_group: Option<Located<i64>>,
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

impl Container {
    /// Its name in messages.
    pub fn called(&self) -> &str {
        self.name.as_ref().map_or("without a name", |name| name.as_str())
    }

    /// The last part of the image's repository: `emissary` in
    /// `docker.io/emissaryingress/emissary:4`.
    pub fn image_name(&self) -> Option<&str> {
        let image = self.image.as_ref()?.as_str();
        let name = image.rsplit_once('/').map_or(image, |(_, name)| name);
        name.split([':', '@']).next()
    }

    /// The variable with this name; of several, the last, as in the kubelet.
    pub fn variable(&self, name: &str) -> Option<&EnvironmentVariable> {
        self.environment.iter().rev().find(|variable| *variable.name == name)
    }

    pub(crate) fn read(field: &Field<'_>) -> Self {
        let text = |name: &str| field.set_at(name)?.text();
        let list = |name: &str| -> Vec<Field<'_>> {
            field.set_at(name).map(|field| field.items().collect()).unwrap_or_default()
        };
        let words = list("command").into_iter().chain(list("args"));
        Self {
            name: text("name"),
            image: text("image"),
            command: words.filter_map(|word| Some(word.written()?.to_owned())).collect(),
            environment: list("env").iter().filter_map(variable).collect(),
            takes_environment_from: !list("envFrom").is_empty(),
            mounts: list("volumeMounts").iter().filter_map(Mount::read).collect(),
            security: Security::read(field),
        }
    }
}

impl Mount {
    fn read(field: &Field<'_>) -> Option<Self> {
        let text = |name: &str| field.set_at(name)?.text().filter(|text| !text.is_empty());
        let expression = || text("subPathExpr").map(MountedPart::Expression);
        Some(Self {
            volume: text("name")?,
            path: text("mountPath")?,
            part: text("subPath").map(MountedPart::Path).or_else(expression),
        })
    }

    /// Its path without a trailing slash.
    pub fn folder(&self) -> &str {
        self.path.trim_end_matches('/')
    }
}

impl Security {
    /// Reads it from the spec of a pod or container.
    pub(crate) fn read(spec: &Field<'_>) -> Self {
        let security = spec.set_at("securityContext");
        let number = |name: &str| security.as_ref()?.set_at(name)?.integer();
        Self { user: number("runAsUser"), file_group: number("fsGroup") }
    }
}

fn variable(field: &Field<'_>) -> Option<EnvironmentVariable> {
    let name = field.set_at("name")?.text()?;
    let from_field = || {
        let path = field.set_at("valueFrom")?.set_at("fieldRef")?.set_at("fieldPath")?;
        Some(EnvironmentValue::Field(path.text()?.value.to_string()))
    };
    let literal = || {
        let value = field.set_at("value")?;
        Some(EnvironmentValue::Literal(value.located(value.written()?.into())))
    };
    let value = literal().or_else(from_field).unwrap_or(match field.set_at("valueFrom") {
        Some(_) => EnvironmentValue::Elsewhere,
        None => EnvironmentValue::Literal(field.located(Text::default())),
    });
    Some(EnvironmentVariable { name, value })
}

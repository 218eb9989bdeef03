//! Volumes of a pod, which may hold certificates.

use crate::document::{Field, Located, Text};
use crate::source::Span;

/// A volume of a pod.
#[derive(Debug, Clone)]
pub struct Volume {
    /// Its name.
    pub name: Located<Text>,
    /// Its content.
    pub content: VolumeContent,
}

/// The content of a volume.
#[derive(Debug, Clone)]
pub enum VolumeContent {
    /// A Secret or a ConfigMap.
    Keyed(KeyedSource),
    /// `projected`: several sources in one folder.
    Projected(Vec<ProjectedSource>),
    /// `downwardAPI`: fields of the pod, at these paths.
    PodFields(Vec<Located<Text>>),
    /// `emptyDir`: files that the pod writes.
    EmptyDir,
    /// `hostPath`: a folder of the node.
    HostPath(Option<Located<Text>>),
    /// `csi`: files from the driver with this name.
    Csi(Option<Located<Text>>),
    /// Anything else, by the name of its field (`persistentVolumeClaim`, `nfs`, …).
    Other(String),
}

/// One source of a projected volume.
#[derive(Debug, Clone)]
pub enum ProjectedSource {
    /// A Secret or a ConfigMap.
    Keyed(KeyedSource),
    /// Anything else: the name of its field (`serviceAccountToken`, `clusterTrustBundle`,
    /// `podCertificate`) and its path, if it has one.
    Other(String, Option<Located<Text>>),
}

/// A Secret or ConfigMap whose keys become files.
#[derive(Debug, Clone)]
pub struct KeyedSource {
    /// The kind of the object.
    pub kind: KeyedKind,
    /// Its name, in the pod's own namespace.
    pub name: Located<Text>,
    /// `items`: the keys that become files, with their paths; empty if all keys do.
    pub items: Vec<KeyItem>,
    /// The place of `optional: true`, with which the pod starts even if the object or a key is
    /// missing.
    pub optional: Option<Span>,
    /// `defaultMode`; 0644 if absent.
    pub default_mode: Option<Located<i64>>,
}

/// What a [`KeyedSource`] reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyedKind {
    /// A Secret.
    Secret,
    /// A ConfigMap.
    ConfigMap,
}

/// One of `items`.
#[derive(Debug, Clone)]
pub struct KeyItem {
    /// The key.
    pub key: Located<Text>,
    /// The path of its file below the volume's root.
    pub path: Located<Text>,
    /// Its own mode.
    pub mode: Option<Located<i64>>,
}

impl KeyedKind {
    /// The kind of the object.
    pub fn name(self) -> &'static str {
        match self {
            Self::Secret => "Secret",
            Self::ConfigMap => "ConfigMap",
        }
    }
}

impl Volume {
    /// The names of its Secrets.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let (own, projected) = match &self.content {
            VolumeContent::Keyed(source) => (Some(source), &[][..]),
            VolumeContent::Projected(sources) => (None, &sources[..]),
            _ => (None, &[][..]),
        };
        let keyed = projected.iter().filter_map(|source| match source {
            ProjectedSource::Keyed(source) => Some(source),
            ProjectedSource::Other(..) => None,
        });
        let all = own.into_iter().chain(keyed).filter(|source| source.kind == KeyedKind::Secret);
        all.map(|source| source.name.as_str())
    }

    pub(crate) fn read(field: &Field<'_>) -> Option<Self> {
        let name = field.set_at("name")?.text()?;
        let content = field.entries().into_iter().find(|entry| entry.key != "name");
        // A volume without a kind is an emptyDir.
        let content = content.map_or(VolumeContent::EmptyDir, |entry| {
            let value = &entry.value;
            let text = |name: &str| value.set_at(name)?.text();
            match &*entry.key {
                "secret" => keyed(value, KeyedKind::Secret, "secretName", "defaultMode"),
                "configMap" => keyed(value, KeyedKind::ConfigMap, "name", "defaultMode"),
                "projected" => VolumeContent::Projected(projected(value)),
                "downwardAPI" => VolumeContent::PodFields(paths(value)),
                "emptyDir" => VolumeContent::EmptyDir,
                "hostPath" => VolumeContent::HostPath(text("path")),
                "csi" => VolumeContent::Csi(text("driver")),
                other => VolumeContent::Other(other.to_owned()),
            }
        });
        Some(Self { name, content })
    }

    /// A volume that a StatefulSet creates from `volumeClaimTemplates`.
    pub(crate) fn claimed(template: &Field<'_>) -> Option<Self> {
        let name = template.set_at("metadata")?.set_at("name")?.text()?;
        Some(Self { name, content: VolumeContent::Other("volumeClaimTemplates".to_owned()) })
    }

    /// The Secrets and ConfigMaps that it reads.
    pub fn keyed_sources(&self) -> Vec<&KeyedSource> {
        match &self.content {
            VolumeContent::Keyed(source) => vec![source],
            VolumeContent::Projected(sources) => sources
                .iter()
                .filter_map(|source| match source {
                    ProjectedSource::Keyed(source) => Some(source),
                    ProjectedSource::Other(..) => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// A source without a name; nothing is known about its files.
fn keyed(field: &Field<'_>, kind: KeyedKind, name: &str, mode: &str) -> VolumeContent {
    let default_mode = field.set_at(mode).and_then(|mode| mode.integer());
    match source(field, kind, name, default_mode) {
        Some(source) => VolumeContent::Keyed(source),
        None => VolumeContent::Other(format!("{} without a name", kind.name())),
    }
}

fn source(
    field: &Field<'_>,
    kind: KeyedKind,
    name: &str,
    default_mode: Option<Located<i64>>,
) -> Option<KeyedSource> {
    let items = field.set_at("items").map(|items| items.items().collect::<Vec<_>>());
    let optional = field.set_at("optional").and_then(|optional| optional.boolean());
    Some(KeyedSource {
        kind,
        name: field.set_at(name)?.text()?,
        items: items.unwrap_or_default().iter().filter_map(item).collect(),
        optional: optional
            .filter(|optional| optional.value)
            .map(|optional| optional.key().to(optional.span)),
        default_mode,
    })
}

fn item(field: &Field<'_>) -> Option<KeyItem> {
    Some(KeyItem {
        key: field.set_at("key")?.text()?,
        path: field.set_at("path")?.text()?,
        mode: field.set_at("mode").and_then(|mode| mode.integer()),
    })
}

fn projected(field: &Field<'_>) -> Vec<ProjectedSource> {
    let default_mode = field.set_at("defaultMode").and_then(|mode| mode.integer());
    let sources = field.set_at("sources").map(|sources| sources.items().collect::<Vec<_>>());
    let mut found = Vec::new();
    for entry in sources.unwrap_or_default().iter().flat_map(|source| source.entries()) {
        let value = &entry.value;
        let other = |path| ProjectedSource::Other(entry.key.to_string(), path);
        let kind = match &*entry.key {
            "secret" => Some(KeyedKind::Secret),
            "configMap" => Some(KeyedKind::ConfigMap),
            _ => None,
        };
        let keyed = kind.and_then(|kind| source(value, kind, "name", default_mode.clone()));
        match keyed {
            Some(source) => found.push(ProjectedSource::Keyed(source)),
            None if &*entry.key == "downwardAPI" => {
                found.extend(paths(value).into_iter().map(|path| other(Some(path))));
            }
            None => found.push(other(value.set_at("path").and_then(|path| path.text()))),
        }
    }
    found
}

/// The paths of a downward API volume.
fn paths(field: &Field<'_>) -> Vec<Located<Text>> {
    let items = field.set_at("items").map(|items| items.items().collect::<Vec<_>>());
    let path = |item: &Field<'_>| item.set_at("path")?.text();
    items.unwrap_or_default().iter().filter_map(path).collect()
}

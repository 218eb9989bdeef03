//! The steps of a trail with their places, for display.

use crate::resource::{Container, KeyedKind, MountedPart, VolumeContent};
use crate::source::Span;

use super::trail::{MountTrail, TrailEnd};

/// One step of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailStep {
    /// The kind of step: `mount`, `volume`, `item`, `key`.
    pub name: &'static str,
    /// A short description.
    pub text: String,
    /// Its place in the input.
    pub place: Span,
}

impl MountTrail<'_> {
    /// How the trail ends, in one word: `proved`, `promised`, `sidecar`, `broken` or `unknown`.
    pub fn result(&self) -> &'static str {
        match self.end {
            TrailEnd::Entry { .. } => "proved",
            TrailEnd::Promised { .. } => "promised",
            TrailEnd::Sidecar(_) => "sidecar",
            TrailEnd::Broken(_) => "broken",
            TrailEnd::Unknown(_) => "unknown",
        }
    }

    /// The completed steps, from the outside in.
    pub fn steps(&self) -> Vec<TrailStep> {
        let mut steps = Vec::new();
        if let Some(mount) = self.mount {
            let container = self.container.map_or("", Container::called);
            let part = match &mount.part {
                Some(MountedPart::Path(part)) => format!(", subPath {}", part.value),
                Some(MountedPart::Expression(part)) => format!(", subPathExpr {}", part.value),
                None => String::new(),
            };
            let text = format!("{} in container {container}{part}", mount.path.value);
            steps.push(TrailStep { name: "mount", text, place: mount.path.span });
        }
        if let Some(volume) = self.volume {
            let text = match (self.source, &volume.content) {
                (Some(source), content) => {
                    let projected = matches!(content, VolumeContent::Projected(_));
                    let projected = if projected { "projected " } else { "" };
                    let optional = if source.optional.is_some() { ", optional" } else { "" };
                    let (kind, name) = (source.kind.name(), source.name.as_str());
                    format!("{}: {projected}{kind} {name}{optional}", volume.name.value)
                }
                (None, content) => format!("{}: {}", volume.name.value, kind(content)),
            };
            let place = self.source.map_or(volume.name.span, |source| source.name.span);
            steps.push(TrailStep { name: "volume", text, place });
        }
        if let Some(item) = self.item {
            let text = format!("key {} as {}", item.key.value, item.path.value);
            steps.push(TrailStep { name: "item", text, place: item.key.span });
        }
        if let TrailEnd::Entry { object, entry } = self.end {
            let name = format!("{}/{}", object.namespace(), object.name.value);
            let text = format!("{} of {} {name}", entry.key.value, object.kind);
            steps.push(TrailStep { name: "key", text, place: entry.key.span });
        }
        if let TrailEnd::Sidecar(annotation) = self.end {
            let text = self.to_string();
            steps.push(TrailStep { name: "sidecar", text, place: annotation.key.span });
        }
        steps
    }

    /// Kind, namespace and name of the Secret or ConfigMap that the volume reads.
    pub fn read_object(&self) -> Option<(KeyedKind, &str, &str)> {
        let (source, workload) = self.source.zip(self.workload)?;
        Some((source.kind, workload.object.namespace(), &source.name))
    }
}

fn kind(content: &VolumeContent) -> String {
    match content {
        VolumeContent::Keyed(source) => format!("{} {}", source.kind.name(), *source.name),
        VolumeContent::Projected(sources) => format!("projected, {} sources", sources.len()),
        VolumeContent::PodFields(_) => "downwardAPI".to_owned(),
        VolumeContent::EmptyDir => "emptyDir".to_owned(),
        VolumeContent::HostPath(_) => "hostPath".to_owned(),
        VolumeContent::Csi(_) => "csi".to_owned(),
        VolumeContent::Other(kind) => kind.clone(),
    }
}

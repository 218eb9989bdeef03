//! Follows a path to its source step by step, as the kubelet and the container runtime would.

use crate::resource::{
    Container, EnvironmentValue, KeyedSource, Mount, MountedPart, ProjectedSource, Resources,
    Volume, VolumeContent, Workload,
};
use crate::world::installation::Installation;

use super::path::{PathFault, below, normal};
use super::trail::{MountFault, MountTrail, PartFault, TrailEnd, Unjudged};
use super::writer::{filled, uncovered};

/// A lookup by namespace and name.
type ByName<'w, T> = Box<dyn Fn(&str, &str) -> T + 'w>;

/// What trails are followed in.
pub(in crate::world) struct Mounts<'w> {
    pub(in crate::world) resources: &'w Resources,
    pub(in crate::world) installation: &'w Installation,
    /// The index of a Secret, by namespace and name.
    pub(in crate::world) secret: ByName<'w, Option<usize>>,
    /// Whether a Secret that is not in the input will exist.
    pub(in crate::world) is_promised: ByName<'w, bool>,
}

impl<'w> Mounts<'w> {
    /// Follows a path in Ambassador's container.
    pub(in crate::world) fn follow(&self, path: &str) -> MountTrail<'w> {
        let resources = self.resources;
        let workload = self.installation.workload.map(|at| &*resources.workloads[at]);
        let container = workload
            .zip(self.installation.container)
            .and_then(|(workload, at)| workload.containers.get(at));
        let mut trail = MountTrail {
            path: path.to_owned(),
            workload,
            container,
            mount: None,
            volume: None,
            source: None,
            item: None,
            end: TrailEnd::Unknown(Unjudged::NoWorkload),
        };
        if let Some(fault) = PathFault::of(path) {
            trail.end = TrailEnd::Broken(MountFault::Path(fault));
            return trail;
        }
        if !path.starts_with('/') {
            trail.end = TrailEnd::Unknown(Unjudged::Path);
            return trail;
        }
        let Some(workload) = workload else { return trail };
        let Some(container) = container else {
            trail.end = TrailEnd::Unknown(Unjudged::NoContainer);
            return trail;
        };
        let normal = normal(container, path).filter(|path| !path.contains('$'));
        let Some(path) = normal.as_deref() else {
            trail.end = TrailEnd::Unknown(Unjudged::Path);
            return trail;
        };
        path.clone_into(&mut trail.path);
        // The runtime mounts outer folders first, and the later one of two with equal paths.
        let mut covering: Vec<&Mount> =
            container.mounts.iter().filter(|mount| below(mount, path).is_some()).collect();
        covering.sort_by_key(|mount| mount.folder().len());
        match covering.split_last() {
            None => trail.end = uncovered(workload, container, path),
            Some((innermost, outer)) => {
                self.follow_mount(&mut trail, workload, container, innermost);
                let empty = matches!(
                    trail.end,
                    TrailEnd::Broken(MountFault::NothingFills | MountFault::Part(_))
                ) || trail.is_absent();
                let hidden = outer.iter().rev().find(|outer| {
                    let mut other = trail.clone();
                    self.follow_mount(&mut other, workload, container, outer);
                    matches!(other.end, TrailEnd::Entry { .. } | TrailEnd::Promised { .. })
                });
                if let (true, Some(hidden)) = (empty, hidden) {
                    trail.end = TrailEnd::Broken(MountFault::Shadowed(hidden));
                }
            }
        }
        if !workload.is_whole() && trail.fault().is_some() {
            trail.end = TrailEnd::Unknown(Unjudged::Fragment);
        }
        trail
    }

    fn follow_mount(
        &self,
        trail: &mut MountTrail<'w>,
        workload: &'w Workload,
        container: &'w Container,
        mount: &'w Mount,
    ) {
        (trail.mount, trail.volume, trail.source, trail.item) = (Some(mount), None, None, None);
        let rest = below(mount, &trail.path).unwrap_or_default().trim_start_matches('/');
        let part = match &mount.part {
            None => None,
            Some(MountedPart::Path(path)) => Some(path.value.to_string()),
            Some(MountedPart::Expression(text)) => match expanded(workload, container, text) {
                Some(path) => Some(path),
                None => {
                    trail.end = TrailEnd::Unknown(Unjudged::Expression);
                    return;
                }
            },
        };
        let part = part.as_deref().map(|part| part.trim_matches('/'));
        let within = match (part, rest) {
            (None, rest) => rest.to_owned(),
            (Some(part), "") => part.to_owned(),
            (Some(part), rest) => format!("{part}/{rest}"),
        };
        let named = workload.volumes.iter().find(|volume| *volume.name == *mount.volume);
        let Some(volume) = named else {
            trail.end = TrailEnd::Broken(MountFault::VolumeUndefined);
            return;
        };
        trail.volume = Some(volume);
        self.follow_volume(trail, workload, container, volume, &within);
        // A `subPath` is resolved before the rest of the path.
        if let (Some(part), Some(fault)) = (part, trail.fault()) {
            let is_file = |source: &KeyedSource| self.makes(workload, source, part);
            let missing = matches!(
                fault,
                MountFault::KeyMissing { .. } | MountFault::LeftOut { .. } | MountFault::Folder
            );
            if missing && volume.keyed_sources().into_iter().any(is_file) {
                trail.end = TrailEnd::Broken(MountFault::Part(PartFault::File));
            } else if missing && !matches!(fault, MountFault::Folder) {
                trail.end = TrailEnd::Broken(MountFault::Part(PartFault::Nothing));
            }
        }
    }

    fn follow_volume(
        &self,
        trail: &mut MountTrail<'w>,
        workload: &'w Workload,
        container: &'w Container,
        volume: &'w Volume,
        within: &str,
    ) {
        trail.end = match &volume.content {
            VolumeContent::Keyed(source) => {
                trail.source = Some(source);
                self.follow_source(trail, workload, container, source, within)
            }
            VolumeContent::Projected(sources) => {
                self.follow_projected(trail, workload, container, sources, within)
            }
            VolumeContent::PodFields(paths) => TrailEnd::Broken(match within {
                "" => MountFault::Folder,
                _ if paths.iter().any(|path| **path == within) => MountFault::PodField,
                _ => MountFault::LeftOut { within: within.to_owned(), renamed: None },
            }),
            VolumeContent::EmptyDir => filled(workload, container, volume, within),
            VolumeContent::HostPath(path) => {
                let path = path.as_ref().map_or("a folder", |path| path.as_str());
                TrailEnd::Unknown(Unjudged::Volume(format!("`{path}` of the node")))
            }
            VolumeContent::Csi(driver) => {
                let driver = driver.as_ref().map_or("without a name", |driver| driver.as_str());
                TrailEnd::Unknown(Unjudged::Volume(format!("the CSI driver `{driver}`")))
            }
            VolumeContent::Other(kind) => {
                TrailEnd::Unknown(Unjudged::Volume(format!("a volume of kind `{kind}`")))
            }
        };
    }

    /// The first source that has the file is used; otherwise the first one's fault is returned.
    fn follow_projected(
        &self,
        trail: &mut MountTrail<'w>,
        workload: &'w Workload,
        container: &'w Container,
        sources: &'w [ProjectedSource],
        within: &str,
    ) -> TrailEnd<'w> {
        let mut failed = None;
        for source in sources {
            match source {
                ProjectedSource::Other(kind, path) => {
                    if path.as_ref().is_none_or(|path| **path == within) {
                        return TrailEnd::Unknown(Unjudged::Volume(format!("a `{kind}`")));
                    }
                }
                ProjectedSource::Keyed(source) => {
                    let end = self.follow_source(trail, workload, container, source, within);
                    let lacks = matches!(
                        end,
                        TrailEnd::Broken(
                            MountFault::KeyMissing { .. }
                                | MountFault::KeyNeverMade { .. }
                                | MountFault::LeftOut { .. }
                        )
                    );
                    if !lacks {
                        trail.source = Some(source);
                        return end;
                    }
                    failed.get_or_insert((source, end));
                }
            }
        }
        trail.item = None;
        match failed {
            Some((source, end)) => {
                trail.source = Some(source);
                end
            }
            None => {
                TrailEnd::Broken(MountFault::LeftOut { within: within.to_owned(), renamed: None })
            }
        }
    }
}

/// A `subPathExpr` with its variables replaced, if all of them are known.
fn expanded(workload: &Workload, container: &Container, text: &str) -> Option<String> {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("$(") {
        let (name, after) = after.split_once(')')?;
        let value = match &container.variable(name)?.value {
            EnvironmentValue::Literal(value) => value.value.clone(),
            EnvironmentValue::Field(field) if field == "metadata.namespace" => {
                workload.object.namespace().into()
            }
            _ => return None,
        };
        whole.push_str(before);
        whole.push_str(&value);
        rest = after;
    }
    whole.push_str(rest);
    Some(whole)
}

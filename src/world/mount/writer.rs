//! Files that do not come from a Secret of a volume: who ships or writes them.

use crate::diagnostic::nearest;
use crate::resource::{Container, Mount, PodAnnotation, Volume, Workload};

use super::path::below;
use super::recipe::Recipe;
use super::trail::{MountFault, TrailEnd, Unjudged};

/// Folders with files from the image.
const IN_IMAGE: [&str; 4] = ["/etc/ssl/", "/etc/pki/", "/usr/", "/ambassador/"];

/// The annotation of an injector that adds its own mounts.
fn injector(workload: &Workload) -> Option<&PodAnnotation> {
    let injects = |key: &str| {
        key.starts_with("vault.hashicorp.com/agent-inject") || key == "inject.istio.io/templates"
    };
    workload.pod_annotations.iter().find(|one| injects(&one.key))
}

/// A path that no mount of the container covers.
pub(super) fn uncovered<'w>(
    workload: &'w Workload,
    container: &'w Container,
    path: &str,
) -> TrailEnd<'w> {
    if IN_IMAGE.iter().any(|folder| path.starts_with(folder)) {
        return TrailEnd::Unknown(Unjudged::Image);
    }
    let others = workload.containers.iter().chain(&workload.init_containers);
    for other in others.filter(|other| !std::ptr::eq(*other, container)) {
        if let Some(mount) = other.mounts.iter().find(|mount| below(mount, path).is_some()) {
            return TrailEnd::Broken(MountFault::OtherContainer(other, mount));
        }
    }
    if let Some(recipe) = Recipe::of(workload)
        && let Some(annotation) = recipe.mounts_annotation
    {
        let covers = |folder: &str| {
            let rest = path.strip_prefix(folder.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        if recipe.mounts.iter().any(|(_, folder)| covers(folder)) {
            return TrailEnd::Broken(MountFault::SidecarOnly(annotation));
        }
    }
    if let Some(annotation) = injector(workload) {
        return TrailEnd::Unknown(Unjudged::Injected(annotation));
    }
    let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
    let near = nearest(folder, container.mounts.iter().map(Mount::folder));
    let near = near.and_then(|near| container.mounts.iter().find(|mount| mount.folder() == near));
    TrailEnd::Broken(MountFault::NotMounted(near))
}

/// Who writes the files of an `emptyDir`.
pub(super) fn filled<'w>(
    workload: &'w Workload,
    container: &'w Container,
    volume: &'w Volume,
    within: &str,
) -> TrailEnd<'w> {
    if within.is_empty() {
        return TrailEnd::Broken(MountFault::Folder);
    }
    let name = volume.name.as_str();
    if let Some(recipe) = Recipe::of(workload) {
        match recipe.mounts_annotation {
            Some(annotation) if recipe.writes(name, within) => {
                return TrailEnd::Sidecar(annotation);
            }
            Some(_) if recipe.mounts.iter().any(|(volume, _)| volume == name) => {
                return TrailEnd::Unknown(Unjudged::WrittenBy("the Istio sidecar".to_owned()));
            }
            // The sidecar has a folder to write to but mounts nothing there; this is reported at
            // the mount.
            None if recipe.folder.is_some() => {
                return TrailEnd::Unknown(Unjudged::WrittenBy("the Istio sidecar".to_owned()));
            }
            _ => {}
        }
    }
    let others = workload.containers.iter().chain(&workload.init_containers);
    let mut others = others.filter(|other| !std::ptr::eq(*other, container));
    match others.find(|other| other.mounts.iter().any(|mount| *mount.volume == name)) {
        Some(other) => {
            TrailEnd::Unknown(Unjudged::WrittenBy(format!("container `{}`", other.called())))
        }
        None => match injector(workload) {
            Some(annotation) => TrailEnd::Unknown(Unjudged::Injected(annotation)),
            // A custom command may fetch the files before it starts Ambassador.
            None if !container.command.is_empty() => {
                let who = format!("the command of `{}`", container.called());
                TrailEnd::Unknown(Unjudged::MayWrite(who))
            }
            None => TrailEnd::Broken(MountFault::NothingFills),
        },
    }
}

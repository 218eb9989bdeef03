//! A mount whose volume the pod does not have.

use crate::diagnostic::{Likeness, Names, nearest};
use crate::document::Change;
use crate::world::{Recipe, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mount-volume-undefined",
    severity: Error,
    summary: "a mount names a volume that the pod does not have",
    finds: "A `volumeMounts` entry of the Ambassador pod whose `name` is not among its `volumes`; \
            or one in the annotation `sidecar.istio.io/userVolumeMount`.",
    matters: "The API server rejects the workload: 'Not found'. An older version keeps running, \
              without the certificates that this mount should provide.",
    remedy: "Correct the name, or add the volume.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(workload) = world.ambassador().filter(|workload| workload.is_whole()) else { return };
    let containers = workload.containers.iter().chain(&workload.init_containers);
    let mut told = Vec::new();
    for (container, mount) in containers.flat_map(|one| one.mounts.iter().map(move |m| (one, m))) {
        let names = || workload.volumes.iter().map(|volume| volume.name.as_str());
        if names().any(|name| name == *mount.volume) {
            continue;
        }
        let name = mount.volume.as_str();
        told.push(name);
        let finding = found
            .at(&mount.volume, format!("the pod has no volume `{name}`"))
            .about(&workload.object)
            .label(format!("mounted in container `{}`", container.called()))
            .note(
                "the API server rejects the whole workload; an earlier version keeps running \
                 without this mount",
            );
        let near = nearest(name, names());
        let finding = match Names::of(names()).only(name) {
            Some((meant, likeness)) => finding.fix_if(
                likeness == Likeness::Typo,
                format!("write `{meant}`"),
                [Change::set(mount.volume.span, meant)],
            ),
            None => finding,
        };
        match workload.volumes.iter().find(|volume| Some(volume.name.as_str()) == near) {
            Some(near) => finding
                .also(&near.name, "did you mean this one?")
                .help(format!("write `name: {}`", *near.name)),
            None => finding.help(format!("add `{name}` to `volumes` of the pod")),
        };
    }
    let Some(recipe) = Recipe::of(workload) else { return };
    let Some(annotation) = recipe.mounts_annotation else { return };
    let added = workload.annotation("sidecar.istio.io/userVolume");
    for (name, _) in &recipe.mounts {
        let known = workload.volumes.iter().any(|volume| *volume.name == *name)
            || added.is_some_and(|added| added.value.contains(name.as_str()));
        if known || told.contains(&name.as_str()) {
            continue;
        }
        found
            .at(&annotation.key, format!("the pod has no volume `{name}`"))
            .about(&workload.object)
            .label("mounted in the Istio sidecar")
            .note("the pod that the injector creates is rejected, so none starts")
            .help(format!("add `{name}` to `volumes` of the pod"));
    }
}

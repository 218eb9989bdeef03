//! AMBASSADOR_ISTIO_SECRET_DIR where no certificates appear.

use crate::diagnostic::Severity;
use crate::world::{MountFault, Recipe, TrailEnd, World};

use crate::rule::shared::tell_all_let_down;
use crate::rule::shared::without_istio_certificates;
use crate::rule::shared::{FileUse, file_uses};
use crate::rule::{Findings, rule};

rule! {
    id: "istio-secret-dir-empty",
    severity: Error,
    summary: "AMBASSADOR_ISTIO_SECRET_DIR is a folder without certificates",
    finds: "An AMBASSADOR_ISTIO_SECRET_DIR in the Ambassador container in which `cert-chain.pem` \
            cannot appear: nothing is mounted there, or something other than the sidecar's volume.",
    matters: "Ambassador watches the folder and creates the Secret `istio-certs` from the files. \
              Without them there is no such Secret: contexts that name it are dropped, and their \
              Mappings fall back to plaintext, or to TLS without a client certificate. If no \
              context names it, this is a warning.",
    remedy: "Set the variable to the path at which Ambassador's container mounts the volume that \
             the sidecar writes to.",
}

const VARIABLE: &str = "AMBASSADOR_ISTIO_SECRET_DIR";

fn check(world: &World, found: &mut Findings) {
    let Some(workload) = world.ambassador().filter(|workload| workload.is_whole()) else { return };
    let container = world.installation.container.map(|at| &workload.containers[at]);
    let Some(variable) = container.and_then(|container| container.variable(VARIABLE)) else {
        return;
    };
    let Some(folder) = variable.literal().filter(|folder| !folder.is_empty()) else { return };
    let path = format!("{}/cert-chain.pem", folder.trim_end_matches('/'));
    let trail = world.trail(&path);
    let TrailEnd::Broken(fault) = &trail.end else { return };
    // What the annotations lack is reported at the annotations.
    let recipe = Recipe::of(workload);
    if matches!(fault, MountFault::NothingFills) && recipe.is_some() {
        return;
    }
    // Also skipped: a mount that files of contexts miss as well.
    let too = |one: &FileUse<'_>| one.trail.fault().is_some_and(misses);
    if misses(fault) && file_uses(world).iter().any(too) {
        return;
    }
    let meant = recipe.as_ref().and_then(|recipe| recipe.volume()).and_then(|(volume, _)| {
        let mounts = &container?.mounts;
        mounts.iter().find(|mount| *mount.volume == volume)
    });
    let finding = found
        .at(&variable.name, format!("no certificate appears in `{folder}`: {trail}"))
        .about(&workload.object)
        .label("watched for `key.pem` and `cert-chain.pem`")
        .note(
            "Ambassador creates the Secret `istio-certs` from them; without them it does not \
               exist",
        );
    let lost = without_istio_certificates(world);
    let finding = match lost.is_empty() {
        true => finding.severity(Severity::Warning),
        false => tell_all_let_down(finding, world, &lost),
    };
    match meant {
        Some(mount) => finding
            .also(&mount.path, "the sidecar's certificates appear here")
            .help(format!("set {VARIABLE} to `{}`", mount.folder())),
        None => finding
            .also_maybe(trail.mount.map(|mount| &mount.path), "mounted here")
            .help("mount the volume that the sidecar writes to at this folder"),
    };
}

/// Whether the mount itself is missing.
fn misses(fault: &MountFault<'_>) -> bool {
    matches!(fault, MountFault::SidecarOnly(_) | MountFault::VolumeUndefined)
}

//! Sidecar annotations that do not get its certificates to Ambassador.

use crate::diagnostic::Severity;
use crate::resource::Workload;
use crate::source::Span;
use crate::world::{Recipe, World};

use crate::rule::shared::tell_all_let_down;
use crate::rule::shared::without_istio_certificates;
use crate::rule::{Findings, rule};

rule! {
    id: "istio-output-certs-incomplete",
    severity: Warning,
    summary: "the annotations that make Istio's sidecar write certificates are incomplete",
    finds: "Annotations on the Ambassador pod that make the Istio sidecar write its certificates \
            (`OUTPUT_CERTS`), without everything they need: a volume that both containers mount, \
            at the folder that the sidecar writes to, and injection that is not disabled.",
    matters: "The sidecar writes into its own file system, or does not run. Ambassador finds no \
              certificates, and drops the contexts that use them.",
    remedy: "Set `proxy.istio.io/config` with `OUTPUT_CERTS`, `sidecar.istio.io/userVolumeMount` \
             for the same folder, an `emptyDir` volume, a mount of it in Ambassador's container, \
             and AMBASSADOR_ISTIO_SECRET_DIR.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(workload) = world.ambassador().filter(|workload| workload.is_whole()) else { return };
    let Some(recipe) = Recipe::of(workload).filter(|recipe| concerns(world, workload, recipe))
    else {
        return;
    };
    let Some((place, message, label, help)) = gap(&recipe) else {
        without_base_id(world, workload, &recipe, found);
        return;
    };
    let finding = found.at(place, message).about(&workload.object).label(label).help(help);
    let lost = without_istio_certificates(world);
    match lost.is_empty() {
        true => {
            finding.note("no certificate reaches Ambassador, and contexts that use it are dropped")
        }
        false => {
            let finding = finding.severity(Severity::Error).note(
                "no certificate reaches Ambassador, which creates the Secret `istio-certs` from it",
            );
            tell_all_let_down(finding, world, &lost)
        }
    };
}

/// Whether Ambassador is meant to get certificates that way.
fn concerns(world: &World, workload: &Workload, recipe: &Recipe<'_>) -> bool {
    let mounted = world.installation.container.map(|at| &workload.containers[at].mounts);
    let shares = mounted.is_some_and(|mounts| {
        mounts.iter().any(|mount| recipe.mounts.iter().any(|(volume, _)| *mount.volume == *volume))
    });
    recipe.folder.is_some() || world.installation.istio_secret_dir.is_some() || shares
}

/// The first thing that is missing: where, what, in a few words, and what to do.
fn gap(recipe: &Recipe<'_>) -> Option<(Span, String, String, String)> {
    let config = recipe.config.map(|config| config.key.span);
    let mounts = recipe.mounts_annotation.map(|mounts| mounts.key.span);
    if let Some(off) = recipe.off {
        return Some((
            off.key.span,
            "no sidecar is injected, so none writes certificates".to_owned(),
            "turned off here".to_owned(),
            "remove it, and use `traffic.sidecar.istio.io` annotations to keep traffic out of the \
             sidecar"
                .to_owned(),
        ));
    }
    let Some(folder) = &recipe.folder else {
        return Some((
            mounts?,
            "the sidecar is not configured to write its certificates".to_owned(),
            "mounts a volume to which nothing is written".to_owned(),
            "add `proxy.istio.io/config` with `proxyMetadata: {OUTPUT_CERTS: FOLDER}`".to_owned(),
        ));
    };
    let Some(mounts) = mounts else {
        return Some((
            config?,
            format!("the sidecar writes to `{folder}`, where it has no volume mounted"),
            "stays in the sidecar".to_owned(),
            "add `sidecar.istio.io/userVolumeMount` with the volume and this path".to_owned(),
        ));
    };
    if recipe.volume().is_none() {
        let paths: Vec<String> =
            recipe.mounts.iter().map(|(_, path)| format!("`{path}`")).collect();
        let message = match paths.is_empty() {
            true => "`sidecar.istio.io/userVolumeMount` is not JSON with a mount".to_owned(),
            false => format!(
                "the sidecar writes to `{folder}`, but its volume is mounted at {}",
                paths.join(", ")
            ),
        };
        let help =
            format!("mount it at `{folder}`: [{{\"name\":\"VOLUME\",\"mountPath\":\"{folder}\"}}]");
        return Some((mounts, message, "mounted in the sidecar".to_owned(), help));
    }
    None
}

/// Two Envoys in one pod use the same socket name unless their base ids differ.
fn without_base_id(world: &World, workload: &Workload, recipe: &Recipe<'_>, found: &mut Findings) {
    let container = world.installation.container.map(|at| &workload.containers[at]);
    let (Some(container), Some(config)) = (container, recipe.config) else { return };
    let known = container.variable("AMBASSADOR_ENVOY_BASE_ID").is_some();
    if known || container.takes_environment_from {
        return;
    }
    found
        .at(config.key.span, "two Envoys run in the pod, and AMBASSADOR_ENVOY_BASE_ID is not set")
        .severity(Severity::Note)
        .about(&workload.object)
        .label("injects a sidecar with its own Envoy")
        .note("with older sidecars, Ambassador's Envoy does not start next to the sidecar's")
        .help("set AMBASSADOR_ENVOY_BASE_ID to \"1\"");
}

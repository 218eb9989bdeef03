//! An emptyDir that nothing in the pod writes certificates to.

use crate::world::{MountFault, World};

use crate::rule::shared::by_cause;

use crate::rule::{Findings, rule};

rule! {
    id: "mount-empty-dir-unfilled",
    severity: Error,
    summary: "certificate files are in an `emptyDir` that nothing fills",
    rows: [44],
    finds: "A `*_file` of a TLSContext in an `emptyDir` that no other container of the pod mounts, \
            and that no annotation gives to the injected Istio sidecar.",
    matters: "An `emptyDir` is empty when the pod starts. If nothing else writes to it, the \
              certificates never appear, and Ambassador drops the context.",
    remedy: "Also mount the volume in the container that writes the certificates. For Istio, this \
             needs the pod annotations `sidecar.istio.io/userVolumeMount` and \
             `proxy.istio.io/config` with `OUTPUT_CERTS`.",
}

fn check(world: &World, found: &mut Findings) {
    let causes = by_cause(world, |one| match one.trail.fault()? {
        MountFault::NothingFills => one.trail.volume.map(|volume| volume.name.span),
        _ => None,
    });
    for (place, uses) in causes {
        let one = &uses[0];
        let volume = one.trail.volume.map_or("", |volume| volume.name.as_str());
        let finding = found
            .at(one.file, format!("nothing writes {} into `{volume}`", one.and_more(&uses)))
            .label("in an empty folder")
            .also(place, "an `emptyDir`, empty when the pod starts")
            .help(format!(
                "for Istio, let the sidecar mount it: `sidecar.istio.io/userVolumeMount: \
                 '[{{\"name\":\"{volume}\",\"mountPath\":\"/etc/istio-certs\"}}]'`, with `OUTPUT_CERTS`"
            ))
            .help("or mount a Secret");
        one.tell_loss(finding, world);
    }
}

//! A certificate file that only another container of the pod has.

use crate::world::{MountFault, World};

use crate::rule::shared::by_cause;

use crate::rule::{Findings, rule};

rule! {
    id: "context-file-in-other-container",
    severity: Error,
    summary: "a certificate file is mounted in a container other than Ambassador's",
    rows: [44],
    finds: "A `*_file` of a TLSContext at a path where another container of the Ambassador pod (a \
            sidecar, an init container, the injected Istio proxy) mounts a volume, but \
            Ambassador's own does not.",
    matters: "Containers of a pod do not share files unless each of them mounts the volume. \
              Ambassador finds no file and drops the context. Mappings that name it get plaintext, \
              or TLS without a client certificate.",
    remedy: "Mount the volume in Ambassador's container as well.",
}

fn check(world: &World, found: &mut Findings) {
    let causes = by_cause(world, |one| match one.trail.fault()? {
        MountFault::OtherContainer(_, mount) => Some(mount.path.span),
        MountFault::SidecarOnly(annotation) => Some(annotation.key.span),
        _ => None,
    });
    for (place, uses) in causes {
        let one = &uses[0];
        let own = one.trail.container.map_or("", |container| container.called());
        let what = one.and_more(&uses);
        let (who, label, help) = match one.trail.fault() {
            Some(MountFault::OtherContainer(other, mount)) => (
                format!("container `{}`", other.called()),
                "mounted only here",
                format!(
                    "also mount the volume `{}` in container `{own}`, at `{}`",
                    *mount.volume,
                    mount.folder()
                ),
            ),
            _ => (
                "the Istio sidecar".to_owned(),
                "mounted only in the sidecar",
                format!("add a `volumeMounts` entry for the same volume to container `{own}`"),
            ),
        };
        let finding = found
            .at(one.file, format!("{what}: only {who} mounts it, not Ambassador's `{own}`"))
            .label("not in this container")
            .also(place, label)
            .help(help);
        one.tell_loss(finding, world);
    }
}

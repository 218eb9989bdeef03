//! A `subPath` that does not contain the certificate file.

use crate::resource::MountedPart;
use crate::world::{MountFault, PartFault, World};

use crate::rule::shared::by_cause;

use crate::rule::{Findings, rule};

rule! {
    id: "mount-sub-path-wrong",
    severity: Error,
    summary: "a `subPath` does not contain the certificate file",
    rows: [44],
    finds: "A `*_file` of a TLSContext below a mount with `subPath` or `subPathExpr` that mounts a \
            single file, or that names nothing in the volume.",
    matters: "With `subPath: key.pem`, the mount's own path is the file, and there is nothing \
              below it. A `subPath` that the volume does not have becomes an empty folder. \
              Ambassador finds no file and drops the context.",
    remedy: "Leave `subPath` out, so that all keys appear in the folder. `subPath` also keeps \
             renewed Secrets from reaching the pod.",
}

fn check(world: &World, found: &mut Findings) {
    let causes = by_cause(world, |one| match one.trail.fault()? {
        MountFault::Part(_) => one.trail.mount.map(|mount| mount.path.span),
        _ => None,
    });
    for (_, uses) in causes {
        let one = &uses[0];
        let (Some(mount), Some(MountFault::Part(fault))) = (one.trail.mount, one.trail.fault())
        else {
            continue;
        };
        let Some(MountedPart::Path(part) | MountedPart::Expression(part)) = &mount.part else {
            continue;
        };
        let (path, folder) = (&one.file.value, mount.folder());
        let finding = match fault {
            PartFault::File => found
                .at(one.file, format!("there is no `{path}`: `{folder}` is a file itself"))
                .also(part, "mounts this file only")
                .help(format!(
                    "leave `subPath` out; or mount the file itself, with `mountPath: {path}`"
                )),
            PartFault::Nothing => found
                .at(
                    one.file,
                    format!("there is no `{path}`: `subPath` names nothing in the volume"),
                )
                .also(part, "not in the volume")
                .note("the kubelet creates an empty folder with that name and mounts it")
                .help("leave `subPath` out, or name a key of the Secret"),
        };
        let finding = finding.label("not there").also(&mount.path, "mounted here");
        one.tell_loss(finding, world);
    }
}

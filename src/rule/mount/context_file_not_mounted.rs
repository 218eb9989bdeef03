//! Files of a context at paths where the Ambassador Deployment mounts no volume.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::world::{MountFault, World};

use crate::rule::shared::by_cause;
use crate::rule::{Findings, rule};

rule! {
    id: "context-file-not-mounted",
    severity: Error,
    summary: "a certificate file is at a path where the Ambassador pod mounts nothing",
    finds: "A `*_file` of a TLSContext at a path where the Ambassador Deployment in the input \
            mounts no volume.",
    matters: "Ambassador drops the context when a file is missing. Mappings that name it get \
              plaintext, or TLS without a client certificate.",
    remedy: "Correct the path, mount the file, or use a `secret`.",
}

fn check(world: &World, found: &mut Findings) {
    let causes = by_cause(world, |one| match one.trail.fault()? {
        // One mount near all of them is one mistake.
        MountFault::NotMounted(near) => Some(near.map_or(one.file.span, |near| near.path.span)),
        _ => None,
    });
    for (_, uses) in causes {
        let one = &uses[0];
        let Some(MountFault::NotMounted(near)) = one.trail.fault() else { continue };
        let path = one.file.value.as_str();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let finding = found
            .at(one.file, format!("the Ambassador pod mounts nothing at {}", one.and_more(&uses)))
            .label("in no volume");
        let finding = match near {
            Some(mount) => {
                let moved = |path: &str| {
                    path.strip_prefix(folder).map(|rest| format!("{}{rest}", mount.folder()))
                };
                let sets = uses
                    .iter()
                    .filter_map(|one| Some(Change::set(one.file.span, moved(&one.file.value)?)));
                let meant = format!("{}{}", mount.folder(), &path[folder.len()..]);
                finding
                    .also(&mount.path, "a volume is mounted here")
                    .help(format!("did you mean `{meant}`?"))
                    .fix_unsafe(format!("look in `{}`", mount.folder()), sets)
            }
            // The file may be part of a custom image.
            None => finding
                .severity(Severity::Warning)
                .also_maybe(
                    one.trail.workload.map(|workload| &workload.object),
                    "has no volume for it",
                )
                .help(
                    "mount it, or use a `secret`, which needs no mount; or ignore this if the \
                     image contains the file",
                ),
        };
        one.tell_loss(finding, world);
    }
}

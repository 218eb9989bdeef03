//! Files of a context against the volumes of the Ambassador Deployment in the input.

use crate::diagnostic::{Severity, nearest};
use crate::document::Located;
use crate::resource::{Mount, Object, VolumeContent, Workload};
use crate::world::{FilePolicy, World};

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "context-file-not-mounted",
    severity: Severity::Error,
    summary: "a certificate file lies where the Ambassador pod mounts nothing",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/context-file-not-mounted/bad.yaml"),
    good: include_str!("../../testdata/rule/context-file-not-mounted/good.yaml"),
    check,
};

/// Folders that images bring along.
const IN_IMAGE: [&str; 4] = ["/etc/ssl/", "/etc/pki/", "/usr/", "/ambassador/"];

fn check(world: &World, found: &mut Findings<'_>) {
    let Some(workload) = world.installation.workload.map(|at| &world.resources.workloads[at])
    else {
        return;
    };
    // Files that are looked for need no guess, and a patch allows none.
    if world.settings.files != FilePolicy::Assume || !is_whole(workload) {
        return;
    }
    for (_, context, resource) in world.tls_contexts() {
        for (_, file) in resource.settings.files() {
            let path = file.value.as_str();
            let known = path.starts_with('/') && !path.contains('$');
            if !known || IN_IMAGE.iter().any(|folder| path.starts_with(folder)) {
                continue;
            }
            match mount_of(workload, path) {
                None => tell_not_mounted(workload, file, &resource.object, found),
                Some((mount, below)) => {
                    let Some((secret, entry)) = missing_entry(world, workload, mount, below) else {
                        continue;
                    };
                    found
                        .at(
                            file,
                            format!(
                                "there is no `{path}`: Secret `{secret}` has no entry `{entry}`"
                            ),
                        )
                        .about(&resource.object)
                        .label("not there")
                        .also(&mount.path, "the Secret is mounted here")
                        .note(format!(
                            "Ambassador throws the context `{}` away when the file is missing",
                            context.name
                        ))
                        .help("name an entry of the Secret, or add this one");
                }
            }
        }
    }
}

/// Whether the manifest is more than a patch: one that runs an image.
fn is_whole(workload: &Workload) -> bool {
    workload.containers.iter().any(|container| container.image.is_some())
}

fn tell_not_mounted(
    workload: &Workload,
    file: &Located<String>,
    object: &Object,
    found: &mut Findings<'_>,
) {
    let path = file.value.as_str();
    let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
    let mounts = || workload.containers.iter().flat_map(|container| &container.mounts);
    let near = nearest(folder, mounts().map(|mount| mount.path.trim_end_matches('/')))
        .and_then(|near| mounts().find(|mount| mount.path.trim_end_matches('/') == near));
    let finding = found
        .at(file, format!("the Ambassador pod mounts nothing at `{path}`"))
        .about(object)
        .label("in no volume")
        .note("when the file is missing, Ambassador throws the context away");
    match near {
        Some(mount) => finding
            .also(&mount.path, "a volume is mounted here")
            .help(format!("did you mean `{}{}`?", mount.path.trim_end_matches('/'), &path[folder.len()..])),
        // The file may be part of an image of one's own.
        None => finding
            .severity(Severity::Warning)
            .also(&workload.object, "has no volume for it")
            .help("mount it, or use a `secret`, which needs no mount; or ignore this where the image holds the file"),
    };
}

/// The innermost mount that a path lies in, and what follows after it.
fn mount_of<'w>(workload: &'w Workload, path: &'w str) -> Option<(&'w Mount, &'w str)> {
    let mounts = workload.containers.iter().flat_map(|container| &container.mounts);
    let lies_in = mounts.filter_map(|mount| {
        let folder = mount.path.trim_end_matches('/');
        let below = path.strip_prefix(folder)?;
        (below.is_empty() || below.starts_with('/')).then(|| (mount, below.trim_start_matches('/')))
    });
    lies_in.max_by_key(|(mount, _)| mount.path.len())
}

/// The Secret that is mounted there and the entry that it lacks, where all of that is known.
fn missing_entry<'w>(
    world: &'w World,
    workload: &'w Workload,
    mount: &Mount,
    below: &'w str,
) -> Option<(&'w str, &'w str)> {
    let volume = workload.volumes.iter().find(|volume| *volume.name == *mount.volume)?;
    let VolumeContent::Secret { name, items, .. } = &volume.content else { return None };
    if mount.sub_path.is_some() {
        return None;
    }
    let secret = world.secret(workload.object.namespace(), name)?;
    let entry = match items.iter().find(|(_, path)| **path == below) {
        Some((key, _)) => key.as_str(),
        None => below,
    };
    let is_projected = items.is_empty() || items.iter().any(|(_, path)| **path == below);
    let is_there = is_projected && secret.entry(entry).is_some();
    (!is_there).then_some((name.as_str(), entry))
}

const EXPLAIN: &str = "\
What it finds
A `*_file` of a TLSContext at a path that no volume of the Ambassador Deployment in the input is
mounted at; or in a mounted Secret of the input that has no such entry.

Why it matters
Ambassador throws the context away when a file is missing. Whoever names it gets plaintext, or TLS
without a client certificate.

How to fix it
Correct the path, mount the file, or use a `secret`.
";

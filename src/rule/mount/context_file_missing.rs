//! A file that a context names is missing.

use crate::world::{FilePolicy, World};

use crate::rule::shared::tell_let_down;
use crate::rule::{Findings, rule};

rule! {
    id: "context-file-missing",
    severity: Error,
    summary: "a certificate file is not in the Ambassador pod",
    rows: [44],
    finds: "A `*_file` of a TLSContext that is not a regular file below `--rootfs`, the folder \
            that stands for the root of the Ambassador pod.",
    matters: "Ambassador drops the context. An optional volume hides a missing Secret that way: \
              the pod starts, and upstreams get plaintext or TLS without a client certificate.",
    remedy: "Mount the file where the context looks for it, or use a `secret`.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        for (field, file) in resource.settings.files() {
            // Other rules report what the mounts prove.
            if world.settings.files == FilePolicy::Assume || !context.lacks_file(field) {
                continue;
            }
            let finding = found
                .at(file, format!("there is no file `{}` in the Ambassador pod", file.value))
                .about(&resource.object)
                .label("not found")
                .help("mount it at that path, or correct the path; a Secret needs no mount");
            tell_let_down(finding, world, id);
        }
    }
}

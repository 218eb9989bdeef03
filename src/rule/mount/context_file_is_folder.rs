//! A certificate file whose path is a folder.

use crate::world::{MountFault, World};

use crate::rule::shared::file_uses;

use crate::rule::{Findings, rule};

rule! {
    id: "context-file-is-folder",
    severity: Error,
    summary: "the path of a certificate file is a folder",
    rows: [44],
    finds: "A `*_file` of a TLSContext that is the path of a mount, or of a folder in it.",
    matters: "Ambassador expects a regular file, finds none and drops the context.",
    remedy: "Name the file.",
}

fn check(world: &World, found: &mut Findings) {
    for one in file_uses(world) {
        let Some(MountFault::Folder) = one.trail.fault() else { continue };
        let path = one.file.value.trim_end_matches('/');
        let usual = match one.field {
            "cert_chain_file" => "cert-chain.pem",
            "private_key_file" => "key.pem",
            _ => "root-cert.pem",
        };
        let finding = found
            .at(one.file, format!("`{path}` is a folder, not a file"))
            .label("a folder")
            .also_maybe(one.trail.mount.map(|mount| &mount.path), "a volume is mounted here")
            .help(format!("name the file in it, for example `{path}/{usual}`"));
        one.tell_loss(finding, world);
    }
}

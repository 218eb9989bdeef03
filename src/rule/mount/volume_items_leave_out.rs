//! A certificate file that `items` of its volume leaves out.

use crate::world::{MountFault, World};

use crate::rule::shared::file_uses;

use crate::rule::{Findings, rule};

rule! {
    id: "volume-items-leave-out",
    severity: Error,
    summary: "`items` of a volume leaves a certificate file out, or renames it",
    rows: [44],
    finds: "A `*_file` of a TLSContext in a volume with `items` (or in a projected or downward API \
            volume) none of which has that `path`.",
    matters: "With `items`, only the listed keys become files, each under its `path`. Ambassador \
              finds no file of that name and drops the context.",
    remedy: "Use the item's `path`, list the key, or leave `items` out: then all keys keep their \
             names.",
}

fn check(world: &World, found: &mut Findings) {
    for one in file_uses(world) {
        let Some(MountFault::LeftOut { within, renamed }) = one.trail.fault() else { continue };
        let (path, mount) = (one.file.value.as_str(), one.trail.mount);
        let volume = one.trail.volume.map_or("", |volume| volume.name.as_str());
        let finding = match (renamed, mount) {
            (Some(item), Some(mount)) => found
                .at(
                    one.file,
                    format!("there is no `{path}`: `items` maps `{within}` to `{}`", *item.path),
                )
                .also(&item.path, "renamed here")
                .help(format!("write `{}/{}`, or correct `path`", mount.folder(), *item.path)),
            _ => found
                .at(one.file, format!("there is no `{path}`: `items` of `{volume}` leaves it out"))
                .also_maybe(
                    one.trail.source.and_then(|source| source.items.first()).map(|item| &item.key),
                    "only listed keys become files",
                )
                .help(format!("add an item whose `path` is `{within}`, or leave `items` out")),
        };
        one.tell_loss(finding.label("not among them"), world);
    }
}

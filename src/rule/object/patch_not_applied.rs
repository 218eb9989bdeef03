//! Patches of a kustomization, which are not applied here.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "patch-not-applied",
    severity: Note,
    summary: "a kustomization changes these objects before Ambassador reads them",
    finds: "A kustomization with patches for Ambassador objects or Secrets. It is reported once \
            per kustomization. Patches for other kinds, such as Deployments, are skipped.",
    matters: "A patch is not an object, so neither the patch nor its effect on the object is \
              checked: a patch can remove a context's `ca_secret`, or name another Secret. Without \
              this note an empty report would look like approval.",
    remedy: "Build first, then lint: `kustomize build FOLDER | mtlsctl lint -`.",
}

fn check(world: &World, found: &mut Findings) {
    for patches in &world.resources.unapplied_patches {
        let folder = patches.by.name.as_str();
        let (are, them) = if patches.count == 1 { ("is", "it") } else { ("are", "them") };
        let place = match folder {
            "." => String::new(),
            folder => format!(" of `{folder}`"),
        };
        found
            .at(patches.place, format!("{}{place} {are} not applied", patch_count(patches.count)))
            .about(&patches.by)
            .label("not applied here")
            .note(format!("objects are checked as they are without {them}"))
            .help(format!("run `kustomize build {folder} | mtlsctl lint -`"));
    }
}

fn patch_count(count: usize) -> String {
    if count == 1 { "1 patch".to_owned() } else { format!("{count} patches") }
}

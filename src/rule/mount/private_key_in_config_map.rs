//! A private key in a ConfigMap.

use crate::world::World;

use crate::rule::shared::file_uses;

use crate::rule::{Findings, rule};

rule! {
    id: "private-key-in-config-map",
    severity: Warning,
    summary: "a private key comes from a ConfigMap",
    finds: "A `private_key_file` of a TLSContext that comes from a mounted ConfigMap in the input.",
    matters: "ConfigMaps are not protected like Secrets: roles such as `view` may read them, they \
              are not encrypted at rest, and tools print them. Anyone who has the key can \
              impersonate Ambassador.",
    remedy: "Put the certificate and key into a Secret, mount that, and issue a new key.",
}

fn check(world: &World, found: &mut Findings) {
    for one in file_uses(world).iter().filter(|one| one.field == "private_key_file") {
        let Some((object, entry)) = one.trail.entry() else { continue };
        if object.kind != "ConfigMap" {
            continue;
        }
        found
            .at(
                one.file,
                format!("the private key `{}` is in ConfigMap `{}`", one.file.value, *object.name),
            )
            .about_name(one.object.clone())
            .label("read from a ConfigMap")
            .also(&entry.key, "the key is stored here")
            .note("anyone who can read ConfigMaps can impersonate Ambassador to its upstreams")
            .help("store it in a Secret, and issue a new key: consider this one compromised");
    }
}

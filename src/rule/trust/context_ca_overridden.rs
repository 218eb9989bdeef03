//! Two sources of trust anchors, of which only one is used.

use crate::world::{Material, World};

use crate::rule::{Findings, rule};

rule! {
    id: "context-ca-overridden",
    severity: Warning,
    summary: "`cacert_chain_file` is ignored, because the trust anchors come from a Secret",
    rows: [25],
    finds: "A TLSContext with `cacert_chain_file` and also `ca_secret` or a Secret that has \
            `root-cert.pem`.",
    matters: "The Secret wins silently: upstreams are verified against trust anchors other than \
              those in the file.",
    remedy: "Keep one of the two.",
}

fn check(world: &World, found: &mut Findings) {
    for (_, context, resource) in world.tls_contexts() {
        let settings = &resource.settings;
        let (Some(file), Some(Material::Secret { namespace, name, key, .. })) =
            (&settings.cacert_chain_file, &context.trusted_ca)
        else {
            continue;
        };
        let other = settings.ca_secret.as_ref().or(settings.secret.as_ref());
        found
            .at(file, "`cacert_chain_file` is ignored, because a Secret provides the trust anchors")
            .about(&resource.object)
            .label("ignored")
            .also_maybe(other.map(|other| other.span), "provides the trust anchors that are used")
            .note(format!("upstreams are verified against `{key}` of Secret {namespace}/{name}"))
            .help("remove one of the two");
    }
}

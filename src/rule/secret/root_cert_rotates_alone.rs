//! Trust anchors inside the pair's Secret: rotated alone, Envoy keeps the old ones.

use crate::rule::{Findings, rule};
use crate::world::{Material, World};

rule! {
    id: "root-cert-rotates-alone",
    severity: Note,
    summary: "a new `root-cert.pem` alone is not picked up",
    rows: [70],
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let Some(Material::Secret { namespace, name, key: "root-cert.pem", index: Some(index) }) =
            &context.trusted_ca
        else {
            continue;
        };
        if !world.is_in_use(id) {
            continue;
        }
        let entry = world.resources.secrets[*index].entry("root-cert.pem");
        let Some(secret) = context.settings.secret.as_ref() else { continue };
        found
            .at(
                secret,
                format!(
                    "the trust anchors of Secret `{namespace}/{name}` are picked up \
                                 only with a new certificate and key"
                ),
            )
            .about(&resource.object)
            .label("holds certificate, key and trust anchors")
            .also_maybe(entry.map(|entry| entry.key.span), "rotated alone, this is not picked up")
            .note(
                "the file's name is a hash of certificate and key, so Envoy keeps the old anchors",
            )
            .help("name the anchors in `ca_secret`, or renew the pair together with them");
    }
}

const EXPLAIN: &str = "\
What it finds
A context whose trust anchors come from `root-cert.pem` of the same Secret as its certificate and
key.

Why it matters
Ambassador writes the entries to files named by a hash of certificate, key and user key. A new
`root-cert.pem` alone changes no name, so Envoy keeps the old CA until the pair is renewed or the
pod restarts.

How to fix it
Put the CA into a separate Secret, as `tls.crt`, and name it in `ca_secret`; or renew the pair
whenever the CA changes.
";

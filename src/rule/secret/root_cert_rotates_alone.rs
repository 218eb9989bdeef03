//! Trust anchors in the same Secret as the key pair: if only they change, Envoy keeps the old ones.

use crate::rule::{Findings, rule};
use crate::world::{Material, World};

rule! {
    id: "root-cert-rotates-alone",
    severity: Note,
    summary: "a new `root-cert.pem` alone is not picked up",
    rows: [70],
    finds: "A context whose trust anchors come from `root-cert.pem` of the same Secret as its \
            certificate and key.",
    matters: "Ambassador writes the entries to files named by a hash of certificate, key and user \
              key. A new `root-cert.pem` alone does not change the names, so Envoy keeps the old \
              CA until certificate and key are renewed or the pod restarts.",
    remedy: "Put the CA into a separate Secret, as `tls.crt`, and name it in `ca_secret`; or renew \
             certificate and key whenever the CA changes.",
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
            .label("has certificate, key and trust anchors")
            .also_maybe(entry.map(|entry| entry.key.span), "not picked up if only this changes")
            .note(
                "the file's name is a hash of certificate and key only, so Envoy keeps the old anchors",
            )
            .help("name the anchors in `ca_secret`, or renew certificate and key together with them");
    }
}

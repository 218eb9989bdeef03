//! `crl_file` in a CRD and `crl_secret` in v1 and v2 are pruned.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "context-crl-dropped",
    severity: Error,
    summary: "a revocation list is set in a field that does not exist, so it is not enforced",
    rows: [46],
    finds: "`crl_file` in a Kubernetes object, which no schema allows; `crl_secret` in v1 and v2, \
            which spell it `v3CRLSecret`; or either in a release before 2.3, whose CRDs have \
            neither.",
    matters: "The field is dropped without a message, and revoked certificates are accepted.",
    remedy: "Name a Secret with `crl.pem` in `crl_secret` of a v3alpha1 TLSContext.",
}

fn check(world: &World, found: &mut Findings) {
    let contexts = world.resources.contexts.iter().map(|context| &context.object);
    let hosts = world.resources.hosts.iter().map(|host| &host.object);
    for object in contexts.chain(hosts) {
        for unknown in world.dropped_fields(object) {
            let name = unknown.field.value.as_str();
            let help = match name {
                "crl_secret" | "v3CRLSecret" if unknown.lifetime.is_some() => {
                    "Emissary's CRDs support revocation lists since 2.3"
                }
                "crl_file" => {
                    "put the list into a Secret under `crl.pem`, and name it in `crl_secret`"
                }
                "crl_secret" => "use v3alpha1, or spell it `v3CRLSecret`",
                _ => continue,
            };
            let finding = found
                .at(
                    &unknown.field,
                    format!(
                        "`{name}` does not exist in this version, so no certificate is ever revoked"
                    ),
                )
                .about(object)
                .label("dropped silently")
                .note("the field is pruned; revoked server certificates are accepted")
                .help(help);
            if name == "crl_secret" && unknown.lifetime.is_none() {
                let name = "v3CRLSecret".to_owned();
                let rename = Change::Rename { key: unknown.field.key(), name };
                finding.fix("write `v3CRLSecret`", [rename]);
            }
        }
    }
}

//! Emissary caches Secrets under their bare names, and looks them up by name and namespace.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "secret-mixed-up-by-cache",
    severity: Error,
    summary: "a context gets the Secret of another one",
    rows: [55],
    finds: "Two contexts of which one uses a Secret `a.b` literally, and the other the Secret `a` \
            of namespace `b`.",
    matters: "Ambassador caches Secrets under their bare name but looks them up as \
              `name.namespace`. The second context gets the certificate and key of the first, \
              without a message.",
    remedy: "Rename the Secret whose name contains a dot.",
}

fn check(world: &World, found: &mut Findings) {
    for (_, context, resource) in world.tls_contexts() {
        for lookup in &context.lookups {
            let (Some((namespace, name)), reference) = (&lookup.got, &lookup.reference) else {
                continue;
            };
            if *namespace == reference.namespace && *name == reference.name {
                continue;
            }
            let field = match lookup.field {
                "secret" => &resource.settings.secret,
                "ca_secret" => &resource.settings.ca_secret,
                _ => &resource.settings.crl_secret,
            };
            let Some(field) = field else { continue };
            found
                .at(field, format!("TLSContext `{}` gets Secret `{name}` of namespace \
                                    `{namespace}`", context.name))
                .about(&resource.object)
                .label(format!("means `{}` of namespace `{}`", reference.name, reference.namespace))
                .also_maybe(world.secret(namespace, name).map(|secret| &secret.object), "what it gets")
                .note("Ambassador caches Secrets under their bare names, and this one was loaded first")
                .help("rename the Secret whose name contains a dot");
        }
    }
}

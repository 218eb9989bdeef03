//! With forced Secret validation, a key after `EC PARAMETERS` counts as invalid.

use std::collections::HashSet;

use crate::cert::pem::{PemLabel, scan};
use crate::rule::shared::validation;
use crate::rule::{Findings, rule};
use crate::world::{SecretReference, World};

rule! {
    id: "secret-key-ec-parameters",
    severity: Error,
    summary: "EC PARAMETERS before a key hide it from Ambassador's own validation",
    rows: [71],
    finds: "A Secret whose `tls.key` begins with an `EC PARAMETERS` block, as `openssl ecparam \
            -genkey` writes it, in an installation with AMBASSADOR_FORCE_SECRET_VALIDATION.",
    matters: "Envoy reads such a key. Ambassador's own validation looks only at the first block, \
              finds no key there and withholds the Secret, so the context is dropped.",
    remedy: "Remove the block; the key itself contains the same information.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(why) = validation(world) else { return };
    let wanted = world.contexts.iter().filter_map(|context| {
        let reference =
            SecretReference::resolve(context.secret.as_ref()?, &context.namespace, true);
        Some((reference.namespace, reference.name))
    });
    let wanted: HashSet<(String, String)> = wanted.collect();
    for secret in &world.resources.secrets {
        let Some(entry) = secret.entry("tls.key") else { continue };
        let Some(bytes) = entry.bytes() else { continue };
        let (namespace, name) = (secret.object.namespace(), secret.object.name.as_str());
        if !wanted.contains(&(namespace.to_owned(), name.to_owned())) {
            continue;
        }
        let first = scan(&bytes).blocks().next().map(|block| block.label.clone());
        if first != Some(PemLabel::EcParameters) {
            continue;
        }
        found
            .at(
                &entry.key,
                format!(
                    "the key of Secret `{namespace}/{name}` comes after `EC \
                                     PARAMETERS`"
                ),
            )
            .about(&secret.object)
            .label("Ambassador looks at the first block only")
            .note(format!("{why}, so Ambassador withholds the Secret; Envoy would read it"))
            .help("remove the block, or write the key with `openssl pkey`");
    }
}

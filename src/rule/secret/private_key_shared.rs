//! Two Secrets or contexts with the same key: one leak compromises both.

use std::collections::HashMap;

use crate::cert::PublicKey;
use crate::rule::{Findings, rule};
use crate::world::{Credential, CredentialRole, World};

rule! {
    id: "private-key-shared",
    severity: Note,
    summary: "several contexts use the same private key",
    finds: "Two Secrets, both used by contexts, that have the same private key.",
    matters: "A key is an identity. If two Secrets share it, each namespace that can read one of \
              them can impersonate the other, and replacing it after a leak means finding all \
              copies.",
    remedy: "Create a separate key for each Secret. If one certificate is really meant for several \
             contexts, use one Secret for all of them.",
}

fn check(world: &World, found: &mut Findings) {
    let mut seen: HashMap<&PublicKey, &Credential> = HashMap::new();
    for credential in world.credentials() {
        let used = credential.used_as(CredentialRole::PrivateKey).next().is_some();
        let Some(place) = credential.place.filter(|_| used) else { continue };
        let Some(public) = credential.key.as_ref().ok().and_then(|key| key.public()) else {
            continue;
        };
        match seen.get(public) {
            Some(first) => {
                found
                    .at(
                        place,
                        format!("{} and {} have the same private key", credential.name, first.name),
                    )
                    .about_maybe(credential.object.as_ref())
                    .label("the same key")
                    .also_maybe(first.place, "first seen here")
                    .note("anyone who gets one of the Secrets can impersonate both")
                    .help("create a separate key for each Secret");
            }
            None => _ = seen.insert(public, credential),
        }
    }
}

//! A private key that needs a password, which Envoy does not have.

use crate::cert::KeyError;
use crate::world::{CredentialRole, World};

use crate::rule::shared::{dependents, frozen};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-key-encrypted",
    severity: Error,
    summary: "a private key is encrypted",
    rows: [65],
    finds: "A private key that is encrypted, as PKCS#8 (`ENCRYPTED PRIVATE KEY`) or in the older \
            way (`Proc-Type: 4,ENCRYPTED`).",
    matters: "Ambassador cannot provide a password. Envoy reports BAD_PASSWORD_READ and rejects \
              the whole configuration, so no configuration change takes effect until this is \
              fixed.",
    remedy: "Store the key without a password; the Secret protects it.",
}

fn check(world: &World, found: &mut Findings) {
    for credential in world.credentials() {
        let uses: Vec<_> = credential.used_as(CredentialRole::PrivateKey).collect();
        let Some(place) = credential.place.filter(|_| !uses.is_empty()) else { continue };
        if !matches!(credential.key, Err(KeyError::Encrypted { .. })) {
            continue;
        }
        let finding = found
            .at(place, format!("the private key in {} is encrypted", credential.name))
            .about_maybe(credential.object.as_ref())
            .label("needs a password")
            .note(frozen(world, &uses))
            .help("store the key without a password: `openssl pkey -in key.pem -out plain.pem`");
        if let Some(who) = dependents(world, &uses) {
            finding.note(who);
        }
    }
}

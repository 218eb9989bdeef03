//! A Secret's private key does not belong to its certificate.

use crate::world::{CredentialRole, World};

use crate::rule::shared::{dependents, frozen};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-key-mismatch",
    severity: Error,
    summary: "the private key does not belong to the certificate",
    rows: [63],
    finds: "A Secret, or a pair of files, whose private key and certificate do not belong \
            together: their public keys differ.",
    matters: "Ambassador does not check this; Envoy does, and reports KEY_VALUES_MISMATCH or \
              KEY_TYPE_MISMATCH. It rejects the whole configuration, so no configuration change \
              takes effect until this is fixed.",
    remedy: "Take the certificate and the key from the same issuance. `mtlsctl inspect \
             secret/NAMESPACE/NAME` shows what both are.",
}

fn check(world: &World, found: &mut Findings) {
    for credential in world.credentials() {
        let uses: Vec<_> = credential.used_as(CredentialRole::Certificate).collect();
        let Some(first) = uses.first() else { continue };
        let Some(key) = world.credential(*first, CredentialRole::PrivateKey) else { continue };
        let (Some(leaf), Ok(private)) = (credential.chain.leaf(), &key.key) else { continue };
        // One cause, one rule: another one reports a wrong order.
        let later = &credential.chain.certificates()[1..];
        let belongs_later = later.iter().any(|other| private.matches(other) == Some(true));
        if private.matches(leaf) != Some(false)
            || belongs_later
            || credential.chain.lacks_leaf(private)
        {
            continue;
        }
        let Some(place) = key.place.or(credential.place) else { continue };
        let kinds = match leaf.key_kind() {
            Some(kind) if kind != private.kind() => {
                format!(" (the key is {}, the certificate is for {kind})", private.kind())
            }
            _ => String::new(),
        };
        let finding = found
            .at(
                place,
                format!(
                    "the private key in {} does not belong to the certificate{kinds}",
                    key.name
                ),
            )
            .about_maybe(key.object.as_ref().or(credential.object.as_ref()))
            .label("this key")
            .also_maybe(credential.place, "this certificate")
            .note(frozen(world, &uses))
            .help("put a certificate and a key that belong together into the Secret");
        if let Some(who) = dependents(world, &uses) {
            finding.note(who);
        }
    }
}

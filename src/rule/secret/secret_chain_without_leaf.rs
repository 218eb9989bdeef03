//! A chain of CA certificates only, where the leaf should come first.

use crate::world::{CredentialRole, World};

use crate::rule::shared::{dependents, frozen};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-chain-without-leaf",
    severity: Error,
    summary: "a certificate entry has the chain without its leaf",
    finds: "A Secret, or a pair of files, whose certificates are all CA certificates and whose \
            private key belongs to none of them: the intermediates without the leaf.",
    matters: "ACME clients write `cert.pem`, `chain.pem` and `fullchain.pem`. With `chain.pem` as \
              `tls.crt` the key does not match, although it is the right one: Envoy compares it \
              with the first certificate, and rejects the whole configuration.",
    remedy: "Use `fullchain.pem`: the leaf, then the CA that issued it.",
}

fn check(world: &World, found: &mut Findings) {
    for credential in world.credentials() {
        let uses: Vec<_> = credential.used_as(CredentialRole::Certificate).collect();
        let (Some(first), Some(place)) = (uses.first(), credential.place) else { continue };
        let Some(key) = world.credential(*first, CredentialRole::PrivateKey) else { continue };
        let Ok(private) = &key.key else { continue };
        if !credential.chain.lacks_leaf(private) {
            continue;
        }
        let Some(issuer) = credential.chain.leaf() else { continue };
        let finding = found
            .at(
                place,
                format!(
                    "{} begins with the CA `{}`, and the leaf is missing",
                    credential.name, issuer.subject
                ),
            )
            .about_maybe(credential.object.as_ref())
            .label("CA certificates only")
            .also_maybe(key.place, "this key is the leaf's")
            .note(
                "Envoy uses the first certificate as the leaf, and reports KEY_VALUES_MISMATCH \
                   or KEY_TYPE_MISMATCH",
            )
            .note(frozen(world, &uses))
            .help(
                "put the leaf before it: use `fullchain.pem` of certbot or acme.sh, not \
                   `chain.pem`",
            );
        if let Some(who) = dependents(world, &uses) {
            finding.note(who);
        }
    }
}

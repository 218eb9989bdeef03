//! A chain file that does not begin with the certificate of the key.

use crate::cert::ChainProblem;
use crate::world::{CredentialRole, World};

use crate::rule::shared::{dependents, frozen};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-chain-order",
    severity: Error,
    summary: "the first certificate of a chain is not the leaf",
    rows: [64],
    finds: "A certificate chain whose first certificate is not the leaf: an intermediate or a root \
            comes before the certificate that the private key belongs to.",
    matters: "Envoy uses the first certificate as its own and compares the key with it. They do \
              not match, and it rejects the whole configuration (KEY_VALUES_MISMATCH), so no \
              configuration change takes effect.",
    remedy: "Put the leaf first, then its issuer, then that one's issuer. The root can be left \
             out.",
}

fn check(world: &World, found: &mut Findings) {
    for credential in world.credentials() {
        let uses: Vec<_> = credential.used_as(CredentialRole::Certificate).collect();
        let (Some(first), Some(place)) = (uses.first(), credential.place) else { continue };
        let problems = credential.chain.problems();
        let leaf = problems.iter().find_map(|problem| match problem {
            ChainProblem::LeafNotFirst { leaf } => Some(*leaf),
            _ => None,
        });
        let Some(leaf) = leaf else { continue };
        let key = world
            .credential(*first, CredentialRole::PrivateKey)
            .and_then(|key| key.key.as_ref().ok());
        let certificates = credential.chain.certificates();
        // If the key belongs to the first certificate, that is the leaf, even if it is a CA.
        if key.is_some_and(|key| key.matches(&certificates[0]) == Some(true)) {
            continue;
        }
        let (first_name, leaf_name) = (&certificates[0].subject, &certificates[leaf].subject);
        let finding = found
            .at(
                place,
                format!(
                    "the chain in {} begins with `{first_name}`, not with its leaf",
                    credential.name
                ),
            )
            .about_maybe(credential.object.as_ref())
            .label(format!("the leaf `{leaf_name}` is certificate {}", leaf + 1))
            .note(frozen(world, &uses))
            .help("put the leaf first, then each certificate that issued the one before it");
        if let Some(who) = dependents(world, &uses) {
            finding.note(who);
        }
    }
}

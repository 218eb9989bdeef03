//! A key pair of a kind that Envoy rejects: RSA below 2048 bits, unsupported curves, Ed448,
//! RSA-PSS.

use crate::cert::KeyKind;
use crate::envoy::EnvoyVerdict;
use crate::envoy::load_pair;
use crate::world::{CredentialRole, World};

use crate::rule::shared::{dependents, frozen};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-key-unusable",
    severity: Error,
    summary: "Envoy does not accept keys of this kind or size",
    rows: [66],
    finds: "A certificate whose key Envoy cannot use as its own: RSA below 2048 bits, EC on a \
            curve other than P-256, P-384 and P-521, Ed448, DSA, RSA restricted to PSS, or an EC \
            certificate whose keyUsage lacks digitalSignature.",
    matters: "Ambassador passes it on. Envoy rejects the whole configuration, so no configuration \
              change takes effect until this is fixed.",
    remedy: "Reissue the certificate with an RSA key of 2048 bits or more, or an EC key on P-256.",
}

fn check(world: &World, found: &mut Findings) {
    for credential in world.credentials() {
        let uses: Vec<_> = credential.used_as(CredentialRole::Certificate).collect();
        let Some(place) = credential.place.filter(|_| !uses.is_empty()) else { continue };
        let Some(leaf) = credential.chain.leaf().filter(|leaf| leaf.fault.is_none()) else {
            continue;
        };
        let Some(kind) = leaf.key_kind() else { continue };
        let lacks_signature =
            leaf.key_usage.as_ref().is_some_and(|usage| !usage.contains(&"digitalSignature"));
        let (what, help) = match kind {
            KeyKind::Rsa { bits } if *bits < 2048 => {
                (format!("a key of {bits} bits"), "create a key of 2048 bits or more")
            }
            KeyKind::Rsa { .. } | KeyKind::Ed25519 => continue,
            KeyKind::Ec { curve } if matches!(curve.as_str(), "P-256" | "P-384" | "P-521") => {
                if !lacks_signature {
                    continue;
                }
                let what = "an EC key whose keyUsage does not allow signing".to_owned();
                (what, "issue the certificate with digitalSignature among its key usages")
            }
            other => (
                format!("a key of the kind {other}"),
                "create an RSA key of 2048 bits or an EC key on P-256",
            ),
        };
        // Envoy decides; if there is no key, it reports another reason first.
        let key = uses.first().and_then(|id| world.credential(*id, CredentialRole::PrivateKey));
        let Some(key) = key else { continue };
        // Another rule reports a certificate that does not belong to the key.
        let is_other = key.key.as_ref().is_ok_and(|key| key.matches(leaf) == Some(false));
        if is_other && lacks_signature {
            continue;
        }
        let version = world.settings.envoy();
        let verdict = load_pair(Some(credential.source()), Some(key.source()), version);
        let EnvoyVerdict::ConfigRejected { reason } = verdict else { continue };
        let finding = found
            .at(
                place,
                format!(
                    "the certificate in {} is for {what}, which Envoy does not load",
                    credential.name
                ),
            )
            .about_maybe(credential.object.as_ref())
            .label("this certificate")
            .note(format!("Envoy reports: {reason}"))
            .note(frozen(world, &uses))
            .help(help);
        if let Some(who) = dependents(world, &uses) {
            finding.note(who);
        }
    }
}

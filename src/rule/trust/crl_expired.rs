//! An outdated revocation list, with which Envoy rejects every certificate.

use crate::world::{CredentialRole, World};

use crate::rule::shared::dependents;
use crate::rule::{Findings, rule};

rule! {
    id: "crl-expired",
    severity: Error,
    summary: "a CRL has expired, or does not cover every CA",
    finds: "A CRL used by a context that is past its nextUpdate, or before its thisUpdate. Dates \
            are compared with the current time, or with `--at`.",
    matters: "With a CRL configured, Envoy needs a current one for every issuer in a server's \
              chain. An expired list does not switch the check off: every server is rejected with \
              `CRL has expired`.",
    remedy: "Publish a new CRL in time, and make sure that it reaches the Secret. Without a \
             process for that, it is safer to use no CRL.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(now) = world.settings.now else { return };
    for credential in world.credentials() {
        let uses: Vec<_> = credential.used_as(CredentialRole::Crl).collect();
        let Some(place) = credential.place.filter(|_| !uses.is_empty()) else { continue };
        for crl in credential.crls.iter().filter(|crl| crl.fault.is_none()) {
            let state = match (crl.this_update, crl.next_update) {
                (_, Some(next)) if next <= now => format!("expired on {}", next.date()),
                (Some(this), _) if this > now => format!("is not valid before {}", this.date()),
                _ => continue,
            };
            let finding = found
                .at(place, format!("the CRL of `{}` in {} {state}", crl.issuer, credential.name))
                .about_maybe(credential.object.as_ref())
                .label("this list")
                .note(
                    "Envoy rejects every certificate of that issuer, since it needs a current CRL",
                )
                .help("publish a new CRL, and update the Secret before the old one expires");
            if let Some(who) = dependents(world, &uses) {
                finding.note(who);
            }
        }
    }
}

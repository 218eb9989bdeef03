//! A certificate that is still valid, but not for long.

use crate::cert::Phase;
use crate::world::{CredentialRole, World};

use crate::rule::shared::dependents;
use crate::rule::{Findings, rule};

rule! {
    id: "certificate-expires-soon",
    severity: Warning,
    summary: "a certificate expires soon",
    rows: [67],
    finds: "A certificate used by a context that expires within 30 days or a third of its \
            lifetime, whichever is shorter, so that short-lived mesh certificates are not reported \
            every day. All members of a chain and all certificates of a CA file are checked.",
    matters: "Once it has expired, peers reject it, or Envoy rejects its peers, and nothing in \
              Kubernetes reports it.",
    remedy: "Renew it. If a certificate that should be renewed automatically is this close to \
             expiry, its renewal has probably stopped.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(now) = world.settings.now else { return };
    let margin = world.settings.expiry_margin;
    for credential in world.credentials() {
        let Some(place) = credential.place else { continue };
        let uses: Vec<_> = credential
            .used_as(CredentialRole::Certificate)
            .chain(credential.used_as(CredentialRole::TrustedCa))
            .collect();
        for certificate in credential.chain.certificates() {
            let Some(validity) = certificate.validity else { continue };
            let near = validity.phase(now) == Phase::Valid && validity.expires_within(margin, now);
            if !near {
                continue;
            }
            let name = &certificate.subject;
            let days = validity.days_left(now);
            let until = validity.not_after.date();
            let left = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            let finding = found
                .at(
                    place,
                    format!("the certificate `{name}` in {} expires in {left}", credential.name),
                )
                .about_maybe(credential.object.as_ref())
                .label(format!("valid until {until}"))
                .help("renew it; if it should be renewed automatically, find out why it was not");
            if let Some(who) = dependents(world, &uses) {
                finding.note(who);
            }
        }
    }
}

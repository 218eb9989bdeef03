//! A certificate of a chain or CA file that is outside its validity period.

use crate::cert::{ChainPart, Phase};
use crate::diagnostic::Severity;
use crate::world::{CredentialRole, World};

use crate::rule::shared::dependents;
use crate::rule::{Findings, rule};

rule! {
    id: "certificate-expired",
    severity: Error,
    summary: "a certificate has expired or is not valid yet",
    rows: [67, 69],
    finds: "A certificate that a context uses and that has expired, or is not valid yet: the leaf, \
            any other member of its chain, or any certificate of the CA file. Dates are compared \
            with the current time, or with `--at`.",
    matters: "Envoy loads expired certificates silently. Peers then reject the client certificate, \
              and Envoy rejects servers whose chain leads to an expired CA, even if another CA of \
              the file would work: it uses the first one that matches. An expired certificate that \
              the leaf's chain does not need, such as an old intermediate behind the renewed one, \
              is a warning: servers with wolfSSL reject it, others ignore it.",
    remedy: "Renew the certificate. If it is renewed automatically, find out why the Secret was \
             not updated.",
}

const RENEW: &str = "renew it, and make sure that renewals reach this Secret";

fn check(world: &World, found: &mut Findings) {
    let Some(now) = world.settings.now else { return };
    for credential in world.credentials() {
        let Some(place) = credential.place else { continue };
        let shown: Vec<_> = credential.used_as(CredentialRole::Certificate).collect();
        let trusted: Vec<_> = credential.used_as(CredentialRole::TrustedCa).collect();
        for (position, certificate) in credential.chain.certificates().iter().enumerate() {
            let Some(validity) = certificate.validity else { continue };
            let state = match validity.phase(now) {
                Phase::Valid => continue,
                Phase::Expired => format!("expired on {}", validity.not_after.date()),
                Phase::NotYetValid => format!("is not valid before {}", validity.not_before.date()),
            };
            let name = &certificate.subject;
            let (severity, consequence, help) = match credential.chain.part(position) {
                _ if shown.is_empty() => (
                    Severity::Error,
                    "Envoy rejects every server whose chain leads to it: CERTIFICATE_VERIFY_FAILED",
                    RENEW,
                ),
                ChainPart::Leaf | ChainPart::Issuer => (
                    Severity::Error,
                    "Envoy still loads it, and peers reject it: SSLV3_ALERT_CERTIFICATE_EXPIRED",
                    RENEW,
                ),
                ChainPart::First => (
                    Severity::Error,
                    "a certificate with the same name and key follows it: peers with Envoy, \
                     GnuTLS or wolfSSL reject the chain (SSLV3_ALERT_CERTIFICATE_EXPIRED), those \
                     with OpenSSL or Go use the other one",
                    "remove it from the file",
                ),
                ChainPart::Spare => (
                    Severity::Warning,
                    "the leaf's chain does not need it: peers with wolfSSL reject it \
                     (SSLV3_ALERT_CERTIFICATE_EXPIRED), others ignore it",
                    "remove it from the file",
                ),
            };
            let finding = found
                .at(place, format!("the certificate `{name}` in {} {state}", credential.name))
                .severity(severity)
                .about_maybe(credential.object.as_ref())
                .label(format!("{} to {}", validity.not_before.date(), validity.not_after.date()))
                .note(consequence)
                .help(help);
            let uses: Vec<_> = shown.iter().chain(&trusted).copied().collect();
            if let Some(who) = dependents(world, &uses) {
                finding.note(who);
            }
        }
    }
}

//! Some certificate of a chain or CA file is outside its time.

use crate::cert::Phase;
use crate::diagnostic::Severity;
use crate::world::{Role, World};

use crate::rule::shared::dependents;
use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "certificate-expired",
    severity: Severity::Error,
    tag: None,
    summary: "a certificate has expired or is not valid yet",
    rows: &[67, 69],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/certificate-expired/bad.yaml"),
    good: include_str!("../../../testdata/rule/certificate-expired/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings) {
    let Some(now) = world.settings.now else { return };
    for credential in world.credentials() {
        let Some(place) = credential.place else { continue };
        let shown: Vec<_> = credential.used_as(Role::Certificate).collect();
        let trusted: Vec<_> = credential.used_as(Role::TrustedCa).collect();
        for certificate in credential.chain.certificates() {
            let Some(validity) = certificate.validity else { continue };
            let state = match validity.phase(now) {
                Phase::Valid => continue,
                Phase::Expired => format!("has expired on {}", validity.not_after.date()),
                Phase::NotYetValid => format!("is not valid before {}", validity.not_before.date()),
            };
            let name = &certificate.subject;
            let consequence = if shown.is_empty() {
                "Envoy rejects every server whose chain leads to it: CERTIFICATE_VERIFY_FAILED"
            } else {
                "Envoy still loads it, and peers reject it: SSLV3_ALERT_CERTIFICATE_EXPIRED"
            };
            let finding = found
                .at(place, format!("the certificate `{name}` in {} {state}", credential.name))
                .about_maybe(credential.object.as_ref())
                .label(format!("{} to {}", validity.not_before.date(), validity.not_after.date()))
                .note(consequence)
                .help("renew it, and make sure that renewals reach this Secret");
            let uses: Vec<_> = shown.iter().chain(&trusted).copied().collect();
            if let Some(who) = dependents(world, &uses) {
                finding.note(who);
            }
        }
    }
}

const EXPLAIN: &str = "\
What it finds
A certificate that a context uses and that has expired, or is not valid yet: the leaf, any other
member of its chain, or any certificate of the CA file. Dates are judged as of now, or of `--at`.

Why it matters
Envoy loads expired certificates silently. Peers then refuse the client certificate, and Envoy
rejects servers whose chain leads to an expired CA, even if another CA of the file would work: it
uses the first one that matches.

How to fix it
Renew the certificate. If it renews itself, find out why the Secret was not updated.
";

//! Revocation lists that do not cover all trusted CAs.

use crate::cert::{Certificate, Crl};
use crate::diagnostic::Severity;
use crate::rule::{Findings, rule};
use crate::world::{CredentialRole, World};

rule! {
    id: "crl-incomplete",
    severity: Error,
    summary: "the CRLs of a context lack the list of a CA that Envoy checks",
    finds: "A context with `crl_secret` or `crl_file` whose CRLs do not cover every CA of \
            `ca_secret`: only the intermediate's, only one of two roots', or one that covers only \
            some of the root's certificates.",
    matters: "A CRL turns on revocation checking for the whole chain. Envoy then needs a CRL from \
              every issuer, including the root, and rejects a server's certificate with `unable to \
              get certificate CRL` if one is missing. A CRL with an issuingDistributionPoint \
              applies only to certificates whose crlDistributionPoints name the same one; the root \
              has none, so Envoy rejects every server with `Different CRL scope`, although \
              `openssl verify -crl_check` accepts it. It is an error if every server is rejected, \
              and a warning if servers of some CAs are accepted.",
    remedy: "Put the CRLs of all CAs into the entry, one PEM block after the other. Root CAs \
             publish one as well, even if it is empty. Each CRL must cover all certificates of its \
             CA.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let lists = world.credential(id, CredentialRole::Crl);
        let (Some(lists), Some(ca)) = (lists, world.credential(id, CredentialRole::TrustedCa))
        else {
            continue;
        };
        // Lists inside the CA file count as well; another rule reports that there are none at all.
        let all: Vec<Crl> = lists.crls.iter().chain(&ca.crls).cloned().collect();
        let readable = |crl: &Crl| crl.fault.is_none();
        if all.is_empty() || !all.iter().all(readable) {
            continue;
        }
        let lacking = ca.chain.without_list_among(&all);
        let beyond = ca.chain.not_covered_by(&all);
        let Some(first) = lacking.first().or(beyond.first()) else { continue };
        let place = context.settings.crl_secret.as_ref().or(context.settings.crl_file.as_ref());
        let Some(place) = place.map(|field| field.span).or(lists.place) else { continue };
        let passing = ca.chain.fully_covered_by(&all);
        let names = |authorities: &[&Certificate]| {
            let names: Vec<String> =
                authorities.iter().map(|one| format!("`{}`", one.subject)).collect();
            names.join(", ")
        };
        let (message, why, words, help) = if lacking.is_empty() {
            (
                format!(
                    "the CRL of TLSContext `{}` does not cover {}, which issued it",
                    context.name,
                    names(&beyond)
                ),
                "it has an issuingDistributionPoint, so it applies only to certificates that name \
                 the same distribution point; Envoy also checks the self-signed certificate",
                "Different CRL scope",
                format!(
                    "ask `{}` for a CRL that covers all its certificates, without \
                     issuingDistributionPoint",
                    first.subject
                ),
            )
        } else {
            (
                format!(
                    "the CRLs of TLSContext `{}` do not include one from {}",
                    context.name,
                    names(&lacking)
                ),
                "with a CRL configured, Envoy needs a current CRL from every issuer up to a \
                 self-signed certificate",
                "unable to get certificate CRL",
                format!("add the CRL of `{}` to the CRL Secret", first.subject),
            )
        };
        let finding = found
            .at(place, message)
            .about(&resource.object)
            .label(format!("CRLs of {}", listed(&all)))
            .also_maybe(ca.place, "trusted")
            .note(why);
        if passing.is_empty() {
            finding.note(format!("Envoy rejects every server: {words}")).help(help);
        } else {
            finding
                .severity(Severity::Warning)
                .note(format!(
                    "servers whose certificates {} issued are accepted; those of the other CAs \
                     are rejected",
                    names(&passing)
                ))
                .help(format!("{help}, or remove that CA from the trusted ones"));
        }
    }
}

fn listed(lists: &[Crl]) -> String {
    let mut names: Vec<String> = lists.iter().map(|list| format!("`{}`", list.issuer)).collect();
    names.dedup();
    names.join(", ")
}

//! Revocation lists that leave out an authority of the trusted ones.

use crate::cert::{Certificate, Crl};
use crate::diagnostic::Severity;
use crate::rule::{Findings, rule};
use crate::world::{CredentialRole, World};

rule! {
    id: "crl-incomplete",
    severity: Error,
    summary: "the CRLs of a context lack the list of a CA that Envoy checks",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let lists = world.credential(id, CredentialRole::Crl);
        let (Some(lists), Some(ca)) = (lists, world.credential(id, CredentialRole::TrustedCa))
        else {
            continue;
        };
        // Lists inside the CA file count as well; without any at all another rule speaks.
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
                "it has an issuingDistributionPoint, so it counts only for certificates that name the same place; Envoy checks the self-signed certificate as well",
                "Different CRL scope",
                format!(
                    "ask `{}` for a list of all its certificates, without issuingDistributionPoint",
                    first.subject
                ),
            )
        } else {
            (
                format!(
                    "the CRLs of TLSContext `{}` have no list of {}",
                    context.name,
                    names(&lacking)
                ),
                "with a CRL configured, Envoy needs a current CRL of every issuer up to a \
                 self-signed certificate",
                "unable to get certificate CRL",
                format!("add the list of `{}` to the CRL Secret", first.subject),
            )
        };
        let finding = found
            .at(place, message)
            .about(&resource.object)
            .label(format!("lists of {}", listed(&all)))
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

const EXPLAIN: &str = "\
What it finds
A context with `crl_secret` or `crl_file` whose lists leave out a CA of `ca_secret`: a list of the
intermediate alone, of one root out of two, or of a part of the root's certificates.

Why it matters
A CRL switches revocation checking on for the whole chain. Envoy then needs a list of every issuer,
the root included, and rejects a server's certificate with `unable to get certificate CRL` where one
is missing. A list with an issuingDistributionPoint counts only for certificates whose
crlDistributionPoints name the same place; the root has none, so Envoy says `Different CRL scope` to
every server, although `openssl verify -crl_check` accepts it. It is an error if no server can pass,
and a warning if those of some CAs can.

How to fix it
Put the lists of all CAs into the one entry, one PEM block after the other. Root CAs publish one as
well, even if it is empty. A list must be for all certificates of its authority.
";

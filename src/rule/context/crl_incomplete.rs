//! Revocation lists that leave out an authority of the trusted ones.

use crate::cert::{Certificate, Crl};
use crate::diagnostic::Severity;
use crate::rule::{Findings, Rule};
use crate::world::{Role, World};

pub(crate) static RULE: Rule = Rule {
    id: "crl-incomplete",
    severity: Severity::Error,
    summary: "the CRLs of a context leave out an authority that Envoy wants a list of",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/crl-incomplete/bad.yaml"),
    good: include_str!("../../../testdata/rule/crl-incomplete/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let lists = world.credential(id, Role::Crl);
        let (Some(lists), Some(ca)) = (lists, world.credential(id, Role::TrustedCa)) else {
            continue;
        };
        // Lists inside the CA file count as well; without any at all another rule speaks.
        let all: Vec<Crl> = lists.crls.iter().chain(&ca.crls).cloned().collect();
        let readable = |crl: &Crl| crl.fault.is_none();
        if all.is_empty() || !all.iter().all(readable) {
            continue;
        }
        let lacking = ca.chain.without_list(&all);
        let Some(first) = lacking.first() else { continue };
        let place = context.settings.crl_secret.as_ref().or(context.settings.crl_file.as_ref());
        let Some(place) = place.map(|field| field.span).or(lists.place) else { continue };
        let passing = ca.chain.with_lists_all_the_way(&all);
        let names = |authorities: &[&Certificate]| {
            let names: Vec<String> =
                authorities.iter().map(|one| format!("`{}`", one.subject)).collect();
            names.join(", ")
        };
        let finding = found
            .at(place, format!("the CRLs of TLSContext `{}` have no list of {}", context.name, names(&lacking)))
            .about(&resource.object)
            .label(format!("lists of {}", listed(&all)))
            .also_maybe(ca.place, "trusted")
            .note("with a CRL configured, Envoy wants a current list of every issuer on the way up to a self-signed certificate");
        if passing.is_empty() {
            finding
                .note("Envoy refuses every server: unable to get certificate CRL")
                .help(format!("add the list of `{}` to the CRL Secret", first.subject));
        } else {
            finding
                .severity(Severity::Warning)
                .note(format!(
                    "servers whose certificates {} issued pass; those of the others are refused",
                    names(&passing)
                ))
                .help(format!(
                    "add the list of `{}`, or take that authority out of the trusted ones",
                    first.subject
                ));
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
A context with `crl_secret` or `crl_file` whose lists leave out an authority of `ca_secret`: a list
of the intermediate alone, or of one root out of two.

Why it matters
A CRL switches revocation checking on for the whole chain. Envoy then wants a list of every issuer,
the root included, and refuses a server's certificate with `unable to get certificate CRL` where one
is missing. It is an error if no server can pass, and a warning if those of some authorities can.

How to fix it
Put the lists of all authorities into the one entry, one PEM block behind the other. Roots publish
one as well, even if it is empty.
";

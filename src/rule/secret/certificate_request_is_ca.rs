//! A Certificate of cert-manager that is an authority, and is presented.

use crate::diagnostic::Severity;
use crate::rule::shared::requested;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "certificate-request-is-ca",
    severity: Severity::Warning,
    summary: "a Certificate of cert-manager for an authority is presented as a client certificate",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/certificate-request-is-ca/bad.yaml"),
    good: include_str!("../../../testdata/rule/certificate-request-is-ca/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings) {
    for one in requested(world, "secret") {
        let Some(is_ca) = &one.request.is_ca else { continue };
        if world.users(one.id).next().is_none() && !world.terminates(one.id) {
            continue;
        }
        let name = &*one.object.name;
        found
            .at(is_ca, format!("the Certificate `{name}` is that of an authority, and is presented"))
            .about(one.object)
            .label("makes it a CA")
            .note("whoever gets its key from Ambassador's pod can issue certificates that others trust")
            .help("ask for a Certificate of its own with this one as issuer, and name its Secret");
    }
}

const EXPLAIN: &str = "\
What it finds
A Certificate of cert-manager with `isCA: true` whose Secret a context presents, to servers or to
clients.

Why it matters
The key of an authority lies in a pod that faces the network, and many verifiers refuse a CA as a
leaf. It is a warning because others take it.

How to fix it
Make an Issuer of it, ask that for a Certificate without `isCA`, and name the Secret of the latter.
";
